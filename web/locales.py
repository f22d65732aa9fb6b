"""The interface's language: who decides it, in which direction it runs, and the helpers templates use."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote, urlencode

import flask_babel
from babel import Locale, UnknownLocaleError
from babel import dates as babel_dates
from flask import Flask, Response, current_app, g, request
from flask_babel import LazyString as LazyString  # the one module that knows which library translates

from assessor.locales import same_language
from web.languages import LANGUAGES, NAMES, Language, best_of, matching, of_catalogue

TRANSLATIONS = Path(__file__).parent / "translations"
COOKIE = "lang"
THEMES = ("light", "dark")
# The day before the month's name and a clock of 24 hours are read alike everywhere; the browser's script writes the same.
SCRIPT_STYLES = {"Arab": "script-arabic.css", "Ethi": "script-ethiopic.css"}
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
    """An explicit choice first, then the account's or attempt's language, then the browser's wish. Babel's name for it."""
    for wanted in (request.args.get("lang"), request.cookies.get(COOKIE), g.get("locale_hint")):
        if wanted in LANGUAGES:
            return LANGUAGES[wanted].catalogue or "en"
    return best_of(tag for tag, _quality in request.accept_languages).catalogue or "en"


def hint_locale(code: str | None) -> None:
    """Say which language the account or attempt of this request has; it counts where nobody has chosen another."""
    known = matching(code) if code else None
    if known is not None and known.code != g.get("locale_hint"):
        g.locale_hint = known.code
        flask_babel.refresh()


def current_locale() -> Locale:
    """Babel's locale in force; English outside a request."""
    return flask_babel.get_locale() or Locale("en")


def current_language() -> Language:
    """The interface's language in force."""
    return of_catalogue(str(current_locale()))


def current_code() -> str:
    """Its tag, such as `fa-AF`: what texts of challenges and rows of the database are asked for."""
    return current_language().code


def understood() -> tuple[str, ...]:
    """What else the reader says to understand: the tags the browser asks for, best first."""
    return tuple(tag.replace("_", "-") for tag, _quality in request.accept_languages if tag != "*")[:8]


def remember_choice(response: Response) -> Response:
    """Keep an explicit choice of language for a year."""
    if (chosen := request.args.get("lang")) in LANGUAGES:
        secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
        response.set_cookie(COOKIE, str(chosen), max_age=timedelta(days=365), samesite="Lax", secure=secure)
    return response


def template_values() -> dict[str, object]:
    """What every template may use."""
    language = current_language()
    theme = request.cookies.get("theme")
    return {
        "lang": language.code,
        "dir": language.direction,
        "interface": language,
        "months": "|".join(months()),
        "theme": theme if theme in THEMES else None,
        "languages": NAMES,
        "language_table": LANGUAGES,
        "language_url": language_url,
        "language_name": language_name,
        "direction_of": direction_of,
        "script_styles": script_styles,
        "reads_as_own": same_language,
        "moment_text": moment_text,
        "format_timedelta": flask_babel.format_timedelta,
        "format_number": lambda value: flask_babel.format_decimal(value, format="#,##0.##"),
    }


def months() -> list[str]:
    """The short names of the months. Browsers know fewer languages than we have, so their script gets the names from here."""
    names = current_locale().months["format"]["abbreviated"]
    return [str(names[number]) for number in range(1, 13)]


def language_name(tag: str) -> str:
    """A locale's own name: the interface's, else Babel's, else the tag."""
    if known := matching(tag):
        return known.name
    locale = _parsed(tag)
    name = (locale.get_display_name() if locale else None) or tag
    return name[:1].upper() + name[1:]


def direction_of(tag: str) -> str:
    """`rtl` or `ltr`, for a text in any locale. Babel does not know every tag a package may have, `prs` for one."""
    if known := matching(tag):
        return known.direction
    locale = _parsed(tag)
    return "rtl" if locale and locale.text_direction == "rtl" else "ltr"


def script_styles(*tags: str) -> list[str]:
    """The stylesheets that bring the letters of these locales, where they are not in every machine's fonts."""
    scripts = {known.script for tag in tags if (known := matching(tag))}
    return [style for script, style in SCRIPT_STYLES.items() if script in scripts]


def _parsed(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def moment_text(at: datetime, kind: str = "datetime") -> str:
    """A moment in UTC, and said to be so where it has a time of day. `kind` is one of MOMENTS."""
    pattern = MOMENTS[kind].format(comma=current_language().comma)
    words = babel_dates.format_datetime(at.astimezone(UTC), pattern, tzinfo=UTC, locale=current_locale())
    return words if kind == "date" else f"{words} UTC"


def language_url(code: str) -> str:
    """This page in another language."""
    asked = request.args.items(multi=True) if request.method in ("GET", "HEAD") else ()
    path = quote("/" + (request.root_path + request.path).lstrip("/"))  # two slashes would lead to another site
    return f"{path}?{urlencode([*(pair for pair in asked if pair[0] != 'lang'), ('lang', code)])}"
