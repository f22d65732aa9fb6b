"""The bench of steadiness: one wrong verdict is a failure, and the spread is that of the middle nine tenths."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterable, Iterator

import pytest

from assessor.judging.limits import limits_for
from assessor.judging.verdicts import Verdict
from bench.measuring import BenchFailure
from bench.programs import tiny
from bench.steadying import Case, spread_of, spreads
from sandbox.languages import Language
from sandbox.spec import CompileOutcome, Ending, Limits, RunOutcome, RunSpec, SourceFile


class Host:
    """A sandbox in which programs take the CPU times given, in turn, and answer `answer`."""

    runtime, acquire_ms = "pretend", 0

    def __init__(self, answer: bytes, *cpu_ms: int) -> None:
        self._answer, self._cpu_ms = answer, itertools.cycle(cpu_ms)

    @contextlib.contextmanager
    def box(self, language: Language, memory_kib: int) -> Iterator[Host]:
        yield self

    def compile(self, files: tuple[SourceFile, ...], limits: Limits) -> CompileOutcome:
        return CompileOutcome(True, "", Ending.EXITED, 1, 1, 1)

    def run(self, specs: Iterable[RunSpec]) -> Iterator[RunOutcome]:
        for _spec in specs:
            cpu_ms = next(self._cpu_ms)
            yield RunOutcome(Ending.EXITED, 0, None, cpu_ms, cpu_ms, 1, len(self._answer), self._answer, b"")


def case() -> Case:
    submission = tiny("python3", 1)
    return Case("little", submission, limits_for(submission.problem, submission.language), Verdict.AC)


def test_the_spread_leaves_the_outermost_out() -> None:
    assert spread_of([100] * 50 + [1000]) == 1.0
    assert spread_of([7]) == 1.0
    assert round(spread_of(list(range(100, 201))), 2) == 1.86


def test_every_verdict_is_the_same_or_it_is_a_failure() -> None:
    right = Host(b"1\n", 100, 110)
    found = spreads(right, (case(),), 20, slots=1)  # type: ignore[arg-type]
    assert round(found["little"]) == 110
    with pytest.raises(BenchFailure, match="20 of 20 times the verdict of 'little' was WA, not AC"):
        spreads(Host(b"7\n", 100), (case(),), 20, slots=1)  # type: ignore[arg-type]
