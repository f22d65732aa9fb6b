"""Invitations: one or many at once, each with its own link to copy, and taking one back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessor import clock
from assessor.assessments import invitations as use_cases
from assessor.assessments.invitations import InvitationTerms
from assessor.errors import BadInput, Conflict
from assessor.people.permissions import Action
from assessor.results.reviewer import assessment_line
from web.employer.asking import actor
from web.languages import LANGUAGES
from web.locales import gettext as _
from web.locales import ngettext
from web.messages import message_for
from web.signin import needs
from web.transaction import reading, writing


@needs(Action.ASSESSMENT_VIEW)
def invitations(assessment_id: str) -> ResponseReturnValue:
    """Every invitation of the assessment, and the form for more."""
    return _page(assessment_id, {})


@needs(Action.CANDIDATE_INVITE)
def invite(assessment_id: str) -> ResponseReturnValue:
    """Invite one candidate a line, or show the form again with what is wrong."""
    names = [line for line in request.form.get("labels", "").splitlines() if line.strip()]
    try:
        with writing() as session:
            made = use_cases.invite(session, actor(), assessment_id, names, _terms(), clock.utc_now())
            number = len(made)
    except (BadInput, Conflict) as error:
        return _page(assessment_id, {getattr(error, "field", None) or "": message_for(error)}), 422
    flash(
        ngettext(
            "One invitation is ready. Copy its link below.", "%(num)s invitations are ready. Copy their links below.", number
        ),
        "good",
    )
    return redirect(url_for("employer.invitations", assessment_id=assessment_id), 303)


@needs(Action.CANDIDATE_INVITE)
def revoke(invitation_id: str) -> ResponseReturnValue:
    """Take an invitation back."""
    with writing() as session:
        assessment_id = use_cases.revoke(session, actor(), invitation_id, clock.utc_now()).assessment_id
    flash(_("The invitation is revoked; its link opens nothing any more."), "good")
    return redirect(url_for("employer.invitations", assessment_id=assessment_id), 303)


def _terms() -> InvitationTerms:
    locale, extra, last_day = (request.form.get(name, "").strip() for name in ("locale", "extra_time_percent", "last_day"))
    if locale and locale not in LANGUAGES:
        raise BadInput(_("Choose one of the languages of the list."), field="locale")
    if not (extra or "0").isdecimal() or len(extra) > 4:
        raise BadInput(_("Extra time is a whole number of percent, such as 25."), field="extra_time_percent")
    return InvitationTerms(locale or None, int(extra or "0"), _end_of(last_day))


def _end_of(last_day: str) -> datetime | None:
    """The end of that day everywhere on earth, so that nobody is early or late by a time zone."""
    if not last_day:
        return None
    try:
        day = datetime.strptime(last_day, "%Y-%m-%d").replace(tzinfo=UTC)
        return day + timedelta(days=1, hours=12)
    except (ValueError, OverflowError):
        raise BadInput(_("Give the last day as a date."), field="last_day") from None


def _page(assessment_id: str, errors: dict[str, str]) -> str:
    now = clock.utc_now()
    with reading() as session:
        line = assessment_line(session, actor(), assessment_id)
        rows = use_cases.invitations_of(session, actor(), assessment_id, now)
    return render_template("employer/invitations.html", line=line, view=line.view, rows=rows, errors=errors, today=now.date())
