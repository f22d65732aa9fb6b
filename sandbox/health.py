"""Whether boxes can be made at the moment, and if not, why. Judged by what happened, and by trying: an engine that answers
a ping may have a runtime that hangs, a disk that is full, or a daemon below it that has died.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from sandbox.spec import SandboxFailure

log = logging.getLogger(__name__)

FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 30.0


class Health:
    """One engine's. `try_one` makes a usual box and removes it again, or raises `SandboxFailure`."""

    def __init__(self, try_one: Callable[[], None]) -> None:
        self._try_one = try_one
        self._trying = threading.Lock()
        self._pause_s = 0.0
        self._next_try = 0.0
        self.trouble = ""

    def made(self) -> None:
        """A box was made."""
        if self.trouble:
            log.warning("sandbox.well_again after=%s", self.trouble)
        self.trouble = ""
        self._pause_s = 0.0

    def failed(self, failure: SandboxFailure) -> None:
        """A box could not be made. What a person has to mend (a missing image) says nothing about the engine."""
        if not failure.retry:
            return
        if not self.trouble:
            log.error("sandbox.no_boxes error=%s", failure)
            self._pause_s = 0.0
            self._next_try = 0.0
        self.trouble = str(failure)

    def able(self) -> bool:
        """Whether boxes can be made: true without trouble; otherwise one is tried, ever more rarely, by one caller at a time."""
        if not self.trouble:
            return True
        if time.monotonic() < self._next_try or not self._trying.acquire(blocking=False):
            return False
        try:
            self._try_one()
        except SandboxFailure as failure:
            if not failure.retry:
                self.made()  # it is for a person, who is told by whatever work needs it
                return True
            self.failed(failure)
            self._pause_s = min(LONGEST_PAUSE_S, max(FIRST_PAUSE_S, self._pause_s * 2))
            self._next_try = time.monotonic() + self._pause_s
            return False
        finally:
            self._trying.release()
        return not self.trouble
