"""The pass: a signed cookie, one for each attempt and sent to its own addresses only, that lets a browser take the test."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import timedelta
from typing import ParamSpec, TypeVar

from flask import Response, current_app, g, redirect, request, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response as BaseResponse

from assessor.assessments.attempts import attempt_of
from assessor.assessments.models import Attempt
from assessor.database import Session
from assessor.errors import NotAllowed, NotFound
from web.failures import wants_problem
from web.locales import hint_locale
from web.transaction import reading

COOKIE = "attempt"
LIFETIME = timedelta(days=90)

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def admit(response: BaseResponse, attempt: Attempt) -> BaseResponse:
    """Give the browser a pass for the attempt. It ends with the return key it was given for."""
    response.set_cookie(
        COOKIE,
        _serializer().dumps([attempt.id, attempt.key_hash[:16]]),
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
            attempt = _admitted(session, attempt_id)
        if attempt is None:
            return _shown_the_door()
        hint_locale(attempt.locale)
        g.attempt_id = attempt_id
        return view(*args, **kwargs)

    return guarded


def holds_pass(session: Session, attempt_id: str, cookie: str | None) -> Attempt | None:
    """The attempt when the cookie is a pass for it."""
    try:
        named, key = _serializer().loads(cookie or "", max_age=int(LIFETIME.total_seconds()))
        attempt = attempt_of(session, attempt_id)
    except (BadSignature, ValueError, TypeError, NotFound):
        return None
    return attempt if named == attempt_id and attempt.key_hash.startswith(str(key)) else None


def _admitted(session: Session, attempt_id: str) -> Attempt | None:
    return holds_pass(session, attempt_id, request.cookies.get(COOKIE))


def _shown_the_door() -> Response | BaseResponse:
    if wants_problem() or request.method != "GET":
        raise NotAllowed("This device has no access to the test any more. Enter your return key to go on.", code="no_pass")
    return redirect(url_for("candidate.come_back", why="no_pass"))


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.config["SECRET_KEY"]), salt="assessor.attempt-pass")
