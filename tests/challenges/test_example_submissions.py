"""What example submissions must earn, by folder, version, submissions.yaml and comment."""

from __future__ import annotations

import pytest
from package_builder import PLAIN_2025, PLAIN_LEGACY, SCORING_2025, SCORING_LEGACY, errors_of, read, warnings_of

from challenges.expectations import glob_matches
from challenges.problem import ExampleSubmission

CRASHES = {"RTE", "MLE", "OLE"}


def submission(files: dict[str, str], path: str, changes: dict[str, str] | None = None) -> ExampleSubmission:
    """The example submission at `path`, which is added."""
    found = read(files, {f"submissions/{path}": "print(1)\n", **(changes or {})}).submissions
    return next(one for one in found if one.path == f"submissions/{path}")


@pytest.mark.parametrize(
    ("files", "folder", "permitted", "required"),
    [
        (PLAIN_2025, "accepted", {"AC"}, {"AC"}),
        (PLAIN_2025, "rejected", {"AC", "WA", "TLE"} | CRASHES, {"WA", "TLE"} | CRASHES),
        (PLAIN_2025, "wrong_answer", {"AC", "WA"}, {"WA"}),
        (PLAIN_2025, "time_limit_exceeded", {"AC", "TLE"}, {"TLE"}),
        (PLAIN_2025, "run_time_error", {"AC"} | CRASHES, CRASHES),
        (PLAIN_2025, "brute_force", {"AC", "TLE"} | CRASHES, {"TLE"} | CRASHES),
        (PLAIN_LEGACY, "accepted", {"AC"}, {"AC"}),
        (PLAIN_LEGACY, "wrong_answer", {"AC", "WA"}, {"WA"}),
        (PLAIN_LEGACY, "time_limit_exceeded", {"AC", "WA", "TLE"}, {"TLE"}),
        (PLAIN_LEGACY, "run_time_error", {"AC", "WA", "TLE"} | CRASHES, CRASHES),
    ],
)
def test_folders_ask_for_what_their_version_says(
    files: dict[str, str], folder: str, permitted: set[str], required: set[str]
) -> None:
    found = submission(files, f"{folder}/a.py")
    assert (found.permitted, found.required) == (permitted, required)


@pytest.mark.parametrize(
    ("files", "folder", "below", "above"),
    [
        (PLAIN_2025, "accepted", True, False),
        (PLAIN_2025, "wrong_answer", True, False),
        (PLAIN_2025, "run_time_error", True, False),
        (PLAIN_2025, "time_limit_exceeded", False, True),
        (PLAIN_2025, "brute_force", False, False),
        (PLAIN_2025, "rejected", False, False),
        (PLAIN_LEGACY, "wrong_answer", False, False),
        (PLAIN_LEGACY, "time_limit_exceeded", False, True),
    ],
)
def test_folders_bound_the_time_limit(files: dict[str, str], folder: str, below: bool, above: bool) -> None:
    found = submission(files, f"{folder}/a.py")
    assert (found.bounds_time_limit_from_below, found.bounds_time_limit_from_above) == (below, above)


def test_accepted_in_part_means_less_than_everything() -> None:
    found = submission(SCORING_LEGACY, "partially_accepted/half.py")
    assert found.required == {"AC"}
    assert found.score is not None
    assert found.score[0] == 0
    assert 99 < found.score[1] < 100
    (error,) = errors_of(PLAIN_LEGACY, {"submissions/partially_accepted/half.py": "x"})
    assert "type scoring only" in error


def test_a_folder_is_one_submission_of_several_files() -> None:
    found = submission(
        PLAIN_2025,
        "accepted/two",
        {
            "submissions/accepted/two/main.py": "import part\n",
            "submissions/accepted/two/lib/part.py": "",
            "submissions/accepted/two": None,
        },
    )  # type: ignore[dict-item]
    assert found.files == (("lib/part.py", b""), ("main.py", b"import part\n"))


def test_submissions_yaml_changes_what_a_folder_asks() -> None:
    text = (
        "time_limit_exceeded:\n  permitted: [AC, WA, TLE]\n"
        "wrong_answer/{half,none}.py:\n  score: [10, 40]\n"
        "accepted/*:\n  language: python3\n"
    )
    changes = {
        "submissions/submissions.yaml": text,
        "submissions/time_limit_exceeded/slow.py": "x",
        "submissions/wrong_answer/half.py": "x",
    }
    found = {one.path: one for one in read(SCORING_2025, changes).submissions}
    assert found["submissions/time_limit_exceeded/slow.py"].permitted == {"AC", "WA", "TLE"}
    assert found["submissions/time_limit_exceeded/slow.py"].required == {"TLE"}
    assert found["submissions/wrong_answer/half.py"].score == (10, 40)
    assert found["submissions/accepted/double.py"].language == "python3"


