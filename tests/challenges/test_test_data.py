"""Tests and groups of both versions: order, inheritance, points, and every missing piece by name."""

from __future__ import annotations

import pytest
from package_builder import (
    PLAIN_2025,
    PLAIN_LEGACY,
    PROBLEM_2025,
    SCORING_2025,
    SCORING_LEGACY,
    errors_of,
    read,
    warnings_of,
)

from challenges.problem import Aggregation, OnReject, TestGroup, VerdictMode


def group(root: TestGroup, name: str) -> TestGroup:
    """The group of that name at or below `root`."""
    found = [child for child in root.groups if child.name == name]
    return found[0] if found else group(next(child for child in root.groups if name.startswith(child.name + "/")), name)


def test_a_missing_answer_is_named() -> None:
    assert errors_of(PLAIN_2025, {"data/secret/1.ans": None})[0] == (
        "data/secret/1.ans:None: the answer is missing; add this file, or remove data/secret/1.in"
    )


def test_an_answer_without_input_is_named() -> None:
    assert errors_of(PLAIN_2025, {"data/secret/lost.ans": "1\n"}) == [
        "data/secret/lost.ans:None: this file has no test; add data/secret/lost.in or remove this file"
    ]


def test_tests_come_in_the_order_of_their_base_names() -> None:
    files = {f"data/secret/{name}{end}": "1\n" for name in ("10", "2", "1", "01", "a.b", "B") for end in (".in", ".ans")}
    tests = read(PLAIN_2025, files).root.all_tests()
    assert [test.name.removeprefix("secret/") for test in tests][1:] == ["01", "1", "10", "2", "B", "a.b"]


def test_what_belongs_to_a_test_comes_with_it() -> None:
    problem = read(
        PLAIN_2025,
        {
            "data/sample/1.in.statement": "two\n",
            "data/sample/1.ans.statement": "four\n",
            "data/secret/1.yaml": "args: [--big, 7]\nhint: Mind the size.\ndescription: Not small.\n",
        },
    )
    sample, secret = problem.root.all_tests()
    assert (sample.shown_input, sample.shown_answer) == (b"two\n", b"four\n")
    assert (secret.args, secret.hint, secret.description) == (("--big", "7"), "Mind the size.", "Not small.")


def test_legacy_notes_and_arguments_come_from_files() -> None:
    changes = {"data/secret/1.hint": "Mind it.\n", "data/secret/1.desc": "Big\n", "data/secret/1.args": "a 'b c'\n"}
    test = read(PLAIN_LEGACY, changes).root.all_tests()[1]
    assert (test.hint, test.description, test.args) == ("Mind it.", "Big", ("a", "b c"))


def test_files_that_belong_to_no_test_are_warned_about() -> None:
    found = warnings_of(PLAIN_2025, {"data/secret/notes.txt": "x", "data/secret/2.png": "x"})
    assert [warning.partition(":")[0] for warning in found] == ["data/secret/notes.txt", "data/secret/2.png"]


def test_dialogues_are_samples_too() -> None:
    changes = {
        "problem.yaml": PROBLEM_2025.replace("pass-fail", "interactive"),
        "data/sample/1.in": None,
        "data/sample/1.ans": None,
        "data/sample/1.interaction": "<3\n>6\n",
    }
    assert read(PLAIN_2025, changes).interactions == (("sample/1", "<3\n>6\n"),)
    assert errors_of(PLAIN_2025, {**changes, "data/sample/1.interaction": "<3\n6\n"})[0].startswith(
        "data/sample/1.interaction:2:"
    )


def test_2025_09_points_and_order_of_groups() -> None:
    problem = read(SCORING_2025)
    basic, large = group(problem.root, "secret/basic"), group(problem.root, "secret/large")
    assert problem.max_score == 100
    assert problem.root.ignore_sample
    assert [test.name for test in problem.root.all_tests()] == ["sample/1", "secret/basic/1", "secret/basic/2", "secret/large/1"]
    assert (basic.max_score, basic.aggregation, basic.on_reject) == (40, Aggregation.PASS_FAIL, OnReject.BREAK)
    assert large.require_pass == ("secret/basic",)
    assert group(problem.root, "secret").on_reject is OnReject.CONTINUE


