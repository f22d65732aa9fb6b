"""What a worker does beside judging, every second: beat, sweep up after the dead, close overdue attempts, ring for what waits."""

from __future__ import annotations

import os
import socket
import threading
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa
import structlog

from assessor.assessments.closing import close_overdue, overdue
from assessor.database import Database
from assessor.judging import leases
from assessor.judging.models import WorkerRow
from assessor.judging.queue import JudgingQueue
from assessor.judging.worker import RECORDS, Worker
from assessor.settings import Settings

log = structlog.get_logger(__name__)

EVERY_S = 1.0
STRAYS_EVERY_S = 60.0
FORGET_WORKERS_AFTER = timedelta(days=1)


class Duties:
    """A thread of the worker process. Every duty is tried each second; one that fails is logged and tried again."""

    def __init__(self, settings: Settings, database: Database, queue: JudgingQueue, worker: Worker) -> None:
        self.settings = settings
        self.database = database
        self.queue = queue
        self.worker = worker
        self._thread = threading.Thread(target=self._loop, name="duties", daemon=True)

    def start(self) -> None:
        """Sign in, take back what dead workers of this host held, and begin."""
        with self.database.writing() as session:
            session.merge(self._row())
        self.take_back_from_the_dead()
        self._thread.start()

    def stop(self) -> None:
        """Sign out, so that nobody waits for this worker's beat."""
        self._thread.join(timeout=5)
        with self.database.writing() as session:
            session.execute(sa.update(WorkerRow).where(WorkerRow.name == self.worker.name).values(stopped_at=datetime.now(UTC)))

    def _row(self) -> WorkerRow:
        now = datetime.now(UTC)
        return WorkerRow(
            name=self.worker.name,
            host=socket.gethostname(),
            slots=self.settings.slots,
            started_at=now,
            beat_at=now,
            detail=self._detail(),
        )

    def _detail(self) -> dict[str, Any]:
        return {
            "pid": os.getpid(),
            "runtime": self.settings.runtime or "default",
            "engine_answers": self.worker.sandbox.answers(),
            "reference_ms": self.worker.calibration.known_ms,
        }

    def _loop(self) -> None:
        last_beat = last_strays = 0.0
        every = min(5.0, self.settings.lease_seconds / 3)
        # The event is looked up each time: the consumer's own replaces the worker's when it is made.
        while not self.worker.stopping.wait(EVERY_S):
            last_beat += EVERY_S
            # First of all, and until it succeeds: after an outage our own leases are prolonged before anybody's are swept.
            if last_beat >= every:
                if not self._try(self.beat):
                    continue
                last_beat = 0.0
            for duty in (self.sweep, self.close_overdue_attempts, self.ring_for_what_waits):
                self._try(duty)
            last_strays += EVERY_S
            if last_strays >= STRAYS_EVERY_S:
                self._try(self.worker.sandbox.sweep_strays)
                last_strays = 0.0

    def _try(self, duty: Any) -> bool:
        try:
            duty()
        except Exception:  # the thread's edge: a database that is briefly away must not end the duties
            log.exception("duty failed", duty=repr(duty))
            return False
        return True

    def beat(self) -> None:
        """Prolong the leases and show that this worker lives."""
        self.worker.beat()
        values = {"beat_at": datetime.now(UTC), "busy": self.worker.busy, "detail": self._detail()}
        with self.database.writing() as session:
            session.execute(sa.update(WorkerRow).where(WorkerRow.name == self.worker.name).values(**values))

    def sweep(self) -> None:
        """Queue again what silent workers held. Looks first, so that an idle service writes nothing."""
        for record in RECORDS:
            with self.database.reading() as session:
                overdue = sa.select(sa.literal(1)).where(
                    record.state == leases.WorkState.RUNNING, record.lease_until < leases.database_now(session)
                )
                if session.scalar(overdue.limit(1)) is None:
                    continue
            with self.database.writing() as session:
                count = leases.sweep(session, record, self.settings.max_tries)
            if count:
                log.warning("took work back from silent workers", rows=count)

    def close_overdue_attempts(self) -> None:
        """At the end of time the last drafts are submitted, whether or not the candidate's browser is there."""
        now = datetime.now(UTC)
        with self.database.reading() as session:
            late = overdue(session, now)
        for attempt_id in late:  # each in a transaction of its own: one that cannot be closed must not keep the others open
            self._try(partial(self._close, attempt_id, now))

    def _close(self, attempt_id: str, now: datetime) -> None:
        with self.database.writing() as session:
            close_overdue(session, now, attempt_id)

    def ring_for_what_waits(self) -> None:
        """Find rows whose bell was lost, or that have rested, and ring for as many as there are free slots."""
        with self.database.reading() as session:
            waiting = sum(leases.queued(session, record) for record in RECORDS)
        free = self.settings.slots - self.worker.busy
        if waiting and free > 0 and self.queue.waiting() < free:
            for _ in range(min(waiting, free)):
                self.queue.ring("sweep", "", leases.Priority.SUBMISSION)

    def take_back_from_the_dead(self) -> None:
        """At the start: what a worker process of this host held that no longer exists is queued again at once."""
        dead: list[str] = []
        with self.database.writing() as session:
            session.execute(sa.delete(WorkerRow).where(WorkerRow.beat_at < datetime.now(UTC) - FORGET_WORKERS_AFTER))
            here = sa.select(WorkerRow).where(WorkerRow.host == socket.gethostname(), WorkerRow.stopped_at.is_(None))
            for row in session.scalars(here):
                if row.name == self.worker.name or _lives(int(row.name.rpartition(":")[2])):
                    continue
                row.stopped_at = datetime.now(UTC)
                dead.append(row.name)
                for record in RECORDS:
                    leases.take_back(session, record, row.name)
        for name in dead:
            self._try(partial(self.worker.sandbox.sweep_orphans, name))


def _lives(pid: int) -> bool:
    """Whether a process of this host is there, ours or not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
