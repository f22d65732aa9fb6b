"""The bell that wakes a worker: Huey on an SQLite file of its own, or on the PostgreSQL database when there is one.

The queue may lose anything: which work there is, and in what order, stands in the rows (see `assessor.judging.leases`). A bell
carries nothing but "look". Messages are pickles, so they are signed and unsigned ones are refused.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from huey import Huey, PostgresHuey
from huey.api import TaskWrapper
from huey.serializer import SignedSerializer
from huey.storage import SqliteStorage

from assessor.settings import Settings

log = logging.getLogger(__name__)

SQLITE_PAUSE_S = 0.004
POSTGRES_PAUSE_S = 0.02
"""Between two looks for a bell."""


class WatchedStorage(SqliteStorage):  # type: ignore[misc]  # huey has no types
    """Looks into the table only after somebody has written to the file since it was last seen empty: that question costs
    microseconds, so it can be asked often, and a bell is heard soon."""

    _empty_at: tuple[int, int] | None = None
    _own_messages = 0

    def enqueue(self, data: bytes, priority: float | None = None) -> None:
        """Add a message. What this very connection writes does not change its own version of the file, so it is counted."""
        super().enqueue(data, priority)
        self._own_messages += 1

    def dequeue(self) -> object:
        """The next message, or none."""
        own = self._own_messages
        ((version,),) = self.sql("pragma data_version", results=True)
        if (version, own) == self._empty_at:
            return None
        message = super().dequeue()
        # As it was before looking: whatever is written meanwhile makes it another one.
        self._empty_at = (version, own) if message is None else None
        return message


class JudgingQueue:
    """One end of the bell: the web process rings, the worker's consumer listens."""

    def __init__(self, settings: Settings) -> None:
        serializer = SignedSerializer(secret=settings.secret, salt="assessor-queue")
        self.huey: Huey
        if settings.url_of_database.startswith("postgresql"):
            dsn = settings.url_of_database.replace("postgresql+psycopg://", "postgresql://", 1)
            self.huey = PostgresHuey("judging", dsn=dsn, results=False, serializer=serializer)
            self.pause_s = POSTGRES_PAUSE_S
        else:
            settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.huey = Huey(
                "judging",
                storage_class=WatchedStorage,
                filename=str(settings.data_dir / "queue.db"),
                fsync=False,
                results=False,
                serializer=serializer,
            )
            self.pause_s = SQLITE_PAUSE_S
        self._work: Callable[[], None] | None = None
        self._task: TaskWrapper = self.huey.task(name="look")(self._look)

    def _look(self) -> None:
        if self._work is not None:
            self._work()

    def listen(self, work: Callable[[], None]) -> None:
        """Call `work` at every bell; for the worker, before its consumer starts."""
        self._work = work

    def ring(self, kind: str, row_id: str, priority: int) -> None:
        """Say that a row waits. Call it after the commit. A bell that cannot be rung is only logged: the sweep finds the row."""
        try:
            self.huey.enqueue(self._task.s(priority=priority))
        except Exception as error:  # the row is safe; a missing bell costs a second, never the work
            log.warning("bell not rung", extra={"kind": kind, "row_id": row_id, "error": repr(error)})

    def waiting(self) -> int:
        """Bells not yet heard."""
        return int(self.huey.pending_count())
