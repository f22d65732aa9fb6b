"""What a worker does beside judging, in three rounds that cannot keep one another waiting.

beat: prolong the leases, show that this worker lives. Talks to the database only: an engine that hangs must cost no lease.
rows: take back what silent workers held, let go what stands still, close overdue attempts, ring for what waits.
engine: look whether it makes boxes, remove containers that nobody holds.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial

import structlog

from assessor.assessments import practising
from assessor.assessments.closing import close_overdue, overdue, settle, unsettled
from assessor.database import Database
from assessor.judging import leases, registry
from assessor.judging.clockwatch import ClockWatch
from assessor.judging.queue import JudgingQueue
from assessor.judging.worker import RECORDS, Worker
from assessor.outages import tell
from assessor.settings import Settings

log = structlog.get_logger(__name__)

EVERY_S = 1.0
ENGINE_EVERY_S = 3.0
STRAYS_EVERY_S = 60.0
DOUBT_S = 300.0
"""For so long after the clock was set no attempt is closed: whoever sets a clock wrong sets it right again."""


class Duties:
    """Threads of the worker process. Every duty is tried again and again; one that fails is logged.

    `restart` is called once when work stands still: it ends this process, so that a fresh one takes its place.
    """

    def __init__(
        self, settings: Settings, database: Database, queue: JudgingQueue, worker: Worker, restart: Callable[[], None]
    ) -> None:
        self.settings = settings
        self.database = database
        self.queue = queue
        self.worker = worker
        self.clock = ClockWatch(settings.lease_seconds / 3)
        self._restart = restart
        self._beat_every_s = min(5.0, settings.lease_seconds / 3)
        self._beaten_at = time.monotonic()
        self._engine_answers = True
        self._sweep_at = 0.0
        self._ended = threading.Event()
        rounds = ((self.beat, self._beat_every_s), (self.rows, EVERY_S), (self.engine, ENGINE_EVERY_S))
        self._threads = [
            threading.Thread(target=self._loop, args=one, name=f"duties-{one[0].__name__}", daemon=True) for one in rounds
        ]

    def start(self) -> None:
        """Sign in, take back what dead workers of this host held, and begin."""
        self._engine_answers = self.worker.sandbox.answers()
        with self.database.writing() as session:
            registry.sign_in(session, self.worker.name, self.settings.slots, self._detail())
            for name in (*registry.bury_the_dead(session, self.worker.name), self.worker.name):
                for record in RECORDS:
                    leases.take_back(session, record, name)
        self._try(self._sweep_own)
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """When nothing is judged any more: sign out, so that nobody waits for this worker's beat."""
        self._ended.set()
        deadline = time.monotonic() + 5
        for thread in self._threads:
            thread.join(timeout=max(0.0, deadline - time.monotonic()))
        self._try(self.worker.give_everything_back)
        with self.database.writing() as session:
            registry.sign_out(session, self.worker.name)

    def _detail(self) -> registry.Detail:
        sandbox = self.worker.sandbox
        reference_ms = self.worker.calibration.known_ms
        return registry.detail(self.settings.runtime, self._engine_answers, sandbox.trouble, reference_ms)

    def _loop(self, duty: Callable[[], None], every_s: float) -> None:
        while not self._ended.is_set():
            self._try(duty)
            self._ended.wait(every_s)

    def _try(self, duty: Callable[[], None]) -> None:
        try:
            duty()
        except Exception as error:  # the thread's edge: a database that is briefly away must not end the duties
            tell(log, "duty failed", error, duty=repr(duty))

    # --- beat

    def beat(self) -> None:
        """Prolong the leases and show that this worker lives."""
        self.worker.held.beat()
        with self.database.writing() as session:
            registry.beat(session, self.worker.name, self.worker.busy, self._detail())
        self._beaten_at = time.monotonic()

    # --- rows

    def rows(self) -> None:
        """One round over the rows."""
        for duty in (
            self.sweep,
            self.let_go_what_stands_still,
            self.close_overdue_attempts,
            self.settle_what_kept_its_grade,
            self.forget_old_practice,
            self.ring_for_what_waits,
        ):
            self._try(duty)

    def now(self) -> datetime:
        """The database's moment; notices when its clock was set."""
        with self.database.reading() as session:
            now = leases.database_now(session)
        if jump := self.clock.look(now):
            log.error("the clock was set", seconds=round(jump), attempts_closed_again_in_s=round(DOUBT_S))
        return now

    def sweep(self) -> None:
        """Queue again what silent workers held. Looks first, so that an idle service writes nothing.

        Not while the living may look silent: after an outage of the database everybody's leases are prolonged before anybody's
        are swept, and so they are after the clock was set.
        """
        now = self.now()
        beaten_lately = time.monotonic() - self._beaten_at < self.settings.lease_seconds
        if not beaten_lately or self.clock.set_within(self.settings.lease_seconds):
            return
        for record in RECORDS:
            with self.database.reading() as session:
                if not leases.any_silent(session, record, now):
                    continue
            with self.database.writing() as session:
                count = leases.sweep(session, record, self.settings.max_tries, now)
            if count:
                log.warning("took work back from silent workers", rows=count)

    def let_go_what_stands_still(self) -> None:
        """A thread that hangs cannot be ended: its row is given back, and the process makes way for a fresh one."""
        found = self.worker.held.still(self.settings.stall_seconds)
        for standstill in found:
            self._try(partial(self.worker.let_go, standstill))  # which fails where what hangs has the database's lock
        if found:
            self._restart()

    def close_overdue_attempts(self) -> None:
        """At the end of time the last drafts are submitted, whether or not the candidate's browser is there."""
        now = self.now()
        if self.clock.set_within(DOUBT_S):
            return
        with self.database.reading() as session:
            late = overdue(session, now)
        for attempt_id in late:  # each in a transaction of its own: one that cannot be closed must not keep the others open
            self._try(partial(self._close, attempt_id, now))

    def _close(self, attempt_id: str, now: datetime) -> None:
        with self.database.writing() as session:
            close_overdue(session, now, attempt_id)

    def settle_what_kept_its_grade(self) -> None:
        """Attempts whose submissions were judged again in vain are graded as they were."""
        with self.database.reading() as session:
            stale = unsettled(session)
        for attempt_id in stale:
            with self.database.writing() as session:
                settle(session, attempt_id)

    def forget_old_practice(self) -> None:
        """What candidates practised on is deleted after a day. Looks first, so that an idle service writes nothing."""
        now = self.now()
        if self.clock.set_within(DOUBT_S):
            return
        with self.database.reading() as session:
            if not practising.has_old(session, now):
                return
        with self.database.writing() as session:
            practising.forget_old(session, now)

    def ring_for_what_waits(self) -> None:
        """Find rows whose bell was lost, or that have rested, and ring for as many as there are free slots."""
        with self.database.reading() as session:
            waiting = sum(leases.queued(session, record) for record in RECORDS)
        free = self.settings.slots - self.worker.busy
        if waiting and free > 0 and self.queue.waiting() < free:
            for _ in range(min(waiting, free)):
                self.queue.ring("sweep", "", leases.Priority.SUBMISSION)

    # --- engine

    def engine(self) -> None:
        """One look at the engine. What it cannot remove now is removed at a later look."""
        self._engine_answers = self.worker.sandbox.answers()
        if self._engine_answers and time.monotonic() >= self._sweep_at:
            with self.database.reading() as session:
                gone = registry.gone_from_here(session, self.worker.name)
            orphans = self.worker.sandbox.sweep_orphans(*gone) if gone else 0
            strays = self.worker.sandbox.sweep_strays()
            if orphans or strays:
                log.warning("removed containers that nobody held", of_dead_workers=orphans, lost=strays)
            self._sweep_at = time.monotonic() + STRAYS_EVERY_S

    def _sweep_own(self) -> None:
        """A worker in a container has the name of the one that died in it before."""
        if self._engine_answers:
            self.worker.sandbox.sweep_orphans()
