"""Toolchains that are published as wheels: fetched by this machine's own pip, checked against their pins, and unpacked.

Fetched here and not while the image is built, so that pip's settings (an index of one's own, a proxy, certificates) hold.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from sandbox.spec import SandboxFailure

FETCH_TIMEOUT_S = 900


def unpacked(pins: bytes) -> Iterator[tuple[str, bytes]]:
    """The files in the wheels that `pins` (a requirements file with hashes) names, as `wheels/<path>` and content.

    Raises `SandboxFailure` when one cannot be fetched or is not the one that is pinned.
    """
    if not pins:
        return
    with tempfile.TemporaryDirectory(prefix="assessor-wheels-") as folder:
        _fetch(pins, Path(folder))
        for wheel in sorted(Path(folder).glob("*.whl")):
            with zipfile.ZipFile(wheel) as archive:
                for name in archive.namelist():
                    if not name.endswith("/"):
                        yield f"wheels/{name}", archive.read(name)


def _fetch(pins: bytes, folder: Path) -> None:
    if importlib.util.find_spec("pip") is None:
        raise SandboxFailure(
            "this image needs toolchains that come as wheels, and this Python has no pip: build it from a checkout "
            "(.venv/bin/assessor sandbox build) that talks to the same Docker Engine",
            retry=False,
        )
    requirements = folder / "wheels.txt"
    requirements.write_bytes(pins)
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--only-binary=:all:", "--require-hashes", "--dest", str(folder), "-r", str(requirements)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=FETCH_TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired as error:
        raise SandboxFailure(f"pip did not fetch the toolchains within {FETCH_TIMEOUT_S} s", retry=True) from error
    if done.returncode:
        said = "\n".join(done.stderr.strip().splitlines()[-5:])
        raise SandboxFailure(f"pip could not fetch the toolchains that come as wheels:\n{said}", retry=True)
