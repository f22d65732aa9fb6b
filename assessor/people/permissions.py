"""Who may do what: one table of role × action. What the table does not name is denied.

Administrators of the service manage accounts, organisations, challenges and the queue. They are no members of the
organisations they look after: what candidates wrote, and what an employer thinks of them, is read by members only. An
administrator who has to see it becomes a member first, and the audit log says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from assessor.errors import NotAllowed, NotFound
from assessor.people.models import Role
from assessor.wording import N_


class Action(StrEnum):
    """Everything that needs a permission, named `thing.verb`."""

    ASSESSMENT_VIEW = "assessment.view"
    ASSESSMENT_WRITE = "assessment.write"
    CANDIDATE_INVITE = "candidate.invite"
    TIME_GIVE = "time.give"
    RESULTS_READ = "results.read"
    RESULTS_EXPORT = "results.export"
    STAGE_CHANGE = "stage.change"
    NOTE_WRITE = "note.write"
    MEMBERS_VIEW = "members.view"
    MEMBERS_MANAGE = "members.manage"
    CHALLENGE_VIEW = "challenge.view"
    CHALLENGE_WRITE = "challenge.write"
    CHALLENGE_PUBLISH = "challenge.publish"
    LIBRARY_MANAGE = "library.manage"
    ACCOUNTS_MANAGE = "accounts.manage"
    ORGANISATIONS_MANAGE = "organisations.manage"
    EXTRA_TIME_DECIDE = "extra_time.decide"
    QUEUE_MANAGE = "queue.manage"
    AUDIT_READ = "audit.read"


ADMIN = "admin"
"""Stands in the table for administrators of the service, beside the roles of members."""

_OWNER, _REVIEWER, _AUTHOR = Role.OWNER.value, Role.REVIEWER.value, Role.AUTHOR.value

PERMISSIONS: Mapping[Action, frozenset[str]] = MappingProxyType(
    {
        Action.ASSESSMENT_VIEW: frozenset({_OWNER, _REVIEWER}),
        Action.ASSESSMENT_WRITE: frozenset({_OWNER}),
        Action.CANDIDATE_INVITE: frozenset({_OWNER, _REVIEWER}),
        Action.TIME_GIVE: frozenset({_OWNER, _REVIEWER}),
        Action.RESULTS_READ: frozenset({_OWNER, _REVIEWER}),
        Action.RESULTS_EXPORT: frozenset({_OWNER, _REVIEWER}),
        Action.STAGE_CHANGE: frozenset({_OWNER, _REVIEWER}),
        Action.NOTE_WRITE: frozenset({_OWNER, _REVIEWER}),
        Action.MEMBERS_VIEW: frozenset({_OWNER, _REVIEWER, _AUTHOR}),
        Action.MEMBERS_MANAGE: frozenset({_OWNER}),
        Action.CHALLENGE_VIEW: frozenset({_OWNER, _AUTHOR, ADMIN}),
        Action.CHALLENGE_WRITE: frozenset({_OWNER, _AUTHOR, ADMIN}),
        Action.CHALLENGE_PUBLISH: frozenset({_OWNER, _AUTHOR, ADMIN}),
        Action.LIBRARY_MANAGE: frozenset({ADMIN}),
        Action.ACCOUNTS_MANAGE: frozenset({ADMIN}),
        Action.ORGANISATIONS_MANAGE: frozenset({ADMIN}),
        Action.EXTRA_TIME_DECIDE: frozenset({ADMIN}),
        Action.QUEUE_MANAGE: frozenset({ADMIN}),
        Action.AUDIT_READ: frozenset({ADMIN}),
    }
)

SERVICE_WIDE = frozenset(action for action, holders in PERMISSIONS.items() if holders == {ADMIN})
"""Actions on the service itself; no organisation comes into them."""

SHARED_WITH_ALL = frozenset({Action.CHALLENGE_VIEW})
"""Actions on what belongs to no organisation (the library) that a role in any organisation allows."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is doing something: an account with its roles by organisation id, as they were when the request began."""

    account_id: str
    is_admin: bool = False
    roles: Mapping[str, Role] = field(default_factory=dict)
    name: str = ""

    def role_in(self, organisation_id: str) -> Role | None:
        """The role in one organisation, null for strangers."""
        return self.roles.get(organisation_id)


def allowed(actor: Actor | None, action: Action, organisation_id: str | None) -> bool:
    """Whether the table lets the actor do it there. `organisation_id` is null for the service and its library."""
    if actor is None:
        return False
    holders = PERMISSIONS.get(action, frozenset())
    if actor.is_admin and ADMIN in holders:
        return True
    if organisation_id is None:
        return action in SHARED_WITH_ALL and any(role.value in holders for role in actor.roles.values())
    role = actor.role_in(organisation_id)
    return role is not None and role.value in holders


def require(actor: Actor | None, action: Action, organisation_id: str | None) -> None:
    """Pass, or raise: NotFound for those who have nothing to do with the organisation, NotAllowed for its members."""
    if allowed(actor, action, organisation_id):
        return
    if organisation_id is not None and (actor is None or actor.role_in(organisation_id) is None):
        raise NotFound(N_("There is nothing here, or it is not shared with you."))
    raise NotAllowed(N_("Your role does not allow this. Ask an owner of your organisation."))


def organisations_where(actor: Actor, action: Action) -> frozenset[str]:
    """The organisations in which the actor's own role allows the action: what every list of theirs is limited to."""
    holders = PERMISSIONS.get(action, frozenset())
    return frozenset(id for id, role in actor.roles.items() if role.value in holders)
