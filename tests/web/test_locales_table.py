"""The table of languages: which wishes it answers, what a page says of its own language, and what stands for what is missing."""

from __future__ import annotations

import re

import pytest
from babel import Locale

from assessor.locales import pick, readable, same_language
from web.languages import LANGUAGES, TABLE, TRANSLATED, best_of, matching, of_catalogue
from web.locales import direction_of, language_name


def test_the_eleven_are_there_each_by_its_own_name() -> None:
    assert set(LANGUAGES) == {"ar", "fa-AF", "fa", "ps", "ckb", "kmr", "ti", "so", "uk", "en", "sv"}
    assert len({language.name for language in TABLE}) == len(TABLE)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("prs", "fa-AF"), ("fa-AF", "fa-AF"), ("fa_af", "fa-AF"), ("fa-AF-u-nu-latn", "fa-AF"), ("fa", "fa"), ("fa-IR", "fa"),
        ("ku", "kmr"), ("ku-TR", "kmr"), ("ku-Latn", "kmr"), ("ku-Latn-TR", "kmr"), ("kmr", "kmr"), ("ckb", "ckb"),
        ("ckb-IQ", "ckb"), ("ku-Arab", "ckb"), ("ku-Arab-IQ", "ckb"), ("ku-IQ", "ckb"), ("ti-ER", "ti"), ("ti-ET", "ti"),
        ("ps-AF", "ps"), ("so-SO", "so"), ("uk-UA", "uk"), ("sv-FI", "sv"), ("ar-SY", "ar"), ("en-GB", "en"),
    ],
)  # fmt: skip
def test_a_browsers_wish_is_understood(asked: str, code: str) -> None:
    found = matching(asked)
    assert found is not None
    assert found.code == code


def test_the_first_wish_we_have_wins_and_english_where_there_is_none() -> None:
    assert best_of(["fi", "de-DE", "ti-ER", "en"]).code == "ti"
    assert best_of(["fi", "de"]).code == "en"
    assert matching("") is None


def test_babel_knows_every_catalogue_and_its_direction() -> None:
    for language in TRANSLATED:
        locale = Locale.parse(language.catalogue)
        assert of_catalogue(str(locale)) is language
        assert locale.text_direction == language.direction
        assert len(locale.months["format"]["abbreviated"]) == 12


def test_readers_get_the_text_they_read_most_easily() -> None:
    assert readable("fa-AF", ["sv-SE"]) == ("fa-AF", "prs", "fa", "sv-SE", "sv", "en")
    assert pick({"en": 1, "fa": 2}, "fa-AF") == 2
    assert pick({"en": 1, "sv": 2}, "ti", ["sv-SE"]) == 2
    assert pick({"de": 3, "en": 1}, "ti") == 1
    assert pick({"de": 3}, "ti") == 3
    assert pick({}, "ti") is None
    assert same_language("fa", "fa-AF")
    assert same_language("pt-BR", "pt")
    assert not same_language("ckb", "kmr")


@pytest.mark.parametrize(
    ("tag", "name", "direction"),
    [
        ("prs", "دری", "rtl"), ("fa-AF", "دری", "rtl"), ("fa-IR", "فارسی", "rtl"), ("ku-IQ", "کوردیی ناوەندی", "rtl"),
        ("ku", "Kurdî (kurmancî)", "ltr"), ("ti-ER", "ትግርኛ", "ltr"), ("he", "עברית", "rtl"),
        ("pt-BR", "Português (Brasil)", "ltr"), ("xq", "Xq", "ltr"),
    ],
)  # fmt: skip
def test_a_statement_in_any_locale_has_a_name_and_a_direction(tag: str, name: str, direction: str) -> None:
    assert (language_name(tag), direction_of(tag)) == (name, direction)


def test_plural_rules_count_as_the_table_says() -> None:
    for language in TRANSLATED:
        forms, rule = language.plural
        assert forms >= 2
        assert re.search(r"\bn\b", rule)
