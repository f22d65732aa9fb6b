"""The package's own output validator: where it lies, what is read of it, and why one cannot be used."""

from __future__ import annotations

import pytest
from package_builder import PLAIN_2025, PLAIN_LEGACY, SCORING_2025, SCORING_LEGACY, errors_of, package, read, warnings_of

from challenges.checking import findings_before_publishing
from challenges.problem import OutputValidator
from challenges.reading import read_problem

ACCEPT = "import sys\nsys.exit(42)\n"
CUSTOM = "name: Double it\nvalidation: custom\n"


def test_in_2025_09_the_folder_is_the_program() -> None:
    changes = {"output_validator/v.cc": "int main() {}\n", "output_validator/lib/validate.h": "// nothing\n"}
    problem = read(PLAIN_2025, changes)
    files = (("lib/validate.h", b"// nothing\n"), ("v.cc", b"int main() {}\n"))
    assert problem.validator == OutputValidator("output_validator", files)
    assert (problem.custom_validator, problem.unsupported) == (True, ())
    assert findings_before_publishing(problem) == []


@pytest.mark.parametrize(("path", "inside"), [("output_validators/v.py", "v.py"), ("output_validators/mine/v.py", "v.py")])
def test_in_legacy_it_is_a_file_or_a_folder_below(path: str, inside: str) -> None:
    problem = read(PLAIN_LEGACY, {"problem.yaml": CUSTOM, path: ACCEPT})
    assert problem.validator is not None
    assert problem.validator.files == ((inside, ACCEPT.encode()),)
    assert (problem.validator.path, problem.validator.must_score) == ("/".join(path.split("/")[:2]), False)
    assert findings_before_publishing(problem) == []


def test_in_legacy_it_is_used_only_when_it_is_asked_for() -> None:
    problem = read(PLAIN_LEGACY, {"output_validators/v.py": ACCEPT})
    assert (problem.custom_validator, problem.validator) == (False, None)


def test_a_missing_program_stops_publishing() -> None:
    changes = {"problem.yaml": CUSTOM}
    assert any("program of the output validator is missing" in warning for warning in warnings_of(PLAIN_LEGACY, changes))
    (finding,) = findings_before_publishing(read(PLAIN_LEGACY, changes))
    assert (finding.path, "missing; add it" in finding.message) == ("output_validators", True)


TWO = {"output_validators/b.py": ACCEPT, "output_validators/a/a.py": ACCEPT, "output_validators/README.md": "Two of them.\n"}


def test_a_legacy_package_may_have_several_in_order_of_their_names() -> None:
    problem = read(PLAIN_LEGACY, {"problem.yaml": CUSTOM, **TWO})
    assert problem.validator is not None
    assert (problem.validator.path, problem.unsupported) == ("output_validators/a", ())
    assert [validator.path for validator in problem.more_validators] == ["output_validators/b.py"]
    assert findings_before_publishing(problem) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"problem.yaml": CUSTOM.replace("custom", "custom interactive")}, "one alone can talk with a program"),
        ({"output_validators/a/run": "#!/bin/sh\n"}, "a `build` or `run` script"),
        ({f"output_validators/{n}.py": ACCEPT for n in range(9)}, "more than the 8 that are run here"),
    ],
    ids=["interactive", "script", "many"],
)
def test_several_that_cannot_be_used(changes: dict[str, str], words: str) -> None:
    (finding,) = findings_before_publishing(read(PLAIN_LEGACY, {"problem.yaml": CUSTOM, **TWO, **changes}))
    assert words in finding.message


def test_newer_versions_allow_one() -> None:
    (finding,) = findings_before_publishing(read(PLAIN_2025, TWO))
    assert "several output validators (output_validators/a, output_validators/b.py)" in finding.message
    assert "the format allows one" in finding.message


@pytest.mark.parametrize(
    ("flags", "wrong"),
    [("case 1", False), ("b", True), ("b.py", True), ("{name: b.py, flags: x}", True), ("{flags: x}", False)],
)
def test_flags_cannot_be_for_one_of_several(flags: str, wrong: bool) -> None:
    settings = {"data/secret/testdata.yaml": f"output_validator_flags: {flags}\n"}
    found = errors_of(PLAIN_LEGACY, {"problem.yaml": CUSTOM, **TWO, **settings})
    assert any("names one of several output validators" in error for error in found) is wrong, found
    assert all(error.startswith("data/secret/testdata.yaml:1:") for error in found)
    alone = {"problem.yaml": CUSTOM, "output_validators/b.py": ACCEPT, **settings}
    assert errors_of(PLAIN_LEGACY, alone) == []


def test_its_limits_are_read_and_those_too_large_are_refused() -> None:
    limits = "limits:\n  validation_time: 5\n  validation_memory: 100\n  validation_output: 2\n"
    found = read(PLAIN_LEGACY, {"problem.yaml": CUSTOM + limits, "output_validators/v.py": ACCEPT}).limits
    assert (found.validation_time_s, found.validation_memory_mib, found.validation_output_mib) == (5, 100, 2)
    errors = errors_of(PLAIN_LEGACY, {"problem.yaml": CUSTOM + "limits:\n  validation_time: 3000\n  validation_memory: 9000\n"})
    assert [error.partition(": ")[0] for error in errors] == ["problem.yaml:5", "problem.yaml:4"]


def test_a_legacy_validator_that_scores_takes_the_maximum_from_the_range() -> None:
    yaml = "name: Double it\ntype: scoring\nvalidation: custom score\n"
    problem = read(SCORING_LEGACY, {"problem.yaml": yaml, "output_validators/v.py": ACCEPT})
    assert problem.validator is not None
    assert problem.validator.must_score
    assert problem.max_score == 100
    assert [group.max_score for group in problem.root.groups[-1].groups] == [40, None]


def test_a_score_without_a_maximum_is_refused() -> None:
    changes = {"data/secret/large/test_group.yaml": "max_score: unbounded\n", "output_validator/v.py": ACCEPT}
    problem, findings = read_problem(package(SCORING_2025, changes))
    assert problem is None
    assert any("scores without a maximum" in finding.message for finding in findings)
