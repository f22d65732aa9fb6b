"""A waiting row's place in the queue, in the order in which turns are taken, and roughly how long that is.

An estimate: who comes next may change it, and what a program needs is known when it has run. The same rules as in
`assessor.judging.turns`, on the numbers of this moment.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from assessor.assessments.models import Attempt
from assessor.catalogue.models import Proof
from assessor.judging.leases import LeasedWork, due
from assessor.judging.models import Kind, Submission
from assessor.judging.shares import ORGANISATION_WEIGHT, Holder, Use, running_now, use_at
from assessor.judging.turns import Waiting, living_slots, waiting_from

RECORDS: tuple[type[LeasedWork], ...] = (Submission, Proof)
RECENT = 50
"""So many results tell what judging usually takes."""
UNKNOWN_S = 2.0
"""What it is taken to take while nothing has been judged."""


@dataclass(frozen=True, slots=True)
class Place:
    """`ahead` rows come first. `wait_s` is rounded for a person, null while no worker lives."""

    ahead: int
    wait_s: int | None


def place_of(session: Session, submission: Submission, now: datetime) -> Place:
    """Where a queued submission or run stands."""
    waiting = waiting_from(session, RECORDS, submission.priority, now)
    running = running_now(session, RECORDS)
    attempt = session.get_one(Attempt, submission.attempt_id)
    mine = Holder(attempt.id, attempt.organisation_id)
    use = use_at(session, [mine, *(one.holder for one in waiting)], running, now)
    usual = usual_seconds(session)
    equals = [one for one in waiting if one.priority == submission.priority]
    before = _mine_before(session, submission, now)
    cost_s = usual[submission.kind] * (1 + ORGANISATION_WEIGHT)
    level = sum(turns_before(mine, submission.queued_at, before, one, use, cost_s) for one in equals) + before
    urgent = sum(one.rows for one in waiting if one.priority > submission.priority)
    slots = living_slots(session, now)
    kinds = {Kind.RUN: urgent} if submission.kind is Kind.SUBMISSION else {}
    work_s = level * usual[submission.kind] + sum(usual[kind] * rows for kind, rows in kinds.items())
    if len(running) >= slots:
        work_s += len(running) * usual[submission.kind] / 2  # what runs is half done, as far as anybody knows
    return Place(level + urgent, rounded(work_s / slots) if slots else None)


def turns_before(mine: Holder, since: datetime, before: int, other: Waiting, use: Use, cost_s: float) -> int:
    """How many of another one's rows come before mine, of which `before` come first themselves; each row costs `cost_s`."""
    if other.holder == mine:
        return 0
    lead = (use.counted(mine) - use.counted(other.holder)) / cost_s + before
    turns = math.floor(lead) + (1 if lead > math.floor(lead) or other.oldest < since else 0)
    return min(other.rows, max(0, turns))


def usual_seconds(session: Session) -> Mapping[Kind, float]:
    """How long a run and a submission took lately, on the average."""
    recent = (
        sa.select(Submission.kind, Submission.started_at, Submission.finished_at)
        .where(Submission.finished_at.is_not(None), Submission.started_at.is_not(None))
        .order_by(Submission.finished_at.desc())
        .limit(RECENT)
    )
    rows = session.execute(recent).all()
    took = [(kind, (end - start).total_seconds()) for kind, start, end in rows if start is not None and end is not None]
    return {kind: _mean([seconds for one, seconds in took if one is kind]) for kind in Kind}


def rounded(seconds: float) -> int:
    """As exactly as it can be known: to five seconds, to half a minute from one minute on, to a minute from five on."""
    step = 5 if seconds <= 60 else 30 if seconds <= 300 else 60
    return max(5, math.ceil(seconds / step) * step)


def _mine_before(session: Session, submission: Submission, now: datetime) -> int:
    earlier = sa.or_(
        Submission.queued_at < submission.queued_at,
        sa.and_(Submission.queued_at == submission.queued_at, Submission.id < submission.id),
    )
    same = sa.and_(Submission.attempt_id == submission.attempt_id, Submission.priority == submission.priority)
    return session.scalar(sa.select(sa.func.count()).select_from(Submission).where(due(Submission, now), same, earlier)) or 0


def _mean(seconds: Sequence[float]) -> float:
    return max(0.1, sum(seconds) / len(seconds)) if seconds else UNKNOWN_S
