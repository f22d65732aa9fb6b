"""A program that judges something: files given to it, feedback brought back, nothing kept between two checks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from sandbox.languages import LANGUAGES
from sandbox.protocol import FEEDBACK_DIR, GIVEN_DIR
from sandbox.spec import Box, CheckSpec, Ending, SourceFile
from tests.sandbox.conftest import COMPILE, USUAL

if TYPE_CHECKING:
    from sandbox.containers import DockerSandbox

pytestmark = pytest.mark.docker

PROGRAM = f"""
import os, sys
do = sys.argv[1]
feedback = "{FEEDBACK_DIR}/"
if do == "read":
    print(open("{GIVEN_DIR}/a").read(), sys.stdin.read(), sorted(os.listdir(feedback)), sorted(os.listdir(".")))
elif do == "write":
    open(feedback + "score.txt", "a").write("7")
    open(feedback + "other.txt", "w").write("x")
    os.symlink("/etc/passwd", feedback + "link.txt")
    os.mkfifo(feedback + "pipe.txt")
    os.mkdir(feedback + "folder.txt")
    sys.exit(42)
elif do == "flood":
    open(feedback + "score.txt", "w").write("x" * (4 << 20))
elif do == "change":
    open("{GIVEN_DIR}/a", "w")
elif do == "unlink":
    os.remove("{GIVEN_DIR}/a")
"""
WANTED = ("score.txt", "link.txt", "pipe.txt", "folder.txt", "none.txt")


@pytest.fixture
def box(sandbox: DockerSandbox) -> Iterator[Box]:
    with sandbox.box(LANGUAGES["python3"], USUAL.memory_kib) as taken:
        assert taken.compile((SourceFile("main.py", PROGRAM.encode()),), COMPILE).ok
        yield taken


def spec(do: str, *, given: bytes = b"given", fresh: bool = True) -> CheckSpec:
    return CheckSpec(b"input", USUAL, (do,), (SourceFile("a", given),), WANTED, fresh)


def test_it_reads_what_is_given_and_starts_from_nothing(box: Box) -> None:
    assert box.check(spec("read")).run.stdout == b"given input [] []\n"
    assert box.check(spec("write")).run.exit_code == 42
    assert box.check(spec("read", given=b"")).run.stdout == b" input [] []\n"


def test_only_plain_files_that_were_asked_for_come_back(box: Box) -> None:
    found = box.check(spec("write"))
    assert (found.run.exit_code, found.feedback) == (42, {"score.txt": b"7"})


def test_feedback_stays_where_the_next_is_to_find_it(box: Box) -> None:
    box.check(spec("write"))
    again = box.check(spec("read", fresh=False))
    assert b"['folder.txt', 'link.txt', 'other.txt', 'pipe.txt', 'score.txt']" in again.run.stdout
    assert again.feedback == {"score.txt": b"7"}


def test_a_file_that_is_taken_is_gone_for_the_next(box: Box) -> None:
    taken = replace(spec("write"), wanted=("other.txt", "score.txt"), take=True)
    assert box.check(taken).feedback == {"other.txt": b"x", "score.txt": b"7"}
    assert b"['folder.txt', 'link.txt', 'other.txt', 'pipe.txt']" in box.check(spec("read", fresh=False)).run.stdout


def test_feedback_is_limited_as_output_is(box: Box) -> None:
    found = box.check(spec("flood"))
    assert found.run.exit_code != 0 or found.run.ending is Ending.OUTPUT_LIMIT
    assert len(found.feedback.get("score.txt", b"")) <= USUAL.output_kib * 1024


@pytest.mark.parametrize("do", ["change", "unlink"])
def test_what_is_given_cannot_be_changed(box: Box, do: str) -> None:
    assert b"PermissionError" in box.check(spec(do)).run.stderr
    assert box.check(spec("read")).run.stdout == b"given input [] []\n"


def test_a_plain_run_sees_neither_folder(box: Box) -> None:
    with pytest.raises(ValueError, match="compile first"):
        type(box).check(_uncompiled(box), spec("read"))


def _uncompiled(box: Box) -> Box:
    """A box like this one in which nothing was compiled."""
    fresh = object.__new__(type(box))
    fresh._orders = SimpleNamespace(program=None)  # type: ignore[attr-defined]
    return fresh
