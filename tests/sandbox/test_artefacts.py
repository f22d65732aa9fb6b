"""Compiled programs are kept for the very same source, image and command, and for nothing else; a bad disk costs only time."""

from __future__ import annotations

import dataclasses
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.artefacts import FORM, Artefact, ArtefactStore, is_worth_keeping, key_of
from sandbox.containers import DockerSandbox
from sandbox.language import Language
from sandbox.languages import LANGUAGES
from sandbox.spec import CompileOutcome, Ending, RunSpec, SourceFile
from tests.sandbox.conftest import COMPILE, USUAL

FINE = CompileOutcome(ok=True, output="a warning", ending=Ending.EXITED, cpu_ms=30, wall_ms=40, memory_kib=50)
PROGRAM: dict[str, bytes | None] = {"main": b"\x7fELF\0", "empty": b"", "lib": None, "lib/sum\udcff": b"1"}
KEY = "ab" * 32


@pytest.fixture
def store(tmp_path: Path) -> ArtefactStore:
    return ArtefactStore(tmp_path / "artefacts", 1 << 20)


def file_of(store: ArtefactStore) -> Path:
    (path,) = store._folder.iterdir()
    return path


# --- the key


def test_a_key_is_of_everything_that_goes_into_compiling() -> None:
    files = (SourceFile("a", b"xy"), SourceFile("b", b"z"))
    keys = {
        key_of("image", ("cc", "a"), ("LANG=C",), COMPILE, files),
        key_of("other", ("cc", "a"), ("LANG=C",), COMPILE, files),
        key_of("image", ("cc", "-O2", "a"), ("LANG=C",), COMPILE, files),
        key_of("image", ("cc", "a"), ("LANG=D",), COMPILE, files),
        key_of("image", ("cc",), ("a", "LANG=C"), COMPILE, files),
        key_of("image", ("cc", "a"), ("LANG=C",), dataclasses.replace(COMPILE, cpu_ms=1), files),
        key_of("image", ("cc", "a"), ("LANG=C",), COMPILE, files[:1]),
        key_of("image", ("cc", "a"), ("LANG=C",), COMPILE, files[::-1]),
        key_of("image", ("cc", "a"), ("LANG=C",), COMPILE, (SourceFile("a", b"x"), SourceFile("b", b"yz"))),
        key_of("image", ("cc", "a"), ("LANG=C",), COMPILE, (SourceFile("ax", b"y"), SourceFile("b", b"z"))),
    }
    assert len(keys) == 10
    assert key_of("image", ["cc", "a"], ["LANG=C"], COMPILE, list(files)) in keys


@pytest.mark.parametrize("ending", Ending)
def test_what_ran_into_a_limit_is_not_kept(ending: Ending) -> None:
    assert is_worth_keeping(dataclasses.replace(FINE, ending=ending)) == (ending is Ending.EXITED)


# --- the folder


def test_what_is_kept_comes_back_as_it_was(store: ArtefactStore) -> None:
    assert store.get(KEY) is None
    store.put(KEY, Artefact(FINE, PROGRAM))
    assert store.get(KEY) == Artefact(FINE, PROGRAM)
    assert stat.S_IMODE(file_of(store).stat().st_mode) == 0o600
    assert stat.S_IMODE(store._folder.stat().st_mode) == 0o700


def test_what_no_box_takes_in_is_not_kept(store: ArtefactStore) -> None:
    store.put(KEY, Artefact(FINE, {"a" * 200 + "/" + "b" * 900: b"1"}))
    assert store.get(KEY) is None


def test_what_is_forgotten_is_gone(store: ArtefactStore) -> None:
    store.put(KEY, Artefact(FINE, PROGRAM))
    store.forget(KEY)
    store.forget(KEY)
    assert store.get(KEY) is None


