"""Making and changing assessments. Every change of the rules is a new version; attempts keep the version they began with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from assessor.assessments.models import Assessment, AssessmentTask, AssessmentVersion, FeedbackPolicy
from assessor.assessments.practising import real_challenges
from assessor.assessments.rules import Rules, TaskChoice, choosable_challenges, refuse_bad
from assessor.errors import Conflict
from assessor.ids import new_code, new_token
from assessor.people import audit
from assessor.people.permissions import Action, Actor, require
from assessor.wording import N_


@dataclass(frozen=True, slots=True)
class TaskView:
    """One task of an assessment, for its pages."""

    position: int
    version_id: str
    challenge_id: str
    slug: str
    names: Mapping[str, str]
    points: float


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """An assessment with the rules new attempts begin with."""

    id: str
    organisation_id: str
    number: int
    title: str
    introduction: str
    duration_minutes: int
    pause_minutes: int
    own_extra_time: bool
    practice: str | None
    languages: tuple[str, ...]
    feedback_policy: FeedbackPolicy
    open_token: str | None
    code: str | None
    closed_at: datetime | None
    created_at: datetime
    tasks: tuple[TaskView, ...] = field(default=())

    @property
    def max_points(self) -> float:
        """The most a candidate can earn."""
        return sum(task.points for task in self.tasks)

    @property
    def rules(self) -> Rules:
        """The rules as a form shows them."""
        return Rules(
            self.title,
            self.introduction,
            self.duration_minutes,
            self.languages,
            self.feedback_policy,
            tuple(TaskChoice(task.version_id, task.points) for task in self.tasks),
            self.pause_minutes,
            self.own_extra_time,
            self.practice,
        )


def own_assessment(session: Session, actor: Actor, action: Action, assessment_id: str, *, lock: bool = False) -> Assessment:
    """The assessment, if the actor may do this with it. Raises NotFound for strangers, NotAllowed for members."""
    assessment = session.get(Assessment, assessment_id, with_for_update=lock or None)
    require(actor, action, assessment.organisation_id if assessment else "")
    assert assessment is not None
    return assessment


def view_of(assessment: Assessment) -> AssessmentView:
    """The assessment as its pages show it."""
    version = assessment.current
    return AssessmentView(
        id=assessment.id,
        organisation_id=assessment.organisation_id,
        number=version.number,
        title=version.title,
        introduction=version.introduction,
        duration_minutes=version.duration_minutes,
        pause_minutes=version.pause_minutes,
        own_extra_time=version.own_extra_time,
        practice=version.practice_challenge_id,
        languages=tuple(version.languages),
        feedback_policy=version.feedback_policy,
        open_token=assessment.open_token,
        code=assessment.code if assessment.open_token else None,
        closed_at=assessment.closed_at,
        created_at=assessment.created_at,
        tasks=tuple(_task(task) for task in version.tasks),
    )


def _task(task: AssessmentTask) -> TaskView:
    version = task.challenge_version
    return TaskView(task.position, version.id, version.challenge_id, version.challenge.slug, version.names, task.points)


def create_assessment(session: Session, actor: Actor, organisation_id: str, rules: Rules, now: datetime) -> Assessment:
    """Make an assessment with an open link. Raises RulesRefused."""
    require(actor, Action.ASSESSMENT_WRITE, organisation_id)
    refuse_bad(rules, choosable_challenges(session, organisation_id), real_challenges(session, organisation_id))
    assessment = Assessment(organisation_id=organisation_id, created_by=actor.account_id, created_at=now)
    assessment.versions.append(_version(rules, 1, now))
    session.add(assessment)
    session.flush()
    _log(session, actor, "assessment.create", assessment, now)
    return assessment


def edit_assessment(
    session: Session, actor: Actor, assessment_id: str, rules: Rules, now: datetime, *, based_on: int | None = None
) -> Assessment:
    """Give the assessment new rules; unchanged ones make no version.

    Raises RulesRefused, and Conflict when somebody has saved a version after `based_on`.
    """
    assessment = own_assessment(session, actor, Action.ASSESSMENT_WRITE, assessment_id, lock=True)
    present = view_of(assessment)
    if based_on is not None and based_on != present.number:
        raise Conflict(N_("A colleague has changed this assessment in the meantime. Open it again to see the change."))
    used = {task.version_id for task in present.tasks}
    real = real_challenges(session, assessment.organisation_id, beside=assessment.id)
    refuse_bad(rules, choosable_challenges(session, assessment.organisation_id, used), real)
    if rules != present.rules:
        assessment.versions.append(_version(rules, present.number + 1, now))
        session.flush()
        _log(session, actor, "assessment.edit", assessment, now, version=present.number + 1)
    return assessment


def _version(rules: Rules, number: int, now: datetime) -> AssessmentVersion:
    return AssessmentVersion(
        number=number,
        title=rules.title,
        introduction=rules.introduction,
        duration_minutes=rules.duration_minutes,
        pause_minutes=rules.pause_minutes,
        own_extra_time=rules.own_extra_time,
        practice_challenge_id=rules.practice,
        languages=list(rules.languages),
        feedback_policy=FeedbackPolicy(rules.feedback_policy),
        created_at=now,
        tasks=[
            AssessmentTask(position=position, challenge_version_id=task.challenge_version_id, points=task.points)
            for position, task in enumerate(rules.tasks, start=1)
        ],
    )


def close_assessment(session: Session, actor: Actor, assessment_id: str, now: datetime) -> None:
    """Let nobody begin any more. Attempts that have begun go on to their end."""
    assessment = own_assessment(session, actor, Action.ASSESSMENT_WRITE, assessment_id, lock=True)
    if assessment.closed_at is None:
        assessment.closed_at = now
        _log(session, actor, "assessment.close", assessment, now)


def reopen_assessment(session: Session, actor: Actor, assessment_id: str, now: datetime) -> None:
    """Let candidates begin again."""
    assessment = own_assessment(session, actor, Action.ASSESSMENT_WRITE, assessment_id, lock=True)
    if assessment.closed_at is not None:
        assessment.closed_at = None
        _log(session, actor, "assessment.reopen", assessment, now)


def set_open_link(session: Session, actor: Actor, assessment_id: str, on: bool, now: datetime) -> None:
    """Switch the open link on or off. The old address never works again: switching on makes a new one."""
    assessment = own_assessment(session, actor, Action.ASSESSMENT_WRITE, assessment_id, lock=True)
    if on != (assessment.open_token is not None):
        assessment.open_token, assessment.code = (new_token(), new_code()) if on else (None, None)
        _log(session, actor, "assessment.open_link", assessment, now, on=on)


def renew_open_link(session: Session, actor: Actor, assessment_id: str, now: datetime) -> None:
    """Another address for the open link; the one handed out before stops working."""
    assessment = own_assessment(session, actor, Action.ASSESSMENT_WRITE, assessment_id, lock=True)
    assessment.open_token, assessment.code = new_token(), new_code()
    _log(session, actor, "assessment.open_link", assessment, now, renewed=True)


def _log(session: Session, actor: Actor, action: str, assessment: Assessment, now: datetime, **detail: object) -> None:
    audit.record(session, actor, action, now, object_id=assessment.id, organisation_id=assessment.organisation_id, **detail)
