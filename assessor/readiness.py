"""Can the service do its work now? The database answers, its schema is current, a worker lives, the disk has room."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from assessor.database import Database
from assessor.judging.leases import database_now
from assessor.judging.models import WorkerRow
from assessor.judging.pressure import Pressure, pressure_at
from assessor.settings import Settings

WORKER_SILENCE = timedelta(seconds=30)
QUEUE_PATIENCE = timedelta(minutes=2)
DISK_MIN_FREE_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Check:
    """One thing the service needs; `message` says what is wrong and the way out, or what there is to know; mostly nothing.

    `figures` are for programs that watch.
    """

    name: str
    ok: bool
    message: str = ""
    figures: Mapping[str, float | bool] = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        """For a JSON reply."""
        return {"ok": self.ok, "message": self.message, **self.figures}


def check_readiness(database: Database, settings: Settings) -> tuple[Check, ...]:
    """All checks, the first failing one notwithstanding."""
    return (*check_database(database), check_disk(settings))


def check_database(database: Database) -> tuple[Check, ...]:
    """The database itself, then what only it can tell."""
    try:
        current = database.is_current()
        with database.reading() as session:
            now = database_now(session)  # the workers' beats are by this clock
            beat = session.scalar(sa.select(sa.func.max(WorkerRow.beat_at)).where(WorkerRow.stopped_at.is_(None)))
            pressure = pressure_at(session, now)
    except SQLAlchemyError:
        return (Check("database", False, "The database does not answer. Is it running, and is its address right?"),)
    return (Check("database", True), check_migrations(current), check_worker(beat, now), check_queue(pressure, now))


def check_migrations(current: bool) -> Check:
    """Whether the schema is the code's."""
    return Check("migrations", current, "" if current else "The schema is out of date. Run `assessor up` or migrate it.")


def check_worker(beat: datetime | None, now: datetime) -> Check:
    """Whether somebody judges."""
    alive = beat is not None and now - beat < WORKER_SILENCE
    return Check("worker", alive, "" if alive else "No worker has given a sign of life in 30 seconds. Start `assessor worker`.")


def check_queue(pressure: Pressure, now: datetime) -> Check:
    """How many rows wait and for how long. A long queue is no fault of the pages: they go on taking submissions."""
    oldest_s = (now - pressure.oldest).total_seconds() if pressure.oldest else 0.0
    late = oldest_s > QUEUE_PATIENCE.total_seconds()
    message = "The oldest submission has waited for over two minutes. Start more workers." if late else ""
    figures = {"waiting": pressure.rows, "oldest_s": round(max(0.0, oldest_s), 1), "runs_paused": pressure.runs_paused}
    return Check("queue", True, message, figures)


def check_disk(settings: Settings) -> Check:
    """Whether drafts and submissions can still be written."""
    folder = next(path for path in (settings.data_dir.absolute(), *settings.data_dir.absolute().parents) if path.exists())
    free = shutil.disk_usage(folder).free
    roomy = free >= DISK_MIN_FREE_BYTES
    return Check("disk", roomy, "" if roomy else f"Only {free // 2**20} MiB are free under {folder}. Make room.")
