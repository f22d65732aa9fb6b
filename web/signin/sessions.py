"""Who the present request is from. The cookie holds an account id and the epoch it signed in under, signed by us.

A new epoch in the account (sign-out everywhere, a new password, deactivation) ends every session; so does a long silence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from assessor import clock
from assessor.people.accounts import active_account, actor_of
from assessor.people.models import Account
from assessor.people.permissions import Actor
from web.locales import hint_locale
from web.signin import navigation
from web.transaction import reading

IDLE = timedelta(hours=12)
# The cookie is written again at most this often, so that most answers carry none.
SEEN_EVERY = timedelta(minutes=1)

login_manager = LoginManager()
# Phones change their address on the way; the epoch and the silence are what ends a session.
login_manager.session_protection = None


@dataclass(frozen=True, slots=True)
class SignedIn(UserMixin):  # type: ignore[misc]
    """The account of this request: what pages show of it, and the actor for the permission table."""

    account_id: str
    login: str
    name: str
    locale: str | None
    epoch: str
    has_password: bool
    actor: Actor
    organisations: tuple[tuple[str, str], ...]

    def get_id(self) -> str:
        """What the session remembers."""
        return f"{self.account_id}:{self.epoch}"


def install(app: Flask) -> None:
    """Give the application its sessions and the templates who is signed in."""
    # Without its context processor: a page that says the database is away must not ask the database who reads it.
    login_manager.init_app(app, add_context_processor=False)
    app.context_processor(
        lambda: {
            "silence_s": int((IDLE - SEEN_EVERY).total_seconds()),
            "signed_in": signed_in,
            "staff_navigation": navigation.entries,
        }
    )


@login_manager.user_loader  # type: ignore[untyped-decorator]
def load(remembered: str) -> SignedIn | None:
    """The account a session was made for, while that session is still good."""
    account_id, _, epoch = remembered.partition(":")
    if not _still_awake(clock.utc_now()):
        return None
    with reading() as database_session:
        account = active_account(database_session, account_id)
        if account is None or account.session_epoch != epoch:
            return None
        hint_locale(account.locale)
        return describe(account)


def describe(account: Account) -> SignedIn:
    """The part of an account that a request needs; its memberships must be loaded."""
    organisations = sorted((m.organisation.name, m.organisation_id) for m in account.memberships)
    return SignedIn(
        account_id=account.id,
        login=account.login,
        name=account.name,
        locale=account.locale,
        epoch=account.session_epoch,
        has_password=account.password_hash is not None,
        actor=actor_of(account),
        organisations=tuple((id, name) for name, id in organisations),
    )


def begin(account: Account) -> SignedIn:
    """Start a session of this account; whatever the browser held before is forgotten."""
    session.clear()
    person = describe(account)
    login_user(person)
    session["seen_at"] = int(clock.utc_now().timestamp())
    return person


def end() -> None:
    """Sign this browser out."""
    logout_user()
    session.clear()


def signed_in() -> SignedIn | None:
    """The account of this request, null for visitors and candidates."""
    user = current_user._get_current_object()  # the proxy itself is never an instance of SignedIn
    return user if isinstance(user, SignedIn) else None


def current_actor() -> Actor | None:
    """Who is asking, for the permission table; null for visitors and candidates."""
    person = signed_in()
    return person.actor if person else None


def current_organisation_id() -> str | None:
    """The organisation this person works for at the moment; null when there is none or none has been chosen yet."""
    person = signed_in()
    if person is None or not person.organisations:
        return None
    if len(person.organisations) == 1:
        return person.organisations[0][0]
    chosen = session.get("organisation")
    return chosen if isinstance(chosen, str) and chosen in person.actor.roles else None


def choose_organisation(organisation_id: str) -> None:
    """Remember which of several organisations this person works for."""
    session["organisation"] = organisation_id


def _still_awake(now: datetime) -> bool:
    seen = session.get("seen_at")
    if not isinstance(seen, int) or now.timestamp() - seen > IDLE.total_seconds():
        return False
    if now.timestamp() - seen > SEEN_EVERY.total_seconds():
        session["seen_at"] = int(now.timestamp())
    return True
