"""Two programs in two boxes that read what the other one writes: order, floods, ends, and who is waited for."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sandbox.languages import LANGUAGES
from sandbox.spec import Box, CheckSpec, Ending, SourceFile, Talk
from tests.sandbox.conftest import COMPILE, USUAL

if TYPE_CHECKING:
    from sandbox.containers import DockerSandbox

pytestmark = pytest.mark.docker

ECHO = "import sys\nfor line in sys.stdin:\n    print(line, end='', flush=True)\n"


@contextlib.contextmanager
def started(sandbox: DockerSandbox, source: str) -> Iterator[Box]:
    with sandbox.box(LANGUAGES["python3"], USUAL.memory_kib) as box:
        assert box.compile((SourceFile("main.py", source.encode()),), COMPILE).ok
        yield box


def talk(sandbox: DockerSandbox, first: str, second: str, wall_ms: int = 8000) -> Talk:
    spec = CheckSpec(b"", replace(USUAL, wall_ms=120_000), fresh=False)
    with started(sandbox, first) as one, started(sandbox, second) as other:
        one.talk(
            spec, other, spec, wall_ms, lambda outcome: outcome.run.exit_code == 43
        )  # a second talk in the same boxes must not find anything of the first
        return one.talk(spec, other, spec, wall_ms, lambda outcome: outcome.run.exit_code == 43)


def test_lines_go_to_and_fro(sandbox: DockerSandbox) -> None:
    asking = "for i in range(200):\n    print(i, flush=True)\n    assert int(input()) == i\n"
    found = talk(sandbox, asking, ECHO)
    assert (found.first.run.exit_code, found.second.run.exit_code) == (0, 0), found
    assert (found.second_ended_first, found.second_stopped) == (False, False)


def test_more_than_any_buffer_holds_goes_through(sandbox: DockerSandbox) -> None:
    size = 900_000  # below the output limit, above pipe and window together
    writing = f"""
import os, sys
sys.stdout.write('x' * {size})
sys.stdout.flush()
os.close(1)
assert len(sys.stdin.read()) == 3
os._exit(0)
"""
    reading = f"import sys, time\ntime.sleep(0.3)\nassert len(sys.stdin.read()) == {size}\nprint('yes', end='')\n"
    found = talk(sandbox, writing, reading)
    assert (found.first.run.exit_code, found.second.run.exit_code) == (0, 0), found


def test_what_the_dead_are_told_is_dropped(sandbox: DockerSandbox) -> None:
    found = talk(sandbox, "print('x' * 500000)\n", "raise SystemExit(7)\n")
    assert (found.first.run.exit_code, found.second.run.exit_code, found.second_ended_first) == (0, 7, True)


def test_output_is_limited(sandbox: DockerSandbox) -> None:
    found = talk(sandbox, "while True: print('x' * 1000)\n", "import sys\nsys.stdin.read()\n")
    assert found.first.run.ending in (Ending.OUTPUT_LIMIT, Ending.CPU_LIMIT, Ending.MEMORY_LIMIT)


def test_two_that_wait_for_each_other_are_ended(sandbox: DockerSandbox) -> None:
    began = time.monotonic()
    found = talk(sandbox, "input()\n", "input()\n", wall_ms=1000)
    assert found.first.run.ending is Ending.WALL_LIMIT
    assert found.second.run.exit_code == 1  # the end of its input
    assert time.monotonic() - began < 40


def test_time_in_which_the_other_works_does_not_count(sandbox: DockerSandbox) -> None:
    working = "import time\nend = time.process_time() + 1.8\nwhile time.process_time() < end: pass\nprint('done', flush=True)\n"
    found = talk(sandbox, "print(input())\n", working, wall_ms=1600)
    assert (found.first.run.ending, found.first.run.exit_code) == (Ending.EXITED, 0)


def test_a_second_that_does_not_end_is_stopped(sandbox: DockerSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sandbox.talking.SECOND_GRACE_S", 1.0)
    found = talk(sandbox, "pass\n", "import time\ntime.sleep(100)\n")
    assert (found.first.run.exit_code, found.second_stopped, found.second.run.ending) == (0, True, Ending.WALL_LIMIT)


def test_whoever_ends_first_is_first_although_the_other_reacts_at_once(sandbox: DockerSandbox) -> None:
    crashing = talk(sandbox, "raise SystemExit(1)\n", "import sys\nsys.stdin.read()\nsys.exit(43)\n")
    assert (crashing.second_ended_first, crashing.first.run.exit_code, crashing.second.run.exit_code) == (False, 1, 43)
    giving_up = talk(sandbox, "import sys\nsys.stdin.read()\nsys.exit(1)\n", "raise SystemExit(42)\n")
    assert (giving_up.second_ended_first, giving_up.first.run.exit_code, giving_up.second.run.exit_code) == (True, 1, 42)


def test_a_program_whose_case_is_settled_is_stopped(sandbox: DockerSandbox) -> None:
    found = talk(sandbox, "while True: pass\n", "raise SystemExit(43)\n")
    assert (found.second_ended_first, found.first.run.ending) == (True, Ending.WALL_LIMIT)
