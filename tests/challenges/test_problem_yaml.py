"""problem.yaml of both versions: values, and faults at their lines."""

from __future__ import annotations

import time

import pytest
from package_builder import PLAIN_2025, PLAIN_LEGACY, PROBLEM_2025, SCORING_LEGACY, errors_of, read, warnings_of

from challenges.problem import FormatVersion, ProblemType


def errors_in(text: str, files: dict[str, str] | None = None) -> list[str]:
    return errors_of(files or PLAIN_2025, {"problem.yaml": text})


def test_a_package_without_it_says_so() -> None:
    assert errors_of(PLAIN_2025, {"problem.yaml": None}) == [
        "problem.yaml:None: the file is missing; every package needs a problem.yaml at its top"
    ]


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("name: a\ntype: [pass-fail\nuuid: x\n", "problem.yaml:3", "not valid YAML"),
        ("name: a\n\tlimits: 1\n", "problem.yaml:2", "not valid YAML"),
        ("name: a\nlicense: cc0\nname: b\n", "problem.yaml:3", "`name` stands here a second time"),
        ("- a\n- b\n", "problem.yaml:1", "must be a map"),
        ("name: !!python/object/apply:os.system [ls]\n", "problem.yaml:1", "must be a text"),
        ("name: a\nkeywords: !!python/name:os.system x\n", "problem.yaml:2", "tag"),
        ("name: 17\n", "problem.yaml:1", "must be a text, not a number"),
        ("name: a\nlimits: 3\n", "problem.yaml:2", "`limits` must be a map"),
        ("name: a\nlimits:\n  memory: much\n", "problem.yaml:3", "`limits.memory` must be a number, not a text"),
        ("name: a\nlimits:\n  memory: 0\n", "problem.yaml:3", "`limits.memory` must be at least 1"),
        ("name: a\nlimits:\n  memory: 1.5\n", "problem.yaml:3", "must be a whole number"),
        ("name: a\ntype: marathon\n", "problem.yaml:2", "must be one of pass-fail, scoring, not `marathon`"),
        ("problem_format_version: 2031-01\nname: a\n", "problem.yaml:1", "must be `legacy` or `2025-09`"),
        ("name: a\nvalidation: customs\n", "problem.yaml:2", "`validation` must be"),
        ("name: a\nvalidation: custom score\n", "problem.yaml:2", "only packages of type scoring"),
        ("name: a\nvalidator_flags: float_tolerence 1e-6\n", "problem.yaml:2", "`float_tolerence` is not a flag"),
        ("name: \xff\n", "problem.yaml:1", "UTF-8"),
    ],
)
def test_a_fault_is_named_with_its_line(text: str, place: str, reason: str) -> None:
    found = errors_of(PLAIN_LEGACY, {"problem.yaml": text.encode("latin-1") if "\xff" in text else text})
    assert any(error.startswith(place + ":") and reason in error for error in found), found


@pytest.mark.parametrize(
    ("addition", "line", "reason"),
    [
        ("type: [pass-fail, scoring]\n", 3, "cannot be both `pass-fail` and `scoring`"),
        ("type: [scoring, scoring]\n", 3, "twice"),
        ("type: []\n", 3, "must be made of"),
        ("limits:\n  time_limit: 0\n", 7, "must be greater than 0"),
        ("limits:\n  time_limit: .inf\n", 7, "must be a number"),
        ("limits:\n  time_limit: 61\n", 7, "at most 60 s"),
        ("limits:\n  memory: 65536\n", 7, "more than can be honoured here (4096 MiB)"),
        ("limits:\n  time_multipliers:\n    ac_to_time_limit: 0.5\n", 8, "must be at least 1"),
        ("languages: 3\n", 6, "must be a list of texts"),
        ("allow_file_writing: maybe\n", 6, "must be true or false"),
        ("constants:\n  long: " + "x" * 201 + "\n", 7, "at most 200 characters"),
        ("constants:\n  a-b: 1\n", 7, "letters, digits and underscores"),
    ],
)
def test_a_fault_of_2025_09_is_named_with_its_line(addition: str, line: int, reason: str) -> None:
    text = PROBLEM_2025.replace("type: pass-fail\n", addition) if addition.startswith("type") else PROBLEM_2025 + addition
    found = errors_in(text)
    assert any(error.startswith(f"problem.yaml:{line}:") and reason in error for error in found), found


def test_every_fault_is_reported_and_not_the_first_alone() -> None:
    found = errors_in(PROBLEM_2025 + "limits:\n  memory: x\n  output: y\nlanguages: {}\n")
    assert [error.split(":")[1] for error in found] == ["7", "8", "9"]


def test_unknown_keys_are_warnings_at_their_lines() -> None:
    found = warnings_of(PLAIN_2025, {"problem.yaml": PROBLEM_2025 + "limits:\n  memori: 3\nautor: x\n"})
    assert [warning.split("` is not")[0] for warning in found] == [
        "problem.yaml:7: `limits.memori",
        "problem.yaml:8: `autor",
    ]


