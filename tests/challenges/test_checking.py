"""Whether the parts of a package fit together, and what publishing asks for beyond that."""

from __future__ import annotations

import pytest
from package_builder import PLAIN_2025, SCORING_2025, errors_of, read, warnings_of

from assessor.catalogue.summaries import summarise
from challenges.checking import findings_before_publishing
from challenges.skills import skills

EXTRAS = """\
skills: [python, algorithms]
difficulty: beginner
groups:
  secret/basic:
    title: {en: Plain numbers}
    hint: {en: Read the number first.}
starters:
  python3: |
    n = int(input())
"""


def test_whole_packages_have_no_findings() -> None:
    assert errors_of(PLAIN_2025) + warnings_of(PLAIN_2025) == []
    assert errors_of(SCORING_2025, {"assessor.yaml": EXTRAS}) + warnings_of(SCORING_2025, {"assessor.yaml": EXTRAS}) == []


def test_extras_are_read() -> None:
    extras = read(SCORING_2025, {"assessor.yaml": EXTRAS}).extras
    assert (extras.skills, extras.difficulty) == (("python", "algorithms"), "beginner")
    assert extras.hints["secret/basic"].title == {"en": "Plain numbers"}
    assert extras.hints["secret/basic"].hint == {"en": "Read the number first."}
    assert extras.starters == {"python3": "n = int(input())\n"}


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("algorithms", "sorcery", 1, "names `sorcery`"),
        ("[python, algorithms]", "python", 1, "must be a list"),
        ("[python, algorithms]", "[python, python]", 1, "twice"),
        ("beginner", "easy", 2, "must be one of first-program"),
        ("secret/basic:", "secret/basics:", 5, "which is no group; there are: sample, secret, secret/basic, secret/large"),
        ("{en: Plain numbers}", "Plain numbers", 5, "must be a map"),
        ("{en: Plain", "{English: Plain", 5, "language code"),
        ("  python3: |", "  python3: [3]\n  c: |", 8, "must be a text"),
    ],
)
def test_faults_of_extras_are_named(old: str, new: str, line: int, reason: str) -> None:
    found = errors_of(SCORING_2025, {"assessor.yaml": EXTRAS.replace(old, new)})
    assert any(error.startswith(f"assessor.yaml:{line}:") and reason in error for error in found), found


SAMPLE = 'samples:\n  "1":\n    description: {sv: "Två tal, 80 000 högst."}\n'
TWO_LANGUAGES = {
    "problem.yaml": "problem_format_version: 2025-09\nname: {en: Two, sv: Två}\nuuid: 6c1f2a52-91d5-4c6c-9d6d-1f0a8a3d4a11\n",
    "statement/problem.en.md": "Add.\n",
    "statement/problem.sv.md": "Addera.\n",
    "data/sample/1.desc": "Two numbers.\n",
}


def test_a_sample_is_described_in_several_languages() -> None:
    changes = {**TWO_LANGUAGES, "assessor.yaml": SAMPLE}
    problem = read(PLAIN_2025, changes)
    assert problem.original_locale == "en"
    assert problem.extras.descriptions == {"1": {"sv": "Två tal, 80\u00a0000 högst."}}
    assert summarise(problem, ())["samples"][0]["descriptions"] == {"en": "Two numbers.", "sv": "Två tal, 80\u00a0000 högst."}
    assert errors_of(PLAIN_2025, changes) + warnings_of(PLAIN_2025, changes) == []


@pytest.mark.parametrize(
    ("extras", "line", "reason"),
    [
        (SAMPLE.replace('"1"', '"9"'), 3, "which is no sample; there are: 1"),
        (SAMPLE.replace("sv:", "en:"), 3, "as data/sample/1.desc is; keep one"),
        (SAMPLE.replace("sv:", "en:"), 3, "`samples.1.description` is not given in sv"),
        ("translations: {en: original, sv: unreviewed}\n", None, "`samples.1.description` is not given in sv"),
        (SAMPLE.replace("description", "title"), 3, "title"),
    ],
)
def test_faults_of_descriptions_are_named(extras: str, line: int | None, reason: str) -> None:
    changes = {**TWO_LANGUAGES, "assessor.yaml": extras}
    found = errors_of(PLAIN_2025, changes) + warnings_of(PLAIN_2025, changes)
    place = "assessor.yaml:" if line is None else f"assessor.yaml:{line}:"
    assert any(one.startswith(place) and reason in one for one in found), found


def test_numbers_in_hints_do_not_break() -> None:
    changes = {"assessor.yaml": EXTRAS.replace("{en: Read the number first.}", "{en: Try 80 000 numbers., ar: جرّب 80 000}")}
    assert read(SCORING_2025, changes).extras.hints["secret/basic"].hint["ar"] == "جرّب 80\u00a0000"


