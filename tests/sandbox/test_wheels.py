"""Toolchains that come as wheels: only the pinned ones, else a failure that says why."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from sandbox import building, images, wheels
from sandbox.spec import SandboxFailure


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A toolchain of one file, found by pip without any index."""
    path = tmp_path / "toolchain-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("toolchain/bin/compile", "binary")
        archive.writestr("toolchain-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: toolchain\nVersion: 1.0\n")
        archive.writestr("toolchain-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr("toolchain-1.0.dist-info/RECORD", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    return path


def test_the_files_of_a_pinned_wheel_are_given(wheel: Path) -> None:
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    files = dict(wheels.unpacked(f"toolchain==1.0 --hash=sha256:{digest}\n".encode()))
    assert files["wheels/toolchain/bin/compile"] == b"binary"


def test_another_wheel_of_the_same_name_is_refused(wheel: Path) -> None:
    with pytest.raises(SandboxFailure, match="pip could not fetch"):
        list(wheels.unpacked(f"toolchain==1.0 --hash=sha256:{'0' * 64}\n".encode()))


def test_without_pip_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wheels.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SandboxFailure, match="no pip: build it from a checkout"):
        list(wheels.unpacked(b"toolchain==1.0\n"))


def test_a_tier_without_pins_fetches_nothing() -> None:
    assert list(wheels.unpacked(building._pins("core"))) == []


@pytest.mark.parametrize("tier", [tier for tier in images.TIERS if building._pins(tier)])
def test_every_pin_has_a_version_and_a_checksum(tier: str) -> None:
    lines = [line for line in building._pins(tier).decode().splitlines() if not line.startswith("#")]
    assert lines
    assert all("==" in line and "--hash=sha256:" in line for line in lines)
