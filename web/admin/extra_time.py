"""Extra time that candidates ask for: decided here, without a name and without a reason."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessor import clock
from assessor.assessments import extra_time
from assessor.errors import BadInput, Conflict
from assessor.people.permissions import Action
from web.author.access import actor
from web.messages import message_for
from web.signin import needs
from web.transaction import reading, writing


@needs(Action.EXTRA_TIME_DECIDE)
def wishes() -> ResponseReturnValue:
    """What waits for a decision."""
    with reading() as session:
        lines = extra_time.open_wishes(session, actor())
    return render_template("admin/extra_time.html", lines=lines, now=clock.utc_now())


@needs(Action.EXTRA_TIME_DECIDE)
def decide(wish_id: str) -> ResponseReturnValue:
    """Grant or decline one of them."""
    answer = request.form.get("answer", "")
    if answer not in ("grant", "decline"):
        raise BadInput(_("Say whether the extra time is granted or declined."), field="answer")
    try:
        with writing() as session:
            extra_time.decide(session, actor(), wish_id, answer == "grant", clock.utc_now())
        flash(_("Granted. The candidate sees it within seconds.") if answer == "grant" else _("Declined."), "good")
    except Conflict as error:
        flash(message_for(error), "warn")
    return redirect(url_for("admin.extra_time"), 303)
