"""How the queue and the workers are doing, for the people who run the service."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from assessor.catalogue.models import Proof
from assessor.judging.leases import LeasedWork, Priority, WorkState
from assessor.judging.models import Kind, Submission, WorkerRow
from assessor.judging.pressure import pressure_at
from assessor.people.permissions import Action, Actor, require
from assessor.readiness import WORKER_SILENCE

SHOWN_FOR = timedelta(hours=24)
"""Workers that stopped longer ago are of no interest."""


@dataclass(frozen=True, slots=True)
class Load:
    """How much of one kind of work there is. `oldest` is since when the longest-waiting row waits, null when none does.

    What is judged again waits behind everything; when it was handed in says nothing about its wait, so that it has no `oldest`.
    """

    kind: str
    queued: int
    running: int
    not_judged: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class WorkerView:
    """One worker process. `alive`: it beat lately and has not signed out."""

    name: str
    host: str
    slots: int
    busy: int
    started_at: datetime
    beat_at: datetime
    stopped_at: datetime | None
    alive: bool
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class QueueView:
    """Runs, submissions, proofs and what is judged again, and the workers, living ones first."""

    loads: tuple[Load, ...]
    workers: tuple[WorkerView, ...]
    runs_paused: bool = False

    @property
    def alive(self) -> int:
        return sum(worker.alive for worker in self.workers)

    @property
    def free_slots(self) -> int:
        return sum(max(0, worker.slots - worker.busy) for worker in self.workers if worker.alive)

    def total(self, state: str) -> int:
        """The sum over all kinds of `queued`, `running` or `not_judged`."""
        return sum(int(getattr(load, state)) for load in self.loads)

    @property
    def oldest(self) -> datetime | None:
        return min((load.oldest for load in self.loads if load.oldest is not None), default=None)


def watch_queue(session: Session, actor: Actor, now: datetime) -> QueueView:
    """The present moment. Raises NotAllowed for all but administrators."""
    require(actor, Action.QUEUE_MANAGE, None)
    again = Submission.priority <= Priority.REJUDGE
    loads = (
        _load(session, "run", Submission, Submission.kind == Kind.RUN),
        _load(session, "submission", Submission, sa.and_(Submission.kind == Kind.SUBMISSION, ~again)),
        _load(session, "proof", Proof, sa.true()),
        replace(_load(session, "regrade", Submission, again), oldest=None),
    )
    recent = sa.select(WorkerRow).where(WorkerRow.beat_at > now - SHOWN_FOR).order_by(WorkerRow.beat_at.desc())
    workers = [_worker(row, now) for row in session.scalars(recent)]
    return QueueView(loads, tuple(sorted(workers, key=lambda worker: not worker.alive)), pressure_at(session, now).runs_paused)


def _load(session: Session, kind: str, record: type[LeasedWork], which: sa.ColumnElement[bool]) -> Load:
    counted = sa.select(record.state, sa.func.count(), sa.func.min(record.queued_at)).where(which)
    unfinished = counted.where(record.state != WorkState.GRADED).group_by(record.state)
    found = {state: (count, oldest) for state, count, oldest in session.execute(unfinished).all()}
    queued, oldest = found.get(WorkState.QUEUED, (0, None))
    running, _since = found.get(WorkState.RUNNING, (0, None))
    failed, _when = found.get(WorkState.NOT_JUDGED, (0, None))
    return Load(kind, queued, running, failed, oldest)


def _worker(row: WorkerRow, now: datetime) -> WorkerView:
    return WorkerView(
        name=row.name,
        host=row.host,
        slots=row.slots,
        busy=row.busy,
        started_at=row.started_at,
        beat_at=row.beat_at,
        stopped_at=row.stopped_at,
        alive=row.stopped_at is None and now - row.beat_at <= WORKER_SILENCE,
        detail=dict(row.detail),
    )
