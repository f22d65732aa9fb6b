"""From a link to the start page: the open link, an invitation, the return key, and the Start itself."""

from __future__ import annotations

import segno
from flask import current_app, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from assessor.assessments import attempts, entering, practising, returning, sitting
from assessor.assessments.models import AttemptState
from assessor.clock import utc_now
from assessor.database import Session
from assessor.errors import Conflict, NotFound
from assessor.wording import N_
from web.candidate import extra_time
from web.candidate.passes import admit, with_pass
from web.locales import current_code, hint_locale
from web.messages import message_for
from web.transaction import reading, writing

# Where the key waits, in the signed session, until it has been shown and the clock has started.
KEY = "return_key"


def welcome() -> str:
    """The front page: what this is, and the ways in."""
    return render_template("candidate/welcome.html")


def follow_code() -> Response | tuple[str, int]:
    """From a typed code to what its link leads to."""
    typed = request.form.get("code", "")[:32]
    try:
        with reading() as db:
            token = entering.token_of_code(db, typed)
    except NotFound as error:
        return render_template("candidate/welcome.html", code=typed, error=message_for(error)), 422
    return redirect(url_for("candidate.look", kind="t", token=token), 303)


def look(kind: str, token: str) -> str:
    """What a link leads to. Looking uses nothing up."""
    with reading() as db:
        door = _door(db, kind, token)
        hint_locale(door.locale)
        rules = sitting.rules_behind(db, door, current_code())
    name = door.invitation.label if door.invitation else ""
    return render_template("candidate/door.html", rules=rules, name=name, invited=door.invitation is not None)


def enter(kind: str, token: str) -> Response:
    """Make the attempt and go to its start page."""
    with reading() as db:
        hint_locale(_door(db, kind, token).locale)
    key = returning.fresh_return_key(_secret())
    with writing() as db:
        door = _door(db, kind, token)
        entered = entering.enter(db, _secret(), door, request.form.get("name", ""), current_code(), utc_now(), key=key)
    session.permanent = True
    session[KEY] = [entered.attempt.id, entered.return_key]
    return admit(redirect(url_for("candidate.begin", attempt_id=entered.attempt.id)), entered.attempt)


def _door(db: Session, kind: str, token: str) -> entering.Door:
    if kind == "t":
        return entering.door_of_open_link(db, token)
    return entering.door_of_invitation(db, _secret(), token, utc_now())


@with_pass
def begin(attempt_id: str) -> str | Response:
    """The start page; an attempt that runs or has ended is shown where it stands."""
    with reading() as db:
        attempt = attempts.attempt_of(db, attempt_id)
        seat = sitting.sitting_of(db, attempt, current_code())
        extra = extra_time.offer_of(db, attempt)
        practice = seat.state is AttemptState.OPENED and practising.practice_challenge(db, attempt) is not None
        practised_for = practising.practised_for(db, attempt)
    if practised_for is not None and seat.state is not AttemptState.STARTED:
        return redirect(url_for("candidate.begin", attempt_id=practised_for))
    match seat.state:
        case AttemptState.OPENED:
            key = _waiting_key(attempt_id)
            given = {"rules": seat.rules, "key": key, "qr": _qr(key), "extra": extra, "practice": practice}
            return render_template("candidate/start.html", sitting=seat, **given)
        case AttemptState.STARTED if seat.is_paused(utc_now()):
            return render_template("candidate/pause.html", sitting=seat)
        case AttemptState.STARTED:
            return redirect(url_for("candidate.workspace", attempt_id=attempt_id, position=seat.rules.tasks[0].position))
        case AttemptState.SUBMITTED | AttemptState.GRADING | AttemptState.GRADED:
            return redirect(url_for("candidate.report", attempt_id=attempt_id))
        case _:
            raise Conflict(N_("This test was cancelled. Ask the person who sent it."), code="cancelled")


@with_pass
def start(attempt_id: str) -> Response:
    """Start the clock."""
    with writing() as db:
        attempts.start(db, attempt_id, utc_now())
        practising.forget(db, attempt_id)
    session.pop(KEY, None)
    return redirect(url_for("candidate.begin", attempt_id=attempt_id))


@with_pass
def renew_key(attempt_id: str) -> str | Response:
    """A new return key, shown once; other devices need it from now on."""
    with writing() as db:
        key = returning.renew_return_key(db, _secret(), attempt_id)
        attempt = attempts.attempt_of(db, attempt_id)
    page = render_template("candidate/key.html", attempt_id=attempt_id, key=key, qr=_qr(key))
    return admit(Response(page, mimetype="text/html"), attempt)


def come_back() -> str:
    """Where the return key is entered. The QR code carries it behind the `#`, which no server sees."""
    return render_template("candidate/return.html", why=request.args.get("why"), error=None)


def let_back_in() -> str | Response | tuple[str, int]:
    """From a return key to the attempt."""
    try:
        with reading() as db:
            attempt = returning.find_by_return_key(db, _secret(), request.form.get("key", "")[:64])
    except NotFound as error:
        return render_template("candidate/return.html", why=None, error=message_for(error)), 422
    return admit(redirect(url_for("candidate.begin", attempt_id=attempt.id)), attempt)


def _waiting_key(attempt_id: str) -> str | None:
    kept = session.get(KEY)
    return str(kept[1]) if kept and kept[0] == attempt_id else None


def _qr(key: str | None) -> str | None:
    """The return page's address with the key, as an SVG element."""
    if key is None:
        return None
    address = current_app.extensions["assessor_settings"].public_url or request.host_url
    url = f"{str(address).rstrip('/')}{url_for('candidate.come_back')}#{key.replace(' ', '')}"
    code = segno.make(url, error="m", micro=False)
    return str(code.svg_inline(scale=4, border=3, light="#fff", dark="#1a1c20", omitsize=True, svgclass="qr", lineclass=None))


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])