def test_2025_09_arguments_are_inherited_and_overridden() -> None:
    problem = read(
        SCORING_2025,
        {
            "data/secret/test_group.yaml": "output_validator_args: [float_tolerance, '1e-6']\n",
            "data/secret/basic/1.yaml": "output_validator_args: [case_sensitive]\n",
        },
    )
    flags = {test.name: test.validator_flags for test in problem.root.all_tests()}
    assert flags == {
        "sample/1": (),
        "secret/basic/1": ("case_sensitive",),
        "secret/basic/2": ("float_tolerance", "1e-6"),
        "secret/large/1": ("float_tolerance", "1e-6"),
    }


@pytest.mark.parametrize(
    ("path", "text", "place", "reason"),
    [
        ("data/secret/basic/test_group.yaml", "max_score: 40.5\n", "data/secret/basic/test_group.yaml:1", "whole number"),
        ("data/secret/basic/test_group.yaml", "max_score: -1\n", "data/secret/basic/test_group.yaml:1", "at least 0"),
        ("data/secret/basic/test_group.yaml", "{}\n", "data/secret/basic/test_group.yaml:1", "must be given"),
        ("data/secret/basic/test_group.yaml", "max_score: 41\n", "data/secret/test_group.yaml:None", "come to 101"),
        (
            "data/secret/basic/test_group.yaml",
            "max_score: 40\nrequire_pass: secret/large\n",
            "data/secret/basic/test_group.yaml:2",
            "no group before",
        ),
        (
            "data/secret/basic/test_group.yaml",
            "max_score: 40\nscore_aggregation: sum\n",
            "data/secret/large/test_group.yaml:2",
            "not scored pass-fail",
        ),
        (
            "data/secret/basic/test_group.yaml",
            "max_score: 40\nscore_aggregation: max\n",
            "data/secret/basic/test_group.yaml:2",
            "must be one of",
        ),
        (
            "data/secret/basic/test_group.yaml",
            "max_score: 40\nargs: one\n",
            "data/secret/basic/test_group.yaml:2",
            "must be a list",
        ),
        ("data/sample/test_group.yaml", "max_score: 1\n", "data/sample/test_group.yaml:1", "cannot be given for samples"),
        ("data/secret/test_group.yaml", "require_pass: secret/basic\n", "data/secret/test_group.yaml:1", "`sample` only"),
        ("data/secret/basic/sub/1.in", "1\n", "data/secret/basic:None", "cannot hold further folders"),
        ("data/secret/0.in", "1\n", "data/secret:None", "holds tests and groups"),
        ("data/secret/zero/test_group.yaml", "max_score: 0\n", "data/secret/zero:None", "has no tests"),
        (
            "data/secret/basic/1.yaml",
            "output_validator_args: [float_tolerance]\n",
            "data/secret/basic/1.yaml:1",
            "needs a number",
        ),
    ],
)
def test_faults_of_2025_09_groups_are_named(path: str, text: str, place: str, reason: str) -> None:
    found = errors_of(SCORING_2025, {path: text})
    assert any(error.startswith(place + ":") and reason in error for error in found), found


def test_pass_fail_packages_have_no_points() -> None:
    found = errors_of(PLAIN_2025, {"data/secret/test_group.yaml": "max_score: 10\n"})
    assert found == ["data/secret/test_group.yaml:1: `max_score` cannot be given for packages of type pass-fail; remove it"]


def test_points_nobody_can_reach_are_a_warning() -> None:
    found = warnings_of(SCORING_2025, {"data/secret/basic/test_group.yaml": "max_score: 30\n"})
    assert any("come to 90: nobody can reach it" in warning for warning in found)


def test_group_files_of_the_drafts_are_read_with_a_warning() -> None:
    changes = {
        "data/secret/basic/test_group.yaml": None,
        "data/secret/basic/testdata.yaml": "scoring:\n  score: 40\n  aggregation: min\n",
        "data/secret/large/test_group.yaml": "max_score: 60\n",
    }
    problem = read(SCORING_2025, changes)
    assert group(problem.root, "secret/basic").max_score == 40
    assert group(problem.root, "secret/basic").aggregation is Aggregation.MIN
    assert any("calls this file test_group.yaml" in warning for warning in warnings_of(SCORING_2025, changes))


