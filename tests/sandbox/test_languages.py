"""The table of languages: whole, and consistent with the images and the self-test."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from sandbox import images
from sandbox.languages import LANGUAGES, Language
from sandbox.probes.endings import UNLUCKY

STABLE = {"python3", "javascript", "typescript", "java", "c", "cpp", "csharp", "go", "rust", "ruby", "php", "bash", "sql"}


def test_the_ids_that_others_have_stored_are_there() -> None:
    assert set(LANGUAGES) >= STABLE


def test_every_language_is_in_the_selftest() -> None:
    assert set(UNLUCKY) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES.keys())
def test_an_entry_is_complete(language: Language) -> None:
    assert language.image in images.TIERS
    assert PurePosixPath(language.source_name).suffix in language.extensions
    assert language.compile[0].startswith("/")
    assert language.run[0].startswith("/")
    assert language.reference.endswith("\n")
    assert all("=" in variable for variable in language.environment)


def test_no_two_languages_share_a_suffix() -> None:
    suffixes = [suffix for language in LANGUAGES.values() for suffix in language.extensions]
    assert len(suffixes) == len(set(suffixes))


def test_a_tier_is_built_after_those_it_stands_on() -> None:
    assert images.with_foundations(("main",)) == ["core", "main"]
