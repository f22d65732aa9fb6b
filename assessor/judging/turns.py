"""Whose turn it is: the order in which waiting rows are claimed.

1. Of the kinds of work the most urgent: runs, submissions, proofs, whatever is judged again (`Priority`).
2. Of those who wait the one who has used the judge least lately (`assessor.judging.shares`), then who waits longest.
3. Of that one's rows the oldest.

Two rules beside it. Every eighth turn of a worker belongs to the row that has waited longest, whatever it is, so that nothing
waits for ever. And a candidate who has used much never holds every slot: the next one to come must not wait for a long program
to end. The slot they leave is for whoever else waits, however much less urgent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from assessor.database import UtcDateTime
from assessor.judging.leases import Lease, LeasedWork, Priority, database_now, due, lease_first
from assessor.judging.models import Submission, WorkerRow
from assessor.judging.shares import NOW, Holder, Running, Use, held_by, holder_columns, running_now, use_at, with_holders
from assessor.readiness import WORKER_SILENCE

PATIENT_TURN = 8
PATIENCE = timedelta(minutes=1)
MUCH_S = 10.0
"""Who has used so many seconds lately leaves a slot to the others."""

Records = tuple[type[LeasedWork], ...]
Query = sa.CompoundSelect[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Those rows of one holder that are equally urgent: how many, and since when the oldest waits."""

    record: type[LeasedWork]
    priority: int
    holder: Holder
    oldest: datetime
    rows: int


def claim(
    session: Session, records: Records, worker: str, lease: timedelta, turn: int = 1, now: datetime | None = None
) -> Lease | None:
    """Lease the row whose turn it is, or none. `turn` counts this worker's claims. Two workers never get the same row."""
    now = now or database_now(session)
    urgent = most_urgent(session, records, now)
    if not urgent:
        return None
    for one in _in_turn(session, records, urgent, turn, now):
        theirs = sa.and_(one.record.priority == one.priority, held_by(one.holder))
        if (found := lease_first(session, one.record, theirs, worker, lease, now)) is not None:
            return found
    return None


def in_order(waiting: Sequence[Waiting], use: Use) -> list[Waiting]:
    """The most urgent first; of equals who has used least, then who waits longest."""
    return sorted(waiting, key=lambda one: (-one.priority, use.counted(one.holder), one.oldest, one.holder.account))


def most_urgent(session: Session, records: Records, now: datetime) -> list[Waiting]:
    """Everybody who waits with the most urgent kind of work there is."""
    found = _waiting(session, records, _most_urgent(records), {"now": now})
    highest = max((one.priority for one in found), default=0)
    return [one for one in found if one.priority == highest]


def waiting_from(session: Session, records: Records, least: int, now: datetime) -> list[Waiting]:
    """Everybody who waits with work at least as urgent as `least`."""
    return _waiting(session, records, _waiting_from(records), {"now": now, "least": least})


def living_slots(session: Session, now: datetime) -> int:
    """How many rows all living workers can judge at the same time."""
    alive = sa.and_(WorkerRow.stopped_at.is_(None), WorkerRow.beat_at > now - WORKER_SILENCE)
    return session.scalar(sa.select(sa.func.coalesce(sa.func.sum(WorkerRow.slots), 0)).where(alive)) or 0


def _waiting(session: Session, records: Records, query: Query, given: dict[str, Any]) -> list[Waiting]:
    rows = session.execute(query, given).all()
    return [Waiting(records[at], priority, Holder(who, where), oldest, count) for at, priority, who, where, oldest, count in rows]


def _in_turn(session: Session, records: Records, urgent: list[Waiting], turn: int, now: datetime) -> Iterator[Waiting]:
    """Who may be next, without those who hold enough already: the patient one, the most urgent, then everybody else.

    What is less urgent is looked for only when nothing before it could be had: a free slot is kept for others, not from them.
    """
    running = running_now(session, records)
    enough = _who_has_enough(session, running, now)
    if turn % PATIENT_TURN == 0:
        yield from _longest(session, records, enough, now)
    yield from _ordered(session, urgent, running, enough, now)
    others = waiting_from(session, records, Priority.REJUDGE, now)
    yield from _ordered(session, [one for one in others if one.priority < urgent[0].priority], running, enough, now)


def _who_has_enough(session: Session, running: Sequence[Running], now: datetime) -> frozenset[Holder]:
    """Who has used much lately and holds every slot but one."""
    most = living_slots(session, now) - 1 if running else 0
    if most <= 0:
        return frozenset()
    full = {holder for holder, rows in Counter(holder for holder, _since in running).items() if rows >= most}
    use = use_at(session, (), [one for one in running if one[0] in full], now)
    return frozenset(holder for holder in full if use.own(holder) >= MUCH_S)


def _ordered(
    session: Session, waiting: Sequence[Waiting], running: Sequence[Running], enough: frozenset[Holder], now: datetime
) -> list[Waiting]:
    may = [one for one in waiting if one.holder not in enough]
    if len(may) <= 1:
        return may  # there is nothing to weigh
    return in_order(may, use_at(session, (one.holder for one in may), running, now))


def _longest(session: Session, records: Records, enough: frozenset[Holder], now: datetime) -> list[Waiting]:
    """The one row that has waited longest, if longer than anybody should; none of those who have enough."""
    rows: list[Waiting] = []
    for record, oldest in zip(records, _oldest(records), strict=True):
        theirs = [held_by(holder) for holder in enough if (holder.candidate is not None) == (record is Submission)]
        query = oldest.where(sa.not_(sa.or_(*theirs))) if theirs else oldest
        found = session.execute(query, {"now": now, "before": now - PATIENCE}).one_or_none()
        rows += [] if found is None else [Waiting(record, found[0], Holder(found[1], found[2]), found[3], 1)]
    return sorted(rows, key=lambda one: one.oldest)[:1]


# Built once: to put these together takes longer than to run them.


@cache
def _most_urgent(records: Records) -> Query:
    return sa.union_all(*(_grouped(at, record, record.priority == _highest(record)) for at, record in enumerate(records)))


@cache
def _waiting_from(records: Records) -> Query:
    least = sa.bindparam("least", type_=sa.Integer())
    return sa.union_all(*(_grouped(at, record, record.priority >= least) for at, record in enumerate(records)))


def _highest(record: type[LeasedWork]) -> sa.ScalarSelect[int]:
    other = aliased(record)
    return sa.select(sa.func.max(other.priority)).where(due(other, NOW)).scalar_subquery()


def _grouped(at: int, record: type[LeasedWork], which: sa.ColumnElement[bool]) -> sa.Select[*tuple[Any, ...]]:
    who, where = holder_columns(record)
    counted = sa.select(sa.literal(at), record.priority, who, where, sa.func.min(record.queued_at), sa.func.count())
    waiting = counted.select_from(with_holders(record)).where(due(record, NOW), which)
    return waiting.group_by(record.priority, *((who, where) if record is Submission else (where,)))


@cache
def _oldest(records: Records) -> tuple[sa.Select[*tuple[Any, ...]], ...]:
    return tuple(
        sa.select(record.priority, *holder_columns(record), record.queued_at)
        .select_from(with_holders(record))
        .where(due(record, NOW), record.queued_at < sa.bindparam("before", type_=UtcDateTime()))
        .order_by(record.queued_at)
        .limit(1)
        for record in records
    )
