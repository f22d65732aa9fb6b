"""The images and their base."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from assessor.cli.main import cli
from assessor.errors import BadInput, Broken
from sandbox import bases, building, images
from sandbox.spec import SandboxFailure

MIXED = """\
Types: deb
URIs: http://deb.debian.org/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://deb.debian.org/debian-security
Suites: bookworm-security
Components: main

Types: deb
URIs: https://deb.example.org/node_20.x
Suites: nodistro
Components: main
"""


def test_only_sources_of_the_machines_own_release_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "mixed.sources"
    path.write_text(MIXED)
    kept = bases._only_suites_of("bookworm", path)
    assert "bookworm-updates" in kept
    assert "bookworm-security" in kept
    assert "Signed-By" in kept
    assert "nodistro" not in kept


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("deb http://deb.debian.org/debian bookworm main", True),
        ("deb [signed-by=/k.gpg] http://deb.debian.org/debian bookworm-updates main", True),
        ("deb https://packages.example.org/apt cloud-sdk-bookworm main", False),
        ("# deb http://deb.debian.org/debian bookworm main", False),
        ("deb-src http://deb.debian.org/debian bookworm main", False),
    ],
)
def test_old_one_line_sources_are_understood(tmp_path: Path, line: str, kept: bool) -> None:
    path = tmp_path / "x.list"
    path.write_text(line + "\n")
    assert bool(bases._only_suites_of("bookworm", path)) is kept


def test_without_mmdebstrap_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bases.shutil, "which", lambda name: None)
    with pytest.raises(bases.MissingTool, match="apt install mmdebstrap"), bases.debian_tree(print):
        pass


def test_the_digest_follows_the_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {tier: building._sources_digest(tier) for tier in images.TIERS}
    assert len(set(before.values())) == len(images.TIERS)
    monkeypatch.setattr(building, "_supervisor_sources", lambda: iter([("supervisor/main.c", b"changed")]))
    assert all(building._sources_digest(tier) != before[tier] for tier in images.TIERS)


@pytest.mark.docker
def test_an_image_without_labels_under_our_name_is_built_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "_inspect", lambda api, name: {"Id": "sha256:0", "Config": {"Labels": None}})
    assert building.missing() == list(images.USUAL)


@pytest.mark.docker
def test_an_image_that_is_there_is_found_again() -> None:
    said: list[str] = []
    built = building.build(progress=said.append)
    assert [image.tier for image in built] == list(images.USUAL)
    again = building.build(progress=said.append)
    assert all(image.found for image in again)
    assert [image.id for image in again] == [image.id for image in built]
    assert building.missing() == []


@pytest.mark.docker
def test_a_base_that_cannot_be_had_is_named() -> None:
    with pytest.raises(SandboxFailure, match=r"registry\.invalid/nothing"):
        building.build(("core",), base_image="registry.invalid/nothing:1", progress=lambda line: None)


@pytest.mark.docker
def test_the_command_prints_one_document() -> None:
    result = CliRunner().invoke(cli, ["sandbox", "build", "core", "--json"])
    assert result.exit_code == 0, result.output
    assert [row["image"] for row in json.loads(result.stdout)["images"]] == ["assessor-sandbox:core"]


@pytest.mark.docker
def test_the_selftest_command_prints_one_document() -> None:
    result = CliRunner().invoke(cli, ["sandbox", "selftest", "sql", "--languages-only", "--json"])
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert document["ok"] is True
    assert len(document["probes"]) == 7


@pytest.mark.parametrize("arguments", [["build", "absent"], ["selftest", "absent"]])
def test_an_unknown_name_is_bad_input(arguments: list[str]) -> None:
    assert isinstance(CliRunner().invoke(cli, ["sandbox", *arguments]).exception, BadInput)


def test_without_docker_the_command_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere/docker.sock")
    result = CliRunner().invoke(cli, ["sandbox", "build", "--json"])
    assert isinstance(result.exception, Broken)
    assert "Docker cannot be reached" in json.loads(result.stdout)["error"]
