"""Assessments: the list, the form that makes and changes one, its page with the link."""

from __future__ import annotations

import segno
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessor import clock
from assessor.assessments import authoring
from assessor.assessments.practising import real_challenges
from assessor.assessments.rules import Rules, RulesRefused, choosable_challenges
from assessor.errors import BadInput, Conflict
from assessor.judging.languages import offered
from assessor.people.permissions import Action, require
from assessor.results.reviewer import assessment_line, list_assessments
from web.employer import asking, forms
from web.employer.asking import actor, organisation_id
from web.locales import current_code
from web.locales import gettext as _
from web.messages import message_for
from web.signin import needs
from web.transaction import reading, writing


@needs(Action.ASSESSMENT_VIEW)
def home() -> ResponseReturnValue:
    """The list is where an employer begins."""
    return redirect(url_for("employer.assessments"))


@needs(Action.ASSESSMENT_VIEW)
def assessments() -> ResponseReturnValue:
    """Every assessment of the organisation with its funnel."""
    here = organisation_id()
    require(actor(), Action.ASSESSMENT_VIEW, here)
    with reading() as session:
        lines = list_assessments(session, actor(), here)
    return render_template("employer/assessments.html", lines=lines, here=here)


@needs(Action.ASSESSMENT_WRITE)
def new() -> ResponseReturnValue:
    """An empty form."""
    require(actor(), Action.ASSESSMENT_WRITE, organisation_id())
    return _form(forms.empty_rules(), None, {})


@needs(Action.ASSESSMENT_WRITE)
def create() -> ResponseReturnValue:
    """Make the assessment, or show the form again with what is wrong."""
    here, rules = organisation_id(), forms.read_rules(request.form)
    require(actor(), Action.ASSESSMENT_WRITE, here)
    if forms.wants_only_filter():
        return _form(rules, None, {})
    try:
        with writing() as session:
            made = authoring.create_assessment(session, actor(), here, rules, clock.utc_now()).id
    except RulesRefused as refused:
        return _form(rules, None, _told(refused)), 422
    flash(_("Your assessment is ready. Hand out its link, or invite candidates by name."), "good")
    return redirect(url_for("employer.assessment", assessment_id=made), 303)


@needs(Action.ASSESSMENT_VIEW)
def assessment(assessment_id: str) -> ResponseReturnValue:
    """The assessment: its link, its rules, how far candidates have come."""
    with reading() as session:
        line = assessment_line(session, actor(), assessment_id)
        known = choosable_challenges(session, line.view.organisation_id) if line.view.practice else ()
    token = line.view.open_token
    code = segno.make(asking.open_link(token), error="m") if token else None
    picture = code.svg_inline(border=3, dark="#1a1c20", light="#ffffff", omitsize=True) if code else None
    practice = next((challenge for challenge in known if challenge.challenge_id == line.view.practice), None)
    return render_template("employer/assessment.html", line=line, view=line.view, practice=practice, qr=picture)


@needs(Action.ASSESSMENT_WRITE)
def edit(assessment_id: str) -> ResponseReturnValue:
    """The form, filled with the rules in force."""
    view = _own(assessment_id)
    return _form(view.rules, view, {})


@needs(Action.ASSESSMENT_WRITE)
def save(assessment_id: str) -> ResponseReturnValue:
    """New rules for those who begin from now on."""
    view, rules = _own(assessment_id), forms.read_rules(request.form)
    if forms.wants_only_filter():
        return _form(rules, view, {})
    based_on = request.form.get("based_on", "")
    try:
        with writing() as session:
            authoring.edit_assessment(
                session,
                actor(),
                assessment_id,
                rules,
                clock.utc_now(),
                based_on=int(based_on) if based_on.isdecimal() and len(based_on) < 10 else None,
            )
    except RulesRefused as refused:
        return _form(rules, view, _told(refused)), 422
    except Conflict as conflict:
        return _form(rules, view, {"": message_for(conflict)}), 409
    flash(_("Saved. Candidates who have already begun keep the rules they began with."), "good")
    return redirect(url_for("employer.assessment", assessment_id=assessment_id), 303)


@needs(Action.ASSESSMENT_WRITE)
def close(assessment_id: str) -> ResponseReturnValue:
    """Nobody begins any more."""
    with writing() as session:
        authoring.close_assessment(session, actor(), assessment_id, clock.utc_now())
    flash(_("Closed. Nobody can begin any more; candidates who are working go on to their end."), "good")
    return redirect(url_for("employer.assessment", assessment_id=assessment_id), 303)


@needs(Action.ASSESSMENT_WRITE)
def reopen(assessment_id: str) -> ResponseReturnValue:
    """Candidates can begin again."""
    with writing() as session:
        authoring.reopen_assessment(session, actor(), assessment_id, clock.utc_now())
    flash(_("Open again."), "good")
    return redirect(url_for("employer.assessment", assessment_id=assessment_id), 303)


@needs(Action.ASSESSMENT_WRITE)
def open_link(assessment_id: str) -> ResponseReturnValue:
    """Switch the open link on or off, or give it another address."""
    wish, now = request.form.get("link", ""), clock.utc_now()
    if wish not in ("on", "off", "renew"):
        raise BadInput(_("Say whether the link is to be on, off or renewed."), field="link")
    with writing() as session:
        if wish == "renew":
            authoring.renew_open_link(session, actor(), assessment_id, now)
        else:
            authoring.set_open_link(session, actor(), assessment_id, wish == "on", now)
    said = {"on": _("The open link is on."), "off": _("The open link is off."), "renew": _("The link has a new address.")}
    flash(said[wish], "good")
    return redirect(url_for("employer.assessment", assessment_id=assessment_id), 303)


def _own(assessment_id: str) -> authoring.AssessmentView:
    with reading() as session:
        found = authoring.own_assessment(session, actor(), Action.ASSESSMENT_WRITE, assessment_id)
        return authoring.view_of(found)


def _told(refused: RulesRefused) -> dict[str, str]:
    return {field: _(complaint.message, **complaint.values) for field, complaint in refused.complaints.items()}


def _form(rules: Rules, view: authoring.AssessmentView | None, errors: dict[str, str]) -> str:
    here = view.organisation_id if view else organisation_id()
    with reading() as session:
        challenges = choosable_challenges(session, here, [task.version_id for task in view.tasks] if view else ())
        real = real_challenges(session, here, beside=view.id if view else None)
    wanted = forms.read_filter(request.form)
    return render_template(
        "employer/assessment_form.html",
        rules=rules,
        view=view,
        errors=errors,
        rows=forms.rows(challenges, rules, wanted, current_code(), request.form),
        wanted=wanted,
        skills=forms.skills_of(challenges),
        difficulties=forms.difficulties_of(challenges),
        practice_options=forms.practice_options(challenges, real, current_code()),
        languages_of_judge=offered().values(),
    )
