"""What everybody has used of the judge lately, in seconds of a slot: the measure by which turns are taken.

An account fades by half in `HALF_LIFE`, so that nobody pays for yesterday. It is charged when a result is recorded; what runs
now counts from its start. A candidate's share is their own use and a little of their organisation's: a crowd of one employer
does not keep the only candidate of another one waiting. What is judged again is charged to nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from assessor.assessments.models import Attempt
from assessor.catalogue.models import Challenge, ChallengeVersion, Proof
from assessor.database import Base, UtcDateTime
from assessor.judging.leases import Lease, LeasedWork, Priority, WorkState, database_now, id_of
from assessor.judging.models import JudgingAccount, Submission

HALF_LIFE = timedelta(minutes=5)
ORGANISATION_WEIGHT = 0.1
"""How much of a second that somebody else of the same organisation used counts against a candidate."""
LEAST_RUN_S = 1.0
"""What a row that has only just begun counts at least: two must not be started because neither has used anything yet."""
NOW = sa.bindparam("now", type_=UtcDateTime())
"""The moment, in statements that are built once."""
LIBRARY = "library"
MOST_NAMES = 10_000
"""As many as one statement may carry."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose work it is: an attempt and its organisation; for proofs the organisation alone, null for the library."""

    candidate: str | None
    organisation: str | None

    @property
    def account(self) -> str:
        """The holder's own account."""
        return self.candidate or f"proofs-{self.organisation or LIBRARY}"

    @property
    def charged(self) -> tuple[str, ...]:
        """The accounts that pay: what proofs cost, no candidate of the organisation pays for."""
        return (self.account, self.organisation) if self.candidate and self.organisation else (self.account,)


@dataclass(frozen=True, slots=True)
class Use:
    """What has been used at one moment, in seconds by account, and how many rows of each account run."""

    seconds: Mapping[str, float]
    running: Mapping[str, int]

    def own(self, holder: Holder) -> float:
        """What this holder has used."""
        return self.seconds.get(holder.account, 0.0)

    def counted(self, holder: Holder) -> float:
        """What counts against this holder: the own use, and a little of what the others of the organisation used."""
        return self.own(holder) + ORGANISATION_WEIGHT * sum(self.seconds.get(name, 0.0) for name in holder.charged[1:])


Running = tuple[Holder, datetime]
"""A row that is judged now: whose it is, and since when."""


def faded(used_s: float, as_of: datetime, now: datetime) -> float:
    """What is left at `now` of an account; a clock that was set back changes nothing."""
    age = max(0.0, (now - as_of) / HALF_LIFE)
    return float(used_s * 2.0**-age)


def holder_columns(record: type[LeasedWork]) -> tuple[sa.ColumnElement[str | None], ...]:
    """The columns a row's `Holder` is made of; select them from `with_holders`."""
    if record is Submission:
        return sa.type_coerce(Submission.attempt_id, sa.String), sa.type_coerce(Attempt.organisation_id, sa.String)
    return sa.cast(sa.null(), sa.String), sa.type_coerce(Challenge.organisation_id, sa.String)


def with_holders(record: type[LeasedWork]) -> sa.FromClause:
    """The record joined with what its holder is known from."""
    if record is Submission:
        return sa.join(Submission, Attempt, Attempt.id == Submission.attempt_id)
    version = sa.join(Proof, ChallengeVersion, ChallengeVersion.id == Proof.version_id)
    return sa.join(version, Challenge, Challenge.id == ChallengeVersion.challenge_id)


def held_by(holder: Holder) -> sa.ColumnElement[bool]:
    """The holder's rows."""
    if holder.candidate is not None:
        return Submission.attempt_id == holder.candidate
    own = Challenge.organisation_id == holder.organisation if holder.organisation else Challenge.organisation_id.is_(None)
    return Proof.version_id.in_(sa.select(ChallengeVersion.id).join(ChallengeVersion.challenge).where(own))


