"""What every save and every submission begins with: the attempt, its rules and the task it is about, in one statement.

A crowd that types queues behind these, so they are built once and fetch nothing that is not asked about.
"""

from __future__ import annotations

from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager

from assessor.assessments.models import AssessmentTask, AssessmentVersion, Attempt
from assessor.errors import NotFound
from assessor.wording import N_


def seat_of(session: Session, attempt_id: str, challenge_version_id: str) -> Attempt:
    """The attempt with its rules, locked for writing. Raises NotFound, also for a challenge version that it does not have."""
    found = session.execute(_seat(), {"attempt_id": attempt_id, "challenge_version_id": challenge_version_id}).one_or_none()
    if found is None:
        raise NotFound(N_("There is nothing here, or it is not shared with you."))
    attempt, position = found
    if position is None:
        raise NotFound(N_("This task does not belong to your test."))
    return attempt


def version_at(session: Session, attempt_id: str, position: int) -> str:
    """The challenge version at a place of the attempt's assessment. Raises NotFound."""
    found = session.scalar(_version_at(), {"attempt_id": attempt_id, "position": position})
    if found is None:
        raise NotFound(N_("This task does not belong to your test."))
    return found


@cache
def _seat() -> sa.Select[Attempt, int]:
    this = AssessmentTask.challenge_version_id == sa.bindparam("challenge_version_id")
    task = sa.and_(AssessmentTask.assessment_version_id == Attempt.assessment_version_id, this)
    rules = contains_eager(Attempt.assessment_version).load_only(AssessmentVersion.languages, AssessmentVersion.pause_minutes)
    return (
        sa.select(Attempt, AssessmentTask.position)
        .join(Attempt.assessment_version)
        .outerjoin(AssessmentTask, task)
        .where(Attempt.id == sa.bindparam("attempt_id"))
        .options(rules)
        .with_for_update(of=Attempt)
        .execution_options(populate_existing=True)
    )


@cache
def _version_at() -> sa.Select[str]:
    task = sa.and_(
        AssessmentTask.assessment_version_id == Attempt.assessment_version_id, AssessmentTask.position == sa.bindparam("position")
    )
    return sa.select(AssessmentTask.challenge_version_id).join(Attempt, task).where(Attempt.id == sa.bindparam("attempt_id"))
