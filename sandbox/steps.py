"""Where the work on a program is: every thread says which step it has reached.

Two listen. Whoever watches over the work sees which thread has not moved for too long, and where it stands. And a test may lay
a fault on any step (`assessor.judging.faults`). Saying a step costs less than a microsecond.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum


class Step(StrEnum):
    """The steps of a submission's way in their order, then those of a failure, then those of the boxes kept warm."""

    CLAIMED = "claimed"
    LOADED = "loaded"
    BOX_TAKEN = "box-taken"
    FILES_SENT = "files-sent"
    COMPILED = "compiled"
    TEST_SENT = "test-sent"
    TEST_RUN = "test-run"
    TEST_JUDGED = "test-judged"
    BOX_LEFT = "box-left"
    JUDGED = "judged"
    RECORDED = "recorded"
    SETTLED = "settled"
    COMMITTED = "committed"

    FAILED = "failed"
    GIVEN_BACK = "given-back"

    BOX_WANTED = "box-wanted"
    BOX_CREATED = "box-created"
    BOX_STARTED = "box-started"
    BOX_READY = "box-ready"
    BOX_REMOVING = "box-removing"
    BOX_REMOVED = "box-removed"


@dataclass(frozen=True, slots=True)
class Stand:
    """The last step a thread has reached, when (monotonic), and how long the next may take by what was asked for."""

    step: Step
    since: float
    may_last_s: float

    def overdue_s(self, now: float) -> float:
        """For how long it has stood here beyond what may be."""
        return now - self.since - self.may_last_s


_stands: dict[int, Stand] = {}
_on_step: Callable[[Step], None] | None = None


def reached(step: Step, may_last_s: float = 0.0) -> None:
    """This thread has reached `step`; what comes now may take `may_last_s` by itself (a program's own time limit)."""
    _stands[threading.get_ident()] = Stand(step, time.monotonic(), may_last_s)
    if _on_step is not None:
        _on_step(step)


def still_here() -> None:
    """What this thread waits for goes on as it should."""
    stand = _stands.get(threading.get_ident())
    if stand is not None:
        _stands[threading.get_ident()] = replace(stand, since=time.monotonic())


def stand_of(thread: int) -> Stand | None:
    """Where the thread with this identity stands."""
    return _stands.get(thread)


def on_step(call: Callable[[Step], None] | None) -> None:
    """Call this at every step of every thread, in it, before it goes on; null for nobody."""
    global _on_step
    _on_step = call
