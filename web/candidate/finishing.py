"""The end: finishing by hand, and the report of what was asked and what passed."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from assessor.assessments import attempts, extra_time
from assessor.assessments.models import AttemptState
from assessor.assessments.sitting import positions_with_unsubmitted, sitting_of
from assessor.clock import utc_now
from assessor.judging.leases import Priority
from assessor.results.report import released_notes, report_of
from web.candidate.config import report_config
from web.candidate.passes import with_pass
from web.locales import current_code
from web.transaction import reading, ring, writing

RUNNING_OR_BEFORE = (AttemptState.OPENED, AttemptState.STARTED)


@with_pass
def ask_to_finish(attempt_id: str) -> str | Response:
    """What finishing means, and what would be handed in."""
    with reading() as session:
        attempt = attempts.attempt_of(session, attempt_id)
        sitting = sitting_of(session, attempt, current_code())
        unsubmitted = positions_with_unsubmitted(session, attempt, sitting.rules)
    if sitting.state is not AttemptState.STARTED:
        return redirect(url_for("candidate.begin", attempt_id=attempt_id))
    minutes_left = sitting.minutes_left(utc_now())
    return render_template("candidate/finish.html", sitting=sitting, unsubmitted=unsubmitted, minutes_left=minutes_left)


@with_pass
def finish(attempt_id: str) -> Response:
    """End the attempt; the last drafts are handed in."""
    with writing() as session:
        attempts.finish(session, attempt_id, utc_now())
    ring("submission", attempt_id, Priority.SUBMISSION)
    return redirect(url_for("candidate.report", attempt_id=attempt_id))


@with_pass
def report(attempt_id: str) -> str | Response:
    """What was asked and what passed, as far as the policy allows."""
    with reading() as session:
        attempt = attempts.attempt_of(session, attempt_id)
        if attempt.state in RUNNING_OR_BEFORE:
            return redirect(url_for("candidate.begin", attempt_id=attempt_id))
        shown = report_of(session, attempt, current_code())
        comments = released_notes(session, attempt)
        wish = extra_time.status_after_end(session, attempt, utc_now())
    return render_template(
        "candidate/report.html",
        report=shown,
        sitting=shown.sitting,
        comments=comments,
        wish=wish,
        report_config=report_config(attempt_id, shown.sitting),
    )
