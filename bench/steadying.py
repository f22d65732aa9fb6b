"""Whether judging is steady: the same submissions again and again under full load, their verdicts and the spread of CPU times."""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from assessor.judging.grading import grade
from assessor.judging.limits import JudgeLimits, limits_for
from assessor.judging.verdicts import Verdict
from bench.measuring import BenchFailure
from bench.programs import Submission, spinning, tiny
from sandbox.spec import Sandbox

ENDLESS = 1_000_000
"""Millions of rounds: hours."""


@dataclass(frozen=True, slots=True)
class Case:
    """A submission with one test and the verdict it must get, always."""

    name: str
    submission: Submission
    limits: JudgeLimits
    verdict: Verdict


def cases(sandbox: Sandbox, millions_of_rounds: int) -> tuple[Case, ...]:
    """One that needs next to nothing, one that needs half the limit on this machine, one that does not end."""
    half = spinning(1, millions_of_rounds)
    generous = limits_for(half.problem, half.language)
    half_ms = max(_judged(sandbox, half, generous)[1] for _ in range(3))
    limits = generous.with_time(max(2 * half_ms, 20))
    little = tiny("python3", 1)
    return (
        Case("next to nothing", little, limits_for(little.problem, little.language), Verdict.AC),
        Case("half the limit", half, limits, Verdict.AC),
        Case("too slow", spinning(1, ENDLESS), limits, Verdict.TLE),
    )


def spreads(sandbox: Sandbox, chosen: tuple[Case, ...], times: int, slots: int) -> Mapping[str, float]:
    """Judge every case so often, in all slots at once: the 95th percentile of its CPU time, in percent of the 5th.

    Raises `BenchFailure` when one verdict is another than it must be.
    """
    jobs = [case for _ in range(times) for case in chosen]
    with ThreadPoolExecutor(slots) as pool:
        judged = list(pool.map(lambda case: _judged(sandbox, case.submission, case.limits), jobs))
    found: dict[str, float] = {}
    for case in chosen:
        mine = [outcome for job, outcome in zip(jobs, judged, strict=True) if job is case]
        wrong = [verdict for verdict, _ms in mine if verdict is not case.verdict]
        if wrong:
            raise BenchFailure(f"{len(wrong)} of {times} times the verdict of {case.name!r} was {wrong[0]}, not {case.verdict}")
        found[case.name] = 100 * spread_of([ms for _verdict, ms in mine])
    return found


def spread_of(values: list[int]) -> float:
    """The 95th percentile over the 5th; 1 for a single value."""
    if len(values) < 2:
        return 1.0
    cuts = statistics.quantiles(values, n=20, method="inclusive")
    return cuts[-1] / max(cuts[0], 1)


def _judged(sandbox: Sandbox, submission: Submission, limits: JudgeLimits) -> tuple[Verdict, int]:
    found = grade(submission.problem, submission.files, submission.language, sandbox, limits)
    return found.verdict, max((test.cpu_ms for test in found.tests), default=0)
