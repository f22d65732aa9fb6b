"""No message is missing, superfluous or out of date in any catalogue, and none breaks when it is filled in."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from web.languages import TRANSLATED, Language

ROOT = Path(__file__).parents[2]
EVERY_LANGUAGE = pytest.mark.parametrize("language", TRANSLATED, ids=lambda language: language.code)


def test_the_catalogues_are_what_the_sources_give() -> None:
    done = subprocess.run([ROOT / "scripts" / "translations", "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@EVERY_LANGUAGE
def test_every_message_is_translated_and_none_is_a_guess(language: Language) -> None:
    for message in messages_of(language):
        assert all(text.strip() for text in strings_of(message)), message.id
        assert not message.fuzzy, message.id
        assert len(strings_of(message)) == (1 if isinstance(message.id, str) else language.plural[0]), message.id


@EVERY_LANGUAGE
def test_no_sentence_was_left_in_english(language: Language) -> None:
    left = [message.id for message in messages_of(language) if isinstance(message.id, str) and message.string == message.id]
    assert [text for text in left if len(re.findall(r"[A-Za-z]{2,}", without_places(text))) > 2] == []


@EVERY_LANGUAGE
def test_every_place_is_one_of_the_message(language: Language) -> None:
    for message in messages_of(language):
        known = {place for one in ids_of(message) for place in places(one)}
        for text in strings_of(message):
            assert set(places(text)) <= known, message.id
            if isinstance(message.id, str):
                assert sorted(places(text)) == sorted(places(message.id)), message.id
        assert set(places(strings_of(message)[-1])) == set(places(ids_of(message)[-1])), message.id


@EVERY_LANGUAGE
def test_markup_and_commands_stay_as_they_are(language: Language) -> None:
    for message in messages_of(language):
        for text in strings_of(message):
            assert markup(text) == markup(ids_of(message)[-1]), message.id


@EVERY_LANGUAGE
def test_the_catalogue_says_whether_a_native_speaker_has_read_it(language: Language) -> None:
    header = path_of(language).read_text().split("msgid", 1)[0]
    assert ("It has been reviewed" if language.reviewed else "It has not yet been reviewed") in header


def path_of(language: Language) -> Path:
    return ROOT / "web" / "translations" / language.catalogue / "LC_MESSAGES" / "messages.po"


def catalogue_of(language: Language) -> Catalog:
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language.catalogue)


def messages_of(language: Language) -> list[Message]:
    found = [message for message in catalogue_of(language) if message.id]
    assert found
    return found


def ids_of(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def strings_of(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def places(text: str) -> list[str]:
    """`%(name)s` of Python and `{name}` of the scripts."""
    return re.findall(r"%\(\w+\)[sd]|\{\w+\}", text)


def without_places(text: str) -> str:
    return re.sub(r"%\(\w+\)[sd]|\{\w+\}", "", text)


def markup(text: str) -> list[str]:
    """Tags, entities, percent signs, and the words a program understands."""
    return sorted(re.findall(r"</?\w[^>]*>|&\w+;|%%|assessor (?:up|worker|doctor)|two-trains|2025-09|\blegacy\b", text))
