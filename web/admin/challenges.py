"""Every challenge of every organisation, with its versions and what proving them showed."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from assessor.catalogue.browsing import list_challenges
from assessor.people.permissions import Action
from web.signin import needs
from web.transaction import reading


@needs(Action.LIBRARY_MANAGE)
def challenges() -> ResponseReturnValue:
    """All of them; each version leads to its proof."""
    with reading() as session:
        lines = list_challenges(session, (), everything=True)
    return render_template("admin/challenges.html", lines=lines)
