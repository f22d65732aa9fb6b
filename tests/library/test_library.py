"""Every challenge we ship: whole, in every language of the interface, without a finding, and its examples earn what they must."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

import challenges
from assessor.catalogue.importing import LIBRARY, library_folders
from assessor.catalogue.summaries import summarise
from assessor.judging.verifying import verify
from challenges.checking import check_all
from challenges.package import open_package
from challenges.problem import Problem
from sandbox.containers import DockerSandbox
from web.languages import LANGUAGES

LOCALES = set(LANGUAGES)
LETTERS_OF = {"Latn": "[a-zà-ž]", "Cyrl": "[а-яєіїґ]", "Arab": "[\u0620-\u06d3\u06d5]", "Ethi": "[\u1200-\u137c]"}
FOLDERS = list(library_folders())
each_challenge = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def read(folder: Path) -> Problem:
    problem, findings = check_all(open_package(folder))
    assert [str(finding) for finding in findings] == []
    assert problem is not None
    return problem


def skeleton(source: str) -> list[str]:
    """How each line that is a heading, a point or a row of a table begins."""
    return re.findall(r"^(?:#+ |- |\d+\. |\|)", source, flags=re.M)


def code_taken_out(source: str) -> str:
    return re.sub(r"```.*?```|`[^`]*`|\$[^$]*\$", "", source, flags=re.S)


def test_there_are_at_least_twelve_from_first_program_to_senior() -> None:
    difficulties = {read(folder).extras.difficulty for folder in FOLDERS}
    assert len(FOLDERS) >= 12
    assert {"first-program", "beginner", "intermediate", "advanced", "senior"} <= difficulties
    assert LIBRARY.is_dir()


@each_challenge
def test_it_speaks_every_language_of_the_interface_in_plain_words(folder: Path) -> None:
    problem = read(folder)
    assert set(problem.names) == LOCALES
    assert {statement.locale for statement in problem.statements} == LOCALES
    assert set(problem.extras.translations) == LOCALES
    for statement in problem.statements:
        story = re.split(r"^## ", statement.source, maxsplit=1, flags=re.M)[0]
        assert len(story.split()) <= 120, statement.locale


@each_challenge
def test_its_statements_are_built_alike_and_written_in_their_scripts(folder: Path) -> None:
    problem = read(folder)
    english = next(statement for statement in problem.statements if statement.locale == "en")
    for statement in problem.statements:
        assert skeleton(statement.source) == skeleton(english.source), statement.locale
        assert not re.search("[٠-٩۰-۹]", statement.source), statement.locale
        letters = re.findall(LETTERS_OF[LANGUAGES[statement.locale].script], code_taken_out(statement.source))
        assert len(letters) > 300, statement.locale


@each_challenge
def test_its_hidden_groups_are_named_hinted_and_worth_a_hundred(folder: Path) -> None:
    problem = read(folder)
    secret = next(group for group in problem.root.groups if group.name == "secret")
    assert len(secret.groups) >= 2
    assert problem.max_score == 100
    for group in secret.groups:
        words = problem.extras.hints[group.name]
        assert set(words.title) == set(words.hint) == LOCALES, group.name
    assert problem.samples


@each_challenge
def test_its_samples_are_described_in_every_language_or_in_none(folder: Path) -> None:
    for sample in summarise(read(folder), ())["samples"]:
        assert set(sample["descriptions"]) in (set(), LOCALES), sample["name"]
        for locale, text in sample["descriptions"].items():
            assert re.search(LETTERS_OF[LANGUAGES[locale].script], text), locale
            assert not re.search("[٠-٩۰-۹]", text), locale


@each_challenge
def test_its_skills_are_known(folder: Path) -> None:
    with (Path(challenges.__file__).parent / "skills.csv").open(encoding="utf-8") as table:
        known = {row["skill"] for row in csv.DictReader(table)}
    skills = read(folder).extras.skills
    assert skills
    assert set(skills) <= known


@each_challenge
def test_it_has_solutions_in_three_languages_and_two_that_must_fail(folder: Path) -> None:
    problem = read(folder)
    accepted = {Path(s.path).suffix for s in problem.submissions if s.path.startswith("submissions/accepted/")}
    failing = [s for s in problem.submissions if not s.path.startswith("submissions/accepted/")]
    assert len(accepted) >= 3 or accepted == {".sql"}
    assert len(failing) >= 2


@pytest.mark.docker
@each_challenge
def test_its_example_submissions_earn_what_they_must(folder: Path, sandbox: DockerSandbox) -> None:
    report = verify(open_package(folder), sandbox, lambda *_: None).as_document()
    wrong = [(row["path"], row["expected"], row["verdict"]) for row in report["submissions"] if not row["ok"]]
    assert (wrong, report["findings"]) == ([], [])
    assert report["ok"]
