"""What a reviewer sees of an assessment: the funnel, and the list of candidates with their scores.

Every query is limited to the organisations in which the actor may read results; there is no other way to these rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from assessor.assessments.authoring import AssessmentView, own_assessment, view_of
from assessor.assessments.models import (
    Assessment,
    AssessmentTask,
    AssessmentVersion,
    Attempt,
    AttemptState,
)
from assessor.judging.models import Kind, Submission
from assessor.people.permissions import Action, Actor, organisations_where
from assessor.results.funnel import Funnel, funnels_of, last_activity
from assessor.results.models import Stage
from assessor.results.public_times import PublicTimes
from assessor.results.scores import Handed, TaskScore, score_task, total_points

ENDED = frozenset({AttemptState.SUBMITTED, AttemptState.GRADING, AttemptState.GRADED})


@dataclass(frozen=True, slots=True)
class AssessmentLine:
    """One assessment in the list, with its funnel."""

    view: AssessmentView
    funnel: Funnel
    last_activity_at: datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """One challenge as a column of the list."""

    challenge_id: str
    names: Mapping[str, str]
    slug: str


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """One candidate. `cells` has an entry for each column, null where the candidate's version has no such challenge."""

    attempt_id: str
    name: str
    alias: str
    state: AttemptState
    stage: Stage
    cells: tuple[TaskScore | None, ...]
    total: float | None
    max_total: float
    time_used: timedelta | None
    started_at: datetime | None
    submitted_at: datetime | None
    ended_by_clock: bool
    extra_time_percent: int
    version_number: int

    @property
    def display_name(self) -> str:
        """The name, or the alias of who gave none."""
        return self.name or self.alias

    @property
    def languages(self) -> frozenset[str]:
        """The languages of the submissions that count."""
        return frozenset(cell.language for cell in self.cells if cell is not None and cell.language)


def list_assessments(session: Session, actor: Actor, organisation_id: str) -> list[AssessmentLine]:
    """The organisation's assessments, open ones first, the newest first."""
    query = (
        sa.select(Assessment)
        .where(Assessment.organisation_id == organisation_id)
        .where(Assessment.organisation_id.in_(organisations_where(actor, Action.ASSESSMENT_VIEW)))
        .options(_whole_versions())
        .order_by(Assessment.closed_at.is_not(None), Assessment.created_at.desc(), Assessment.id)
    )
    assessments = session.scalars(query).all()
    funnels = funnels_of(session, [assessment.id for assessment in assessments])
    activity = last_activity(session, [assessment.id for assessment in assessments])
    return [AssessmentLine(view_of(a), funnels.get(a.id, Funnel()), activity.get(a.id)) for a in assessments]


def assessment_line(session: Session, actor: Actor, assessment_id: str) -> AssessmentLine:
    """One assessment with its funnel. Raises NotFound for strangers, NotAllowed for members who may not."""
    assessment = own_assessment(session, actor, Action.ASSESSMENT_VIEW, assessment_id)
    funnel = funnels_of(session, [assessment_id]).get(assessment_id, Funnel())
    return AssessmentLine(view_of(assessment), funnel, last_activity(session, [assessment_id]).get(assessment_id))


def candidate_rows(session: Session, actor: Actor, assessment_id: str) -> tuple[tuple[Column, ...], list[CandidateRow]]:
    """Every candidate who opened the assessment, in the order of opening, and the columns their cells belong to."""
    assessment = own_assessment(session, actor, Action.RESULTS_READ, assessment_id)
    columns = _columns(session, assessment)
    query = (
        sa.select(Attempt)
        .where(Attempt.assessment_id == assessment.id, Attempt.organisation_id == assessment.organisation_id)
        .options(joinedload(Attempt.invitation), joinedload(Attempt.assessment_version).selectinload(AssessmentVersion.tasks))
        .order_by(Attempt.opened_at, Attempt.id)
    )
    attempts = session.scalars(query).all()
    handed = handed_in(session, Attempt.assessment_id == assessment.id)
    return columns, [row_of(attempt, handed[attempt.id], columns) for attempt in attempts]


def handed_in(session: Session, condition: sa.ColumnElement[bool]) -> Mapping[str, list[Handed]]:
    """The scored submissions of the attempts the condition names, by attempt, oldest first."""
    query = (
        sa.select(
            Submission.id,
            Submission.attempt_id,
            Submission.challenge_version_id,
            Submission.language,
            Submission.state,
            Submission.verdict,
            Submission.score,
            Submission.max_score,
            Submission.queued_at,
        )
        .join(Attempt, Attempt.id == Submission.attempt_id)
        .where(condition, Submission.kind == Kind.SUBMISSION)
        .order_by(Submission.queued_at, Submission.id)
    )
    found: defaultdict[str, list[Handed]] = defaultdict(list)
    for values in session.execute(query):
        found[values.attempt_id].append(Handed(*values))
    return found


def row_of(attempt: Attempt, handed: Sequence[Handed], columns: Iterable[Column]) -> CandidateRow:
    """One candidate's row. The attempt's version with its tasks, and its invitation, must be loaded."""
    ended = attempt.state in ENDED
    submitted_at = PublicTimes.of(attempt).shown(attempt.submitted_at)
    scores = {
        score.challenge_id: score
        for score in (
            score_task(
                task.challenge_version.challenge_id,
                task.points,
                [h for h in handed if h.challenge_version_id == task.challenge_version_id],
            )
            for task in attempt.assessment_version.tasks
        )
    }
    return CandidateRow(
        attempt_id=attempt.id,
        name=attempt.candidate_name or (attempt.invitation.label if attempt.invitation else ""),
        alias=attempt.id[-5:].upper(),
        state=attempt.state,
        stage=Stage(attempt.stage),
        cells=tuple(scores.get(column.challenge_id) for column in columns),
        total=total_points(scores.values(), ended),
        max_total=sum(task.points for task in attempt.assessment_version.tasks),
        time_used=_time_used(attempt.started_at, submitted_at),
        started_at=attempt.started_at,
        submitted_at=submitted_at,
        ended_by_clock=attempt.ended_by_clock,
        extra_time_percent=attempt.extra_time_percent,
        version_number=attempt.assessment_version.number,
    )


def _time_used(started_at: datetime | None, submitted_at: datetime | None) -> timedelta | None:
    if started_at is None or submitted_at is None:
        return None
    return max(timedelta(0), submitted_at - started_at)


def _columns(session: Session, assessment: Assessment) -> tuple[Column, ...]:
    """The challenges of the present rules in their order, then those that only earlier attempts have."""
    in_use = sa.select(Attempt.assessment_version_id).where(Attempt.assessment_id == assessment.id)
    query = (
        sa.select(AssessmentTask)
        .join(AssessmentVersion)
        .where(AssessmentVersion.assessment_id == assessment.id)
        .where(sa.or_(AssessmentVersion.id == assessment.current.id, AssessmentVersion.id.in_(in_use)))
        .options(joinedload(AssessmentTask.challenge_version))
        .order_by(AssessmentVersion.number.desc(), AssessmentTask.position)
    )
    found: dict[str, Column] = {}
    for task in session.scalars(query):
        version = task.challenge_version
        found.setdefault(version.challenge_id, Column(version.challenge_id, version.names, version.challenge.slug))
    return tuple(found.values())


def _whole_versions() -> sa.orm.interfaces.ORMOption:
    return selectinload(Assessment.versions).selectinload(AssessmentVersion.tasks)
