"""Records of people who sign in and of the organisations they belong to. Candidates have no account."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assessor.database import Base, enum_type
from assessor.ids import id_factory


class Role(StrEnum):
    """What a member may do in an organisation. Administrators of the whole service carry `Account.is_admin` instead."""

    OWNER = "owner"
    REVIEWER = "reviewer"
    AUTHOR = "author"


PRACTICE_ORGANISATION = "org_practice"
"""Holds what candidates practise on before their tests. It has no members and is in no list."""


class Organisation(Base):
    """An employer, a partner, or the operator."""

    __tablename__ = "organisation"

    id: Mapped[str] = mapped_column(primary_key=True, default=id_factory("org"))
    name: Mapped[str] = mapped_column(sa.String(200))
    created_at: Mapped[datetime]
    memberships: Mapped[list[Membership]] = relationship(back_populates="organisation")


class Account(Base):
    """Somebody who signs in: a member of organisations, an administrator, or both. `password_hash` is argon2id or null."""

    __tablename__ = "account"

    id: Mapped[str] = mapped_column(primary_key=True, default=id_factory("acc"))
    login: Mapped[str] = mapped_column(sa.String(200), unique=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    password_hash: Mapped[str | None] = mapped_column(sa.String(255))
    is_admin: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    locale: Mapped[str | None] = mapped_column(sa.String(16))
    # Changes on sign-out everywhere, password change and deactivation, and with it every open session ends.
    session_epoch: Mapped[str] = mapped_column(sa.String(32), default=id_factory("ses"))
    created_at: Mapped[datetime]
    memberships: Mapped[list[Membership]] = relationship(back_populates="account")


class Membership(Base):
    """One account's role in one organisation."""

    __tablename__ = "membership"

    account_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id", ondelete="cascade"), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(
        sa.ForeignKey("organisation.id", ondelete="cascade"), primary_key=True, index=True
    )
    role: Mapped[Role] = mapped_column(enum_type(Role))
    account: Mapped[Account] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation] = relationship(back_populates="memberships")


class SigninLink(Base):
    """A link that signs one account in once. Only a SHA-256 of its token is kept."""

    __tablename__ = "signin_link"

    token_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id", ondelete="cascade"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class AuditEvent(Base):
    """Who did what to what, when. Append-only."""

    __tablename__ = "audit_event"

    id: Mapped[int] = mapped_column(sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(sa.String(64))
    action: Mapped[str] = mapped_column(sa.String(64))
    object_id: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    organisation_id: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
