"""Which worker processes there are: each signs in, beats, and signs out; those that died without are found by their host."""

from __future__ import annotations

import os
import socket
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from assessor.database import Session
from assessor.judging.leases import database_now
from assessor.judging.models import WorkerRow

FORGET_AFTER = timedelta(days=1)
LONGEST_END = timedelta(minutes=10)

Detail = dict[str, Any]


def detail(runtime: str, engine_answers: bool, trouble: str, reference_ms: int | None) -> Detail:
    """What doctor and the queue page show of a worker. `trouble` says why it can make no boxes, empty when it can."""
    return {
        "pid": os.getpid(),
        "runtime": runtime or "default",
        "engine_answers": engine_answers,
        "trouble": trouble,
        "reference_ms": reference_ms,
    }


def sign_in(session: Session, name: str, slots: int, detail: Detail) -> None:
    """A worker begins. One of the same name is dead: a host does not give a process number twice at a time."""
    now = database_now(session)
    host = socket.gethostname()
    row = WorkerRow(name=name, host=host, slots=slots, busy=0, started_at=now, beat_at=now, stopped_at=None, detail=detail)
    session.merge(row)
    session.execute(sa.delete(WorkerRow).where(WorkerRow.beat_at < now - FORGET_AFTER))


def beat(session: Session, name: str, busy: int, detail: Detail) -> None:
    """A worker lives."""
    values = {"beat_at": database_now(session), "busy": busy, "detail": detail}
    session.execute(sa.update(WorkerRow).where(WorkerRow.name == name).values(**values))


def sign_out(session: Session, name: str) -> None:
    """A worker ends in order."""
    session.execute(sa.update(WorkerRow).where(WorkerRow.name == name).values(stopped_at=database_now(session)))


def bury_the_dead(session: Session, but: str) -> list[str]:
    """Sign out the workers of this host whose process no longer exists; their names. `but` is not looked at."""
    here = sa.select(WorkerRow).where(WorkerRow.host == socket.gethostname(), WorkerRow.stopped_at.is_(None))
    dead = [row for row in session.scalars(here) if row.name != but and not _lives(_pid(row))]
    for row in dead:
        row.stopped_at = database_now(session)
    return [row.name for row in dead]


def gone_from_here(session: Session, but: str) -> set[str]:
    """The names of this host's workers that have signed out, or were, and are no longer busy with their end."""
    now = database_now(session)
    stopped = sa.select(WorkerRow).where(WorkerRow.host == socket.gethostname(), WorkerRow.stopped_at.is_not(None))
    return {
        row.name
        for row in session.scalars(stopped)
        if row.name != but and (not _lives(_pid(row)) or (row.stopped_at or now) < now - LONGEST_END)
    }


def _pid(row: WorkerRow) -> int:
    return int(row.name.rpartition(":")[2])


def _lives(pid: int) -> bool:
    """Whether a process of this host is there, ours or not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
