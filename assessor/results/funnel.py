"""The funnel of an assessment: how many were invited, opened it, started, submitted and are graded."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from assessor.assessments.models import Attempt, AttemptState, Invitation
from assessor.judging.leases import WorkState
from assessor.judging.models import Kind, Submission

_GONE = (AttemptState.CANCELLED, AttemptState.VOIDED)


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many got how far. `judging` have submissions that wait, `not_judged` some that could not be judged."""

    invited: int = 0
    opened: int = 0
    started: int = 0
    submitted: int = 0
    graded: int = 0
    judging: int = 0
    not_judged: int = 0


def funnels_of(session: Session, assessment_ids: Collection[str]) -> dict[str, Funnel]:
    """The funnels of assessments that the caller has already found to be the actor's own."""

    def number(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
        return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)

    present = Attempt.state.not_in(_GONE)
    stuck = sa.exists().where(
        Submission.attempt_id == Attempt.id, Submission.kind == Kind.SUBMISSION, Submission.state == WorkState.NOT_JUDGED
    )
    waiting = Attempt.state.in_((AttemptState.SUBMITTED, AttemptState.GRADING))
    attempts = (
        sa.select(
            Attempt.assessment_id,
            number(present),
            number(present & Attempt.started_at.is_not(None)),
            number(present & Attempt.submitted_at.is_not(None)),
            number(Attempt.state == AttemptState.GRADED),
            number(waiting & ~stuck),
            number(present & stuck),
        )
        .where(Attempt.assessment_id.in_(assessment_ids))
        .group_by(Attempt.assessment_id)
    )
    invited = _invited(session, assessment_ids)
    found = {id: Funnel(invited.get(id, 0), *(int(value) for value in values)) for id, *values in session.execute(attempts)}
    return {id: found.get(id, Funnel(invited.get(id, 0))) for id in assessment_ids}


def _invited(session: Session, assessment_ids: Collection[str]) -> dict[str, int]:
    query = (
        sa.select(Invitation.assessment_id, sa.func.count())
        .where(Invitation.assessment_id.in_(assessment_ids), Invitation.revoked_at.is_(None))
        .group_by(Invitation.assessment_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def last_activity(session: Session, assessment_ids: Collection[str]) -> dict[str, datetime]:
    """When a candidate of each assessment last came a step further; the end of one with private extra time is left out."""
    end = sa.case((Attempt.private_extra_percent == 0, Attempt.submitted_at))
    newest = sa.func.max(sa.func.coalesce(end, Attempt.started_at, Attempt.opened_at), type_=Attempt.opened_at.type)
    query = sa.select(Attempt.assessment_id, newest).where(Attempt.assessment_id.in_(assessment_ids))
    return {row[0]: row[1] for row in session.execute(query.group_by(Attempt.assessment_id))}
