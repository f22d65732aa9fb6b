"""The package's own grader: where it lies, which groups it grades, and why one cannot be used."""

from __future__ import annotations

import math

import pytest
from package_builder import PLAIN_LEGACY, SCORING_2025, SCORING_LEGACY, errors_of, read, warnings_of

from challenges.checking import findings_before_publishing
from challenges.problem import CustomGrading, Grader, OnReject, TestGroup

PROGRAM = "print('AC 1')\n"
ROOT = "on_reject: continue\nrange: 0 100\ngrading: custom\ngrader_flags: total 2\n"
SECRET = "grading: default\ngrader_flags: sum\n"
CUSTOM = {"graders/grade.py": PROGRAM, "data/testdata.yaml": ROOT, "data/secret/testdata.yaml": SECRET}


def group(root: TestGroup, name: str) -> TestGroup:
    found = [root]
    while found[-1].name != name:
        found.append(next(below for below in found[-1].groups if f"{name}/".startswith(f"{below.name}/")))
    return found[-1]


def test_groups_with_custom_grading_have_its_arguments_and_their_range() -> None:
    problem = read(SCORING_LEGACY, CUSTOM)
    assert problem.grader == Grader("graders/grade.py", (("grade.py", PROGRAM.encode()),))
    assert problem.root.custom == CustomGrading(("total", "2"), 0, 100)
    assert (problem.root.on_reject, problem.root.ignore_sample, problem.root.max_score) == (OnReject.CONTINUE, False, 100)
    assert group(problem.root, "secret").custom is None
    assert (problem.max_score, problem.unsupported) == (100, ())
    assert findings_before_publishing(problem) == []


def test_it_is_inherited_with_its_flags_and_its_range() -> None:
    groups = {
        "data/secret/group1/testdata.yaml": "range: -5 inf\ngrading: default\ngrader_flags: min\n",
        "data/secret/testdata.yaml": None,
    }
    problem = read(SCORING_LEGACY, {**CUSTOM, **groups, "data/secret/group2/testdata.yaml": "range: 0 60\ngrader_flags: best\n"})
    assert group(problem.root, "secret").custom == problem.root.custom
    assert group(problem.root, "secret/group1").custom is None
    assert group(problem.root, "secret/group2").custom == CustomGrading(("best",), 0, 60)
    assert group(problem.root, "secret/group2").max_score == 60


def test_a_group_graded_by_default_over_others_can_earn_what_its_range_says() -> None:
    default = "grading: default\ngrader_flags: ignore_sample\nrange: 0 70\n"
    secret = "grading: custom\ngrader_flags: x\nrange: -inf 80\n"
    problem = read(SCORING_LEGACY, {**CUSTOM, "data/testdata.yaml": default, "data/secret/testdata.yaml": secret})
    assert group(problem.root, "secret").custom == CustomGrading(("x",), -math.inf, 80)
    assert problem.max_score == 70


def test_a_program_of_several_files_lies_in_a_folder() -> None:
    files = {"graders/mine/main.cc": "int main() {}\n", "graders/mine/read.h": "// nothing\n", "graders/README.txt": "Mine.\n"}
    problem = read(SCORING_LEGACY, {**CUSTOM, **files, "graders/grade.py": None})
    assert problem.grader is not None
    assert problem.grader.path == "graders/mine"
    assert [name for name, _ in problem.grader.files] == ["main.cc", "read.h"]


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"graders/grade.py": None}, "data/testdata.yaml:3", "there is no program in graders/"),
        ({"graders/grade.py": None, "graders/README.md": "later"}, "data/testdata.yaml:3", "there is no program in graders/"),
        ({"graders/other.cc": "int main() {}\n"}, "graders:None", "several programs (graders/grade.py, graders/other.cc)"),
        ({"problem.yaml": "name: Double it\n"}, "data/testdata.yaml:3", "only packages of type scoring may have"),
        ({"data/testdata.yaml": "grading: custom\n"}, "data/testdata.yaml:1", "a `range` must say how much can be earned"),
        ({"data/testdata.yaml": "grading: custom\nrange: 0 +inf\n"}, "data/testdata.yaml:2", "needs a finite upper end"),
        ({"data/testdata.yaml": ROOT.replace("custom", "mine")}, "data/testdata.yaml:3", "must be one of default, custom"),
        ({"data/secret/testdata.yaml": "grading: default\n"}, "data/secret/testdata.yaml:1", "does not know `total`, a flag"),
    ],
    ids=["missing", "text", "two", "pass-fail", "no range", "infinite", "unknown", "flags of the other"],
)
def test_what_is_wrong_is_named_with_its_place(changes: dict[str, str | None], place: str, words: str) -> None:
    found = errors_of(SCORING_LEGACY, {**CUSTOM, **changes})
    assert any(error.startswith(f"{place}:") and words in error for error in found), found


def test_a_grader_with_scripts_of_its_own_stops_publishing() -> None:
    files = {"graders/mine/grade.py": PROGRAM, "graders/mine/build": "#!/bin/sh\n", "graders/grade.py": None}
    (finding,) = findings_before_publishing(read(SCORING_LEGACY, {**CUSTOM, **files}))
    assert "a grader with a `build` or `run` script" in finding.message


@pytest.mark.parametrize(
    ("base", "words"),
    [
        (SCORING_LEGACY, "no testdata.yaml has `grading: custom`"),
        (PLAIN_LEGACY, "no testdata.yaml has `grading: custom`"),
        (SCORING_2025, "version 2025-09 of the format has no graders"),
    ],
    ids=["legacy", "pass-fail", "2025-09"],
)
def test_a_grader_that_is_never_run_is_a_warning(base: dict[str, str], words: str) -> None:
    assert any(words in warning for warning in warnings_of(base, {"graders/grade.py": PROGRAM}))
    assert read(base, {"graders/grade.py": PROGRAM}).grader is None
