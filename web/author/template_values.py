"""What the templates of authors and administrators may use beside the shell's own."""

from __future__ import annotations

from assessor.catalogue.models import VersionState
from assessor.catalogue.skills import skill_name, skill_names
from assessor.catalogue.statements import name_in
from web.author.matrix import group_title
from web.author.words import STATES, Word, difficulty_word, language_names


def state_word(state: VersionState) -> Word:
    """A version's state as a word with its chip."""
    return STATES[state]


def template_values() -> dict[str, object]:
    """For a blueprint's context processor."""
    return {
        "name_in": name_in,
        "state_word": state_word,
        "difficulty_word": difficulty_word,
        "group_title": group_title,
        "language_names": language_names(),
        "skill_name": skill_name,
        "skill_names": skill_names,
    }
