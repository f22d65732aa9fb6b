"""The interface's language: who decides it, in which direction it runs, and the helpers templates use."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote, urlencode

import flask_babel
from babel import Locale
from babel import dates as babel_dates
from flask import Flask, Response, current_app, g, request
from flask_babel import LazyString as LazyString  # the one module that knows which library translates

TRANSLATIONS = Path(__file__).parent / "translations"
# Each by its own name, for the language switch.
LANGUAGES = {"en": "English", "sv": "Svenska", "ar": "العربية"}
COOKIE = "lang"
THEMES = ("light", "dark")
# The day before the month's name and a clock of 24 hours are read alike everywhere; the browser's script writes the same.
MOMENTS = {"datetime": "d MMM y{comma} HH:mm", "date": "d MMM y", "time": "HH:mm:ss"}

babel = flask_babel.Babel()


def install(app: Flask) -> None:
    """Give the application its translations and the templates their helpers."""
    babel.init_app(app, locale_selector=choose_locale)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.after_request(remember_choice)
    app.context_processor(template_values)


def gettext(message: str, **values: object) -> str:
    """The message in the language in force, with `%(name)s` filled in. Import it as `_`."""
    return str(flask_babel.gettext(message, **values))


def ngettext(singular: str, plural: str, number: int, **values: object) -> str:
    """The right plural form; `%(num)s` is the number."""
    return str(flask_babel.ngettext(singular, plural, number, **values))


def lazy_gettext(message: str, **values: object) -> LazyString:
    """For tables at module level: translated when it is shown. Import it as `_l`."""
    return flask_babel.lazy_gettext(message, **values)


def choose_locale() -> str:
    """An explicit choice first, then the account's or attempt's language, then the browser's wish."""
    for wanted in (request.args.get("lang"), request.cookies.get(COOKIE), g.get("locale_hint")):
        if wanted in LANGUAGES:
            return str(wanted)
    return request.accept_languages.best_match(list(LANGUAGES), "en") or "en"


def hint_locale(code: str | None) -> None:
    """Say which language the account or attempt of this request has; it counts where nobody has chosen another."""
    if code is not None and code != g.get("locale_hint"):
        g.locale_hint = code.split("-")[0]
        flask_babel.refresh()


def current_locale() -> Locale:
    """The locale in force; English outside a request."""
    return flask_babel.get_locale() or Locale("en")


def remember_choice(response: Response) -> Response:
    """Keep an explicit choice of language for a year."""
    if (chosen := request.args.get("lang")) in LANGUAGES:
        secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
        response.set_cookie(COOKIE, str(chosen), max_age=timedelta(days=365), samesite="Lax", secure=secure)
    return response


def template_values() -> dict[str, object]:
    """What every template may use."""
    locale = current_locale()
    theme = request.cookies.get("theme")
    return {
        "lang": locale.language,
        "dir": "rtl" if locale.text_direction == "rtl" else "ltr",
        "theme": theme if theme in THEMES else None,
        "languages": LANGUAGES,
        "language_url": language_url,
        "moment_text": moment_text,
        "format_timedelta": flask_babel.format_timedelta,
        "format_number": lambda value: flask_babel.format_decimal(value, format="#,##0.##"),
    }


def moment_text(at: datetime, kind: str = "datetime") -> str:
    """A moment in UTC, and said to be so where it has a time of day. `kind` is one of MOMENTS."""
    locale = current_locale()
    pattern = MOMENTS[kind].format(comma="،" if locale.language == "ar" else ",")
    words = babel_dates.format_datetime(at.astimezone(UTC), pattern, tzinfo=UTC, locale=locale)
    return words if kind == "date" else f"{words} UTC"


def language_url(code: str) -> str:
    """This page in another language."""
    asked = request.args.items(multi=True) if request.method in ("GET", "HEAD") else ()
    path = quote("/" + (request.root_path + request.path).lstrip("/"))  # two slashes would lead to another site
    return f"{path}?{urlencode([*(pair for pair in asked if pair[0] != 'lang'), ('lang', code)])}"
