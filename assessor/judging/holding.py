"""The rows that one worker process holds: prolonged while it lives, given up when they are lost or their work stands still."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from assessor.database import Database
from assessor.judging import leases
from assessor.judging.leases import Lease
from sandbox import steps
from sandbox.steps import Step


class LeaseLost(Exception):
    """Another worker has the row now: stop, write nothing."""


@dataclass(frozen=True, slots=True)
class Standstill:
    """A row whose work has not moved: at which step, and for how long."""

    lease: Lease
    step: Step
    seconds: float

    def __str__(self) -> str:
        return f"Judging stood still for {self.seconds:.0f} seconds after the step “{self.step}”; the worker starts afresh."


class HeldRows:
    """Used by the threads that judge and by the one that beats."""

    def __init__(self, database: Database, lease: timedelta) -> None:
        self._database = database
        self._lease = lease
        self._held: dict[str, tuple[Lease, int]] = {}
        self._lost: set[str] = set()
        self._stuck: set[str] = set()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._held)

    def all(self) -> list[Lease]:
        """What is held at this moment."""
        with self._lock:
            return [lease for lease, _thread in self._held.values()]

    @contextmanager
    def holding(self, lease: Lease) -> Iterator[None]:
        """This thread works on the row for as long as the block lasts."""
        with self._lock:
            self._held[lease.row_id] = lease, threading.get_ident()
        try:
            yield
        finally:
            with self._lock:
                if self._held.get(lease.row_id, (None, 0))[0] == lease:
                    del self._held[lease.row_id]
                    self._lost.discard(lease.row_id)
                    self._stuck.discard(lease.row_id)

    def beat(self) -> None:
        """Prolong every lease held; remember those that were lost, so that their work stops."""
        for lease in self.all():
            with self._database.writing_hastily() as session:
                held = leases.beat(session, lease, self._lease)
            if not held:
                self.lose(lease)

    def check(self, lease: Lease) -> None:
        """Raise `LeaseLost` when it was lost, so that no more work is done in vain."""
        if lease.row_id in self._lost:
            raise LeaseLost

    def lose(self, lease: Lease, *, stuck: bool = False) -> None:
        """Count it as lost, so that its work stops where it moves again; `stuck` where it does not move."""
        with self._lock:
            if lease.row_id in self._held:
                self._lost.add(lease.row_id)
                if stuck:
                    self._stuck.add(lease.row_id)

    def moving(self) -> bool:
        """Whether something is held that is not stuck."""
        with self._lock:
            return any(row_id not in self._stuck for row_id in self._held)

    def still(self, patience_s: float) -> list[Standstill]:
        """The rows whose threads have not moved for longer than they may and `patience_s` more, each told once."""
        now = time.monotonic()
        with self._lock:
            held = [one for row_id, one in self._held.items() if row_id not in self._stuck]
        found = []
        for lease, thread in held:
            stand = steps.stand_of(thread)
            if stand is not None and stand.overdue_s(now) > patience_s:
                found.append(Standstill(lease, stand.step, now - stand.since))
        return found
