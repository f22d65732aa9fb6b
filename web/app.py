"""Puts the web application together. Everything it needs comes in as a parameter; importing this module does nothing."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from assessor.database import Database
from assessor.settings import Settings
from web import admin, author, candidate, employer, failures, health, locales, protection, signin, ui
from web.transaction import Bell

# A source is at most 128 KiB and a package upload at most 64 MiB; the views that take less say so themselves.
MAX_CONTENT_BYTES = 64 * 1024 * 1024


def create_app(settings: Settings, database: Database | None = None, queue: Bell | None = None) -> Flask:
    """The whole application, ready to serve. Without `database` and `queue` they are opened from the settings."""
    app = Flask("web", static_folder=None, template_folder=None)
    app.url_map.converters["int"] = Number
    configure(app, settings)
    app.extensions["assessor_settings"] = settings
    app.extensions["assessor_database"] = database or Database(settings.url_of_database)
    app.extensions["assessor_queue"] = queue or open_queue(settings)
    for part in (protection, locales, failures, ui, signin):
        part.install(app)
    register_blueprints(app)
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    return app


class Number(IntegerConverter):
    """`<int:…>` in an address: no larger than a column can hold, or there is nothing at the address."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=2**31 - 1)


def register_blueprints(app: Flask) -> None:
    """One blueprint for each audience."""
    app.register_blueprint(health.blueprint)
    candidate.install(app)
    app.register_blueprint(signin.blueprint)
    app.register_blueprint(employer.blueprint)
    app.register_blueprint(author.blueprint)
    app.register_blueprint(admin.blueprint)


def configure(app: Flask, settings: Settings) -> None:
    """Flask's and the extensions' configuration, derived from ours."""
    app.config.update(
        SECRET_KEY=settings.secret,
        MAX_CONTENT_LENGTH=MAX_CONTENT_BYTES,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        PERMANENT_SESSION_LIFETIME=timedelta(days=30),
        SESSION_COOKIE_NAME="assessor",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies or settings.address.startswith("https://"),
        # A candidate works for hours on one page: the token lives as long as the session.
        WTF_CSRF_TIME_LIMIT=None,
        RATELIMIT_STORAGE_URI="guarded://",
        RATELIMIT_STRATEGY="moving-window",
        RATELIMIT_HEADERS_ENABLED=True,
        BABEL_DEFAULT_LOCALE="en",
        BABEL_TRANSLATION_DIRECTORIES=str(locales.TRANSLATIONS),
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def open_queue(settings: Settings) -> Bell:
    """The judging queue of the settings."""
    from assessor.judging.queue import JudgingQueue

    return JudgingQueue(settings)
