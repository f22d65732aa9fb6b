"""What the templates of authors and administrators may use beside the shell's own."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError

from assessor.catalogue.models import VersionState
from assessor.catalogue.skills import skill_name, skill_names
from assessor.catalogue.statements import name_in
from web.author.matrix import group_title
from web.author.words import STATES, Word, difficulty_word, language_names


def state_word(state: VersionState) -> Word:
    """A version's state as a word with its chip."""
    return STATES[state]


def locale_name(code: str) -> str:
    """A language by its own name; the code when it is not a known one."""
    locale = _locale(code)
    name = (locale.get_display_name(locale) or code) if locale else code
    return name[:1].upper() + name[1:]


def direction_of(code: str) -> str:
    """`rtl` or `ltr`, for a text in that language whatever the page's own is."""
    locale = _locale(code)
    return "rtl" if locale and locale.text_direction == "rtl" else "ltr"


def template_values() -> dict[str, object]:
    """For a blueprint's context processor."""
    return {
        "name_in": name_in,
        "state_word": state_word,
        "difficulty_word": difficulty_word,
        "locale_name": locale_name,
        "direction_of": direction_of,
        "group_title": group_title,
        "language_names": language_names(),
        "skill_name": skill_name,
        "skill_names": skill_names,
    }


def _locale(code: str) -> Locale | None:
    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