def use_at(session: Session, holders: Iterable[Holder], running: Sequence[Running], now: datetime) -> Use:
    """What these holders, and whoever has work running, have used."""
    names = sorted({name for holder in (*holders, *(holder for holder, _since in running)) for name in holder.charged})
    seconds = {holder: faded(used_s, as_of, now) for holder, used_s, as_of in _accounts(session, names)}
    counts = Counter(holder.account for holder, _since in running)
    for holder, since in running:
        elapsed = max(LEAST_RUN_S, (now - since).total_seconds())
        for name in holder.charged:
            seconds[name] = seconds.get(name, 0.0) + elapsed
    return Use(seconds, counts)


def running_now(session: Session, records: tuple[type[LeasedWork], ...]) -> list[Running]:
    """Whose rows are judged now, and since when. What is judged again is nobody's."""
    return [(Holder(who, where), since) for who, where, since in session.execute(_running(records)).all()]


def charge(session: Session, lease: Lease, now: datetime | None = None) -> None:
    """Put the time since the row was claimed on its holder's accounts. Call it in the transaction that records the result."""
    now = now or database_now(session)
    row = session.execute(_held_since((lease.record,)), {"row_id": lease.row_id}).one_or_none()
    if row is None:
        return
    who, where, since = row
    seconds = max(0.0, (now - since).total_seconds())
    names = sorted(Holder(who, where).charged)
    known = {holder: faded(used_s, as_of, now) for holder, used_s, as_of in _accounts(session, names, lock=True)}
    changed = [{"name": name, "used": known[name] + seconds, "now": now} for name in names if name in known]
    if changed:
        session.connection().execute(_CHANGE, changed)
    for name in names:
        if name not in known:
            _open(session, name, seconds, now)


def _open(session: Session, holder: str, used_s: float, now: datetime) -> None:
    """A first charge; one that another worker makes at the same moment is lost, which does no harm."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    session.execute(insert(JudgingAccount).values(holder=holder, used_s=used_s, as_of=now).on_conflict_do_nothing())


def _accounts(session: Session, names: Sequence[str], *, lock: bool = False) -> list[tuple[str, float, datetime]]:
    query = _LOCKED if lock else _ACCOUNTS
    places = range(0, len(names), MOST_NAMES)
    rows = [row for at in places for row in session.execute(query, {"names": names[at : at + MOST_NAMES]}).all()]
    return [(holder, used_s, as_of) for holder, used_s, as_of in rows]


# Statements are built once: to put one together takes longer than to run it.

_ACCOUNTS = (
    sa.select(JudgingAccount.holder, JudgingAccount.used_s, JudgingAccount.as_of)
    .where(JudgingAccount.holder.in_(sa.bindparam("names", expanding=True)))
    .order_by(JudgingAccount.holder)
)
_LOCKED = _ACCOUNTS.with_for_update()
_TABLE = Base.metadata.tables[JudgingAccount.__tablename__]
_CHANGE = (
    sa.update(_TABLE)
    .where(_TABLE.c.holder == sa.bindparam("name"))
    .values(used_s=sa.bindparam("used"), as_of=sa.bindparam("now"))
)


@cache
def _held_since(records: tuple[type[LeasedWork]]) -> sa.Select[*tuple[Any, ...]]:
    (record,) = records
    row = sa.select(*holder_columns(record), record.started_at).select_from(with_holders(record))
    mine = sa.and_(id_of(record) == sa.bindparam("row_id"), record.priority > Priority.REJUDGE)
    return row.where(mine, record.started_at.is_not(None))


@cache
def _running(records: tuple[type[LeasedWork], ...]) -> sa.CompoundSelect[*tuple[Any, ...]]:
    return sa.union_all(
        *(
            sa.select(*holder_columns(record), record.started_at)
            .select_from(with_holders(record))
            .where(record.state == WorkState.RUNNING, record.priority > Priority.REJUDGE, record.started_at.is_not(None))
            for record in records
        )
    )
