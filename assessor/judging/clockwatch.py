"""Sees that a clock was set. Leases and the ends of attempts are moments of the wall clock; one that jumps makes living workers
look dead and running attempts look over.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime


def steady_s() -> float:
    """Seconds by a clock that nobody sets, and that goes on while the machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class ClockWatch:
    """Compares a wall clock, the database's or this machine's, with the steady one."""

    def __init__(self, tolerance_s: float, steady: Callable[[], float] = steady_s) -> None:
        self._tolerance_s = tolerance_s
        self._steady = steady
        self._last: tuple[datetime, float] | None = None
        self._set_at: float | None = None

    def look(self, now: datetime) -> float:
        """By how many seconds the clock, which shows `now`, was set since the last look; 0 when it was not."""
        steady = self._steady()
        last, self._last = self._last, (now, steady)
        if last is None:
            return 0.0
        jump = (now - last[0]).total_seconds() - (steady - last[1])
        if abs(jump) <= self._tolerance_s:
            return 0.0
        self._set_at = steady
        return jump

    def set_within(self, seconds: float) -> bool:
        """Whether it was set in the last so many seconds."""
        return self._set_at is not None and self._steady() - self._set_at < seconds
