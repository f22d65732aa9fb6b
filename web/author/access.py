"""What a signed-in person may do with a challenge, asked once for each request."""

from __future__ import annotations

from assessor.catalogue.browsing import owner_of
from assessor.people.permissions import Action, Actor, allowed, require
from web.signin import current_actor, signed_in
from web.transaction import reading


def actor() -> Actor:
    """Who is asking. Views are guarded, so there is always somebody."""
    found = current_actor()
    assert found is not None, "the view is guarded by needs"
    return found


def require_on(action: Action, challenge_id: str) -> str | None:
    """Pass or raise; returns the organisation the challenge belongs to, null for the library."""
    with reading() as session:
        organisation_id = owner_of(session, challenge_id)
    require(actor(), library_action(action, organisation_id), organisation_id)
    return organisation_id


def may(action: Action, organisation_id: str | None) -> bool:
    """Whether to show the button."""
    return allowed(actor(), library_action(action, organisation_id), organisation_id)


def library_action(action: Action, organisation_id: str | None) -> Action:
    """Everybody may look at the library; whatever changes it is an administrator's."""
    return Action.LIBRARY_MANAGE if organisation_id is None and action is not Action.CHALLENGE_VIEW else action


def owners() -> list[tuple[str, str]]:
    """The organisations this person writes challenges for, as id and name."""
    person = signed_in()
    named = person.organisations if person else ()
    return [(id, name) for id, name in named if may(Action.CHALLENGE_WRITE, id)]
