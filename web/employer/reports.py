"""One candidate's report, and what is written about the candidate: stage and notes."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessor import clock
from assessor.assessments import extending
from assessor.errors import BadInput, Conflict
from assessor.people.permissions import Action
from assessor.results import shortlisting
from assessor.results.candidate_report import candidate_report
from assessor.results.listing import arrange, neighbours
from assessor.results.reviewer import candidate_rows
from web.employer import sources, wishes
from web.employer.asking import actor
from web.locales import gettext as _
from web.messages import message_for
from web.signin import needs
from web.signin.access import safe_next
from web.transaction import reading, writing


@needs(Action.RESULTS_READ)
def report(attempt_id: str) -> ResponseReturnValue:
    """The whole report, with one submission opened."""
    return _page(attempt_id, {})


@needs(Action.STAGE_CHANGE)
def stage(attempt_id: str) -> ResponseReturnValue:
    """Put the candidate into another stage and go back to where that was asked for."""
    form = request.form
    try:
        with writing() as session:
            shortlisting.change_stage(
                session,
                actor(),
                attempt_id,
                form.get("stage", ""),
                form.get("reason", ""),
                clock.utc_now(),
                seen=form.get("seen") or None,
            )
    except BadInput as error:
        return _page(attempt_id, {error.field or "stage": message_for(error)}), 422
    except Conflict as error:
        return _page(attempt_id, {"stage": message_for(error)}), 409
    return redirect(safe_next(form.get("next")) or url_for("employer.report", attempt_id=attempt_id), 303)


@needs(Action.TIME_GIVE)
def give_time(attempt_id: str) -> ResponseReturnValue:
    """Give a candidate more minutes; the candidate's page shows them within seconds."""
    minutes, reason = request.form.get("minutes", "").strip(), " ".join(request.form.get("time_reason", "").split())
    number = int(minutes) if minutes.isascii() and minutes.isdigit() and len(minutes) < 6 else 0
    try:
        with writing() as session:
            extending.give_time(session, actor(), attempt_id, number, reason, clock.utc_now())
    except BadInput as error:
        return _page(attempt_id, {error.field or "minutes": message_for(error)}), 422
    except Conflict as error:
        return _page(attempt_id, {"minutes": message_for(error)}), 409
    flash(_("The time is given. The candidate sees it within a few seconds."), "good")
    here = safe_next(request.form.get("next")) or url_for("employer.report", attempt_id=attempt_id)
    return redirect(here + "#time", 303)


@needs(Action.NOTE_WRITE)
def add_note(attempt_id: str) -> ResponseReturnValue:
    """Write a note for the colleagues."""
    try:
        with writing() as session:
            shortlisting.add_note(session, actor(), attempt_id, request.form.get("text", ""), clock.utc_now())
    except BadInput as error:
        return _page(attempt_id, {"text": message_for(error)}), 422
    here = safe_next(request.form.get("next")) or url_for("employer.report", attempt_id=attempt_id)
    return redirect(here + "#notes", 303)


@needs(Action.NOTE_WRITE)
def release_note(note_id: str) -> ResponseReturnValue:
    """Let the candidate read a note of one's own."""
    with writing() as session:
        attempt_id = shortlisting.release_note(session, actor(), note_id, clock.utc_now())
    flash(_("The candidate can read the note in the report now."), "good")
    here = safe_next(request.form.get("next")) or url_for("employer.report", attempt_id=attempt_id)
    return redirect(here + "#notes", 303)


@needs(Action.NOTE_WRITE)
def delete_note(note_id: str) -> ResponseReturnValue:
    """Take back a note of one's own."""
    with writing() as session:
        attempt_id = shortlisting.delete_note(session, actor(), note_id, clock.utc_now())
    flash(_("The note is gone."), "good")
    here = safe_next(request.form.get("next")) or url_for("employer.report", attempt_id=attempt_id)
    return redirect(here + "#notes", 303)


def _page(attempt_id: str, errors: dict[str, str]) -> str:
    with reading() as session:
        found = candidate_report(session, actor(), attempt_id, request.args.get("submission"))
        columns, rows = candidate_rows(session, actor(), found.assessment_id)
    addresses = wishes.from_request(found.assessment_id)
    arranged = arrange(rows, columns, addresses.wish)
    before, after = neighbours(arranged, attempt_id)
    return render_template(
        "employer/report.html",
        report=found,
        row=found.row,
        chosen=found.chosen,
        lines=sources.numbered(found.chosen.source) if found.chosen else [],
        hidden=bool(found.chosen and sources.has_hidden(found.chosen.source)),
        errors=errors,
        typed=request.form,
        to=addresses,
        before=before,
        after=after,
        place=next((number for number, row in enumerate(arranged, 1) if row.attempt_id == attempt_id), None),
        number=len(arranged),
    )