@pytest.mark.parametrize(
    "bomb",
    [
        "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
        "a: &a\n  b: *a\n",
        "a: " + "[" * 5000 + "]" * 5000,
        "a: " + "x" * 600_000,
    ],
)
def test_a_bomb_in_yaml_is_an_error_within_a_second(bomb: str) -> None:
    start = time.monotonic()
    assert errors_in(bomb)
    assert time.monotonic() - start < 3


def test_legacy_values() -> None:
    text = "name: Double it\nvalidator_flags: float_tolerance 1e-6\nlimits:\n  time_multiplier: 3\n  memory: 512\nsource_url:\n"
    problem = read(PLAIN_LEGACY, {"problem.yaml": text})
    assert (problem.format_version, problem.type) == (FormatVersion.LEGACY, ProblemType.PASS_FAIL)
    assert problem.limits.ac_to_time_limit == 3
    assert problem.limits.time_limit_to_tle == 2
    assert problem.limits.memory_mib == 512
    assert problem.limits.time_limit_ms is None
    assert {test.validator_flags for test in problem.root.all_tests()} == {("float_tolerance", "1e-6")}


def test_2025_09_values() -> None:
    text = PROBLEM_2025 + "limits:\n  time_limit: 1.5\n  time_resolution: 0.1\n  code: 64\nlanguages: [python3, cpp]\n"
    problem = read(PLAIN_2025, {"problem.yaml": text})
    assert problem.limits.time_limit_ms == 1500
    assert problem.limits.time_resolution_ms == 100
    assert (problem.limits.ac_to_time_limit, problem.limits.time_limit_to_tle) == (2.0, 1.5)
    assert problem.limits.code_kib == 64
    assert problem.languages == ("python3", "cpp")


def test_a_draft_has_the_keys_of_2025_09_and_the_groups_of_legacy() -> None:
    changes = {"problem.yaml": PROBLEM_2025.replace("2025-09", "2023-07-draft").replace("pass-fail", "scoring")}
    problem = read(SCORING_LEGACY, changes)
    assert problem.max_score == 100
    assert problem.limits.ac_to_time_limit == 2.0
    assert any("draft of the format" in warning for warning in warnings_of(SCORING_LEGACY, changes))


def test_minimising_is_refused_with_the_reason() -> None:
    found = errors_of(SCORING_LEGACY, {"problem.yaml": "name: a\ntype: scoring\ngrading:\n  objective: min\n"})
    assert found == [
        "problem.yaml:4: `grading.objective` is `min`, but scores here are always better when greater; turn the scoring round"
    ]


def test_interactive_and_multi_pass_are_read_and_both_at_once() -> None:
    legacy = {"problem.yaml": "name: a\nvalidation: custom interactive\n"}
    assert read(PLAIN_LEGACY, legacy).interactive
    assert read(PLAIN_LEGACY, legacy).custom_validator
    several = {"problem.yaml": PROBLEM_2025.replace("pass-fail", "[multi-pass, interactive]")}
    problem = read(PLAIN_2025, several)
    assert (problem.multi_pass, problem.interactive, problem.unsupported) == (True, True, ())


def test_limits_that_say_more_than_can_be_are_warnings() -> None:
    found = warnings_of(PLAIN_2025, {"problem.yaml": PROBLEM_2025 + "limits:\n  time_limit: 1.00004\n  validation_passes: 3\n"})
    assert any("finer than can be measured here; 1000 ms is used" in warning for warning in found)
    assert any("for packages of type multi-pass only" in warning for warning in found)


def test_names_follow_the_statements() -> None:
    swedish = {"statement/problem.sv.md": "Skriv dubbla talet.\n"}
    assert errors_of(PLAIN_2025, swedish) == [
        "problem.yaml:5: `name` has no title in `sv`, but there is a statement in it; add one"
    ]
    both = {**swedish, "problem.yaml": PROBLEM_2025 + "  sv: Dubbla\n  de: Doppelt\n"}
    assert read(PLAIN_2025, both).names == {"en": "Double it", "sv": "Dubbla"}
    assert any("title in `de`" in warning for warning in warnings_of(PLAIN_2025, both))


def test_legacy_titles_may_come_from_the_statement() -> None:
    swedish = {
        "problem.yaml": "source: us\n",
        "problem_statement/problem.sv.tex": "\\problemname{$2x$}\n%% plainproblemname: Dubbla x\nText\n",
    }
    assert read(PLAIN_LEGACY, swedish).names == {"en": "Double it", "sv": "Dubbla x"}


def test_constants_are_put_in_everywhere_but_in_the_tests() -> None:
    problem = read(
        PLAIN_2025,
        {
            "problem.yaml": PROBLEM_2025 + "constants:\n  limit: 1000\n",
            "statement/problem.en.md": "At most {{limit}}, {{other}}.\n",
            "data/secret/1.in": "{{limit}}\n",
            "submissions/accepted/double.py": "print({{limit}})\n",
        },
    )
    assert problem.statements[0].source == "At most 1000, {{other}}.\n"
    assert problem.submissions[0].files == (("double.py", b"print(1000)\n"),)
    assert problem.root.all_tests()[1].input == b"{{limit}}\n"
