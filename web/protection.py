"""What guards every request: CSRF token, origin check, rate limits, Content-Security-Policy and the fixed headers."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import cast

import structlog
from flask import Flask, Response, g, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect

from assessor.clock import utc_now
from assessor.errors import BadInput, NotAllowed
from web import limit_storage

csrf = CSRFProtect()
assert limit_storage.GuardedStorage.STORAGE_SCHEME  # known to the library by being imported
limiter = Limiter(get_remote_address)

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# Packages are uploaded under these paths, up to the application's own limit; elsewhere a body is a form or a source.
UPLOADS = ("/author/",)
MAX_PLAIN_BYTES = 1024 * 1024
HEADERS = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


def install(app: Flask) -> None:
    """Guard the application."""
    app.before_request(begin_request)
    csrf.init_app(app)
    app.after_request(keep_retry_after)  # runs after the limiter's own, which would make it at least its window
    limiter.init_app(app)
    app.before_request(check_origin)
    app.before_request(check_characters)
    app.after_request(add_headers)
    app.jinja_env.globals["csp_nonce"] = csp_nonce


def csp_nonce() -> str:
    """The nonce of this request, for a `<script>` or `<style>` element or for the editor's style sheets."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def begin_request() -> None:
    """Name the request, so that every log line of it can be found, note when it began, and bound its size."""
    g.request_id = secrets.token_hex(6)
    g.began_at = utc_now()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)
    if not request.path.startswith(UPLOADS):
        request.max_content_length = MAX_PLAIN_BYTES


def began_at() -> datetime:
    """When the request began to arrive. What is sent in time over a slow line is in time."""
    return cast(datetime, g.began_at)


def check_characters() -> None:
    """NUL is in nothing that people type, and one of the databases cannot hold it."""
    given = [request.path, *request.args.values(), *request.form.values()]
    if any("\0" in text for text in given):
        raise BadInput("We could not understand that request. Go back and try again.", code="not_text")


def check_origin() -> None:
    """A second lock beside the CSRF token: browsers say where a request comes from, and another site may not write here."""
    site = request.headers.get("Sec-Fetch-Site")
    if request.method not in SAFE_METHODS and site not in (None, "same-origin", "none"):
        raise NotAllowed("This request came from another site. Open our page and try again.", code="cross_site")


def keep_retry_after(response: Response) -> Response:
    """When to come back is what the error said, not when the address's count of requests begins anew."""
    if "retry_after_s" in g:
        response.headers["Retry-After"] = str(g.retry_after_s)
    return response


def add_headers(response: Response) -> Response:
    """The security headers; a view may tighten but not loosen them."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", content_security_policy())
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response


def content_security_policy() -> str:
    """Everything from ourselves, nothing inline but what carries the nonce."""
    nonce = f"'nonce-{csp_nonce()}'"
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {nonce}",
            f"style-src 'self' {nonce}",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "object-src 'none'",
        )
    )
