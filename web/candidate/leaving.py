"""Leaving a device: whatever it holds of the attempt goes, so that whoever uses it next finds nothing."""

from __future__ import annotations

from flask import redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from assessor.assessments import attempts, sitting
from assessor.assessments.models import AttemptState
from web.candidate.config import report_config
from web.candidate.passes import leave as take_pass_back
from web.candidate.passes import with_pass
from web.locales import current_code
from web.transaction import reading

EVERYTHING = '"cache", "cookies", "storage"'


@with_pass
def ask_to_leave(attempt_id: str) -> str:
    """What leaving means, and how to come back."""
    with reading() as db:
        seat = sitting.sitting_of(db, attempts.attempt_of(db, attempt_id), current_code())
    return render_template(
        "candidate/leave.html",
        sitting=seat,
        running=seat.state is AttemptState.STARTED,
        report_config=report_config(attempt_id, seat),
    )


@with_pass
def leave(attempt_id: str) -> Response:
    """Take the pass back and have the browser clear all it keeps for us. The attempt itself goes on as it is."""
    session.clear()
    here = url_for("candidate.left", lang=current_code())  # the choice of language goes with the cookies
    response = take_pass_back(redirect(here, 303), attempt_id)
    response.headers["Clear-Site-Data"] = EVERYTHING
    return response


def left() -> str:
    """Where one is after leaving."""
    return render_template("candidate/left.html")
