"""The audit log in pages, with names instead of ids, for administrators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from assessor.people.models import Account, AuditEvent, Organisation
from assessor.people.permissions import Action, Actor, require

PAGE = 50


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One event. `actor` is a name, or the id of an account that is gone."""

    id: int
    at: datetime
    actor: str
    action: str
    object_id: str | None
    organisation: str | None
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class AuditPage:
    """The newest events first; `older` is where the next page begins, null on the last one."""

    lines: tuple[AuditLine, ...]
    older: int | None


def audit_page(session: Session, actor: Actor, *, before: int | None = None, action: str = "", size: int = PAGE) -> AuditPage:
    """Events older than the one with id `before`, of one kind when `action` (or its beginning, `account.`) is given."""
    require(actor, Action.AUDIT_READ, None)
    query = sa.select(AuditEvent).order_by(AuditEvent.id.desc()).limit(size + 1)
    if before is not None:
        query = query.where(AuditEvent.id < before)
    if action:
        query = query.where(AuditEvent.action.startswith(action, autoescape=True))
    events = session.scalars(query).all()
    shown = events[:size]
    people = _names(session, Account.id, Account.name, {event.actor for event in shown})
    organisations = _names(session, Organisation.id, Organisation.name, {event.organisation_id for event in shown})
    lines = tuple(_line(event, people, organisations) for event in shown)
    return AuditPage(lines, shown[-1].id if len(events) > size else None)


def audit_kinds(session: Session, actor: Actor) -> list[str]:
    """The first words of all actions that ever happened: what the log can be filtered by."""
    require(actor, Action.AUDIT_READ, None)
    actions = session.scalars(sa.select(AuditEvent.action).distinct())
    return sorted({action.partition(".")[0] for action in actions})


def _line(event: AuditEvent, people: dict[str, str], organisations: dict[str, str]) -> AuditLine:
    return AuditLine(
        id=event.id,
        at=event.at,
        actor=people.get(event.actor, event.actor),
        action=event.action,
        object_id=event.object_id,
        organisation=organisations.get(event.organisation_id or ""),
        detail=dict(event.detail),
    )


def _names(
    session: Session, key: sa.ColumnElement[str] | Any, name: sa.ColumnElement[str] | Any, ids: set[Any]
) -> dict[str, str]:
    rows = session.execute(sa.select(key, name).where(key.in_(ids - {None}))).all()
    return {row[0]: row[1] for row in rows}
