"""Organisations and their members. An organisation always keeps an owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from assessor.errors import Conflict, NotFound
from assessor.people import audit
from assessor.people.accounts import account_with_login, add_account, clean_login, clean_name
from assessor.people.models import PRACTICE_ORGANISATION, Account, Membership, Organisation, Role
from assessor.people.permissions import Action, Actor, allowed, require
from assessor.people.signin_links import new_signin_link
from assessor.wording import N_


@dataclass(frozen=True, slots=True)
class Invited:
    """A new member, and the token of the link that signs them in; null when they already have an account."""

    account: Account
    token: str | None


def create_organisation(session: Session, actor: Actor | str, name: str, now: datetime) -> Organisation:
    """Make an organisation, still without members. Administrators only."""
    if isinstance(actor, Actor):
        require(actor, Action.ORGANISATIONS_MANAGE, None)
    organisation = Organisation(name=clean_name(name), created_at=now)
    session.add(organisation)
    session.flush()
    audit.record(
        session, actor, "organisation.create", now, object_id=organisation.id, organisation_id=organisation.id, name=name
    )
    return organisation


def rename_organisation(session: Session, actor: Actor, organisation_id: str, name: str, now: datetime) -> Organisation:
    """Give an organisation another name. Raises BadInput, NotFound."""
    _may_manage(actor, organisation_id)
    organisation = _known(session, organisation_id)
    organisation.name = clean_name(name)
    audit.record(session, actor, "organisation.rename", now, object_id=organisation_id, organisation_id=organisation_id)
    return organisation


def all_organisations(session: Session, actor: Actor) -> list[Organisation]:
    """Every organisation with its members, for administrators."""
    require(actor, Action.ORGANISATIONS_MANAGE, None)
    members = selectinload(Organisation.memberships).joinedload(Membership.account)
    listed = sa.select(Organisation).where(Organisation.id != PRACTICE_ORGANISATION)
    return list(session.scalars(listed.options(members).order_by(Organisation.name)))


def organisations_of(session: Session, actor: Actor) -> list[Organisation]:
    """The organisations the actor belongs to, by name."""
    query = sa.select(Organisation).where(Organisation.id.in_(actor.roles)).order_by(Organisation.name)
    return list(session.scalars(query))


def members_of(session: Session, actor: Actor, organisation_id: str) -> list[Membership]:
    """The members with their accounts, by name. Raises NotFound for strangers."""
    if not allowed(actor, Action.ORGANISATIONS_MANAGE, None):
        require(actor, Action.MEMBERS_VIEW, organisation_id)
    query = (
        sa.select(Membership)
        .join(Membership.account)
        .where(Membership.organisation_id == organisation_id)
        .options(joinedload(Membership.account))
        .order_by(Account.name, Account.login)
    )
    return list(session.scalars(query))


def invite_member(
    session: Session, actor: Actor, organisation_id: str, login: str, name: str, role: Role, now: datetime
) -> Invited:
    """Add a colleague, with an account of their own when they have none yet, and a sign-in link to hand over.

    Somebody who already has an account gets no link: an owner of one organisation must not be able to sign in as a member
    of another. And only an administrator adds such an account: nobody has proved that a login is theirs, and whoever made the
    account first, in another organisation, holds it. Raises BadInput, Conflict.
    """
    _may_manage(actor, organisation_id)
    _known(session, organisation_id)
    known = account_with_login(session, clean_login(login))
    if known is not None and session.get(Membership, (known.id, organisation_id)) is not None:
        raise Conflict(N_("This colleague is already a member."), code="already_member")
    if known is not None and not allowed(actor, Action.ORGANISATIONS_MANAGE, None):
        raise Conflict(N_("Somebody already signs in with this login."), code="login_taken")
    account = known or add_account(session, actor, login, name, now)
    add_member(session, actor, organisation_id, account.id, role, now)
    return Invited(account, None if known else new_signin_link(session, account.id, now))


def add_member(
    session: Session, actor: Actor | str, organisation_id: str, account_id: str, role: Role, now: datetime
) -> Membership:
    """Write the membership down. The caller has checked the permission; `assessor` itself may."""
    membership = Membership(account_id=account_id, organisation_id=organisation_id, role=role)
    session.add(membership)
    session.flush()
    audit.record(session, actor, "member.add", now, object_id=account_id, organisation_id=organisation_id, role=role.value)
    return membership


def change_role(session: Session, actor: Actor, organisation_id: str, account_id: str, role: Role, now: datetime) -> None:
    """Give a member another role. Raises Conflict for the last owner."""
    _may_manage(actor, organisation_id)
    membership = _member(session, organisation_id, account_id)
    if membership.role is role:
        return
    if membership.role is Role.OWNER:
        _another_owner_is_left(session, organisation_id, account_id)
    before, membership.role = membership.role, role
    audit.record(
        session,
        actor,
        "member.role",
        now,
        object_id=account_id,
        organisation_id=organisation_id,
        before=before.value,
        after=role.value,
    )


def remove_member(session: Session, actor: Actor, organisation_id: str, account_id: str, now: datetime) -> None:
    """End a membership; what the member wrote stays. Raises Conflict for the last owner."""
    _may_manage(actor, organisation_id)
    membership = _member(session, organisation_id, account_id)
    if membership.role is Role.OWNER:
        _another_owner_is_left(session, organisation_id, account_id)
    session.delete(membership)
    audit.record(session, actor, "member.remove", now, object_id=account_id, organisation_id=organisation_id)


def fresh_link_for_member(session: Session, actor: Actor, organisation_id: str, account_id: str, now: datetime) -> str:
    """Another sign-in link for a colleague who has not come in yet. Raises Conflict once they have a password."""
    _may_manage(actor, organisation_id)
    account = _member(session, organisation_id, account_id).account
    if account.password_hash is not None or account.is_admin or len(account.memberships) > 1:
        raise Conflict(N_("This colleague signs in by other means already. An administrator can make a new link."))
    audit.record(session, actor, "member.signin_link", now, object_id=account_id, organisation_id=organisation_id)
    return new_signin_link(session, account_id, now)


def _may_manage(actor: Actor, organisation_id: str) -> None:
    if not allowed(actor, Action.ORGANISATIONS_MANAGE, None):
        require(actor, Action.MEMBERS_MANAGE, organisation_id)


def _known(session: Session, organisation_id: str) -> Organisation:
    organisation = session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFound(N_("There is no such organisation."))
    return organisation


def _member(session: Session, organisation_id: str, account_id: str) -> Membership:
    membership = session.get(Membership, (account_id, organisation_id))
    if membership is None:
        raise NotFound(N_("There is no such member."))
    return membership


def _another_owner_is_left(session: Session, organisation_id: str, account_id: str) -> None:
    # Lock the owners' rows: two owners who remove each other at the same moment must not both succeed.
    owners = session.scalars(
        sa.select(Membership.account_id)
        .where(Membership.organisation_id == organisation_id, Membership.role == Role.OWNER)
        .with_for_update()
    ).all()
    if set(owners) <= {account_id}:
        raise Conflict(N_("An organisation keeps at least one owner. Make somebody else an owner first."), code="last_owner")
