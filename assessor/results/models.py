"""Records an employer makes about attempts: stage changes with their reasons, and notes."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assessor.database import Base
from assessor.ids import id_factory
from assessor.people.models import Account


class Stage(StrEnum):
    """Where an employer has put a candidate. Declining needs a reason."""

    NEW = "new"
    SHORTLISTED = "shortlisted"
    INTERVIEWING = "interviewing"
    HIRED = "hired"
    DECLINED = "declined"


class StageChange(Base):
    """One move of an attempt from a stage to another, by whom, why."""

    __tablename__ = "stage_change"

    id: Mapped[str] = mapped_column(primary_key=True, default=id_factory("stc"))
    attempt_id: Mapped[str] = mapped_column(sa.ForeignKey("attempt.id", ondelete="cascade"), index=True)
    before: Mapped[str] = mapped_column(sa.String(16))
    after: Mapped[str] = mapped_column(sa.String(16))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    account_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"))
    at: Mapped[datetime]
    account: Mapped[Account] = relationship()


class Note(Base):
    """What a reviewer wrote about an attempt, for the organisation's own members, and for the candidate once it is released."""

    __tablename__ = "note"

    id: Mapped[str] = mapped_column(primary_key=True, default=id_factory("not"))
    attempt_id: Mapped[str] = mapped_column(sa.ForeignKey("attempt.id", ondelete="cascade"), index=True)
    account_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"))
    text: Mapped[str] = mapped_column(sa.Text)
    at: Mapped[datetime]
    released_at: Mapped[datetime | None]
    account: Mapped[Account] = relationship()
