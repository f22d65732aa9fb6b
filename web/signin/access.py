"""The guard in front of a view: signed in, and allowed to do such a thing somewhere.

Whether the action is allowed on the very object is asked by the use case, which knows the object's organisation.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec
from urllib.parse import urlsplit

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from assessor.errors import NotAllowed
from assessor.people.permissions import SERVICE_WIDE, Action, Actor, allowed, organisations_where
from web.failures import problem, wants_problem
from web.locales import gettext as _
from web.signin.sessions import current_actor, current_organisation_id

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]


def needs(action: Action) -> Callable[[View[P]], View[P]]:
    """Let in who may do this somewhere; visitors are sent to sign in, people with several organisations choose one first."""

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            actor = current_actor()
            if actor is None:
                return ask_to_sign_in()
            if not allowed_somewhere(actor, action):
                raise NotAllowed(_("Your role does not allow this. Ask an owner of your organisation."))
            if action not in SERVICE_WIDE and len(actor.roles) > 1 and current_organisation_id() is None:
                return redirect(url_for("signin.organisation", next=this_page()))
            return view(*args, **kwargs)

        guarded.needs = action  # type: ignore[attr-defined]
        return guarded

    return guard


def needs_signin(view: View[P]) -> View[P]:
    """Let in whoever has signed in: for pages about one's own account."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        return ask_to_sign_in() if current_actor() is None else view(*args, **kwargs)

    return guarded


def allowed_somewhere(actor: Actor, action: Action) -> bool:
    """Whether the actor may do this on the service, on the library, or in one of the own organisations."""
    return allowed(actor, action, None) or bool(organisations_where(actor, action))


def ask_to_sign_in() -> ResponseReturnValue:
    """To the sign-in page and back; programs get a status instead."""
    if wants_problem():
        return problem(401, "sign_in", _("Sign in first."))
    if request.method not in ("GET", "HEAD"):
        flash(_("You have been signed out in the meantime. Sign in and try again."), "warn")
    return redirect(url_for("signin.sign_in", next=this_page()), 303)


def this_page() -> str:
    """Where to come back to: this page, or the one the form was on."""
    if request.method in ("GET", "HEAD"):
        return request.full_path.rstrip("?")
    return urlsplit(request.referrer or "").path


def safe_next(target: str | None) -> str | None:
    """A path of ours, or null: `next` never leads to another site."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")) or any(ord(c) < 32 for c in target):
        return None
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else None
