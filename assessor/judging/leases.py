"""Work that a worker leases: the row is the truth, the queue only a bell. Whose turn it is says `assessor.judging.turns`.

A row is claimed by a conditional update and carries a fence (`tries`): whoever lost the lease writes nothing. What fails on
our side goes back to `queued`; after the last try it is `not_judged`, for a person to look at, and never a score of 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum, StrEnum
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.sql.dml import ReturningUpdate

from assessor import clock
from assessor.database import Base, enum_type


class WorkState(StrEnum):
    """`queued → running → graded`; our failures lead back to `queued` and after the last try to `not_judged`."""

    QUEUED = "queued"
    RUNNING = "running"
    GRADED = "graded"
    NOT_JUDGED = "not_judged"


class LeasedWork:
    """The columns of anything a worker does.

    `tries` counts claims and is the fence; `failures` counts those that went wrong on our side, an outage of the engine not
    among them. `lease_until` is when a running row's worker counts as dead, and before when a queued row rests.
    """

    state: Mapped[WorkState] = mapped_column(
        enum_type(WorkState),
        default=WorkState.QUEUED,
        index=True,
    )
    priority: Mapped[int] = mapped_column(default=50)
    tries: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0, server_default="0")
    worker: Mapped[str | None] = mapped_column(sa.String(100))
    lease_until: Mapped[datetime | None]
    queued_at: Mapped[datetime] = mapped_column(index=True)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None] = mapped_column(index=True)
    failure: Mapped[str | None] = mapped_column(sa.Text)

    @classmethod
    def given_up(cls) -> sa.ColumnElement[WorkState] | WorkState:
        """The state after the last try: a person has to look, unless the record knows better."""
        return WorkState.NOT_JUDGED


class Priority(IntEnum):
    """Interactive runs first, then submissions, then proofs of challenges, then whatever is judged again."""

    RUN = 100
    SUBMISSION = 50
    PROOF = 40
    REJUDGE = 0


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to work on one row: write only while the row still carries this fence."""

    record: type[LeasedWork]
    row_id: str
    fence: int


FARTHEST = timedelta(minutes=10)
"""No lease and no rest reaches farther ahead: a row that says so was written before the clock was set back."""


def database_now(session: Session) -> datetime:
    """The moment by the database's clock, so that leases do not depend on each worker machine's own."""
    if session.get_bind().dialect.name == "sqlite":
        return clock.utc_now()
    moment = session.scalar(sa.select(sa.func.clock_timestamp()))
    assert isinstance(moment, datetime)
    return moment.astimezone(UTC)


def due(record: type[LeasedWork], now: datetime | sa.BindParameter[datetime]) -> sa.ColumnElement[bool]:
    """The condition under which a row waits and may be claimed now."""
    return sa.and_(record.state == WorkState.QUEUED, sa.or_(record.lease_until.is_(None), record.lease_until <= now))


def lease_first(
    session: Session, record: type[LeasedWork], which: sa.ColumnElement[bool], worker: str, lease: timedelta, now: datetime
) -> Lease | None:
    """Lease the oldest of the waiting rows `which`, or none. Two workers never get the same row."""
    first = sa.select(id_of(record)).where(due(record, now), which).order_by(record.queued_at, id_of(record)).limit(1)
    row_id = session.scalar(first.with_for_update(skip_locked=True))
    if row_id is None:
        return None
    given = {"row_id": row_id, "by": worker, "until": now + lease, "now": now}
    leased = session.connection().execute(_leasing((record,)), given).one_or_none()
    return None if leased is None else Lease(record, row_id, leased[0])


@cache
def _leasing(records: tuple[type[LeasedWork]]) -> ReturningUpdate[int]:
    """Of the table rather than the record, and built once: this is a good part of a small submission's way."""
    (record,) = records
    table = Base.metadata.tables[record.__tablename__]  # type: ignore[attr-defined]  # every leased record has a table of its own
    leased = {"state": WorkState.RUNNING, "tries": table.c.tries + 1, "worker": sa.bindparam("by")}
    leased |= {"lease_until": sa.bindparam("until"), "started_at": sa.bindparam("now")}
    free = sa.and_(table.c.id == sa.bindparam("row_id"), table.c.state == WorkState.QUEUED)
    return sa.update(table).where(free).values(leased).returning(table.c.tries)


def holds(lease: Lease) -> sa.ColumnElement[bool]:
    """The condition under which the lease's holder may write."""
    record = lease.record
    return sa.and_(id_of(record) == lease.row_id, record.tries == lease.fence, record.state == WorkState.RUNNING)


