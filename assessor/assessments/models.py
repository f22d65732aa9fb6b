"""Records of assessments and of candidates' sittings of them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assessor.catalogue.models import ChallengeVersion
from assessor.database import Base, enum_type
from assessor.ids import id_factory, new_code, new_token


class FeedbackPolicy(StrEnum):
    """What a candidate learns about hidden tests: everything but the data, only the total, or nothing before the end."""

    GROUPS = "groups"
    TOTAL = "total"
    NONE = "none"


class AttemptState(StrEnum):
    """`invited → opened → started → submitted → grading → graded`, side exits declined, expired, cancelled, voided."""

    INVITED = "invited"
    OPENED = "opened"
    STARTED = "started"
    SUBMITTED = "submitted"
    GRADING = "grading"
    GRADED = "graded"
    DECLINED = "declined"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    VOIDED = "voided"


class Assessment(Base):
    """What an employer hands out. `open_token` is the secret of the open link, null when there is none.

    `code` leads to the open link and is short enough to be typed; it is worth nothing while there is no open link.
    """

    __tablename__ = "assessment"

    id: Mapped[str] = mapped_column(primary_key=True, default=id_factory("asm"))
    organisation_id: Mapped[str] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    open_token: Mapped[str | None] = mapped_column(sa.String(64), unique=True, default=new_token)
    code: Mapped[str | None] = mapped_column(sa.String(6), unique=True, default=new_code)
    closed_at: Mapped[datetime | None]
    created_by: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    created_at: Mapped[datetime]
    versions: Mapped[list[AssessmentVersion]] = relationship(back_populates="assessment", order_by="AssessmentVersion.number")

    @property
    def current(self) -> AssessmentVersion:
        """The version new attempts begin with."""
        return self.versions[-1]


class AssessmentVersion(Base):
    """The rules as they stood when an attempt began. Editing an assessment makes a new one.

    `practice_challenge_id` is what candidates may try before the start; null leaves it to `assessor.assessments.practising`.
    """

    __tablename__ = "assessment_version"
    __table_args__ = (sa.UniqueConstraint("assessment_id", "number"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=id_factory("asv"))
    assessment_id: Mapped[str] = mapped_column(sa.ForeignKey("assessment.id"), index=True)
    number: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(200))
    introduction: Mapped[str] = mapped_column(sa.Text, default="")
    duration_minutes: Mapped[int]
    pause_minutes: Mapped[int] = mapped_column(default=0, server_default="0")
    own_extra_time: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    practice_challenge_id: Mapped[str | None] = mapped_column(sa.ForeignKey("challenge.id"))
    languages: Mapped[list[str]]
    feedback_policy: Mapped[FeedbackPolicy] = mapped_column(enum_type(FeedbackPolicy))
    created_at: Mapped[datetime]
    assessment: Mapped[Assessment] = relationship(back_populates="versions")
    tasks: Mapped[list[AssessmentTask]] = relationship(back_populates="assessment_version", order_by="AssessmentTask.position")


class AssessmentTask(Base):
    """One challenge version's place and points in an assessment version."""

    __tablename__ = "assessment_task"

    assessment_version_id: Mapped[str] = mapped_column(sa.ForeignKey("assessment_version.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    challenge_version_id: Mapped[str] = mapped_column(sa.ForeignKey("challenge_version.id"), index=True)
    points: Mapped[float] = mapped_column(default=100.0)
    assessment_version: Mapped[AssessmentVersion] = relationship(back_populates="tasks")
    challenge_version: Mapped[ChallengeVersion] = relationship()


class Invitation(Base):
    """The right of one candidate to one attempt. Its link carries the id, signed; nothing secret is stored."""

    __tablename__ = "invitation"

    id: Mapped[str] = mapped_column(primary_key=True, default=id_factory("inv"))
    assessment_id: Mapped[str] = mapped_column(sa.ForeignKey("assessment.id"), index=True)
    label: Mapped[str] = mapped_column(sa.String(200), default="")
    locale: Mapped[str | None] = mapped_column(sa.String(16))
    extra_time_percent: Mapped[int] = mapped_column(default=0)
    created_by: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    assessment: Mapped[Assessment] = relationship()


class Attempt(Base):
    """One candidate's sitting. `deadline_at` is set at the start and is the server's; `key_hash` lets the candidate return.

    `paused_at` is since when a pause is taken, `paused_seconds` what earlier pauses took; `deadline_at` holds them already.
    `pauses` are the earlier ones, pairs of moments in ISO form. `heard_at` is when the browser last asked for the time, kept only
    near the end (`assessor.assessments.lateness`).
    `extra_time_percent` came with the invitation; `private_extra_percent` is the candidate's own and no employer's business.
    `private_wait_seconds` is for how long the time had been over when that was granted: no employer's business either.
    """

    __tablename__ = "attempt"

    id: Mapped[str] = mapped_column(primary_key=True, default=id_factory("att"))
    assessment_version_id: Mapped[str] = mapped_column(sa.ForeignKey("assessment_version.id"), index=True)
    assessment_id: Mapped[str] = mapped_column(sa.ForeignKey("assessment.id"), index=True)
    organisation_id: Mapped[str] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    invitation_id: Mapped[str | None] = mapped_column(sa.ForeignKey("invitation.id"), unique=True)
    candidate_name: Mapped[str] = mapped_column(sa.String(200), default="")
    locale: Mapped[str | None] = mapped_column(sa.String(16))
    state: Mapped[AttemptState] = mapped_column(
        enum_type(AttemptState),
        default=AttemptState.OPENED,
    )
    key_hash: Mapped[str] = mapped_column(sa.String(128), index=True)
    extra_time_percent: Mapped[int] = mapped_column(default=0)
    private_extra_percent: Mapped[int] = mapped_column(default=0, server_default="0")
    private_wait_seconds: Mapped[int] = mapped_column(default=0, server_default="0")
    opened_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    deadline_at: Mapped[datetime | None] = mapped_column(index=True)
    submitted_at: Mapped[datetime | None]
    ended_by_clock: Mapped[bool] = mapped_column(default=False)
    paused_at: Mapped[datetime | None]
    paused_seconds: Mapped[int] = mapped_column(default=0, server_default="0")
    heard_at: Mapped[datetime | None]
    pauses: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    stage: Mapped[str] = mapped_column(sa.String(16), default="new", index=True)
    assessment_version: Mapped[AssessmentVersion] = relationship()
    invitation: Mapped[Invitation | None] = relationship()


class CreditCause(StrEnum):
    """Why an attempt got more time: given by people, or our own fault."""

    GIVEN = "given"
    OUTAGE = "outage"
    QUEUE = "queue"


class TimeCredit(Base):
    """Time an attempt got beyond its rules, and why; it is in `deadline_at` already.

    `began_at` and `ended_at` bound the fault of ours that it makes up for; null for time given by `account_id`.
    """

    __tablename__ = "time_credit"

    id: Mapped[str] = mapped_column(primary_key=True, default=id_factory("tcr"))
    attempt_id: Mapped[str] = mapped_column(sa.ForeignKey("attempt.id", ondelete="cascade"), index=True)
    cause: Mapped[CreditCause] = mapped_column(enum_type(CreditCause))
    seconds: Mapped[int]
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    account_id: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(sa.String(500), default="")
    at: Mapped[datetime]


class ExtraTimeWish(Base):
    """Extra time a candidate asks an administrator for, without a reason. `granted` is null until it is decided."""

    __tablename__ = "extra_time_wish"

    id: Mapped[str] = mapped_column(primary_key=True, default=id_factory("etw"))
    attempt_id: Mapped[str] = mapped_column(sa.ForeignKey("attempt.id", ondelete="cascade"), index=True)
    percent: Mapped[int]
    asked_at: Mapped[datetime]
    granted: Mapped[bool | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    attempt: Mapped[Attempt] = relationship()


class Practice(Base):
    """That an attempt is the practice of another one, which has not started."""

    __tablename__ = "practice"

    attempt_id: Mapped[str] = mapped_column(sa.ForeignKey("attempt.id", ondelete="cascade"), primary_key=True)
    of_attempt_id: Mapped[str] = mapped_column(sa.ForeignKey("attempt.id", ondelete="cascade"), unique=True)


class Pulse(Base):
    """When the pages last answered and could write, so that whoever looks next knows how long they did not."""

    __tablename__ = "pulse"

    name: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    beat_at: Mapped[datetime]


class Draft(Base):
    """The text in the editor, saved but not submitted: one for each challenge and language of an attempt.

    `sequence` counts the saves and only grows: a save with an older one is refused, so a stale tab overwrites nothing.
    """

    __tablename__ = "draft"

    attempt_id: Mapped[str] = mapped_column(sa.ForeignKey("attempt.id", ondelete="cascade"), primary_key=True)
    challenge_version_id: Mapped[str] = mapped_column(sa.ForeignKey("challenge_version.id"), primary_key=True)
    language: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    source: Mapped[str] = mapped_column(sa.Text)
    sequence: Mapped[int] = mapped_column(default=0)
    writer: Mapped[str] = mapped_column(sa.String(64), default="")
    saved_at: Mapped[datetime]
    extra: Mapped[dict[str, Any]] = mapped_column(default=dict)


class InquiryKind(StrEnum):
    """What a candidate wants of the author of a challenge."""

    QUESTION = "question"
    DEFECT = "defect"


class Inquiry(Base):
    """A candidate's question about a challenge, or report of a defect in it, and the author's answer; null until there is one."""

    __tablename__ = "inquiry"

    id: Mapped[str] = mapped_column(primary_key=True, default=id_factory("inq"))
    attempt_id: Mapped[str] = mapped_column(sa.ForeignKey("attempt.id", ondelete="cascade"), index=True)
    challenge_version_id: Mapped[str] = mapped_column(sa.ForeignKey("challenge_version.id"), index=True)
    kind: Mapped[InquiryKind] = mapped_column(enum_type(InquiryKind))
    text: Mapped[str] = mapped_column(sa.Text)
    asked_at: Mapped[datetime]
    answer: Mapped[str | None] = mapped_column(sa.Text)
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    challenge_version: Mapped[ChallengeVersion] = relationship()
