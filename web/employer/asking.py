"""Who is asking, for which organisation, and the addresses handed out to others."""

from __future__ import annotations

from flask import current_app, request, url_for

from assessor.assessments.invitations import invitation_token
from assessor.errors import NotAllowed
from assessor.people.permissions import Action, Actor, allowed
from assessor.settings import Settings
from web.locales import gettext as _
from web.signin import current_actor, current_organisation_id


def actor() -> Actor:
    """Who is asking. Views are guarded, so there is always somebody."""
    found = current_actor()
    assert found is not None, "the view is guarded by needs"
    return found


def organisation_id() -> str:
    """The organisation this request works for. Raises NotAllowed for people who belong to none."""
    found = current_organisation_id()
    if found is None:
        raise NotAllowed(_("You belong to no organisation. An owner of one can add you with your login."))
    return found


def may(action: Action, organisation: str) -> bool:
    """Whether to show the button."""
    return allowed(actor(), action, organisation)


def public_address() -> str:
    """Where people reach the service: the setting, else the address of this request."""
    settings: Settings = current_app.extensions["assessor_settings"]
    return settings.address if settings.public_url else request.url_root.rstrip("/")


def open_link(token: str) -> str:
    """The open link of an assessment."""
    return f"{public_address()}/t/{token}"


def invitation_link(invitation_id: str) -> str:
    """The link of one invitation."""
    settings: Settings = current_app.extensions["assessor_settings"]
    return f"{public_address()}/i/{invitation_token(settings.secret, invitation_id)}"


def signin_link(token: str) -> str:
    """A one-time sign-in link."""
    return public_address() + url_for("signin.link", token=token)
