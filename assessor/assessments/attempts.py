"""One candidate's sitting: start, run, submit, finish. The server's clock decides.

States: `opened → started → submitted → grading → graded`. `submit` and `run` are idempotent by the browser's own key, so a
request repeated after a lost connection is the same submission. Of all submissions for a challenge the best one counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from assessor.assessments.closing import END_KEY, close, close_overdue, settle
from assessor.assessments.entering import check_open, check_unexpired
from assessor.assessments.models import Assessment, AssessmentTask, Attempt, AttemptState
from assessor.assessments.pauses import is_paused
from assessor.assessments.seats import seat_of
from assessor.assessments.sources import check_input, check_language, check_source
from assessor.errors import BadInput, Conflict, NotFound, TooMany
from assessor.judging.leases import Priority, WorkState
from assessor.judging.models import Kind, Submission
from assessor.judging.pressure import refuse_runs_under_pressure
from assessor.wording import N_

__all__ = ["NewSubmission", "attempt_of", "close_overdue", "finish", "run", "settle", "start", "submit", "task_at"]

MAX_WAITING_RUNS = 2
MAX_WAITING_SUBMISSIONS = 3
MAX_SUBMISSIONS_A_MINUTE = 6
MAX_RUNS_A_MINUTE = 30
LONGEST_CLIENT_KEY = 64
WAITING = (WorkState.QUEUED, WorkState.RUNNING)


@dataclass(frozen=True, slots=True)
class NewSubmission:
    """What the browser hands in. `client_key` is its own, made once for each press of a button; `custom_input` is for runs."""

    challenge_version_id: str
    language: str
    source: str
    client_key: str
    custom_input: str | None = None

    def __post_init__(self) -> None:
        plain = self.client_key.isascii() and self.client_key.isprintable() and not self.client_key.startswith(END_KEY)
        if not 8 <= len(self.client_key) <= LONGEST_CLIENT_KEY or not plain:
            raise BadInput(N_("The request is incomplete. Load the page again."), code="client_key", field="client_key")


def attempt_of(session: Session, attempt_id: str, *, lock: bool = False) -> Attempt:
    """The attempt; locked for writing when asked. Raises NotFound."""
    attempt = session.get(Attempt, attempt_id, with_for_update=True if lock else None)
    if attempt is None:
        raise NotFound(N_("There is nothing here, or it is not shared with you."))
    return attempt


def start(session: Session, attempt_id: str, now: datetime) -> Attempt:
    """Start the clock. A second start changes nothing. Raises Conflict when the attempt cannot begin any more."""
    attempt = attempt_of(session, attempt_id, lock=True)
    if attempt.started_at is not None:
        return attempt
    if attempt.state is not AttemptState.OPENED:
        raise Conflict(N_("This test was cancelled. Ask the person who sent it."), code="cancelled")
    if attempt.invitation is not None:
        check_unexpired(attempt.invitation, now)
    assessment = session.get(Assessment, attempt.assessment_id)
    assert assessment is not None
    check_open(assessment)
    attempt.state = AttemptState.STARTED
    attempt.started_at = now
    attempt.deadline_at = now + allotted_time(attempt)
    return attempt


def allotted_time(attempt: Attempt) -> timedelta:
    """The assessment's time with the candidate's extra time, to the whole minute upwards."""
    return timedelta(minutes=lengthened(attempt.assessment_version.duration_minutes, extra_percent(attempt)))


def publicly_allotted_time(attempt: Attempt) -> timedelta:
    """The time its employer knows of: without what is the candidate's own affair."""
    return timedelta(minutes=lengthened(attempt.assessment_version.duration_minutes, attempt.extra_time_percent))


def extra_percent(attempt: Attempt) -> int:
    """What counts of the extra time an employer gave and the candidate's own: the larger one."""
    return max(attempt.extra_time_percent, attempt.private_extra_percent)


