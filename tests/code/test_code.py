"""The code itself: one way through the house, types, style, and no address of a package registry in what is committed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["ruff", "check", "."], id="ruff-check"),
        pytest.param(["ruff", "format", "--check", "."], id="ruff-format"),
        pytest.param(["mypy"], id="mypy-strict"),
        pytest.param(["lint-imports"], id="import-contracts"),
    ],
)
def test_a_checker_finds_nothing(command: list[str]) -> None:
    done = subprocess.run([BIN / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_only_one_module_imports_docker() -> None:
    importing = {
        path.relative_to(ROOT).as_posix()
        for path in tracked_files()
        if path.suffix == ".py"
        and path.relative_to(ROOT).parts[0] != "tests"
        and re.search(r"^\s*(import|from) docker\b", path.read_text(), re.M)
    }
    assert importing <= {"sandbox/engine.py", "sandbox/building.py"}


def test_only_one_module_reads_the_environment() -> None:
    reading = {
        path.relative_to(ROOT).as_posix()
        for path in tracked_files()
        if path.suffix == ".py"
        and path.relative_to(ROOT).parts[0] in {"assessor", "challenges", "sandbox", "web"}
        and not {"library", "probes"} & set(path.parts)  # programs for the sandbox, not ours
        and re.search(r"os\.(environ\b(?! \|)|getenv)", path.read_text())
    }
    assert reading <= {"assessor/settings.py"}


def test_the_web_application_never_loads_docker() -> None:
    code = "import sys, web.app; sys.exit(any(name.split('.')[0] == 'docker' for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_lock_files_carry_hashes_and_no_address() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        assert "://" not in text
        assert text.count("==") <= text.count("--hash=sha256:")


def test_test_files_have_names_of_their_own() -> None:
    names = [path.name for path in tracked_files() if path.name.startswith("test_") and path.suffix == ".py"]
    assert sorted({name for name in names if names.count(name) > 1}) == []
