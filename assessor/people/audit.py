"""The audit log: one line for every change, written in the transaction of the change itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from assessor.people.models import AuditEvent
from assessor.people.permissions import Actor

SERVICE = "service"
"""The actor of what the service does by itself: the first start, a command on the machine, the clock."""


def record(
    session: Session,
    actor: Actor | str,
    action: str,
    now: datetime,
    *,
    object_id: str | None = None,
    organisation_id: str | None = None,
    **detail: Any,
) -> None:
    """Append one event. `detail` holds what changed, never a password, a token or a candidate's source."""
    session.add(
        AuditEvent(
            at=now,
            actor=actor if isinstance(actor, str) else actor.account_id,
            action=action,
            object_id=object_id,
            organisation_id=organisation_id,
            detail=detail,
        )
    )


def recent(session: Session, *, organisation_id: str | None = None, limit: int = 100) -> Sequence[AuditEvent]:
    """The newest events first, of one organisation or of the whole service."""
    query = sa.select(AuditEvent).order_by(AuditEvent.id.desc()).limit(limit)
    if organisation_id is not None:
        query = query.where(AuditEvent.organisation_id == organisation_id)
    return session.scalars(query).all()
