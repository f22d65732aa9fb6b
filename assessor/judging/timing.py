"""The time limit of a challenge, from how long its example submissions need. Pure.

Both versions of the format say the same with other numbers: the limit is the smallest multiple of the resolution that is at
least `ac_to_time_limit` times what the slowest submission needs that bounds it from below (legacy: 5, whole seconds, at least
one; 2025-09: 2), and every submission that is meant to be too slow needs at least `time_limit_to_tle` times the limit (legacy: 2,
otherwise a warning; 2025-09: 1.5, otherwise an error). An explicit limit must fit between the same bounds.

Sources: https://icpc.io/problem-package-format/spec/legacy#limits and .../spec/2025-09#problem-timing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from assessor.judging.limits import DEFAULT_TIME_MS
from challenges.findings import Finding, Severity
from challenges.problem import FormatVersion, Problem, ProblemLimits

LONGEST_TIME_LIMIT_MS = 60_000
WHERE = "problem.yaml"


@dataclass(frozen=True, slots=True)
class TimePicture:
    """CPU time: the limit, the slowest that bounds it from below, the fastest that is meant to be too slow (null: none)."""

    limit_ms: int
    explicit: bool
    slowest_accepted_ms: int | None
    fastest_too_slow_ms: int | None


def provisional_ms(limits: ProblemLimits) -> int:
    """How long the submissions may run that bound the limit from below, while it is not known."""
    return limits.time_limit_ms or math.floor(LONGEST_TIME_LIMIT_MS / max(1.0, limits.ac_to_time_limit))


def derive_ms(limits: ProblemLimits, slowest_ms: int | None) -> int:
    """The time limit: the package's own, or the smallest one that leaves the slowest submission its room."""
    if limits.time_limit_ms is not None:
        return limits.time_limit_ms
    if slowest_ms is None:
        return DEFAULT_TIME_MS
    steps = math.ceil(slowest_ms * limits.ac_to_time_limit / limits.time_resolution_ms)
    return max(1, steps) * limits.time_resolution_ms


def timing_findings(problem: Problem, picture: TimePicture) -> list[Finding]:
    """What does not fit: too little room for the slowest, or the slow ones not slow enough."""
    limits, found = problem.limits, []
    severity = Severity.WARNING if problem.format_version is FormatVersion.LEGACY else Severity.ERROR
    slowest, fastest = picture.slowest_accepted_ms, picture.fastest_too_slow_ms
    if picture.explicit and slowest is not None and slowest * limits.ac_to_time_limit > picture.limit_ms:
        needed = math.ceil(slowest * limits.ac_to_time_limit)
        message = (
            f"the time limit of {picture.limit_ms} ms is too tight: the slowest submission that must not be too slow needs "
            f"{slowest} ms, times {limits.ac_to_time_limit:g} is {needed} ms; raise the limit or make the submission faster"
        )
        found.append(Finding(severity, WHERE, None, message))
    if fastest is not None and fastest < picture.limit_ms * limits.time_limit_to_tle:
        needed = math.ceil(picture.limit_ms * limits.time_limit_to_tle)
        message = (
            f"a submission that must be too slow needs only {fastest} ms; with a time limit of {picture.limit_ms} ms it should "
            f"need {needed} ms (times {limits.time_limit_to_tle:g}); add a larger test or lower the limit"
        )
        found.append(Finding(severity, WHERE, None, message))
    return found
