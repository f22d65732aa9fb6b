"""Signing in: sessions, the one-time link, passwords, and who the present request is from.

Other blueprints use four names of this package: `current_actor()`, `signed_in()`, `current_organisation_id()` and the decorator
`@needs(Action.X)`. Their pages extend `signin/staff.html`, which carries the navigation of everybody who signs in.
"""

from __future__ import annotations

from web.signin.access import needs, needs_signin
from web.signin.pages import blueprint
from web.signin.sessions import (
    SignedIn,
    current_actor,
    current_organisation_id,
    install,
    signed_in,
)

__all__ = [
    "SignedIn",
    "blueprint",
    "current_actor",
    "current_organisation_id",
    "install",
    "needs",
    "needs_signin",
    "signed_in",
]
