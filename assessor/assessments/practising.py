"""A practice task before the start: the same pages and the same judge, and nothing of it is a result.

It is an attempt of its own, in an organisation that has no members (`PRACTICE_ORGANISATION`). So no list, count, export or report
of any employer can hold it, and its judging takes nobody's turn. It is deleted when the real test starts, when the candidate
deletes everything, and after a day.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from assessor.assessments.attempts import attempt_of
from assessor.assessments.models import (
    Assessment,
    AssessmentTask,
    AssessmentVersion,
    Attempt,
    AttemptState,
    FeedbackPolicy,
    Practice,
)
from assessor.assessments.returning import hash_return_key, new_return_key
from assessor.assessments.rules import choosable_challenges
from assessor.catalogue.models import ChallengeVersion
from assessor.errors import Conflict
from assessor.people.models import PRACTICE_ORGANISATION, Organisation
from assessor.wording import N_

KIND = "first-program"
KEPT = timedelta(days=1)
LONGEST = timedelta(days=2)
"""Beyond `KEPT`: no clock ends a practice before it is deleted."""


def practice_challenge(session: Session, attempt: Attempt) -> str | None:
    """The version to practise on: of the challenge the rules name, else of a first program of the library; null for none.

    It is no task of the test. One that was chosen and has become a task of another test since is not shown either.
    """
    version = attempt.assessment_version
    own = {task.challenge_version.challenge_id for task in version.tasks}
    chosen = version.practice_challenge_id
    if chosen is not None and chosen not in own | real_challenges(session, attempt.organisation_id):
        for challenge in choosable_challenges(session, attempt.organisation_id):
            if challenge.challenge_id == chosen and challenge.suits(version.languages):
                return challenge.version_id
    for challenge in choosable_challenges(session, PRACTICE_ORGANISATION):
        if challenge.difficulty == KIND and challenge.challenge_id not in own and challenge.suits(version.languages):
            return challenge.version_id
    return None


def real_challenges(session: Session, organisation_id: str, beside: str | None = None) -> set[str]:
    """Ids of the challenges that candidates of an organisation meet, or may still meet, in its tests.

    They are those of the rules that open assessments begin with, `beside` left out, and of every attempt that has not ended.
    """
    newest = sa.select(sa.func.max(AssessmentVersion.number)).where(AssessmentVersion.assessment_id == Assessment.id)
    begins = (
        Assessment.closed_at.is_(None)
        & (Assessment.id != (beside or ""))
        & (AssessmentVersion.number == newest.correlate(Assessment).scalar_subquery())
    )
    under_way = sa.exists().where(
        Attempt.assessment_version_id == AssessmentVersion.id, Attempt.state.in_((AttemptState.OPENED, AttemptState.STARTED))
    )
    query = (
        sa.select(ChallengeVersion.challenge_id)
        .join(AssessmentTask, AssessmentTask.challenge_version_id == ChallengeVersion.id)
        .join(AssessmentVersion, AssessmentVersion.id == AssessmentTask.assessment_version_id)
        .join(Assessment, Assessment.id == AssessmentVersion.assessment_id)
        .where(Assessment.organisation_id == organisation_id, begins | under_way)
    )
    return set(session.scalars(query))


def begin(session: Session, secret: str, attempt_id: str, now: datetime) -> Attempt:
    """The practice of an attempt that has not started; the same one each time. Raises Conflict."""
    attempt = attempt_of(session, attempt_id, lock=True)
    if attempt.state is not AttemptState.OPENED:
        raise Conflict(N_("Practice is for before the start, and this test has started."), code="started")
    known = session.scalar(sa.select(Practice.attempt_id).where(Practice.of_attempt_id == attempt_id))
    if known is not None:
        return attempt_of(session, known)
    challenge = practice_challenge(session, attempt)
    if challenge is None:
        raise Conflict(N_("There is no practice task here at the moment."), code="no_practice")
    rules = _rules(session, challenge, attempt.assessment_version, now)
    practice = Attempt(
        assessment_version_id=rules.id,
        assessment_id=rules.assessment_id,
        organisation_id=PRACTICE_ORGANISATION,
        locale=attempt.locale,
        state=AttemptState.STARTED,
        key_hash=hash_return_key(secret, new_return_key()),
        opened_at=now,
        started_at=now,
        deadline_at=now + LONGEST,
    )
    session.add(practice)
    session.flush()
    session.add(Practice(attempt_id=practice.id, of_attempt_id=attempt_id))
    session.flush()
    return practice


def _rules(session: Session, challenge_version_id: str, real: AssessmentVersion, now: datetime) -> AssessmentVersion:
    """An assessment of the one task in the real one's languages; shared by all who practise the same."""
    query = (
        sa.select(AssessmentVersion)
        .join(AssessmentVersion.assessment)
        .join(AssessmentTask)
        .where(Assessment.organisation_id == PRACTICE_ORGANISATION, AssessmentTask.challenge_version_id == challenge_version_id)
    )
    for known in session.scalars(query):
        if known.languages == real.languages:
            return known
    if session.get(Organisation, PRACTICE_ORGANISATION) is None:
        session.add(Organisation(id=PRACTICE_ORGANISATION, name="Practice", created_at=now))
        session.flush()
    assessment = Assessment(organisation_id=PRACTICE_ORGANISATION, open_token=None, code=None, created_at=now)
    made = AssessmentVersion(
        assessment=assessment,
        number=1,
        title="Practice",
        duration_minutes=int(LONGEST.total_seconds() // 60),
        languages=list(real.languages),
        feedback_policy=FeedbackPolicy.GROUPS,
        created_at=now,
        tasks=[AssessmentTask(position=1, challenge_version_id=challenge_version_id)],
    )
    session.add_all([assessment, made])
    session.flush()
    return made


def practised_for(session: Session, attempt: Attempt) -> str | None:
    """The attempt that this one is the practice of, null for a real one."""
    if attempt.organisation_id != PRACTICE_ORGANISATION:
        return None
    return session.scalar(sa.select(Practice.of_attempt_id).where(Practice.attempt_id == attempt.id))


def forget(session: Session, attempt_id: str) -> None:
    """Delete the practice of an attempt with all that was written and judged in it."""
    mine = sa.select(Practice.attempt_id).where(Practice.of_attempt_id == attempt_id)
    session.execute(sa.delete(Attempt).where(Attempt.id.in_(mine)).execution_options(synchronize_session=False))


def has_old(session: Session, now: datetime) -> bool:
    """Whether `forget_old` has something to do."""
    return session.scalar(sa.select(sa.literal(1)).where(_is_old(now)).limit(1)) is not None


def forget_old(session: Session, now: datetime) -> None:
    """Delete every practice that is older than a day."""
    session.execute(sa.delete(Attempt).where(_is_old(now)).execution_options(synchronize_session=False))


def _is_old(now: datetime) -> sa.ColumnElement[bool]:
    return (Attempt.organisation_id == PRACTICE_ORGANISATION) & (Attempt.opened_at < now - KEPT)
