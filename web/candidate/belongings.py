"""What belongs to the candidate: everything we hold, to read, to take along and to delete, without asking anybody."""

from __future__ import annotations

from flask import Response as FlaskResponse
from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from assessor.assessments import attempts
from assessor.assessments.erasing import erase
from assessor.assessments.sitting import sitting_of
from assessor.clock import utc_now
from assessor.results.own_data import own_data, own_data_archive
from web.candidate.passes import leave, with_pass
from web.locales import current_code
from web.transaction import reading, writing


@with_pass
def show(attempt_id: str) -> str:
    """What is held, who sees it, and what can be done with it."""
    return _page(attempt_id)


@with_pass
def download(attempt_id: str) -> FlaskResponse:
    """The archive: one JSON document and every source."""
    with reading() as session:
        kept = own_data_archive(session, attempts.attempt_of(session, attempt_id), current_code())
    response = FlaskResponse(kept, mimetype="application/zip")
    response.headers.set("Content-Disposition", "attachment", filename="my-data.zip")
    return response


@with_pass
def delete(attempt_id: str) -> Response | tuple[str, int]:
    """Delete everything, if the box that says so is ticked."""
    if request.form.get("sure") != "1":
        return _page(attempt_id, unsure=True), 422
    with writing() as session:
        erase(session, attempt_id, utc_now())
    return leave(redirect(url_for("candidate.deleted")), attempt_id)


def deleted() -> str:
    """After it: there is nothing left to show."""
    return render_template("candidate/deleted.html")


def _page(attempt_id: str, *, unsure: bool = False) -> str:
    with reading() as session:
        attempt = attempts.attempt_of(session, attempt_id)
        language = current_code()
        held, sitting = own_data(session, attempt, language), sitting_of(session, attempt, language)
    return render_template("candidate/data.html", held=held, sitting=sitting, unsure=unsure)
