"""`assessor challenge check`: what it prints and how it exits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from package_builder import PLAIN_2025, in_folder, zipped

from assessor.cli.main import cli


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["challenge", "check", *map(str, arguments)])


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A package of Astrid's without a fault."""
    return in_folder(tmp_path / "double", PLAIN_2025)


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A package of Astrid's, zipped, with a fault in a known line and an answer missing."""
    files = {**PLAIN_2025, "problem.yaml": PLAIN_2025["problem.yaml"] + "limits:\n  memory: lots\n"}
    del files["data/secret/1.ans"]
    path = tmp_path / "faulty.zip"
    path.write_bytes(zipped(files, top="double"))
    return path


def test_a_sound_package_exits_0(sound: Path) -> None:
    result = run(sound)
    assert (result.exit_code, result.stdout) == (0, f"{sound}: ok, 0 errors, 0 warnings\n")


def test_errors_are_printed_as_compilers_do_and_exit_1(sound: Path, faulty: Path) -> None:
    result = run(sound, faulty)
    assert result.exit_code == 1
    assert f"{faulty}/problem.yaml:7: error: `limits.memory` must be a number, not a text\n" in result.stdout
    assert f"{faulty}/data/secret/1.ans: error: the answer is missing" in result.stdout
    assert f"{faulty}: not usable, 2 errors, 0 warnings\n" in result.stdout


def test_json_is_one_document_with_every_finding(sound: Path, faulty: Path) -> None:
    result = run("--json", sound, faulty)
    document = json.loads(result.stdout)
    assert (result.exit_code, document["ok"]) == (1, False)
    assert [package["ok"] for package in document["packages"]] == [True, False]
    assert document["packages"][0]["slug"] == "double"
    assert document["packages"][1]["findings"][0] == {
        "severity": "error",
        "path": "problem.yaml",
        "line": 7,
        "message": "`limits.memory` must be a number, not a text",
    }


def test_a_package_that_is_not_there_exits_2(tmp_path: Path, sound: Path) -> None:
    result = run(sound, tmp_path / "nothing")
    assert result.exit_code == 2
    assert "no such folder or zip" in result.stdout


def test_a_file_that_is_no_zip_exits_1(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_text("hello")
    result = run(path)
    assert result.exit_code == 1
    assert "this is not a zip file" in result.stdout


def test_no_package_is_wrong_use() -> None:
    assert run().exit_code == 2
