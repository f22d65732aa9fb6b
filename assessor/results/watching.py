"""Tells waiting pages that the database changed, so that a verdict another process wrote is shown at once.

SQLite counts commits of other connections in `PRAGMA data_version`, which one thread looks at 200 times a second; PostgreSQL
is looked at five times a second. The thread runs only while somebody waits, or has just waited.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import cache
from typing import Any

import sqlalchemy as sa

from assessor.database import Base, Database
from assessor.judging.leases import WorkState
from assessor.judging.models import Submission

SQLITE_PAUSE_S = 0.005
OTHER_PAUSE_S = 0.2
LINGER_S = 2.0
"""A thread that begins cannot know what changed before it, so it wakes all who wait. Who looks and comes back finds
the same one."""


class ChangeWatch:
    """One for each process. `wait` returns when something may have changed; what did, the caller looks up."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._changed = threading.Condition()
        self._waiting = 0
        self._left_at = 0.0
        self._tick = 0
        self._thread: threading.Thread | None = None

    @property
    def tick(self) -> int:
        """Grows with every change seen. Read it before looking at the database, then wait for a higher one."""
        return self._tick

    def wait(self, tick: int, timeout_s: float) -> bool:
        """Wait until the tick is higher than `tick`; false when the time ran out."""
        with self._changed:
            self._waiting += 1
            self._start()
            try:
                return self._changed.wait_for(lambda: self._tick > tick, timeout_s)
            finally:
                self._waiting -= 1
                self._left_at = time.monotonic()

    def _start(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._watch, name="change-watch", daemon=True)
            self._thread.start()

    def _watch(self) -> None:
        try:
            if self._database.engine.dialect.name == "sqlite":
                self._watch_sqlite()
            else:
                self._watch_by_the_clock()
        except sa.exc.SQLAlchemyError:
            self._notify()  # the waiting look themselves and meet the error; the next wait starts a new thread

    def _watch_sqlite(self) -> None:
        connection = self._database.engine.raw_connection()
        try:
            cursor = connection.cursor()
            last = None
            while self._someone_waits():
                version = cursor.execute("pragma data_version").fetchone()
                if version != last:
                    last = version
                    self._notify()
                time.sleep(SQLITE_PAUSE_S)
        finally:
            connection.close()

    def _watch_by_the_clock(self) -> None:
        while self._someone_waits():
            time.sleep(OTHER_PAUSE_S)
            self._notify()

    def _someone_waits(self) -> bool:
        with self._changed:
            if self._waiting or time.monotonic() - self._left_at < LINGER_S:
                return True
            self._thread = None
            return False

    def _notify(self) -> None:
        with self._changed:
            self._tick += 1
            self._changed.notify_all()


class SubmissionWatch:
    """What one waiting page has seen of its submission. In a crowd almost every change of the database is somebody else's, and
    to tell costs one small statement instead of a whole panel. `clock` counts seconds."""

    def __init__(self, database: Database, submission_id: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._submission_id = submission_id
        self._clock = clock
        self._seen: tuple[Any, ...] = ()
        self._place_asked_at = clock()

    @property
    def queues(self) -> bool:
        """Whether it has a place in the queue, which others change."""
        return bool(self._seen) and self._seen[0] == WorkState.QUEUED

    def has_news(self, place_every_s: float) -> bool:
        """Whether the panel may be another one than when this was true last. Ask before the panel is made, so that no change is
        missed. The place in the queue may be another one after so many seconds."""
        seen = self._glimpse()
        changed, self._seen = seen != self._seen, seen
        is_due = self.queues and self._clock() - self._place_asked_at >= place_every_s
        if changed or is_due:
            self._place_asked_at = self._clock()
        return changed or is_due

    def _glimpse(self) -> tuple[Any, ...]:
        with self._database.reading() as session:
            found = session.connection().execute(_state_of(), {"submission_id": self._submission_id}).one_or_none()
        return () if found is None else (found.state, found.progress)


@cache
def _state_of() -> sa.Select[Any, Any]:
    table = Base.metadata.tables[Submission.__tablename__]
    return sa.select(table.c.state, table.c.progress).where(table.c.id == sa.bindparam("submission_id"))
