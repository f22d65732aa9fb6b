"""Errors on their way out: one table from our errors to statuses, calm pages for people, problem details for programs.

Problem details follow RFC 9457. No traceback and no SQL leave the house.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import structlog
from flask import Flask, Response, g, jsonify, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from assessor.errors import AssessorError, BadInput, Broken, Busy, Conflict, NotAllowed, NotFound, TooMany
from assessor.outages import outage_of
from web.locales import gettext as _
from web.messages import message_for

log = structlog.get_logger(__name__)

STATUS: dict[type[AssessorError], int] = {
    BadInput: 422,
    NotFound: 404,
    NotAllowed: 403,
    Conflict: 409,
    TooMany: 429,
    Busy: 503,
    Broken: 503,
}


# A browser that has something to hand in tries again by itself; no sooner than this.
BROKEN_RETRY_S = 2


def install(app: Flask) -> None:
    """Answer every error."""
    app.register_error_handler(AssessorError, own_error)
    app.register_error_handler(CSRFError, stale_page)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, surprise)


def status_of(error: AssessorError) -> int:
    """The status of an error, by its nearest known type."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)


def own_error(error: AssessorError) -> Response:
    """One of ours: it carries the sentence for the person who caused it."""
    status = status_of(error)
    if isinstance(error, Busy):
        log.info("request_put_off", code=error.code)
    elif status >= 500:
        log.error("request_failed", code=error.code, reason=str(error))
    response = reply(status, error.code, message_for(error), field=getattr(error, "field", None))
    if isinstance(error, (TooMany, Busy)):
        g.retry_after_s = error.retry_after_s
    elif isinstance(error, Broken):
        g.retry_after_s = BROKEN_RETRY_S
    return response


def stale_page(error: CSRFError) -> Response:
    """The form's token does not fit the session."""
    return reply(400, "stale_page", _("This page was open for too long or cookies are switched off. Load it again and retry."))


def http_error(error: HTTPException) -> Response:
    """Werkzeug's own errors in our words. Redirects raised as exceptions pass as they are."""
    status = error.code or 500
    if status < 400:
        return Response(error.get_response().get_data(), status, error.get_response().headers)
    response = reply(status, HTTPStatus(status).name.lower(), detail_of(status))
    original = error.get_response()
    for name in ("Retry-After", "Allow"):
        if name in original.headers:
            response.headers[name] = original.headers[name]
    return response


def surprise(error: Exception) -> Response:
    """A full disk or a database that is away, in words; any other fault is ours: logged with its traceback, told without."""
    if (outage := outage_of(error)) is not None:
        log.error("outage", code=outage.code, path=request.path, cause=str(getattr(error, "orig", error)))
        return own_error(outage)
    rule = request.url_rule.rule if request.url_rule else None  # not the path: a link's secret is in it
    log.exception("request_crashed", rule=rule, method=request.method)
    return reply(500, "internal", detail_of(500))


def detail_of(status: int) -> str:
    """What a status means for the person and what to do now."""
    match status:
        case 404:
            return _("There is nothing at this address. Check the link you were given, or ask the person who sent it.")
        case 405:
            return _("This address cannot be used in that way. Go back and try again from the page.")
        case 413:
            return _("That is too large to send. Make it smaller and try again.")
        case 429:
            return _("That was a lot at once. Wait a minute and try again; nothing is lost.")
        case code if code < 500:
            return _("We could not understand that request. Go back and try again.")
        case _status:
            return _("Something broke on our side. Nothing you saved is lost. Try again in a minute.")


def title_of(status: int) -> str:
    """The heading of an error page."""
    match status:
        case 403:
            return _("You cannot do that here")
        case 404:
            return _("We cannot find that page")
        case 409:
            return _("That is not possible any more")
        case 422 | 400 | 413 | 405:
            return _("That did not work")
        case 429:
            return _("One moment")
        case _status:
            return _("Something broke on our side")


def wants_problem() -> bool:
    """Whether a program asks: the API, or a page's own fetch."""
    if request.path.startswith("/api/") or request.headers.get("Sec-Fetch-Dest") == "empty":
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json", "application/problem+json"], "text/html")
    return best != "text/html"


def reply(status: int, code: str, detail: str, *, field: str | None = None) -> Response:
    """The error as a page or as problem details."""
    if wants_problem():
        return problem(status, code, detail, field=field)
    page = render_template(
        "ui/failure.html", status=status, title=title_of(status), detail=detail, request_id=g.get("request_id")
    )
    return Response(page, status)


def problem(status: int, code: str, detail: str, **more: Any) -> Response:
    """RFC 9457 problem details; `code` is stable and for machines, `detail` for people."""
    body = {"type": "about:blank", "title": title_of(status), "status": status, "code": code, "detail": detail, **more}
    response = jsonify(body)
    response.status_code = status
    response.mimetype = "application/problem+json"
    return response
