"""submissions.yaml in full: demands on some tests only, words of the validator, where a program starts."""

from __future__ import annotations

from package_builder import PLAIN_2025, SCORING_2025, errors_of, read, warnings_of

from challenges.problem import Demand, ExampleSubmission

CRASHES = frozenset({"RTE", "MLE", "OLE"})
EVERYTHING = frozenset({"AC", "WA", "TLE"}) | CRASHES

SOLVES_BASIC = """\
rejected/basic.py:
  entrypoint: basic.py
  sample:
    permitted: [AC]
  secret/basic:
    permitted: [AC, RTE]
    score: 40
  secret/{large,huge}/*:
    permitted: [AC, TLE]
    required: [TLE]
    use_for_time_limit: false
"""


def basic(rules: str = SOLVES_BASIC) -> ExampleSubmission:
    changes = {"submissions/submissions.yaml": rules, "submissions/rejected/basic.py": "x"}
    return next(one for one in read(SCORING_2025, changes).submissions if "basic" in one.path)


def test_demands_on_groups_and_tests_are_read() -> None:
    found = basic()
    assert found.demands == (
        Demand("sample", frozenset({"AC"}), EVERYTHING, from_below=True),
        Demand("secret/basic", CRASHES | {"AC"}, EVERYTHING, (40, 40), from_below=True),
        Demand("secret/{large,huge}/*", frozenset({"AC", "TLE"}), frozenset({"TLE"})),
    )
    assert found.entrypoint == "basic.py"


def test_what_must_be_too_slow_bounds_the_limit_from_above() -> None:
    (demand,) = basic("rejected/basic.py:\n  secret/large:\n    required: [TLE]\n").demands
    assert (demand.from_below, demand.from_above) == (False, True)
    (demand,) = basic("rejected/basic.py:\n  secret/large:\n    use_for_time_limit: lower\n").demands
    assert (demand.from_below, demand.from_above) == (True, False)


def test_a_pattern_that_names_no_test_is_a_warning_at_its_line() -> None:
    rules = "accepted/*:\n  sample:\n    permitted: [AC]\n  secret/hgue:\n    permitted: [AC]\n"
    (warning,) = warnings_of(PLAIN_2025, {"submissions/submissions.yaml": rules})
    assert warning.startswith("submissions/submissions.yaml:5: `accepted/*.secret/hgue` names no test")


def test_rules_that_leave_no_verdict_for_a_test_are_an_error() -> None:
    rules = "accepted/*:\n  secret:\n    permitted: [WA]\n"
    (error,) = errors_of(PLAIN_2025, {"submissions/submissions.yaml": rules})
    assert error.startswith("submissions/accepted/double.py:None: the rules of submissions.yaml permit no verdict at all")


def test_words_of_the_validator_are_wanted_where_it_is_the_packages_own() -> None:
    rules = {"submissions/submissions.yaml": "accepted/*:\n  message: well done\n"}
    assert "is not checked" in warnings_of(PLAIN_2025, rules)[0]
    assert read(PLAIN_2025, rules).submissions[0].messages == ()
    assert read(PLAIN_2025, rules | {"output_validator/v.py": "x"}).submissions[0].messages == ("well done",)
