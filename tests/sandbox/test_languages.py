"""The table of languages: whole, and consistent with the images and the self-test."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from sandbox import images
from sandbox.languages import LANGUAGES, Language
from sandbox.probes.endings import UNLUCKY
from sandbox.sources import arrange
from sandbox.spec import SourceFile

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
    suffixes = [suffix for language in LANGUAGES.values() for suffix in language.extensions if not language.variant_of]
    assert len(suffixes) == len(set(suffixes))


def test_there_are_25_languages_and_a_first_start_builds_13_of_them() -> None:
    assert len(LANGUAGES) >= 25
    assert {id for id, language in LANGUAGES.items() if language.image in images.USUAL} == STABLE


@pytest.mark.parametrize("language", [x for x in LANGUAGES.values() if x.variant_of], ids=lambda language: language.id)
def test_a_variant_reads_the_files_of_its_language(language: Language) -> None:
    assert language.variant_of is not None
    assert language.extensions == LANGUAGES[language.variant_of].extensions


@pytest.mark.parametrize(
    ("language", "text", "path", "runs"),
    [
        ("scala", "object Helper\nobject Sums { def main(a: Array[String]) = println(1) }\n", "Sums.scala", "Sums"),
        ("scala", "package a.b\nobject Sums extends App { println(1) }\n", "Sums.scala", "a.b.Sums"),
        ("scala", "println(1)\n", "solution.scala", "solution"),
        ("erlang", "-module(sums).\n-export([main/0]).\nmain() -> ok.\n", "sums.erl", "sums"),
    ],
)
def test_a_file_is_called_as_it_declares(language: str, text: str, path: str, runs: str) -> None:
    known = LANGUAGES[language]
    program = arrange(known, (SourceFile(f"solution{known.extensions[0]}", text.encode()),))
    assert (program.entry, program.name) == (path, runs)


def test_a_tier_is_built_after_those_it_stands_on() -> None:
    assert images.with_foundations(("main",)) == ["core", "main"]
