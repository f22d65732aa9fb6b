"""Static validators: how they are called, and what their word is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from number_packages import package
from pretend_sandbox import PYTHON, PretendSandbox, ended
from static_packages import STATIC

from assessor.judging.failures import JudgeError
from assessor.judging.grading import grade
from assessor.judging.limits import limits_for
from assessor.judging.running import run_samples
from assessor.judging.verdicts import Grade, Verdict
from assessor.judging.verifying import verify
from challenges.findings import Severity
from challenges.problem import Problem
from challenges.reading import read_problem
from sandbox.spec import CheckOutcome, CheckSpec, RunOutcome, SourceFile

if TYPE_CHECKING:
    from sandbox.containers import DockerSandbox

FILES = (SourceFile("main.py", b"x\n"), SourceFile("part.py", b"y\n"))


def problem_of(**changes: str | None) -> Problem:
    problem, findings = read_problem(package(STATIC, **changes))
    assert problem is not None, findings
    return problem


def right(stdin: bytes, _attempt: int) -> RunOutcome:
    return ended(b"%d\n" % (int(stdin) * (int(stdin) + 1) // 2))


def judge(problem: Problem, sandbox: PretendSandbox) -> Grade:
    return grade(problem, FILES, PYTHON, sandbox, limits_for(problem, PYTHON))


def test_it_gets_the_language_the_start_and_the_source() -> None:
    sandbox = PretendSandbox(right)
    found = judge(problem_of(), sandbox)
    assert (found.verdict, found.score, found.max_score) == (Verdict.AC, 100.0, 100.0)
    assert [spec.args for spec in sandbox.checked] == [
        ("python3", "main.py", "/box/feedback/", "lines"),
        ("python3", "main.py", "/box/feedback/", "loop"),
    ]
    assert all(spec.files == FILES for spec in sandbox.checked)


@pytest.mark.parametrize(
    ("feedback", "score"),
    [({"score_multiplier.txt": b"0.25"}, 85.0), ({"score.txt": b"7"}, 87.0), ({"score.txt": b"20"}, 100.0)],
)
def test_it_may_give_points_up_to_its_own_maximum(feedback: dict[str, bytes], score: float) -> None:
    sandbox = PretendSandbox(right)
    sandbox.validate = lambda spec: CheckOutcome(ended(exit_code=42), feedback if "lines" in spec.args else {})
    assert judge(problem_of(), sandbox).score == score
    sandbox.validate = lambda _spec: CheckOutcome(ended(exit_code=42), {"score.txt": b"21"})
    with pytest.raises(JudgeError, match="not between 0 and 20"):
        judge(problem_of(), sandbox)


def test_a_rejected_source_loses_what_the_test_is_worth() -> None:
    def validate(spec: CheckSpec) -> CheckOutcome:
        return CheckOutcome(ended(exit_code=43), {})

    sandbox = PretendSandbox(right)
    sandbox.validate = validate
    found = judge(problem_of(), sandbox)
    assert (found.verdict, found.score) == (Verdict.WA, 40.0)


def test_one_that_does_not_decide_is_the_judges_error() -> None:
    sandbox = PretendSandbox(right)
    sandbox.validate = lambda _spec: CheckOutcome(ended(exit_code=0), {})
    with pytest.raises(JudgeError, match="static_validator failed on secret/a/static_validation"):
        judge(problem_of(), sandbox)


def test_samples_are_run_without_it() -> None:
    problem = problem_of(**{"data/sample/test_group.yaml": "static_validation_score: pass-fail\n"})
    sandbox = PretendSandbox(right)
    found = run_samples(problem, FILES, PYTHON, sandbox, limits_for(problem, PYTHON))
    assert [result.name for result in found.tests] == ["sample/1"]
    assert sandbox.checked == []
    assert len(judge(problem, sandbox).tests) == 7


@pytest.mark.parametrize(
    ("path", "text", "reason"),
    [
        ("data/secret/a/test_group.yaml", "max_score: 60\nstatic_validation_score: 20\n", "is `pass-fail` in a group"),
        ("data/secret/a/test_group.yaml", "max_score: 60\nscore_aggregation: sum\nstatic_validation_score: 61\n", "more than"),
        ("data/secret/a/test_group.yaml", "max_score: 60\nstatic_validator_args: [a]\n", "without `static_validation_score`"),
        ("data/secret/test_group.yaml", "static_validation_score: 5\n", "folder of groups"),
        ("data/sample/test_group.yaml", "static_validation_score: 5\n", "must be `pass-fail`"),
        ("static_validator/look.py", None, "asks for a static validator"),
    ],
)
def test_settings_that_cannot_be_are_errors(path: str, text: str | None, reason: str) -> None:
    _problem, findings = read_problem(package(STATIC, **{path: text}))
    assert any(reason in finding.message for finding in findings if finding.severity is Severity.ERROR), findings


@pytest.mark.docker
def test_a_whole_package_holds(sandbox: DockerSandbox) -> None:
    report = verify(package(STATIC), sandbox)
    assert [str(finding) for finding in report.findings if finding.severity is Severity.ERROR] == []
    assert {one.path.rpartition("/")[2]: one.score for one in report.submissions} == {
        "Main.java": 90.0,
        "one_line.py": 100.0,
        "three_lines.py": 90.0,
        "long.py": 80.0,
        "loop.py": 50.0,
    }