def lengthened(minutes: int, percent: int) -> int:
    """So many minutes with so much extra time, to the whole minute upwards."""
    return -(-minutes * (100 + percent) // 100)


def submit(session: Session, attempt_id: str, new: NewSubmission, now: datetime) -> Submission:
    """Hand in for scoring. The caller rings the judge's bell after the commit. Raises BadInput, Conflict, TooMany."""
    return _hand_in(session, attempt_id, new, Kind.SUBMISSION, now)


def run(session: Session, attempt_id: str, new: NewSubmission, now: datetime) -> Submission:
    """Run on the samples or on custom input; never scored. Raises BadInput, Conflict, TooMany, and Busy under load."""
    return _hand_in(session, attempt_id, new, Kind.RUN, now)


def _hand_in(session: Session, attempt_id: str, new: NewSubmission, kind: Kind, now: datetime) -> Submission:
    attempt = seat_of(session, attempt_id, new.challenge_version_id)
    known = session.scalar(
        sa.select(Submission).where(Submission.attempt_id == attempt.id, Submission.client_key == new.client_key)
    )
    if known is not None:
        return known
    check_running(attempt, now)
    check_language(attempt.assessment_version, new.language)
    source = check_source(new.source)
    custom_input = None if new.custom_input is None or kind is Kind.SUBMISSION else check_input(new.custom_input)
    _check_amount(session, attempt, kind, now)
    if kind is Kind.RUN:
        refuse_runs_under_pressure(session, now)
    submission = Submission(
        attempt_id=attempt.id,
        challenge_version_id=new.challenge_version_id,
        kind=kind,
        client_key=new.client_key,
        language=new.language,
        source=source,
        custom_input=custom_input,
        priority=Priority.RUN if kind is Kind.RUN else Priority.SUBMISSION,
        queued_at=now,
    )
    session.add(submission)
    session.flush()
    return submission


def check_running(attempt: Attempt, now: datetime) -> None:
    """Raise Conflict unless the clock of the attempt runs."""
    if attempt.started_at is None:
        raise Conflict(N_("The test has not started yet. Go to its start page."), code="not_started")
    if attempt.state is not AttemptState.STARTED:
        raise Conflict(N_("You have finished this test; nothing more can be handed in."), code="finished")
    if is_paused(attempt, now):
        raise Conflict(N_("Your test is paused. Go on with it first."), code="paused")
    if attempt.deadline_at is not None and now >= attempt.deadline_at:
        raise Conflict(N_("The time is over. What you had written last is handed in for you."), code="time_over")


def task_of(session: Session, attempt: Attempt, challenge_version_id: str) -> AssessmentTask:
    """The task of the attempt that has this challenge version. Raises NotFound."""
    task = session.scalar(
        sa.select(AssessmentTask).where(
            AssessmentTask.assessment_version_id == attempt.assessment_version_id,
            AssessmentTask.challenge_version_id == challenge_version_id,
        )
    )
    if task is None:
        raise NotFound(N_("This task does not belong to your test."))
    return task


def task_at(session: Session, attempt: Attempt, position: int) -> AssessmentTask:
    """The task at a place of the attempt's assessment. Raises NotFound."""
    task = session.get(AssessmentTask, (attempt.assessment_version_id, position))
    if task is None:
        raise NotFound(N_("This task does not belong to your test."))
    return task


def _check_amount(session: Session, attempt: Attempt, kind: Kind, now: datetime) -> None:
    """A candidate in a hurry must not keep the others waiting."""
    mine = sa.select(sa.func.count()).select_from(Submission).where(Submission.attempt_id == attempt.id, Submission.kind == kind)
    own = Submission.priority > Priority.REJUDGE  # what we judge again is not the candidate's hurry
    waiting = session.scalar(mine.where(Submission.state.in_(WAITING), own)) or 0
    lately = session.scalar(mine.where(Submission.queued_at > now - timedelta(minutes=1))) or 0
    match kind:
        case Kind.RUN:
            if waiting >= MAX_WAITING_RUNS:
                raise TooMany(N_("Two runs are already waiting. Wait for one of them to end."), retry_after_s=2)
            if lately >= MAX_RUNS_A_MINUTE:
                raise TooMany(N_("That were many runs in a minute. Wait a moment and try again."), retry_after_s=15)
        case Kind.SUBMISSION:
            if waiting >= MAX_WAITING_SUBMISSIONS:
                raise TooMany(N_("Three submissions are already waiting. Wait for one of them to be judged."), retry_after_s=5)
            if lately >= MAX_SUBMISSIONS_A_MINUTE:
                raise TooMany(N_("That were many submissions in a minute. Wait a moment and try again."), retry_after_s=20)


def finish(session: Session, attempt_id: str, now: datetime) -> Attempt:
    """End the attempt before its time; the last drafts that were not handed in are. A second finish changes nothing."""
    attempt = attempt_of(session, attempt_id, lock=True)
    if attempt.state is AttemptState.STARTED:
        close(session, attempt, now, by_clock=attempt.deadline_at is not None and now >= attempt.deadline_at)
    elif attempt.started_at is None:
        raise Conflict(N_("The test has not started yet. Go to its start page."), code="not_started")
    return attempt
