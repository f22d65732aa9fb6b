"""The end of an attempt: the last drafts are handed in, and when everything is judged the attempt is graded."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from assessor.assessments.models import AssessmentTask, Attempt, AttemptState, Draft
from assessor.catalogue.models import ChallengeVersion
from assessor.judging.leases import Priority, WorkState
from assessor.judging.models import Kind, Submission

END_KEY = "end-"
"""How the keys of what the end hands in begin; a browser may not use such a one, or it would keep the end from coming."""

ENDED = (AttemptState.SUBMITTED, AttemptState.GRADING, AttemptState.GRADED)
_STATE = sa.select(Attempt.state).where(Attempt.id == sa.bindparam("attempt_id")).with_for_update()


def overdue(session: Session, now: datetime) -> list[str]:
    """The attempts whose time is over and that are not closed yet, the longest overdue first."""
    return list(session.scalars(sa.select(Attempt.id).where(*_is_overdue(now)).order_by(Attempt.deadline_at)))


def _is_overdue(now: datetime) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    return Attempt.state == AttemptState.STARTED, Attempt.deadline_at <= now


def close_overdue(session: Session, now: datetime, attempt_id: str | None = None) -> list[str]:
    """End every attempt whose time is over, or only the one given; the ids of the submissions made from last drafts.

    Safe to call from several workers at once: an attempt that another one is closing is left to it.
    """
    ours = sa.true() if attempt_id is None else Attempt.id == attempt_id
    late = sa.select(Attempt).where(*_is_overdue(now), ours).order_by(Attempt.deadline_at).with_for_update(skip_locked=True)
    made: list[str] = []
    for attempt in session.scalars(late).all():
        made += [submission.id for submission in close(session, attempt, now, by_clock=True)]
    return made


def close(session: Session, attempt: Attempt, now: datetime, *, by_clock: bool) -> list[Submission]:
    """Hand in the last draft of every challenge that differs from its last submission, and end the attempt."""
    made = [_from_draft(attempt, draft, now, by_clock, place) for place, draft in enumerate(unsubmitted_drafts(session, attempt))]
    session.add_all(made)
    attempt.state = AttemptState.SUBMITTED
    attempt.submitted_at = attempt.deadline_at if by_clock else now
    attempt.ended_by_clock = by_clock
    session.flush()
    settle(session, attempt.id)
    return made


def unsubmitted_drafts(session: Session, attempt: Attempt) -> list[Draft]:
    """The newest draft of each challenge, where it holds something that was neither given nor handed in last."""
    drafts = session.scalars(sa.select(Draft).where(Draft.attempt_id == attempt.id).order_by(Draft.saved_at, Draft.sequence))
    newest = {draft.challenge_version_id: draft for draft in drafts}
    submissions = session.scalars(
        sa.select(Submission)
        .where(Submission.attempt_id == attempt.id, Submission.kind == Kind.SUBMISSION)
        .order_by(Submission.queued_at, Submission.id)
    )
    last = {submission.challenge_version_id: submission for submission in submissions}
    order = session.scalars(
        sa.select(AssessmentTask.challenge_version_id)
        .where(AssessmentTask.assessment_version_id == attempt.assessment_version_id)
        .order_by(AssessmentTask.position)
    )
    return [newest[id] for id in order if id in newest and _is_news(session, newest[id], last.get(id))]


def _is_news(session: Session, draft: Draft, last: Submission | None) -> bool:
    text = draft.source.strip()
    if not text:
        return False
    if last is not None:
        return (last.language, last.source.strip()) != (draft.language, text)
    version = session.get_one(ChallengeVersion, draft.challenge_version_id)
    starter = version.summary.get("starters", {}).get(draft.language, "")
    return text != str(starter).strip()


def _from_draft(attempt: Attempt, draft: Draft, now: datetime, by_clock: bool, place: int) -> Submission:
    return Submission(
        attempt_id=attempt.id,
        challenge_version_id=draft.challenge_version_id,
        kind=Kind.SUBMISSION,
        # An attempt whose time was extended ends again: each end has keys of its own.
        client_key=f"{END_KEY}{int(now.timestamp() * 1000)}-{place}",
        language=draft.language,
        source=draft.source,
        by_clock=by_clock,
        priority=Priority.SUBMISSION,
        queued_at=now,
    )


def unsettled(session: Session) -> list[str]:
    """Ended attempts that count as not graded although nothing of theirs is open: what was judged again kept its old grade."""
    open_one = sa.exists().where(
        Submission.attempt_id == Attempt.id, Submission.kind == Kind.SUBMISSION, Submission.state != WorkState.GRADED
    )
    waiting = Attempt.state.in_((AttemptState.SUBMITTED, AttemptState.GRADING))
    return list(session.scalars(sa.select(Attempt.id).where(waiting, ~open_one)))


def settle(session: Session, attempt_id: str) -> None:
    """Bring an ended attempt's state up to date: `grading` while a submission waits, `graded` when all are.

    Called when an attempt ends and whenever a submission's result is recorded. A submission that could not be judged keeps
    the attempt in `grading` until staff have looked.
    """
    if session.scalar(_STATE, {"attempt_id": attempt_id}) not in ENDED:
        return
    attempt = session.get_one(Attempt, attempt_id, with_for_update=True)
    open_ones = session.scalar(
        sa.select(sa.func.count())
        .select_from(Submission)
        .where(Submission.attempt_id == attempt_id, Submission.kind == Kind.SUBMISSION, Submission.state != WorkState.GRADED)
    )
    attempt.state = AttemptState.GRADING if open_ones else AttemptState.GRADED
    session.flush()
