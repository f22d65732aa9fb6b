"""Submissions judged again, by a person's decision: after a fault of ours that gave wrong verdicts.

One submission, or every graded one of a challenge version, goes back into the queue behind everything else. When it was handed
in stays what it was, for of equal submissions the earlier one counts. The old grade stands in its row until the new one is
recorded, and is open for readers meanwhile; a grade that changed is written to the audit log, the old beside the new.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from assessor.assessments.closing import settle
from assessor.assessments.models import Attempt
from assessor.catalogue.models import Challenge, ChallengeVersion
from assessor.errors import Conflict, NotFound
from assessor.judging.leases import Priority, WorkState
from assessor.judging.models import Kind, Submission
from assessor.judging.verdicts import Grade, Verdict
from assessor.people.audit import SERVICE, record
from assessor.people.permissions import Action, Actor, require
from assessor.wording import N_

GRADED = sa.and_(Submission.kind == Kind.SUBMISSION, Submission.state == WorkState.GRADED)


@dataclass(frozen=True, slots=True)
class Regradable:
    """A challenge version with so many graded submissions."""

    version_id: str
    challenge: str
    number: int
    submissions: int


@dataclass(frozen=True, slots=True)
class OldGrade:
    """What a submission that is judged again had earned before."""

    verdict: Verdict | None
    score: float | None


def regradable(session: Session, actor: Actor, *, limit: int = 200) -> list[Regradable]:
    """The versions that have graded submissions, those with the newest ones first. Raises NotAllowed."""
    require(actor, Action.QUEUE_MANAGE, None)
    rows = session.execute(
        sa.select(ChallengeVersion.id, Challenge.slug, ChallengeVersion.number, sa.func.count(Submission.id))
        .join(Challenge, Challenge.id == ChallengeVersion.challenge_id)
        .join(Submission, Submission.challenge_version_id == ChallengeVersion.id)
        .where(GRADED)
        .group_by(ChallengeVersion.id, Challenge.slug, ChallengeVersion.number)
        .order_by(sa.func.max(Submission.queued_at).desc())
        .limit(limit)
    )
    return [Regradable(*row) for row in rows.all()]


def regrade_submission(session: Session, submission_id: str, actor: Actor, now: datetime) -> None:
    """Judge one submission again. Raises NotAllowed, NotFound, or Conflict when it is not graded."""
    require(actor, Action.QUEUE_MANAGE, None)
    found = session.execute(
        sa.select(Submission.attempt_id, Submission.kind, Attempt.organisation_id)
        .join(Attempt, Attempt.id == Submission.attempt_id)
        .where(Submission.id == submission_id)
    ).one_or_none()
    if found is None or found.kind is Kind.RUN:
        raise NotFound(N_("There is no such submission."))
    if not _queue_again(session, Submission.id == submission_id):
        raise Conflict(N_("This is in the queue already, or was not judged yet."))
    settle(session, found.attempt_id)
    record(session, actor, "submission.regrade", now, object_id=submission_id, organisation_id=found.organisation_id)


def regrade_version(session: Session, version_id: str, actor: Actor, now: datetime) -> int:
    """Judge every graded submission of a challenge version again; how many. Raises NotAllowed and NotFound."""
    require(actor, Action.QUEUE_MANAGE, None)
    version = session.get(ChallengeVersion, version_id)
    if version is None:
        raise NotFound(N_("There is no such version of a challenge."))
    theirs = Submission.challenge_version_id == version_id
    attempts = session.scalars(sa.select(Submission.attempt_id).where(theirs, GRADED).distinct()).all()
    count = _queue_again(session, theirs)
    for attempt_id in sorted(attempts):
        settle(session, attempt_id)
    place = {"object_id": version_id, "organisation_id": version.challenge.organisation_id}
    record(session, actor, "challenge.regrade", now, **place, submissions=count)
    return count


def old_grade(priority: int, verdict: Verdict | None, score: float | None) -> OldGrade | None:
    """What a claimed submission had earned when it is judged again; null the first time."""
    if priority > Priority.REJUDGE or verdict is None:
        return None
    return OldGrade(verdict, score)


def record_change(session: Session, submission_id: str, old: OldGrade, new: Grade, now: datetime) -> None:
    """Write down what judging again has changed. Call it in the transaction that records the new grade."""
    if (old.verdict, old.score) == (new.verdict, new.score):
        return
    before: dict[str, Any] = {"old_verdict": old.verdict and old.verdict.value, "old_score": old.score}
    after: dict[str, Any] = {"verdict": new.verdict.value, "score": new.score}
    record(session, SERVICE, "submission.regraded", now, object_id=submission_id, **before, **after)


def _queue_again(session: Session, which: sa.ColumnElement[bool]) -> int:
    # `tries` goes on counting: it is the fence. Verdict and score stay until the new ones are there.
    again = {"state": WorkState.QUEUED, "priority": Priority.REJUDGE, "failures": 0, "failure": None, "progress": None}
    again |= {"lease_until": None, "worker": None, "started_at": None, "finished_at": None}
    update = sa.update(Submission).where(which, GRADED).values(**again).execution_options(synchronize_session=False)
    return int(session.execute(update).rowcount)  # type: ignore[attr-defined]
