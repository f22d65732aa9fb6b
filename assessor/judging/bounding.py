"""Which tests of which example submissions bound the time limit, and how long those took. Pure.

A submission that must not be too slow on some tests bounds the limit from below by the slowest of these; one that must be too
slow on some bounds it from above by the slowest of those.

Source: "Timelimit inference" of https://icpc.io/problem-package-format/spec/2025-09.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from assessor.judging.limits import time_multiplier
from assessor.judging.verdicts import Grade, TestResult, Verdict
from challenges.expectations import glob_matches
from challenges.problem import ExampleSubmission, Problem
from sandbox.languages import Language
from sandbox.spec import SourceFile

EVERYTHING = ""
"""The pattern of all tests."""


@dataclass
class Entry:
    """One submission on its way: its program, and what judging it has shown so far."""

    submission: ExampleSubmission
    language: Language | None = None
    files: tuple[SourceFile, ...] = ()
    grade: Grade | None = None
    judged_with_ms: int = 0


def lower_patterns(submission: ExampleSubmission) -> tuple[str, ...]:
    """The tests on which the submission must not be too slow, as patterns of their names."""
    whole = (EVERYTHING,) if submission.bounds_time_limit_from_below else ()
    return whole + tuple(demand.pattern for demand in submission.demands if demand.from_below)


def upper_patterns(submission: ExampleSubmission) -> tuple[str, ...]:
    """The tests of which the slowest must be too slow."""
    whole = (EVERYTHING,) if submission.bounds_time_limit_from_above else ()
    return whole + tuple(demand.pattern for demand in submission.demands if demand.from_above)


def slowest_below(problem: Problem, entries: Iterable[Entry]) -> int | None:
    """CPU time of the slowest test on which a submission must not be too slow, as if in a language of ordinary speed."""
    times = [
        _ordinary_ms(problem, entry, result)
        for entry in entries
        for result in _results(entry, lower_patterns(entry.submission))
        if result.verdict is not Verdict.TLE
    ]
    return max(times, default=None)


def fastest_above(problem: Problem, entries: Iterable[Entry], time_ms: int) -> int | None:
    """CPU time of the fastest that is meant to be too slow; one that was stopped counts for all the time it was given."""
    given = math.ceil(time_ms * problem.limits.time_limit_to_tle)
    times = []
    for entry in entries:
        for pattern in upper_patterns(entry.submission):
            results = _results(entry, (pattern,))
            slowest = max((_ordinary_ms(problem, entry, result) for result in results), default=None)
            stopped = any(result.verdict is Verdict.TLE for result in results)
            if slowest is not None:
                times.append(max(slowest, given) if stopped else slowest)
    return min(times, default=None)


def _results(entry: Entry, patterns: tuple[str, ...]) -> list[TestResult]:
    tests = () if entry.grade is None else entry.grade.tests
    return [one for one in tests if any(pattern == EVERYTHING or glob_matches(pattern, one.name) for pattern in patterns)]


def _ordinary_ms(problem: Problem, entry: Entry, result: TestResult) -> int:
    return result.cpu_ms if entry.language is None else math.ceil(result.cpu_ms / time_multiplier(problem, entry.language))
