"""Answering what candidates ask about a challenge."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from assessor.assessments.inquiries import answer
from assessor.clock import utc_now
from assessor.errors import BadInput
from assessor.people.permissions import Action
from web.author.access import actor, require_on
from web.locales import gettext as _
from web.messages import message_for
from web.signin import needs
from web.transaction import writing


@needs(Action.CHALLENGE_WRITE)
def answer_inquiry(challenge_id: str, inquiry_id: str) -> ResponseReturnValue:
    """Write the answer; the candidate who asked finds it."""
    require_on(Action.CHALLENGE_WRITE, challenge_id)
    try:
        with writing() as session:
            challenge_id = answer(session, actor(), inquiry_id, request.form.get("text", ""), utc_now())
        flash(_("The answer is sent."), "good")
    except BadInput as error:
        flash(message_for(error), "warn")
    return redirect(url_for("author.challenge", challenge_id=challenge_id) + "#inquiries", 303)
