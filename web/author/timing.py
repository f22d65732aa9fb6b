"""The time limit on one line: the slowest program that must be in time, the limit, the fastest program that must be too slow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from assessor.judging.verdicts import Verdict

ROOM_AFTER_LARGEST = 1.12
"""The line begins at 0 ms and ends a little after the largest value."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One moment on the line: milliseconds of CPU time, its place on the line in percent, whose it is."""

    ms: int
    x: float
    name: str


@dataclass(frozen=True, slots=True)
class Timing:
    """`in_time` and `too_slow` are the slowest tests of programs that must be in time and of those that must not, ascending.

    `slowest_in_time` and `fastest_too_slow` are the two that the limit was derived from; null when there is none.
    """

    limit: Mark
    in_time: tuple[Mark, ...]
    too_slow: tuple[Mark, ...]
    slowest_in_time: Mark | None
    fastest_too_slow: Mark | None

    @property
    def room(self) -> float | None:
        """How many times the slowest program that must be in time fits into the limit."""
        slowest = self.slowest_in_time
        return self.limit.ms / slowest.ms if slowest and slowest.ms else None


def timing_of(report: Mapping[str, Any]) -> Timing | None:
    """From the verify document; null when there is no limit yet."""
    time = report.get("time") or {}
    limit = report.get("time_limit_ms")
    if not limit:
        return None
    in_time = _times(report, lambda one: Verdict.TLE not in (*(one.get("required") or ()), *(one.get("observed") or ())))
    late = _times(report, lambda one: Verdict.TLE in (one.get("required") or ()))
    known = (time.get("slowest_accepted_ms"), time.get("fastest_too_slow_ms"))
    largest = max([limit, *(ms for ms in known if ms), *(ms for ms, _ in in_time + late)]) * ROOM_AFTER_LARGEST

    def mark(ms: int, name: str = "") -> Mark:
        return Mark(ms, round(100 * ms / largest, 2), name)

    def named(ms: int | None, among: list[tuple[int, str]]) -> Mark | None:
        return None if ms is None else mark(ms, next((name for time_ms, name in among if time_ms == ms), ""))

    return Timing(
        limit=mark(limit),
        in_time=tuple(mark(*one) for one in in_time),
        too_slow=tuple(mark(*one) for one in late),
        slowest_in_time=named(known[0], in_time),
        fastest_too_slow=named(known[1], late),
    )


def _times(report: Mapping[str, Any], wanted: Callable[[Mapping[str, Any]], bool]) -> list[tuple[int, str]]:
    found = [one for one in report.get("submissions", ()) if one.get("slowest_cpu_ms") is not None and wanted(one)]
    return sorted((int(one["slowest_cpu_ms"]), one["path"].removeprefix("submissions/")) for one in found)
