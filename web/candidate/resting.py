"""The pause: stopping the clock where the assessment allows it, and going on."""

from __future__ import annotations

from flask import redirect, url_for
from werkzeug.wrappers import Response

from assessor.assessments import pausing
from assessor.clock import utc_now
from web.candidate.passes import with_pass
from web.transaction import writing


@with_pass
def pause(attempt_id: str) -> Response:
    """Stop the clock; the start page then offers to go on."""
    with writing() as session:
        pausing.pause(session, attempt_id, utc_now())
    return redirect(url_for("candidate.begin", attempt_id=attempt_id), 303)


@with_pass
def go_on(attempt_id: str) -> Response:
    """Let the clock run again."""
    with writing() as session:
        pausing.go_on(session, attempt_id, utc_now())
    return redirect(url_for("candidate.begin", attempt_id=attempt_id), 303)
