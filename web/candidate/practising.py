"""Into the practice task and back. Its pages are the workspace's own."""

from __future__ import annotations

from flask import current_app, redirect, url_for
from werkzeug.wrappers import Response

from assessor.assessments import practising
from assessor.clock import utc_now
from web.candidate.passes import admit, with_pass
from web.transaction import writing


@with_pass
def practise(attempt_id: str) -> Response:
    """Open the practice task; the browser gets a pass for it."""
    with writing() as session:
        practice = practising.begin(session, str(current_app.config["SECRET_KEY"]), attempt_id, utc_now())
    return admit(redirect(url_for("candidate.workspace", attempt_id=practice.id, position=1), 303), practice)
