"""Runtimes that start from a snapshot in the image: they do, where they can, and nobody can tell the difference."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sandbox import images
from sandbox.languages import LANGUAGES, Language
from sandbox.sources import arrange
from sandbox.spec import Limits, RunSpec, SourceFile
from tests.sandbox.conftest import COMPILE
from tests.sandbox.javascript_programs import JAVA, JAVASCRIPT, MODULES, java

if TYPE_CHECKING:
    from sandbox.containers import DockerSandbox

LIMITS = Limits(cpu_ms=20_000, wall_ms=60_000, memory_kib=256 * 1024, output_kib=2048)
CHANGES = re.compile(rb"0x[0-9a-f]+|Main[$]\$Lambda[^ ]*|\x1b")
NODE, JAVA_LANGUAGE = LANGUAGES["javascript"], LANGUAGES["java"]


@pytest.fixture(scope="module")
def plain(worker_id: str) -> Iterator[DockerSandbox]:
    """A sandbox in which every runtime starts from nothing."""
    from sandbox.containers import DockerSandbox

    with DockerSandbox(warm_boxes=1, owner=f"tests-nothing-{worker_id}", preloading=False) as opened:
        yield opened


Told = list[tuple[object, ...]]


def behaviour(sandbox: DockerSandbox, language: Language, name: str, source: str, limits: Limits = LIMITS) -> Told:
    """All that can be told of a program from outside, but for addresses: of its compilation, and of its run."""
    with sandbox.box(language, limits.memory_kib) as box:
        compiled = box.compile((SourceFile(name, source.encode()),), COMPILE)
        told: Told = [(compiled.ok, compiled.output, compiled.ending)]
        for outcome in box.run([RunSpec(b"one\ntwo", limits)]) if compiled.ok else ():
            text = tuple(CHANGES.sub(b"", stream) for stream in (outcome.stdout, outcome.stderr))
            told.append((outcome.ending, outcome.exit_code, outcome.signal, *text))
    return told


def printed(told: Told) -> object:
    return told[1][3]


def test_every_limit_with_a_snapshot_is_in_the_image() -> None:
    made = re.search(r"for mib in ([\d ]+); do", (Path(images.__file__).parent / "main.Dockerfile").read_text())
    assert made is not None
    for language in LANGUAGES.values():
        if language.snapshot and language.snapshot.memory_mib:
            assert language.snapshot.memory_mib == tuple(map(int, made[1].split()))


@pytest.mark.parametrize(("memory_mib", "first"), [(256, "--snapshot-blob"), (257, "--stack-size=65500")])
def test_another_limit_has_none(memory_mib: int, first: str) -> None:
    program = arrange(NODE, (SourceFile("main.js", b""),))
    assert program.run_command(memory_mib * 1024, from_snapshot=True)[1] == first
    assert program.run_command(memory_mib * 1024, from_snapshot=False) == program.command(NODE.run, memory_mib * 1024)


@pytest.mark.docker
@pytest.mark.parametrize("name", JAVASCRIPT)
def test_a_script_does_the_same(sandbox: DockerSandbox, plain: DockerSandbox, name: str) -> None:
    found, expected = (behaviour(each, NODE, "main.js", JAVASCRIPT[name]) for each in (sandbox, plain))
    assert found == expected


@pytest.mark.docker
@pytest.mark.parametrize("name", MODULES)
def test_a_module_does_the_same(sandbox: DockerSandbox, plain: DockerSandbox, name: str) -> None:
    found, expected = (behaviour(each, NODE, "main.mjs", MODULES[name]) for each in (sandbox, plain))
    assert found == expected


@pytest.mark.docker
@pytest.mark.parametrize("name", JAVA)
def test_a_java_program_does_the_same(sandbox: DockerSandbox, plain: DockerSandbox, name: str) -> None:
    found, expected = (behaviour(each, JAVA_LANGUAGE, "Main.java", java(JAVA[name])) for each in (sandbox, plain))
    assert found == expected


@pytest.mark.docker
@pytest.mark.parametrize("memory_mib", [64, 1024, 4096])
def test_a_snapshot_is_what_it_starts_from(sandbox: DockerSandbox, memory_mib: int) -> None:
    limits = replace(LIMITS, memory_kib=memory_mib * 1024)
    told = behaviour(sandbox, NODE, "main.js", "console.log(process.execArgv.join());\n", limits)
    options = f"--snapshot-blob,/opt/node/{memory_mib}.blob,--stack-size=65500,--max-old-space-size={memory_mib}\n"
    assert printed(told) == options.encode()


@pytest.mark.docker
def test_java_starts_from_the_archive(sandbox: DockerSandbox, plain: DockerSandbox) -> None:
    program = java(
        'try { String maps = java.nio.file.Files.readString(java.nio.file.Path.of("/proc/self/maps")); '
        'System.out.println(maps.contains("/opt/java/java.jsa")); } catch (java.io.IOException e) {}'
    )
    found = [printed(behaviour(each, JAVA_LANGUAGE, "Main.java", program)) for each in (sandbox, plain)]
    assert found == [b"true\n", b"false\n"]


@pytest.mark.docker
@pytest.mark.parametrize("source", ["console.log(6 * 7);\n", "console.log(6 *;\n"])
def test_a_snapshot_that_is_refused_is_done_without(sandbox: DockerSandbox, plain: DockerSandbox, source: str) -> None:
    """As on a processor other than that of the machine the image was made on: here by options that do not fit."""
    assert NODE.snapshot is not None
    unfit = replace(NODE.snapshot, compile=("--snapshot-blob", "/opt/node/64.blob"), run=("--no-such-option",))
    foreign = replace(NODE, snapshot=unfit)
    assert behaviour(sandbox, foreign, "main.js", source) == behaviour(plain, NODE, "main.js", source)
