"""Asking the author: a question about a task, or a mistake in it; during the test and after it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from assessor.assessments import attempts
from assessor.assessments.inquiries import NewInquiry, ask, inquiries_of
from assessor.assessments.models import AttemptState
from assessor.assessments.seats import version_at
from assessor.assessments.sitting import sitting_of
from assessor.clock import utc_now
from assessor.errors import BadInput, TooMany
from web.candidate.passes import with_pass
from web.failures import status_of
from web.locales import current_code
from web.locales import gettext as _
from web.messages import message_for
from web.transaction import reading, writing


@with_pass
def show(attempt_id: str, position: int) -> str:
    """What was asked about one task, the answers, and a form."""
    return _page(attempt_id, position)


@with_pass
def send(attempt_id: str, position: int) -> Response | tuple[str, int]:
    """Send it to the author."""
    new = NewInquiry(kind=request.form.get("kind", ""), text=request.form.get("text", ""))
    try:
        with writing() as session:
            ask(session, attempt_id, version_at(session, attempt_id, position), new, utc_now())
    except (BadInput, TooMany) as error:
        return _page(attempt_id, position, message_for(error), getattr(error, "field", None)), status_of(error)
    flash(_("It is sent. An answer will stand here."), "good")
    return redirect(url_for("candidate.inquire", attempt_id=attempt_id, position=position), 303)


def _page(attempt_id: str, position: int, error: str | None = None, field: str | None = None) -> str:
    with reading() as session:
        attempt = attempts.attempt_of(session, attempt_id)
        sitting = sitting_of(session, attempt, current_code())
        asked = list(inquiries_of(session, attempt_id, version_at(session, attempt_id, position)))
    task = next(task for task in sitting.rules.tasks if task.position == position)
    return render_template(
        "candidate/inquire.html",
        sitting=sitting,
        task=task,
        asked=asked,
        error=error,
        field=field,
        running=sitting.state is AttemptState.STARTED,
    )
