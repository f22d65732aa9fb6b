"""The service's own image: built without the network from what the machine has, started as nobody special, answering."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from sandbox.bases import LOCAL_BASE, REGISTRY_BASE

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.docker


def docker(*words: str | Path, timeout: int = 900) -> str:
    done = subprocess.run(["docker", *words], capture_output=True, text=True, check=False, timeout=timeout)
    assert done.returncode == 0, f"docker {' '.join(map(str, words))}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def base() -> str:
    """A Debian image with what the service needs of the distribution, from the base that the sandbox images were made of."""
    known = [name for name in (LOCAL_BASE, REGISTRY_BASE) if docker("image", "ls", "-q", name).strip()]
    name = "assessor-test-base:latest"
    install = "apt-get update && apt-get install -y --no-install-recommends python3-venv ca-certificates"
    build = ["docker", "build", "--network", "host", "-t", name, "-"]
    subprocess.run(build, input=f"FROM {known[0]}\nRUN {install}\n", text=True, check=True, capture_output=True)
    return name


def tracked_files() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def image(base: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The image, built from a copy of the tracked files and a folder of wheels, with no network at all."""
    context = tmp_path_factory.mktemp("context")
    for name in tracked_files():
        (context / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, context / name)
    wheels = context / "deploy" / "wheels"
    fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    subprocess.run([*fetch, "-r", ROOT / "requirements.lock", "-d", wheels], check=True)
    name = f"assessor-test:{uuid.uuid4().hex[:8]}"
    docker("build", "--network", "none", "--build-arg", f"BASE={base}", "--build-arg", "PIP_NO_INDEX=1", "-t", name, context)
    yield name
    docker("image", "rm", "-f", name)


@pytest.fixture
def container(image: str) -> Iterator[str]:
    """A running one, as locked down as the compose file does it, without the Docker socket."""
    hardening = ["--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL", "--security-opt", "no-new-privileges"]
    name = docker("run", "-d", "--network", "host", *hardening, "-e", "ASSESSOR_PORT=18473", image).strip()
    yield name
    docker("rm", "-f", "-v", name)


def test_the_image_serves_pages_and_is_nobody_special(container: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen("http://127.0.0.1:18473/healthz", timeout=2) as reply:
                assert json.load(reply)["status"] == "ok"
                break
        except OSError:
            assert time.monotonic() < deadline, docker("logs", container)
            time.sleep(0.3)
    assert docker("exec", container, "id", "-u").strip() == "10001"
    inside = docker("exec", container, "python3", "-c", "import os; print(os.path.exists('/var/run/docker.sock'))")
    assert inside.strip() == "False"


def test_the_compose_file_has_its_three_parts_with_health_checks_and_one_socket() -> None:
    compose = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())
    services = compose["services"]
    assert set(services) == {"web", "worker", "database"}
    assert "healthcheck" in services["database"]
    with_socket = [name for name, service in services.items() if any("docker.sock" in str(v) for v in service.get("volumes", []))]
    assert with_socket == ["worker"]
    assert all(service["cap_drop"] == ["ALL"] for name, service in services.items() if name != "database")
    assert not any(service.get("privileged") for service in services.values())
