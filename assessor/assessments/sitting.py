"""What a candidate is told about a test before and while taking it: what, how long, which tasks and languages, which feedback."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from assessor.assessments.attempts import allotted_time, extra_percent, lengthened
from assessor.assessments.closing import unsubmitted_drafts
from assessor.assessments.entering import Door
from assessor.assessments.models import AssessmentTask, AssessmentVersion, Attempt, AttemptState, FeedbackPolicy
from assessor.assessments.pauses import pause_left
from assessor.assessments.sources import allowed_languages
from assessor.judging.languages import Language
from assessor.judging.leases import WorkState
from assessor.judging.models import Kind, Submission
from assessor.locales import pick
from assessor.people.models import Organisation
from assessor.results.best import best_of, points_of, share_of


class Mark(StrEnum):
    """How far a candidate has come with a task, as far as the feedback policy lets it be known."""

    NONE = "none"
    WAITING = "waiting"
    RECEIVED = "received"
    PART = "part"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task in a list. `points` is null where the policy keeps it back or nothing is graded yet."""

    position: int
    version_id: str
    name: str
    max_points: float
    difficulty: str | None
    mark: Mark = Mark.NONE
    points: float | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What stands on the start page."""

    title: str
    organisation: str
    introduction: str
    minutes: int
    extra_time_percent: int
    pause_minutes: int
    own_extra_time: bool
    languages: tuple[Language, ...]
    tasks: tuple[TaskLine, ...]
    policy: FeedbackPolicy


@dataclass(frozen=True, slots=True)
class Sitting:
    """An attempt as its candidate sees it."""

    attempt_id: str
    state: AttemptState
    candidate_name: str
    locale: str | None
    rules: Rules
    started_at: datetime | None
    deadline_at: datetime | None
    submitted_at: datetime | None
    ended_by_clock: bool
    paused_until: datetime | None
    pause_left: timedelta

    def minutes_left(self, now: datetime) -> int:
        """Begun minutes until the deadline, 0 when it has passed or the clock does not run."""
        seconds = (self.deadline_at - now).total_seconds() if self.deadline_at else 0.0
        return max(0, math.ceil(seconds / 60))

    def is_paused(self, now: datetime) -> bool:
        """Whether the candidate takes a pause."""
        return self.state is AttemptState.STARTED and self.paused_until is not None and now < self.paused_until

    def task(self, position: int) -> TaskLine | None:
        """The task at a place, null when there is none."""
        return next((task for task in self.rules.tasks if task.position == position), None)


def rules_behind(session: Session, door: Door, locale: str) -> Rules:
    """The rules of the assessment a link leads to."""
    version = door.assessment.current
    minutes = lengthened(version.duration_minutes, door.extra_time_percent)
    return _rules(session, version, minutes, door.extra_time_percent, locale, {}, None)


def sitting_of(session: Session, attempt: Attempt, locale: str) -> Sitting:
    """The attempt with its rules and how far each task is."""
    minutes = int(allotted_time(attempt).total_seconds() // 60)
    submissions = _submissions_by_task(session, attempt)
    rules = _rules(session, attempt.assessment_version, minutes, extra_percent(attempt), locale, submissions, attempt.state)
    return Sitting(
        attempt_id=attempt.id,
        state=attempt.state,
        candidate_name=attempt.candidate_name,
        locale=attempt.locale,
        rules=rules,
        started_at=attempt.started_at,
        deadline_at=attempt.deadline_at,
        submitted_at=attempt.submitted_at,
        ended_by_clock=attempt.ended_by_clock,
        paused_until=attempt.paused_at + pause_left(attempt) if attempt.paused_at else None,
        pause_left=timedelta(0) if attempt.paused_at else pause_left(attempt),
    )


def positions_with_unsubmitted(session: Session, attempt: Attempt, rules: Rules) -> tuple[int, ...]:
    """The tasks whose last draft would be handed in at the end."""
    ids = {draft.challenge_version_id for draft in unsubmitted_drafts(session, attempt)}
    return tuple(task.position for task in rules.tasks if task.version_id in ids)


def _submissions_by_task(session: Session, attempt: Attempt) -> dict[str, list[Submission]]:
    rows = session.scalars(sa.select(Submission).where(Submission.attempt_id == attempt.id, Submission.kind == Kind.SUBMISSION))
    found: dict[str, list[Submission]] = {}
    for row in rows:
        found.setdefault(row.challenge_version_id, []).append(row)
    return found


def _rules(
    session: Session,
    version: AssessmentVersion,
    minutes: int,
    extra_time_percent: int,
    locale: str,
    submissions: dict[str, list[Submission]],
    state: AttemptState | None,
) -> Rules:
    organisation = session.get(Organisation, version.assessment.organisation_id)
    ended = state in (AttemptState.SUBMITTED, AttemptState.GRADING, AttemptState.GRADED)
    told = version.feedback_policy is not FeedbackPolicy.NONE or ended
    tasks = tuple(_task(task, locale, submissions.get(task.challenge_version_id, []), told) for task in version.tasks)
    return Rules(
        title=version.title,
        organisation=organisation.name if organisation else "",
        introduction=version.introduction,
        minutes=minutes,
        extra_time_percent=extra_time_percent,
        pause_minutes=version.pause_minutes,
        own_extra_time=version.own_extra_time,
        languages=allowed_languages(version),
        tasks=tasks,
        policy=version.feedback_policy,
    )


def _task(task: AssessmentTask, locale: str, submissions: Iterable[Submission], told: bool) -> TaskLine:
    names = task.challenge_version.names
    rows = list(submissions)
    best = best_of(rows)
    return TaskLine(
        position=task.position,
        version_id=task.challenge_version_id,
        name=pick(names, locale) or "",
        max_points=task.points,
        difficulty=task.challenge_version.summary.get("difficulty"),
        mark=_mark(rows, best, told),
        points=points_of(best, task.points) if best is not None and told else None,
    )


def _mark(rows: list[Submission], best: Submission | None, told: bool) -> Mark:
    if not rows:
        return Mark.NONE
    if not told:
        return Mark.RECEIVED
    if best is not None and share_of(best) == 1.0:
        return Mark.DONE
    if any(row.state in (WorkState.QUEUED, WorkState.RUNNING) for row in rows):
        return Mark.WAITING
    return Mark.RECEIVED if best is None else Mark.PART