def beat(session: Session, held: Lease, lease: timedelta) -> bool:
    """Prolong the lease; false when it was lost and nothing may be written any more."""
    return _touched(session, sa.update(held.record).where(holds(held)).values(lease_until=database_now(session) + lease))


def give_back(session: Session, held: Lease, failure: str, max_tries: int, pause: timedelta) -> bool:
    """Our failure: queue the row again after a pause, or after the last try leave it to a person. False if the lease was lost."""
    record = held.record
    last = sa.and_(holds(held), record.failures + 1 >= max_tries)
    if _count(session, sa.update(record).where(last).values(**_given_up(session, record, failure), failures=record.failures + 1)):
        return True
    return _queue_again(session, held, failure, pause, failures=1)


def give_back_after_outage(session: Session, held: Lease, failure: str, pause: timedelta) -> bool:
    """The engine is down: queue the row again, and do not count it against the row. False if the lease was lost."""
    return _queue_again(session, held, failure, pause, failures=0)


def _queue_again(session: Session, held: Lease, failure: str, pause: timedelta, failures: int) -> bool:
    record = held.record
    values = {
        "state": WorkState.QUEUED,
        "lease_until": database_now(session) + pause,
        "worker": None,
        "failure": failure,
        "failures": record.failures + failures,
    }
    return _touched(session, sa.update(record).where(holds(held)).values(**values))


def _given_up(session: Session, record: type[LeasedWork], failure: str) -> dict[str, Any]:
    return {"state": record.given_up(), "lease_until": None, "failure": failure, "finished_at": database_now(session)}


def give_up(session: Session, held: Lease, failure: str) -> bool:
    """Not judged: a person has to look. No score is made up. False when the lease was lost."""
    return _touched(session, sa.update(held.record).where(holds(held)).values(**_given_up(session, held.record, failure)))


def any_silent(session: Session, record: type[LeasedWork], now: datetime) -> bool:
    """Whether a worker has fallen silent over a row, or a row rests for longer than any may."""
    found = sa.or_(_silent(record, now), _rests_for_ever(record, now))
    return session.scalar(sa.select(sa.literal(1)).where(found).limit(1)) is not None


def sweep(session: Session, record: type[LeasedWork], max_tries: int, now: datetime | None = None) -> int:
    """Take the work of workers that fell silent back: queued again, or not judged after the last try. How many rows changed.

    Rows that a clock set back has left resting may be claimed again.
    """
    now = now or database_now(session)
    session.execute(sa.update(record).where(_rests_for_ever(record, now)).values(lease_until=None))
    silent = _silent(record, now)
    lost = sa.update(record).where(silent, record.failures + 1 >= max_tries)
    count = _count(session, lost.values(**_given_up(session, record, WORKER_LOST), failures=record.failures + 1))
    again = sa.update(record).where(silent)
    values = {"state": WorkState.QUEUED, "worker": None, "lease_until": None, "failure": WORKER_LOST}
    return count + _count(session, again.values(**values, failures=record.failures + 1))


def take_back(session: Session, record: type[LeasedWork], worker: str) -> int:
    """Queue at once what a worker known to be dead held. How many rows changed."""
    held = sa.update(record).where(record.state == WorkState.RUNNING, record.worker == worker)
    return _count(session, held.values(lease_until=database_now(session) - timedelta(seconds=1)))


def queued(session: Session, record: type[LeasedWork]) -> int:
    """How many rows wait and may be claimed now."""
    waiting = due(record, database_now(session))
    return session.scalar(sa.select(sa.func.count()).select_from(record).where(waiting)) or 0


WORKER_LOST = "The worker that judged this stopped answering."


def _silent(record: type[LeasedWork], now: datetime) -> sa.ColumnElement[bool]:
    over = sa.or_(record.lease_until < now, record.lease_until > now + FARTHEST)
    return sa.and_(record.state == WorkState.RUNNING, over)


def _rests_for_ever(record: type[LeasedWork], now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(record.state == WorkState.QUEUED, record.lease_until > now + FARTHEST)


def id_of(record: type[LeasedWork]) -> sa.ColumnElement[str]:
    """The key column of a leased record."""
    column: sa.ColumnElement[str] = record.id  # type: ignore[attr-defined]  # every leased record has an id of its own
    return column


def _count(session: Session, statement: sa.Update) -> int:
    result = session.execute(statement.execution_options(synchronize_session=False))
    return int(result.rowcount)  # type: ignore[attr-defined]


def _touched(session: Session, statement: sa.Update) -> bool:
    return _count(session, statement) == 1
