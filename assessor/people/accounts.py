"""Accounts: making them, finding them, ending every session of one at once."""

from __future__ import annotations

import re
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from assessor.errors import BadInput, Conflict, NotFound
from assessor.ids import new_id
from assessor.people import audit
from assessor.people.models import Account, Membership, SigninLink
from assessor.people.permissions import Action, Actor, require
from assessor.wording import N_

_LOGIN = re.compile(r"[^\s\x00-\x1f\x7f]{2,200}")


def clean_login(login: str) -> str:
    """A login as it is stored: without spaces around, in lower case. Raises BadInput."""
    cleaned = login.strip().lower()
    if not _LOGIN.fullmatch(cleaned):
        raise BadInput(N_("A login has 2 to 200 characters and no spaces; an e-mail address will do."), field="login")
    return cleaned


def clean_name(name: str, field: str = "name") -> str:
    """A name on one line, not empty, at most 200 characters. Raises BadInput."""
    cleaned = " ".join(name.split())
    if not cleaned or len(cleaned) > 200:
        raise BadInput(N_("Give a name of 1 to 200 characters."), field=field)
    return cleaned


def add_account(session: Session, actor: Actor | str, login: str, name: str, now: datetime, *, is_admin: bool = False) -> Account:
    """Make an account without a password; a sign-in link lets its owner set one. Raises BadInput, Conflict."""
    account = Account(login=clean_login(login), name=clean_name(name), is_admin=is_admin, created_at=now)
    try:
        with session.begin_nested():
            session.add(account)
    except IntegrityError:
        raise Conflict(N_("Somebody already signs in with this login."), code="login_taken") from None
    audit.record(session, actor, "account.create", now, object_id=account.id, login=account.login, is_admin=is_admin)
    return account


def create_account(session: Session, actor: Actor, login: str, name: str, now: datetime, *, is_admin: bool = False) -> Account:
    """An administrator makes an account. Raises NotAllowed, BadInput, Conflict."""
    require(actor, Action.ACCOUNTS_MANAGE, None)
    return add_account(session, actor, login, name, now, is_admin=is_admin)


def account_with_login(session: Session, login: str) -> Account | None:
    """The active account that signs in with this login."""
    return session.scalar(sa.select(Account).where(Account.login == login.strip().lower(), Account.active))


def active_account(session: Session, account_id: str) -> Account | None:
    """An account that may sign in, with its memberships and their organisations loaded."""
    memberships = selectinload(Account.memberships).joinedload(Membership.organisation)
    return session.scalar(sa.select(Account).where(Account.id == account_id, Account.active).options(memberships))


def set_password(session: Session, account_id: str, password_hash: str, now: datetime) -> Account:
    """Store one's own new password, hashed before the transaction began, and end every session that was open."""
    account = _known(session, account_id)
    account.password_hash = password_hash
    _end_every_session(session, account)
    audit.record(session, account.id, "account.password", now, object_id=account.id)
    return account


def sign_out_everywhere(session: Session, account_id: str, now: datetime) -> Account:
    """End every open session of one's own account."""
    account = _known(session, account_id)
    _end_every_session(session, account)
    audit.record(session, account.id, "account.sign_out_everywhere", now, object_id=account.id)
    return account


def set_active(session: Session, actor: Actor, account_id: str, active: bool, now: datetime) -> Account:
    """Let somebody sign in, or no longer; open sessions end. The last active administrator stays."""
    require(actor, Action.ACCOUNTS_MANAGE, None)
    account = _known(session, account_id)
    if account.active != active:
        if not active:
            _another_admin_is_left(session, account)
        account.active = active
        _end_every_session(session, account)
        audit.record(session, actor, "account.activate" if active else "account.deactivate", now, object_id=account.id)
    return account


def set_admin(session: Session, actor: Actor, account_id: str, is_admin: bool, now: datetime) -> Account:
    """Make somebody an administrator of the service, or no longer. One active administrator always stays."""
    require(actor, Action.ACCOUNTS_MANAGE, None)
    account = _known(session, account_id)
    if account.is_admin != is_admin:
        if not is_admin:
            _another_admin_is_left(session, account)
        account.is_admin = is_admin
        audit.record(session, actor, "account.admin", now, object_id=account.id, is_admin=is_admin)
    return account


def set_locale(session: Session, account_id: str, locale: str | None) -> None:
    """Remember the language one reads the pages in."""
    _known(session, account_id).locale = locale


def all_accounts(session: Session, actor: Actor) -> list[Account]:
    """Every account with its memberships, for administrators."""
    require(actor, Action.ACCOUNTS_MANAGE, None)
    query = sa.select(Account).options(selectinload(Account.memberships)).order_by(Account.login)
    return list(session.scalars(query))


def actor_of(account: Account) -> Actor:
    """Who this account is to the permission table, now."""
    return Actor(account.id, account.is_admin, {m.organisation_id: m.role for m in account.memberships}, account.name)


def _known(session: Session, account_id: str) -> Account:
    account = session.get(Account, account_id)
    if account is None:
        raise NotFound(N_("There is no such account."))
    return account


def _end_every_session(session: Session, account: Account) -> None:
    """Those that are open, and those that links not used yet would begin."""
    account.session_epoch = new_id("ses")
    session.execute(sa.delete(SigninLink).where(SigninLink.account_id == account.id, SigninLink.used_at.is_(None)))


def _another_admin_is_left(session: Session, account: Account) -> None:
    # Lock the administrators' rows: two who remove each other at the same moment must not both succeed.
    admins = session.scalars(sa.select(Account.id).where(Account.is_admin, Account.active).with_for_update()).all()
    if account.is_admin and set(admins) <= {account.id}:
        raise Conflict(N_("This is the last administrator. Make somebody else one first."))
