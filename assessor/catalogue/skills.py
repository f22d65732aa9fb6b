"""The names of skills, for pages that show what a challenge asks for."""

from __future__ import annotations

from collections.abc import Iterable

from challenges.skills import skills


def skill_name(skill_id: str, locale: str) -> str:
    """A skill in the reader's language or in English; the id where the table no longer has it."""
    known = skills().get(skill_id)
    return known.name_in(locale) if known else skill_id


def skill_names(skill_ids: Iterable[str], locale: str) -> list[str]:
    """Several of them, in the order given."""
    return [skill_name(skill_id, locale) for skill_id in skill_ids]
