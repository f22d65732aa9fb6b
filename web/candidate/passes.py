"""The pass: a signed cookie, one for each attempt and sent to its own addresses only, that lets a browser take the test.

While the test runs it holds whatever happens: nobody is signed out in the middle of their work. Once the test has ended, an hour
of silence ends the pass, unless the candidate has said that this browser may keep it: the next person at a shared computer finds
the return page. The return key leads back.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import ParamSpec, TypeVar

from flask import Response, after_this_request, current_app, g, jsonify, redirect, request, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response as BaseResponse

from assessor.assessments.attempts import attempt_of
from assessor.assessments.closing import ENDED
from assessor.assessments.models import Attempt
from assessor.clock import utc_now
from assessor.database import Session
from assessor.errors import NotAllowed, NotFound
from web.failures import wants_problem
from web.locales import hint_locale
from web.transaction import reading

COOKIE = "attempt"
LIFETIME = timedelta(days=90)
SILENCE = timedelta(hours=1)
"""How long a browser may be silent after the test."""
RENEWED_EVERY = timedelta(minutes=1)

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def admit(response: BaseResponse, attempt: Attempt, *, kept: bool = False) -> BaseResponse:
    """Give the browser a pass for the attempt. It ends with the return key it was given for, and with silence."""
    response.set_cookie(
        COOKIE,
        _serializer().dumps([attempt.id, attempt.key_hash[:16], kept, int(utc_now().timestamp())]),
        max_age=LIFETIME,
        path=f"/a/{attempt.id}",
        httponly=True,
        samesite="Lax",
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
    )
    return response


def leave(response: BaseResponse, attempt_id: str) -> BaseResponse:
    """Take the pass back, and with it whatever the pages have kept in this browser."""
    response.delete_cookie(COOKIE, path=f"/a/{attempt_id}")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def with_pass(view: Callable[Given, Answer]) -> Callable[Given, Answer | BaseResponse]:
    """Lets only browsers with a pass for `attempt_id` in; the others are led to the return page. Sets the attempt's language."""

    @functools.wraps(view)
    def guarded(*args: Given.args, **kwargs: Given.kwargs) -> Answer | BaseResponse:
        attempt_id = str(kwargs["attempt_id"])
        with reading() as session:
            attempt = holds_pass(session, attempt_id, request.cookies.get(COOKIE))
        if attempt is None:
            return _shown_the_door()
        g.pass_silence_s = int((SILENCE - RENEWED_EVERY).total_seconds())
        looked_at = request.method == "GET" and not wants_problem()  # what a page asks for by itself is no sign of life
        g.pass_ends_in_silence = attempt.state in ENDED and not g.pass_kept
        if g.pass_ends_in_silence and looked_at and utc_now() - g.pass_given_at > RENEWED_EVERY:
            after_this_request(functools.partial(_renewed, attempt=attempt))
        hint_locale(attempt.locale)
        g.attempt_id = attempt_id
        return view(*args, **kwargs)

    return guarded


def holds_pass(session: Session, attempt_id: str, cookie: str | None) -> Attempt | None:
    """The attempt when the cookie is a pass for it."""
    try:
        held = _serializer().loads(cookie or "", max_age=int(LIFETIME.total_seconds()))
        named, key, kept, given_at = (*held, True, 0)[:4]  # a pass of an earlier release is kept
        given_at = datetime.fromtimestamp(given_at, UTC)
        attempt = attempt_of(session, attempt_id)
    except (BadSignature, ValueError, TypeError, NotFound):
        return None
    if named != attempt_id or not attempt.key_hash.startswith(str(key)) or (not kept and _was_silent(attempt, given_at)):
        return None
    g.pass_kept, g.pass_given_at = kept, given_at
    return attempt


@with_pass
def keep(attempt_id: str) -> Response:
    """This browser may keep its pass after the test: it is the candidate's own, or somebody sits before it."""
    with reading() as session:
        attempt = attempt_of(session, attempt_id)
    return admit(jsonify(kept=True), attempt, kept=True)  # type: ignore[return-value]


@with_pass
def let_go(attempt_id: str) -> Response:
    """The page says that nobody has been there for long: take the pass back, unless it is kept or the test goes on again."""
    response = jsonify(kept=not g.pass_ends_in_silence)
    if g.pass_ends_in_silence:
        response.delete_cookie(COOKIE, path=f"/a/{attempt_id}")
    return response


def _was_silent(attempt: Attempt, given_at: datetime) -> bool:
    if attempt.state not in ENDED or attempt.submitted_at is None:
        return False
    return utc_now() - max(given_at, attempt.submitted_at) > SILENCE


def _renewed(response: BaseResponse, attempt: Attempt) -> BaseResponse:
    """The silence begins anew, unless the answer has given or taken a pass itself."""
    own = any(header.startswith(f"{COOKIE}=") for header in response.headers.getlist("Set-Cookie"))
    return response if own else admit(response, attempt)


def _shown_the_door() -> Response | BaseResponse:
    if wants_problem() or request.method != "GET":
        raise NotAllowed("This device has no access to the test any more. Enter your return key to go on.", code="no_pass")
    return redirect(url_for("candidate.come_back", why="no_pass"))


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.config["SECRET_KEY"]), salt="assessor.attempt-pass")
