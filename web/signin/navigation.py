"""Where somebody who signs in can go: the entries of the bar, derived from the permission table."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from assessor.people.permissions import Action, Actor, allowed, organisations_where
from web.locales import gettext as _


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the bar; `now` marks the part of the house one is in."""

    url: str
    label: str
    now: bool


def entries(actor: Actor) -> list[Entry]:
    """The parts of the house this person has anything to do in."""
    return [Entry(path, label, request.path.startswith(path)) for path, label in places(actor)]


def places(actor: Actor) -> list[tuple[str, str]]:
    """Paths and names, the most used first."""
    found = []
    if organisations_where(actor, Action.ASSESSMENT_VIEW):
        found.append(("/o/assessments", _("Assessments")))
    if organisations_where(actor, Action.CHALLENGE_WRITE) or allowed(actor, Action.LIBRARY_MANAGE, None):
        found.append(("/author/", _("Challenges")))
    if organisations_where(actor, Action.MEMBERS_VIEW):
        found.append(("/o/members", _("Members")))
    if allowed(actor, Action.ACCOUNTS_MANAGE, None):
        found.append(("/admin/", _("Administration")))
    return found


def home(actor: Actor) -> str:
    """Where this person lands after signing in."""
    if actor.is_admin and not actor.roles:
        return "/admin/"
    found = places(actor)
    return found[0][0] if found else "/account"