def test_submissions_yaml_opens_folders_of_its_own_and_narrows() -> None:
    text = "slow_or_right/*:\n  permitted: [AC, TLE]\nrejected/a.py:\n  required: [RTE]\n"
    changes = {
        "submissions/submissions.yaml": text,
        "submissions/slow_or_right/a.py": "x",
        "submissions/rejected/a.py": "x",
    }
    found = {one.path: one for one in read(PLAIN_2025, changes).submissions}
    assert found["submissions/slow_or_right/a.py"].permitted == {"AC", "TLE"}
    assert found["submissions/rejected/a.py"].required == CRASHES


def test_use_for_time_limit_overrides() -> None:
    text = "accepted/double.py:\n  use_for_time_limit: false\nbrute_force/*:\n  use_for_time_limit: upper\n"
    changes = {"submissions/submissions.yaml": text, "submissions/brute_force/b.py": "x"}
    found = {one.path: one for one in read(PLAIN_2025, changes).submissions}
    assert not found["submissions/accepted/double.py"].bounds_time_limit_from_below
    assert found["submissions/brute_force/b.py"].bounds_time_limit_from_above


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("accepted/*:\n  permitted: [AC, XX]\n", 2, "made of AC, WA, TLE and RTE"),
        ("accepted/*:\n  score: 10\n", 2, "type scoring only"),
        ("accepted/*:\n  use_for_time_limit: perhaps\n", 2, "must be true, false"),
        ("accepted/*: 3\n", 1, "must be a map"),
    ],
)
def test_faults_of_submissions_yaml_are_named(text: str, line: int, reason: str) -> None:
    found = errors_of(PLAIN_2025, {"submissions/submissions.yaml": text})
    assert any(error.startswith(f"submissions/submissions.yaml:{line}:") and reason in error for error in found), found


def test_rules_that_exclude_one_another_are_an_error() -> None:
    found = errors_of(PLAIN_2025, {"submissions/submissions.yaml": "accepted/*:\n  permitted: [WA]\n"})
    (error,) = found
    assert error.startswith("submissions/accepted/double.py:None:")
    assert "exclude one another" in error


def test_a_pattern_that_matches_nothing_is_a_warning() -> None:
    found = warnings_of(PLAIN_2025, {"submissions/submissions.yaml": "accepted/dubble.py:\n  permitted: [AC]\n"})
    assert found == [
        "submissions/submissions.yaml:2: `accepted/dubble.py` matches no file under submissions/; check its spelling"
    ]


@pytest.mark.parametrize(
    ("comment", "permitted", "required"),
    [
        ("# @EXPECTED_RESULTS@: TIMELIMIT", {"AC", "TLE"}, {"TLE"}),
        ("# @EXPECTED_RESULTS@: WRONG-ANSWER, RUN-ERROR", {"AC", "WA"} | CRASHES, {"WA"} | CRASHES),
        ("# @EXPECTED_RESULTS@: COMPILER-ERROR", {"CE"}, {"CE"}),
        ("# @EXPECTED_RESULTS@: CORRECT, TIMELIMIT", {"AC", "TLE"}, {"AC", "TLE"}),
    ],
)
def test_comments_in_the_source_are_heard(comment: str, permitted: set[str], required: set[str]) -> None:
    found = submission(PLAIN_2025, "rejected/a.py", {"submissions/rejected/a.py": comment + "\nprint(1)\n"})
    assert (found.permitted, found.required) == (permitted, required)


def test_a_comment_against_its_folder_is_an_error_at_its_line() -> None:
    (error,) = errors_of(PLAIN_2025, {"submissions/accepted/double.py": "# x\n# @EXPECTED_RESULTS@: WRONG-ANSWER\n"})
    assert error.startswith("submissions/accepted/double.py:2: ")


def test_an_unknown_folder_is_ignored_with_a_warning() -> None:
    found = warnings_of(PLAIN_LEGACY, {"submissions/acepted/a.py": "x", "submissions/README": "x"})
    assert any(warning.startswith("submissions/acepted/a.py:None: is ignored") for warning in found)
    assert any(warning.startswith("submissions/README:None: is ignored") for warning in found)


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("accepted", "accepted/a.py", True),
        ("accepted/*", "accepted/a.py", True),
        ("*.py", "accepted/a.py", False),
        ("*/a.py", "accepted/a.py", True),
        ("accepted/{a,b}.{py,cpp}", "accepted/b.cpp", True),
        ("accepted/[ab].py", "accepted/a.py", False),
        ("accepted/**/a.py", "accepted/x/y/a.py", False),
        ("{" * 300, "accepted/a.py", False),
        ("{a,b}" * 40, "accepted/a.py", False),
        ("accepted/a*b*c", "accepted/a-b-b-c", True),
        ("accepted/ab*ba", "accepted/aba", False),
        ("*a" * 5_000, "accepted/" + "a" * 200, False),
    ],
)
def test_patterns_stay_within_names_and_within_bounds(pattern: str, path: str, expected: bool) -> None:
    assert glob_matches(pattern, path) is expected


def test_too_many_patterns_are_refused() -> None:
    text = "".join(f"accepted/{number}*:\n  permitted: [AC]\n" for number in range(201))
    assert "at most 200" in errors_of(PLAIN_2025, {"submissions/submissions.yaml": text})[0]
