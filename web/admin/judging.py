"""The queue and the workers, and what was not judged: for a person to look at and to try again."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from assessor import clock
from assessor.errors import Conflict, NotFound
from assessor.judging.leases import Priority
from assessor.judging.regrading import regradable, regrade_submission, regrade_version
from assessor.judging.retrying import not_judged, retry, retry_all
from assessor.judging.watching import watch_queue
from assessor.people.permissions import Action
from web.author.access import actor
from web.messages import message_for
from web.signin import needs
from web.transaction import reading, ring, writing


@needs(Action.QUEUE_MANAGE)
def queue() -> ResponseReturnValue:
    """The state of judging at this moment."""
    now = clock.utc_now()
    with reading() as session:
        view = watch_queue(session, actor(), now)
        failed = not_judged(session)
        graded = regradable(session, actor())
    return render_template("admin/judging.html", view=view, failed=failed, graded=graded, now=now)


@needs(Action.QUEUE_MANAGE)
def retry_one() -> ResponseReturnValue:
    """Queue one piece of work again."""
    try:
        with writing() as session:
            bell = retry(session, request.form.get("kind", ""), request.form.get("id", ""), actor(), clock.utc_now())
        ring(bell.kind, bell.row_id, bell.priority)
        flash(_("It is in the queue again."), "good")
    except Conflict as error:
        flash(message_for(error), "warn")
    return redirect(url_for("admin.judging"), 303)


@needs(Action.QUEUE_MANAGE)
def retry_everything() -> ResponseReturnValue:
    """Queue everything again that was not judged."""
    with writing() as session:
        bells = retry_all(session, actor(), clock.utc_now())
    for bell in bells:
        ring(bell.kind, bell.row_id, bell.priority)
    flash(
        ngettext("%(num)s piece of work is in the queue again.", "%(num)s pieces of work are in the queue again.", len(bells)),
        "good",
    )
    return redirect(url_for("admin.judging"), 303)


@needs(Action.QUEUE_MANAGE)
def regrade_one() -> ResponseReturnValue:
    """Judge one submission again."""
    submission_id = request.form.get("id", "").strip()
    try:
        with writing() as session:
            regrade_submission(session, submission_id, actor(), clock.utc_now())
        ring("submission", submission_id, Priority.REJUDGE)
        flash(_("It is judged again, after everything that waits."), "good")
    except (Conflict, NotFound) as error:
        flash(message_for(error), "warn")
    return redirect(url_for("admin.judging"), 303)


@needs(Action.QUEUE_MANAGE)
def regrade_all() -> ResponseReturnValue:
    """Judge every graded submission of a challenge version again."""
    version_id = request.form.get("version", "")
    try:
        with writing() as session:
            count = regrade_version(session, version_id, actor(), clock.utc_now())
        ring("submission", version_id, Priority.REJUDGE)
        words = ngettext("%(num)s submission is judged again.", "%(num)s submissions are judged again.", count)
        flash(words, "good")
    except (Conflict, NotFound) as error:
        flash(message_for(error), "warn")
    return redirect(url_for("admin.judging"), 303)