def test_a_hint_that_lacks_a_language_of_the_statements_is_a_warning() -> None:
    changes = {
        "assessor.yaml": EXTRAS,
        "statement/problem.sv.md": "Skriv dubbla talet.\n",
        "problem.yaml": SCORING_2025["problem.yaml"] + "  sv: Dubbla\n",
    }
    found = warnings_of(SCORING_2025, changes)
    assert len([warning for warning in found if "is not given in sv" in warning]) == 2


def test_unknown_extras_are_warnings() -> None:
    found = warnings_of(SCORING_2025, {"assessor.yaml": EXTRAS + "hints: {}\n"})
    assert found[0].startswith("assessor.yaml:10: `hints` is not a key")


def test_a_package_without_secret_tests_or_statement_is_an_error() -> None:
    found = errors_of(PLAIN_2025, {"data/secret/1.in": None, "data/secret/1.ans": None, "statement/problem.en.md": None})
    assert [error.partition(":")[0] for error in found] == ["data/secret", "statement"]


def test_an_empty_statement_is_an_error() -> None:
    assert errors_of(PLAIN_2025, {"statement/problem.en.md": " \n"})[0].startswith(
        "statement/problem.en.md:None: the statement is empty"
    )


def test_missing_submissions_are_a_warning_but_stop_publishing() -> None:
    changes = {"submissions/accepted/double.py": None}
    assert errors_of(PLAIN_2025, changes) == []
    assert warnings_of(PLAIN_2025, changes)[0].startswith("submissions:None: there is no example submission")
    (finding,) = findings_before_publishing(read(PLAIN_2025, changes))
    assert finding.path == "submissions/accepted"
    assert findings_before_publishing(read(PLAIN_2025)) == []


def test_only_wrong_submissions_stop_publishing_too() -> None:
    changes = {"submissions/accepted/double.py": None, "submissions/wrong_answer/double.py": "print(1)\n"}
    assert any("must be accepted; publishing needs one" in warning for warning in warnings_of(PLAIN_2025, changes))
    assert len(findings_before_publishing(read(PLAIN_2025, changes))) == 1


@pytest.mark.parametrize("path", ["output_validator/build", "static_validator/run"])
def test_what_cannot_be_judged_stops_publishing_with_the_reason(path: str) -> None:
    changes = {path: "x"}
    assert any("not supported yet" in warning for warning in warnings_of(PLAIN_2025, changes))
    (finding,) = findings_before_publishing(read(PLAIN_2025, changes))
    assert "cannot be judged here yet" in finding.message


def test_an_empty_submission_is_an_error() -> None:
    assert errors_of(PLAIN_2025, {"submissions/accepted/double.py": "\n"})[0].startswith("submissions/accepted/double.py:None:")


def test_a_sample_among_the_secret_tests_is_a_warning() -> None:
    found = warnings_of(PLAIN_2025, {"data/secret/sample1.in": "1\n", "data/secret/sample1.ans": "2\n"})
    assert found[0].startswith("data/secret/sample1.in:None: is called a sample")


def test_the_same_input_twice_in_a_group_is_a_warning() -> None:
    found = warnings_of(PLAIN_2025, {"data/secret/2.in": "21\n", "data/secret/2.ans": "42\n"})
    assert found == ["data/secret/2.in:None: has the same input as secret/1 in the same group; one of them tells nothing new"]


def test_pictures_that_are_not_there_are_warnings_at_their_lines() -> None:
    text = "One ![there](there.png)\n\n![gone](gone.png)\n![far](https://example.org/far.png)\n"
    found = warnings_of(PLAIN_2025, {"statement/problem.en.md": text, "statement/there.png": b"png"})
    assert [warning.split(":")[1] for warning in found] == ["3", "4"]


def test_ignored_files_are_named_unless_they_are_hidden() -> None:
    found = warnings_of(PLAIN_2025, {"data/secret/my test.in": "x", ".gitignore": "x"})
    assert [warning.partition(":")[0] for warning in found] == ["data/secret/my test.in"]


def test_every_skill_has_a_label() -> None:
    assert len(skills()) >= 40
    assert all(skill.id and skill.name_in(locale) for skill in skills().values() for locale in ("en", "sv", "ar"))


def test_the_state_of_translations_and_words_that_are_no_terms_are_read() -> None:
    extras = read(SCORING_2025, {"assessor.yaml": "translations: {en: original}\nnot_terms: [line]\n"}).extras
    assert extras.translations == {"en": "original"}
    assert extras.not_terms == ("line",)
    assert warnings_of(SCORING_2025, {"assessor.yaml": "translations: {en: original}\n"}) == []


def test_faults_of_translations_are_named() -> None:
    assert any("must be one of" in error for error in errors_of(SCORING_2025, {"assessor.yaml": "translations: {en: perfect}\n"}))
    assert any(
        "language code" in error for error in errors_of(SCORING_2025, {"assessor.yaml": "translations: {English: original}\n"})
    )
    assert any("no statement" in said for said in warnings_of(SCORING_2025, {"assessor.yaml": "translations: {sv: reviewed}\n"}))
