"""Work that was not judged, put back into the queue by a person: the failure was ours, so the candidate loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from assessor.catalogue.models import Challenge, ChallengeVersion, Proof
from assessor.errors import Conflict, NotFound
from assessor.judging.leases import WorkState
from assessor.judging.models import Submission
from assessor.people.audit import record
from assessor.people.permissions import Actor
from assessor.wording import N_

RECORDS: dict[str, type[Submission] | type[Proof]] = {"submission": Submission, "proof": Proof}


@dataclass(frozen=True, slots=True)
class NotJudged:
    """One piece of work that waits for a person: what it is, why it failed, since when."""

    kind: str
    id: str
    challenge: str
    version: int
    language: str | None
    tries: int
    failure: str
    failed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Bell:
    """What to ring after the commit."""

    kind: str
    row_id: str
    priority: int


def not_judged(session: Session, *, limit: int = 200) -> list[NotJudged]:
    """The work that was not judged, the latest failure first."""
    found = [line for kind in RECORDS for line in _failed(session, kind, limit)]
    return sorted(found, key=lambda line: line.failed_at.timestamp() if line.failed_at else 0.0, reverse=True)[:limit]


def retry(session: Session, kind: str, row_id: str, actor: Actor | str, now: datetime) -> Bell:
    """Queue one piece of work again, its failures forgotten. Raises NotFound, or Conflict when it is no longer `not_judged`."""
    model = RECORDS.get(kind)
    priority = None if model is None else session.scalar(sa.select(model.priority).where(model.id == row_id))
    if model is None or priority is None:
        raise NotFound(N_("There is no such work."))
    if not _queue_again(session, model, row_id, now):
        raise Conflict(N_("This is in the queue or judged already. Load the page again."))
    record(session, actor, f"{kind}.retry", now, object_id=row_id)
    return Bell(kind, row_id, priority)


def retry_all(session: Session, actor: Actor | str, now: datetime) -> list[Bell]:
    """Queue everything again that was not judged."""
    bells = []
    for kind, model in RECORDS.items():
        rows = session.execute(sa.select(model.id, model.priority).where(model.state == WorkState.NOT_JUDGED)).all()
        bells += [Bell(kind, row.id, row.priority) for row in rows if _queue_again(session, model, row.id, now)]
    record(session, actor, "work.retry_all", now, count=len(bells))
    return bells


def _queue_again(session: Session, model: type[Submission] | type[Proof], row_id: str, now: datetime) -> bool:
    # `tries` goes on counting: it is the fence that keeps a worker which lost the row from writing into it.
    fresh = {"state": WorkState.QUEUED, "failures": 0, "lease_until": None, "worker": None, "failure": None}
    fresh |= {"queued_at": now, "started_at": None, "finished_at": None}
    failed = sa.and_(model.id == row_id, model.state == WorkState.NOT_JUDGED)
    update = sa.update(model).where(failed).values(**fresh).execution_options(synchronize_session=False)
    return bool(session.execute(update).rowcount == 1)  # type: ignore[attr-defined]


def _failed(session: Session, kind: str, limit: int) -> Iterator[NotJudged]:
    model = RECORDS[kind]
    version_id = Submission.challenge_version_id if model is Submission else Proof.version_id
    language = Submission.language if model is Submission else sa.null()
    rows = session.execute(
        sa.select(model.id, Challenge.slug, ChallengeVersion.number, model.tries, model.failure, model.finished_at)
        .add_columns(sa.type_coerce(language, sa.String))
        .join(ChallengeVersion, ChallengeVersion.id == version_id)
        .join(Challenge, Challenge.id == ChallengeVersion.challenge_id)
        .where(model.state == WorkState.NOT_JUDGED)
        .order_by(model.finished_at.desc())
        .limit(limit)
    )
    for row_id, slug, number, tries, failure, finished_at, language_id in rows.all():
        yield NotJudged(kind, row_id, slug, number, language_id, tries, failure or "", finished_at)
