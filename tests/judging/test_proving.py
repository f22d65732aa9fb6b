"""Does a package's data stand its own validators?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from given_packages import CHECKED
from number_packages import package
from validator_packages import SPLIT, SPLIT_LEGACY

from assessor.judging.verifying import verify
from challenges.findings import Severity

if TYPE_CHECKING:
    from sandbox.containers import DockerSandbox

pytestmark = pytest.mark.docker


def errors(sandbox: DockerSandbox, base: dict[str, str], **changes: str | None) -> list[str]:
    findings = verify(package(base, **changes), sandbox).findings
    return [str(finding) for finding in findings if finding.severity is Severity.ERROR]


def test_a_package_whose_data_is_as_it_should_be(sandbox: DockerSandbox) -> None:
    assert errors(sandbox, dict(CHECKED)) == []


def test_every_kind_of_wrong_data_is_found(sandbox: DockerSandbox) -> None:
    found = errors(
        sandbox,
        dict(CHECKED),
        **{
            "data/sample/1.in": "-2\n",
            "data/sample/1.ans": "-4\n",
            "data/secret/1.in": "7\n",
            "data/secret/1.ans": "14\n",
            "data/invalid_input/odd.in": "4\n",
            "data/invalid_output/hexadecimal.out": "16\n",
            "data/valid_output/spaces.out": "5\n",
        },
    )
    assert [error.partition(": error: ")[0] for error in found] == [
        "data/secret/1.in",
        "data/sample/1.in",
        "data/invalid_input/odd.in",
        "data/valid_output/spaces.out",
        "data/invalid_output/hexadecimal.out",
    ]
    assert found[0].endswith("is refused by input_validators/even.cpp: exit status 1.")
    assert found[1].endswith("is refused by input_validators/numbers: exit status 43. out of bounds")


def test_a_validator_that_does_not_compile_is_an_error_and_an_unknown_language_a_warning(sandbox: DockerSandbox) -> None:
    changes = {"input_validators/even.cpp": "int main() { return 42 }\n", "input_validators/old.cob": "x\n"}
    report = verify(package(dict(CHECKED), **changes), sandbox)
    told = {finding.path: finding for finding in report.findings if finding.path.startswith("input_validators")}
    assert "does not compile" in told["input_validators/even.cpp"].message
    assert told["input_validators/old.cob"].severity is Severity.WARNING


def test_the_packages_own_output_validator_is_tried_on_answers_that_are_shown(sandbox: DockerSandbox) -> None:
    found = errors(sandbox, dict(SPLIT), **{"data/sample/1.ans": "five\n"})
    assert [error.partition(": error: ")[0] for error in found] == ["data/sample/1.ans"]
    assert "not two numbers" in found[0]


def test_which_is_a_warning_in_legacy_packages_whose_answers_may_say_anything(sandbox: DockerSandbox) -> None:
    report = verify(package(SPLIT_LEGACY, **{"data/sample/1.ans": "five\n"}), sandbox)
    (finding,) = [finding for finding in report.findings if finding.path == "data/sample/1.ans"]
    assert finding.severity is Severity.WARNING
    assert report.ok
