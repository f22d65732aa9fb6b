"""One-time sign-in links. Only a SHA-256 of the token is kept; a link works once, within its time."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from assessor.errors import Conflict, NotFound
from assessor.ids import new_token
from assessor.people import audit
from assessor.people.models import Account, SigninLink
from assessor.people.permissions import Action, Actor, require
from assessor.wording import N_

LIFETIME = timedelta(hours=72)
_USED = N_("This link has been used. It works once; sign in with your password or ask for a new one.")


def new_signin_link(session: Session, account_id: str, now: datetime, ttl: timedelta = LIFETIME) -> str:
    """The token of a fresh link for `/sign-in/link/<token>`. Links given out before stay valid until used or expired."""
    token = new_token()
    session.add(SigninLink(token_hash=_hash(token), account_id=account_id, created_at=now, expires_at=now + ttl))
    session.flush()
    return token


def give_signin_link(session: Session, actor: Actor, account_id: str, now: datetime) -> str:
    """An administrator makes a link for somebody who cannot sign in. Raises NotAllowed, NotFound."""
    require(actor, Action.ACCOUNTS_MANAGE, None)
    if session.get(Account, account_id) is None:
        raise NotFound(N_("There is no such account."))
    audit.record(session, actor, "account.signin_link", now, object_id=account_id)
    return new_signin_link(session, account_id, now)


def look_at_link(session: Session, token: str, now: datetime) -> Account:
    """Whom the link would sign in, without using it up: mail programs open links before people do.

    Raises NotFound for an unknown link, Conflict for one that is used or expired.
    """
    link = session.get(SigninLink, _hash(token))
    account = session.get(Account, link.account_id) if link else None
    if link is None or account is None or not account.active:
        raise NotFound(N_("This sign-in link is not complete or not ours. Copy the whole link, or ask for a new one."))
    if link.used_at is not None:
        raise Conflict(
            N_("This link has been used. It works once; sign in with your password or ask for a new one."), code="used"
        )
    if link.expires_at <= now:
        raise Conflict(N_("This link has expired. Ask for a new one."), code="expired")
    return account


def use_link(session: Session, token: str, now: datetime) -> Account:
    """Use the link up and return its account. Of two at the same moment one succeeds. Raises as `look_at_link`."""
    account = look_at_link(session, token, now)
    taken = session.execute(
        sa.update(SigninLink)
        .where(SigninLink.token_hash == _hash(token), SigninLink.used_at.is_(None))
        .values(used_at=now)
        .returning(SigninLink.token_hash)
    ).all()
    if not taken:
        raise Conflict(
            N_("This link has been used. It works once; sign in with your password or ask for a new one."), code="used"
        )
    audit.record(session, account.id, "account.link_used", now, object_id=account.id)
    return session.scalars(sa.select(Account).where(Account.id == account.id).options(selectinload(Account.memberships))).one()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