def test_a_damaged_artefact_is_none_and_goes(store: ArtefactStore) -> None:
    store.put(KEY, Artefact(FINE, PROGRAM))
    whole = file_of(store).read_bytes()
    for damaged in (whole[:-1] + b"2", whole[: len(whole) // 2], FORM, b"", b"\0" * 100):
        file_of(store).write_bytes(damaged)
        assert store.get(KEY) is None
        assert list(store._folder.iterdir()) == []
        store.put(KEY, Artefact(FINE, PROGRAM))


def test_an_artefact_under_another_key_is_not_given(store: ArtefactStore) -> None:
    store.put(KEY, Artefact(FINE, PROGRAM))
    other = "cd" * 32
    file_of(store).rename(store._path(other))
    assert store.get(other) is None


def test_the_folder_stays_within_its_bounds_and_what_was_used_last_stays(tmp_path: Path) -> None:
    store = ArtefactStore(tmp_path, 10_000)
    keys = [f"{number:064x}" for number in range(4)]
    for moment, key in enumerate(keys[:3]):
        store.put(key, Artefact(FINE, {"main": b"x" * 2500}))
        os.utime(store._path(key), (moment, moment))
    assert store.get(keys[0]) is not None  # used now
    store.put(keys[3], Artefact(FINE, {"main": b"x" * 2500}))
    assert [store.get(key) is not None for key in keys] == [True, False, True, True]
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 10_000


def test_what_is_too_large_or_cannot_be_written_is_not_kept(tmp_path: Path) -> None:
    small = ArtefactStore(tmp_path / "small", 1000)
    small.put(KEY, Artefact(FINE, {"main": b"x" * 1001}))
    assert small.get(KEY) is None
    (tmp_path / "taken").write_text("a file in place of the folder")
    nowhere = ArtefactStore(tmp_path / "taken", 1000)
    nowhere.put(KEY, Artefact(FINE, PROGRAM))
    assert nowhere.get(KEY) is None


# --- in boxes


@pytest.fixture
def keeping(tmp_path: Path) -> Iterator[DockerSandbox]:
    with DockerSandbox(warm_boxes=0, owner=f"tests-artefacts-{os.getpid()}") as sandbox:
        sandbox.artefacts = ArtefactStore(tmp_path, 64 << 20)
        yield sandbox


def compiled_and_run(sandbox: DockerSandbox, language: Language, *files: SourceFile) -> tuple[CompileOutcome, list[bytes]]:
    with sandbox.box(language, USUAL.memory_kib) as box:
        outcome = box.compile(files, COMPILE)
        return outcome, [run.stdout for run in box.run([RunSpec(b"1 2\n", USUAL)] * 2)] if outcome.ok else []


TOSS = b"mkdir -p sub/empty; echo $RANDOM$RANDOM$RANDOM | tee sub/number"
"""What stands for a compiler: each time it comes to something else, so that what was kept can be told from what was made anew."""


@pytest.fixture
def tossing() -> Language:
    show = ("/bin/bash", "-c", "cd /box/program; cat sub/number; ls -d sub/empty; stat -c '%u %a' sub/number; test -w sub/number")
    return dataclasses.replace(LANGUAGES["bash"], compile=("/bin/bash", "{main}"), run=show)


@pytest.mark.docker
def test_the_same_source_is_compiled_once(keeping: DockerSandbox, tossing: Language) -> None:
    first = compiled_and_run(keeping, tossing, SourceFile("main.sh", TOSS))
    again = compiled_and_run(keeping, tossing, SourceFile("main.sh", TOSS))
    other = compiled_and_run(keeping, tossing, SourceFile("main.sh", TOSS + b"\n"))
    assert first == again
    assert first[1][0].splitlines()[1:] == [b"sub/empty", b"0 555"]
    assert other[1] != first[1]


@pytest.mark.docker
def test_without_a_store_everything_is_compiled_anew(sandbox: DockerSandbox, tossing: Language) -> None:
    first, again = (compiled_and_run(sandbox, tossing, SourceFile("main.sh", TOSS)) for _ in range(2))
    assert first[1] != again[1]


@pytest.mark.docker
def test_another_image_or_command_is_another_program(keeping: DockerSandbox, tossing: Language) -> None:
    source = SourceFile("main.sh", TOSS)
    first = compiled_and_run(keeping, tossing, source)
    flagged = dataclasses.replace(tossing, compile=("/bin/bash", "-x", "{main}"))
    assert compiled_and_run(keeping, flagged, source)[1] != first[1]
    assert compiled_and_run(keeping, dataclasses.replace(tossing, image="main"), source)[1] != first[1]


@pytest.mark.docker
def test_a_program_that_does_not_compile_says_so_again(keeping: DockerSandbox) -> None:
    broken = SourceFile("main.c", b"int main(void) { return x; }\n")
    first, again = (compiled_and_run(keeping, LANGUAGES["c"], broken) for _ in range(2))
    assert first == again
    assert not first[0].ok
    assert "main.c:" in first[0].output


@pytest.mark.docker
@pytest.mark.parametrize("language", ["cpp", "java", "go"])
def test_a_program_brought_in_runs_as_one_that_was_compiled(keeping: DockerSandbox, language: str) -> None:
    known = LANGUAGES[language]
    source = SourceFile(known.source_name, known.reference.encode())
    first, again = (compiled_and_run(keeping, known, source) for _ in range(2))
    assert first == again
    assert first[1] == [b"3\n", b"3\n"]


@pytest.mark.docker
def test_a_program_too_large_to_be_kept_runs_all_the_same(keeping: DockerSandbox, tossing: Language) -> None:
    large = SourceFile("main.sh", b"head -c 20000000 /dev/zero > large\n" + TOSS)
    first, again = (compiled_and_run(keeping, tossing, large) for _ in range(2))
    assert first[0].ok
    assert first[1] != again[1]
