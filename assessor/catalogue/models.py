"""Records of challenges. A version never changes once published; attempts point at versions."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assessor.database import Base, enum_type
from assessor.ids import id_factory
from assessor.judging.leases import LeasedWork


class VersionState(StrEnum):
    """`draft → proving → proved → published`; `refused` when an example submission does not earn what it must."""

    DRAFT = "draft"
    PROVING = "proving"
    PROVED = "proved"
    REFUSED = "refused"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Challenge(Base):
    """What candidates solve. `organisation_id` is null for the operator's library, which every organisation may use."""

    __tablename__ = "challenge"
    __table_args__ = (
        sa.UniqueConstraint("slug", "organisation_id"),
        # Two nulls differ for a unique constraint, so the operator's library has an index of its own.
        sa.Index(
            "ux_challenge_library_slug",
            "slug",
            unique=True,
            sqlite_where=sa.text("organisation_id IS NULL"),
            postgresql_where=sa.text("organisation_id IS NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=id_factory("chl"))
    slug: Mapped[str] = mapped_column(sa.String(100), index=True)
    organisation_id: Mapped[str | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    created_at: Mapped[datetime]
    versions: Mapped[list[ChallengeVersion]] = relationship(back_populates="challenge", order_by="ChallengeVersion.number")


class ChallengeVersion(Base):
    """One immutable state of a challenge: the package as a zip, pinned by the digest of its content.

    `time_limit_ms` was proven on a host where the reference program took `reference_ms`, null where that was not measured.
    `names` maps locales to titles; `summary` holds what lists and pages need without opening the package: locales, skills,
    difficulty, samples and groups with their points.
    """

    __tablename__ = "challenge_version"
    __table_args__ = (sa.UniqueConstraint("challenge_id", "number"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=id_factory("chv"))
    challenge_id: Mapped[str] = mapped_column(sa.ForeignKey("challenge.id"), index=True)
    number: Mapped[int]
    digest: Mapped[str] = mapped_column(sa.String(64), index=True)
    state: Mapped[VersionState] = mapped_column(
        enum_type(VersionState),
        default=VersionState.DRAFT,
    )
    package: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)
    names: Mapped[dict[str, str]]
    summary: Mapped[dict[str, Any]]
    time_limit_ms: Mapped[int | None]
    reference_ms: Mapped[int | None]
    max_score: Mapped[float | None]
    created_by: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    challenge: Mapped[Challenge] = relationship(back_populates="versions")
    proofs: Mapped[list[Proof]] = relationship(back_populates="version", order_by="Proof.queued_at")


class Proof(LeasedWork, Base):
    """One proving of a version: every example submission judged. `report` is the verify document, null until graded."""

    __tablename__ = "proof"

    id: Mapped[str] = mapped_column(primary_key=True, default=id_factory("prf"))
    version_id: Mapped[str] = mapped_column(sa.ForeignKey("challenge_version.id"), index=True)
    publish_when_proved: Mapped[bool] = mapped_column(default=False)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int | None]
    report: Mapped[dict[str, Any] | None]
    version: Mapped[ChallengeVersion] = relationship(back_populates="proofs")
