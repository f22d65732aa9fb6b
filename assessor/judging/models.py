"""Records of judging: submissions and runs with their results, and the workers."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assessor.catalogue.models import ChallengeVersion
from assessor.database import Base, enum_type
from assessor.ids import id_factory
from assessor.judging.leases import LeasedWork, Priority, WorkState
from assessor.judging.verdicts import Verdict


class Kind(StrEnum):
    """A run is on samples or custom input and never scored; a submission is judged and scored."""

    RUN = "run"
    SUBMISSION = "submission"


class Submission(LeasedWork, Base):
    """Source handed in for a challenge, to be judged (or only run), and what came of it.

    `client_key` is made by the browser, so that a repeated request is the same submission. `custom_input` is for runs only;
    null means the samples. `verdict`, `score` and the rest are null until graded. `progress` is `{"done": n, "total": m}`.
    `written_at` is for what arrived after the end: when its browser says it was written; null for what arrived in time.
    `heard_at` goes with it: when anything of the attempt last reached us before.
    """

    __tablename__ = "submission"
    __table_args__ = (sa.UniqueConstraint("attempt_id", "client_key"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=id_factory("sub"))
    attempt_id: Mapped[str] = mapped_column(sa.ForeignKey("attempt.id", ondelete="cascade"), index=True)
    challenge_version_id: Mapped[str] = mapped_column(sa.ForeignKey("challenge_version.id"), index=True)
    kind: Mapped[Kind] = mapped_column(enum_type(Kind))
    client_key: Mapped[str] = mapped_column(sa.String(64))
    language: Mapped[str] = mapped_column(sa.String(32))
    source: Mapped[str] = mapped_column(sa.Text)
    custom_input: Mapped[str | None] = mapped_column(sa.Text)
    by_clock: Mapped[bool] = mapped_column(default=False)
    written_at: Mapped[datetime | None]
    heard_at: Mapped[datetime | None]
    verdict: Mapped[Verdict | None] = mapped_column(enum_type(Verdict))
    score: Mapped[float | None]
    max_score: Mapped[float | None]
    compile_output: Mapped[str | None] = mapped_column(sa.Text)
    groups: Mapped[list[Any] | None]
    progress: Mapped[dict[str, Any] | None]
    judged_with: Mapped[dict[str, Any] | None]
    challenge_version: Mapped[ChallengeVersion] = relationship()
    results: Mapped[list[ResultRow]] = relationship(
        back_populates="submission", order_by="ResultRow.ordinal", cascade="all, delete-orphan", passive_deletes=True
    )

    @classmethod
    def given_up(cls) -> sa.ColumnElement[WorkState]:
        """What is judged again and cannot be keeps the grade it had: results stay until better ones are recorded."""
        keeps = sa.and_(cls.priority <= Priority.REJUDGE, cls.verdict.is_not(None))
        return sa.case(
            (keeps, sa.literal(WorkState.GRADED, cls.state.type)), else_=sa.literal(WorkState.NOT_JUDGED, cls.state.type)
        )


class ResultRow(Base):
    """One test's result. `stdout` and `stderr` are kept, bounded, for samples and custom input only."""

    __tablename__ = "test_result"

    submission_id: Mapped[str] = mapped_column(sa.ForeignKey("submission.id", ondelete="cascade"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(300))
    group: Mapped[str] = mapped_column("group_name", sa.String(300))
    verdict: Mapped[Verdict] = mapped_column(enum_type(Verdict))
    cpu_ms: Mapped[int]
    wall_ms: Mapped[int]
    memory_kib: Mapped[int]
    exit_code: Mapped[int | None]
    signal: Mapped[str | None] = mapped_column(sa.String(32))
    output_bytes: Mapped[int] = mapped_column(sa.BigInteger)
    score: Mapped[float | None]
    message: Mapped[str] = mapped_column(sa.Text, default="")
    stdout: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    stderr: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    submission: Mapped[Submission] = relationship(back_populates="results")


class WorkerRow(Base):
    """A worker process and its last sign of life. `detail` carries what doctor and the queue page show."""

    __tablename__ = "worker"

    name: Mapped[str] = mapped_column(sa.String(100), primary_key=True)
    host: Mapped[str] = mapped_column(sa.String(100))
    slots: Mapped[int]
    busy: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime]
    beat_at: Mapped[datetime] = mapped_column(index=True)
    stopped_at: Mapped[datetime | None]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)


class JudgingAccount(Base):
    """How many seconds of judging somebody has used lately, as it stood at `as_of`; it fades, see `assessor.judging.shares`.

    The holder is an attempt, an organisation, or whoever has challenges proved.
    """

    __tablename__ = "judging_account"

    holder: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    used_s: Mapped[float]
    as_of: Mapped[datetime]
