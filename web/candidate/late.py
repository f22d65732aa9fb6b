"""Work that was written in time and arrives after the end, and the signed moments that browsers keep for that case."""

from __future__ import annotations

from datetime import datetime

from flask import current_app, jsonify
from werkzeug.wrappers import Response

from assessor.assessments import lateness
from assessor.assessments.attempts import NewSubmission
from assessor.assessments.seats import version_at
from web.candidate.given import json_object, number_of, text_of
from web.candidate.passes import with_pass
from web.protection import began_at
from web.transaction import ring, writing


def moment(attempt_id: str, now: datetime) -> str:
    """A moment for the browser to keep."""
    return lateness.sign_moment(str(current_app.config["SECRET_KEY"]), attempt_id, now)


@with_pass
def hand_in_late(attempt_id: str, position: int) -> Response:
    """Take the text, or say why it cannot count any more."""
    given, now = json_object(), began_at()
    secret = str(current_app.config["SECRET_KEY"])
    claim = lateness.read_claim(secret, attempt_id, text_of(given, "moment"), number_of(given, "elapsed_ms"))
    with writing() as db:
        new = NewSubmission(
            challenge_version_id=version_at(db, attempt_id, position),
            language=text_of(given, "language"),
            source=text_of(given, "source"),
            client_key=text_of(given, "client_key"),
        )
        made = lateness.hand_in_late(db, attempt_id, new, claim, now)
    ring("submission", made.id, made.priority)
    response = jsonify(id=made.id, written_at=claim.written_at.isoformat(), arrived_at=now.isoformat())
    response.status_code = 202
    return response