def test_legacy_settings_are_inherited_key_by_key() -> None:
    problem = read(SCORING_LEGACY)
    first, second = group(problem.root, "secret/group1"), group(problem.root, "secret/group2")
    assert problem.root.ignore_sample
    assert not group(problem.root, "secret").ignore_sample
    assert group(problem.root, "secret").accept_if_any_accepted
    assert group(problem.root, "secret").verdict_mode is VerdictMode.FIRST_ERROR
    assert (first.on_reject, second.on_reject) == (OnReject.BREAK, OnReject.CONTINUE)
    assert (first.accept_score, second.accept_score) == (40, 60)
    assert (first.aggregation, first.accept_if_any_accepted) == (Aggregation.MIN, False)
    assert problem.max_score == 100


def test_the_greatest_legacy_score_follows_the_graders() -> None:
    flags = {"data/secret/testdata.yaml": "grader_flags: max\n", "data/testdata.yaml": "grader_flags: ignore_sample\n"}
    assert read(SCORING_LEGACY, flags).max_score == 60
    assert read(SCORING_LEGACY, {**flags, "data/secret/testdata.yaml": "grader_flags: avg\n"}).max_score == 50
    assert read(SCORING_LEGACY, {**flags, "data/testdata.yaml": "on_reject: continue\n"}).max_score == 61


@pytest.mark.parametrize(
    ("path", "text", "place", "reason"),
    [
        ("data/testdata.yaml", "range: 0 50\ngrader_flags: ignore_sample\n", "data/testdata.yaml:1", "does not hold 100"),
        ("data/testdata.yaml", "range: 0\n", "data/testdata.yaml:1", "two numbers"),
        ("data/testdata.yaml", "range: 9 1\n", "data/testdata.yaml:1", "smaller one first"),
        ("data/testdata.yaml", "on_reject: stop\n", "data/testdata.yaml:1", "must be one of break, continue"),
        ("data/testdata.yaml", "grader_flags: sum median\n", "data/testdata.yaml:1", "`median`"),
        ("data/testdata.yaml", "range: 0 9\ngrading: custom\n", "data/testdata.yaml:2", "there is no program in graders/"),
        ("data/secret/testdata.yaml", "output_validator_flags: float_tolerance -1\n", "data/secret/testdata.yaml:1", "negative"),
    ],
)
def test_faults_of_legacy_groups_are_named(path: str, text: str, place: str, reason: str) -> None:
    found = errors_of(SCORING_LEGACY, {path: text})
    assert any(error.startswith(place + ":") and reason in error for error in found), found


@pytest.mark.parametrize(
    ("flags", "reason"),
    [
        ("case-sensitive", "is not a flag"),
        ("float_tolerance", "needs a number after it"),
        ("float_tolerance case_sensitive", "needs a number after it"),
        ("float_tolerance nan", "needs a number after it, not `nan`"),
        ("float_tolerance 1e999", "needs a number after it"),
        ("float_tolerance 0x1p-3", "needs a number after it"),
        ("float_absolute_tolerance -0.5", "is negative"),
        ("case_sensitive case_sensitive", "given twice"),
        ("float_relative_tolerance 1e-6 float_relative_tolerance 1e-9", "given twice"),
        ("float_tolerance 1e-6 float_absolute_tolerance 1e-9", "sets both tolerances"),
    ],
)
def test_faulty_flags_of_the_default_validator_are_refused(flags: str, reason: str) -> None:
    (found,) = errors_of(PLAIN_LEGACY, {"problem.yaml": f"name: a\nvalidator_flags: {flags}\n"})
    assert found.startswith("problem.yaml:2:")
    assert reason in found


@pytest.mark.parametrize(
    "flags", ["float_relative_tolerance 1e-6 float_absolute_tolerance .5", "case_sensitive space_change_sensitive"]
)
def test_right_flags_are_taken(flags: str) -> None:
    assert read(PLAIN_LEGACY, {"problem.yaml": f"validator_flags: {flags}\n"}).samples[0].validator_flags == tuple(flags.split())


def test_flags_of_a_custom_validator_are_its_own_business() -> None:
    assert read(PLAIN_LEGACY, {"problem.yaml": "validation: custom\nvalidator_flags: anything goes\n"}).custom_validator
