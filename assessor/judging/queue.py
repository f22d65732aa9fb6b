"""The bell that wakes a worker: Huey on an SQLite file of its own, or on the PostgreSQL database when there is one.

The queue may lose anything: which work there is, and in what order, stands in the rows (see `assessor.judging.leases`). A bell
carries nothing but "look". Messages are pickles, so they are signed and unsigned ones are refused.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from huey import Huey, PostgresHuey, SqliteHuey
from huey.api import TaskWrapper
from huey.serializer import SignedSerializer

from assessor.settings import Settings

log = logging.getLogger(__name__)


class JudgingQueue:
    """One end of the bell: the web process rings, the worker's consumer listens."""

    def __init__(self, settings: Settings) -> None:
        serializer = SignedSerializer(secret=settings.secret, salt="assessor-queue")
        self.huey: Huey
        if settings.url_of_database.startswith("postgresql"):
            dsn = settings.url_of_database.replace("postgresql+psycopg://", "postgresql://", 1)
            self.huey = PostgresHuey("judging", dsn=dsn, results=False, serializer=serializer)
        else:
            settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.huey = SqliteHuey(
                "judging", filename=str(settings.data_dir / "queue.db"), fsync=False, results=False, serializer=serializer
            )
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
