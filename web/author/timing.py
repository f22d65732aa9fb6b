"""The time limit on one line: the slowest accepted program, the limit, the fastest program that must be too slow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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
    """`accepted` and `too_slow` are every such program's slowest test, in ascending order; the limit lies between them."""

    limit: Mark
    accepted: tuple[Mark, ...]
    too_slow: tuple[Mark, ...]

    @property
    def slowest_accepted(self) -> Mark | None:
        return self.accepted[-1] if self.accepted else None

    @property
    def fastest_too_slow(self) -> Mark | None:
        return self.too_slow[0] if self.too_slow else None

    @property
    def room(self) -> float | None:
        """How many times the slowest accepted program fits into the limit."""
        slowest = self.slowest_accepted
        return self.limit.ms / slowest.ms if slowest and slowest.ms else None


def timing_of(report: Mapping[str, Any]) -> Timing | None:
    """From the verify document; null when there is no limit yet."""
    limit = report.get("time_limit_ms")
    if not limit:
        return None
    accepted = _times(report, lambda one: one.get("expected") == ["AC"] and one.get("verdict") == "AC")
    too_slow = _times(report, lambda one: one.get("verdict") == "TLE")
    largest = max([limit, *(ms for ms, _ in accepted + too_slow)]) * ROOM_AFTER_LARGEST

    def mark(ms: int, name: str) -> Mark:
        return Mark(ms, round(100 * ms / largest, 2), name)

    return Timing(mark(limit, ""), tuple(mark(*one) for one in accepted), tuple(mark(*one) for one in too_slow))


def _times(report: Mapping[str, Any], wanted: Any) -> list[tuple[int, str]]:
    found = [one for one in report.get("submissions", ()) if one.get("slowest_cpu_ms") is not None and wanted(one)]
    return sorted((int(one["slowest_cpu_ms"]), one["path"].removeprefix("submissions/")) for one in found)
