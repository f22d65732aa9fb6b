"""Several output validators of a legacy package: all must accept, in order of their names, each in a box of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from number_packages import package
from pretend_sandbox import PYTHON, SOURCE, PretendSandbox, ended, number_test, numbers
from validator_packages import CPP_HEADER, CPP_VALIDATOR, SPLIT_LEGACY

from assessor.judging.failures import JudgeError
from assessor.judging.grading import grade
from assessor.judging.limits import limits_for
from assessor.judging.verdicts import Grade, Verdict
from assessor.judging.verifying import verify
from challenges.findings import Severity
from challenges.problem import FormatVersion, OutputValidator, Problem, ProblemType, TestGroup
from sandbox.spec import CheckOutcome, CheckSpec

if TYPE_CHECKING:
    from sandbox.containers import DockerSandbox

FIRST, SECOND = (OutputValidator(f"output_validators/{name}.py", ((f"{name}.py", name.encode()),)) for name in "ab")


def problem(*, must_score: bool = False) -> Problem:
    """One test; with `must_score` of a package whose validators give points."""
    secret = TestGroup("secret", tests=(number_test("secret/1", 1, ("flag",)),), max_score=100.0 if must_score else None)
    validators = [replace(one, must_score=must_score) for one in (FIRST, SECOND)]
    return replace(
        numbers({}, version=FormatVersion.LEGACY),
        type=ProblemType.SCORING if must_score else ProblemType.PASS_FAIL,
        root=TestGroup("", groups=(secret,), max_score=secret.max_score),
        custom_validator=True,
        validator=validators[0],
        more_validators=(validators[1],),
    )


def saying(exit_code: int, **feedback: bytes) -> Callable[[CheckSpec], CheckOutcome]:
    files = {name.replace("_txt", ".txt"): content for name, content in feedback.items()}
    return lambda _spec: CheckOutcome(ended(exit_code=exit_code), files)


def judge(first: Callable[[CheckSpec], CheckOutcome], second: Callable[[CheckSpec], CheckOutcome], **kind: bool) -> Grade:
    return judge_in(PretendSandbox(), first, second, **kind)


def judge_in(
    sandbox: PretendSandbox,
    first: Callable[[CheckSpec], CheckOutcome],
    second: Callable[[CheckSpec], CheckOutcome],
    *,
    must_score: bool = False,
) -> Grade:
    sandbox.validators = {b"a": first, b"b": second}
    whole = problem(must_score=must_score)
    return grade(whole, SOURCE, PYTHON, sandbox, limits_for(whole, PYTHON, 1000))


def test_all_are_asked_with_the_same_arguments_and_must_accept() -> None:
    sandbox = PretendSandbox()
    assert judge_in(sandbox, saying(42, judgemessage_txt=b"fine"), saying(42, teammessage_txt=b"well")).verdict is Verdict.AC
    assert [spec.args[3:] for spec in sandbox.checked] == [("flag",), ("flag",)]
    assert [files[0].content for files, _ in sandbox.compiled] == [SOURCE[0].content, b"a", b"b"]
    assert sandbox.open_boxes == 0


def test_the_first_that_rejects_ends_it() -> None:
    sandbox = PretendSandbox()
    found = judge_in(sandbox, saying(43, judgemessage_txt=b"no number"), saying(1))
    assert (found.verdict, found.tests[0].message) == (Verdict.WA, "no number")
    assert len(sandbox.compiled) == 2


def test_a_later_one_rejects_too_and_all_words_are_kept() -> None:
    found = judge(saying(42, judgemessage_txt=b"a number"), saying(43, judgemessage_txt=b"too small"))
    assert (found.verdict, found.tests[0].message) == (Verdict.WA, "a number\ntoo small")


def test_one_that_does_not_decide_is_the_judges_error() -> None:
    with pytest.raises(JudgeError, match=r"output_validators/b\.py failed on secret/1: exit status 0"):
        judge(saying(42), saying(0))


@pytest.mark.parametrize(("first", "second"), [({"score_txt": b"30"}, {}), ({}, {"score_txt": b"30"})], ids=["first", "second"])
def test_one_of_them_gives_the_points(first: dict[str, bytes], second: dict[str, bytes]) -> None:
    assert judge(saying(42, **first), saying(42, **second), must_score=True).score == 30


def test_points_of_two_or_of_none_are_the_judges_error() -> None:
    with pytest.raises(JudgeError, match=r"Two output validators wrote score\.txt"):
        judge(saying(42, score_txt=b"30"), saying(42, score_txt=b"30"), must_score=True)
    with pytest.raises(JudgeError, match=r"wrote no score\.txt"):
        judge(saying(42), saying(42), must_score=True)
    assert judge(saying(42, score_txt=b"30"), saying(43), must_score=True).score == 0


TWO_TERMS = {
    **{path: text for path, text in SPLIT_LEGACY.items() if not path.startswith("output_validators/")},
    "output_validators/0_form.py": "import sys\nwords = sys.stdin.read().split()\nsys.exit(42 if len(words) == 2 else 43)\n",
    "output_validators/1_sum/validate.cc": CPP_VALIDATOR,
    "output_validators/1_sum/validate.h": CPP_HEADER,
}


def errors_in(found: object) -> list[str]:
    return [str(finding) for finding in found.findings if finding.severity is Severity.ERROR]  # type: ignore[attr-defined]


@pytest.mark.docker
def test_a_whole_package_holds(sandbox: DockerSandbox) -> None:
    more = {
        "submissions/wrong_answer/form.py": "n = int(input())\nprint(n, 0, 0)\n",
        "submissions/wrong_answer/sum.py": "n = int(input())\nprint(n, 1)\n",
    }
    report = verify(package(TWO_TERMS, **more), sandbox)
    assert errors_in(report) == []
    wrong = {one.path.rpartition("/")[2]: one.verdict for one in report.submissions if "wrong" in one.path}
    assert wrong == {"form.py": Verdict.WA, "sum.py": Verdict.WA, "text.py": Verdict.WA}


@pytest.mark.docker
def test_a_later_one_that_breaks_is_found(sandbox: DockerSandbox) -> None:
    broken = CPP_VALIDATOR.replace("return 42;", "return 41")
    report = verify(package(TWO_TERMS, **{"output_validators/1_sum/validate.cc": broken}), sandbox)
    assert any(
        error.startswith("output_validators/1_sum: error: ") and "does not compile" in error for error in errors_in(report)
    )
