"""What a candidate keeps: what was asked and what passed, task by task, as far as the feedback policy allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from assessor.assessments.models import Attempt, AttemptState
from assessor.assessments.sitting import Sitting, TaskLine, sitting_of
from assessor.judging.models import Kind, Submission
from assessor.results.best import best_of
from assessor.results.candidate import SubmissionView, view_of
from assessor.results.models import Note


@dataclass(frozen=True, slots=True)
class TaskReport:
    """One task with the submission that counts, or the last one while none is graded; null when nothing was handed in."""

    task: TaskLine
    submission: SubmissionView | None
    submissions: int


@dataclass(frozen=True, slots=True)
class Report:
    """`points` is the sum of the tasks', null until everything is graded."""

    sitting: Sitting
    tasks: tuple[TaskReport, ...]
    points: float | None
    max_points: float

    @property
    def complete(self) -> bool:
        """Whether nothing is being judged any more."""
        return self.sitting.state is AttemptState.GRADED


def report_of(session: Session, attempt: Attempt, locale: str) -> Report:
    """The report of an attempt that has ended."""
    sitting = sitting_of(session, attempt, locale)
    tasks = tuple(_task_report(session, attempt, task, locale) for task in sitting.rules.tasks)
    graded = sitting.state is AttemptState.GRADED
    return Report(
        sitting=sitting,
        tasks=tasks,
        points=sum(report.task.points or 0.0 for report in tasks) if graded else None,
        max_points=sum(report.task.max_points for report in tasks),
    )


def released_notes(session: Session, attempt: Attempt) -> Sequence[Note]:
    """What reviewers have written and let the candidate read, oldest first."""
    released = (Note.attempt_id == attempt.id, Note.released_at.is_not(None))
    query = sa.select(Note).where(*released).order_by(Note.released_at, Note.id)
    return session.scalars(query).all()


def _task_report(session: Session, attempt: Attempt, task: TaskLine, locale: str) -> TaskReport:
    rows = session.scalars(
        sa.select(Submission)
        .where(
            Submission.attempt_id == attempt.id,
            Submission.challenge_version_id == task.version_id,
            Submission.kind == Kind.SUBMISSION,
        )
        .order_by(Submission.queued_at, Submission.id)
    ).all()
    counted = best_of(rows) or (rows[-1] if rows else None)
    return TaskReport(task, view_of(session, attempt, counted, locale) if counted else None, len(rows))
