"""Extra time that candidates ask for: decided here, without a name and without a reason."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessor import clock
from assessor.assessments import granting
from assessor.assessments.granting import FINISHED, TOO_LATE, Prospect
from assessor.errors import BadInput, Conflict
from assessor.people.permissions import Action
from web.author.access import actor
from web.locales import gettext as _
from web.messages import message_for
from web.signin import needs
from web.transaction import reading, writing


@needs(Action.EXTRA_TIME_DECIDE)
def wishes() -> ResponseReturnValue:
    """What waits for a decision."""
    now = clock.utc_now()
    with reading() as session:
        lines = granting.open_wishes(session, actor(), now)
    refusals = {Prospect.FINISHED: FINISHED, Prospect.TOO_LATE: TOO_LATE}
    return render_template("admin/extra_time.html", lines=lines, now=now, refusals=refusals)


@needs(Action.EXTRA_TIME_DECIDE)
def decide(wish_id: str) -> ResponseReturnValue:
    """Grant or decline one of them."""
    answer = request.form.get("answer", "")
    if answer not in ("grant", "decline"):
        raise BadInput(_("Say whether the extra time is granted or declined."), field="answer")
    try:
        with writing() as session:
            prospect = granting.decide(session, actor(), wish_id, answer == "grant", clock.utc_now())
        flash(_said(answer == "grant", prospect), "good")
    except Conflict as error:
        flash(message_for(error), "warn")
    return redirect(url_for("admin.extra_time"), 303)


def _said(granted: bool, prospect: Prospect) -> str:
    if not granted:
        return _("Declined.")
    if prospect is Prospect.REOPENS:
        return _("Granted. The test is open again; the candidate sees it within seconds where its page is still open.")
    return _("Granted. The candidate sees it within seconds.")
