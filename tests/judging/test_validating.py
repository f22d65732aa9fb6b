"""The package's own validator: what it is given, what its endings mean, and which scores it may give."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from number_packages import package
from pretend_sandbox import PYTHON, SOURCE, PretendSandbox, ended, numbers
from validator_packages import CLOSER, SPLIT, SPLIT_LEGACY

from assessor.judging.failures import JudgeError
from assessor.judging.grading import grade
from assessor.judging.limits import limits_for
from assessor.judging.running import run_samples
from assessor.judging.verdicts import Grade, Verdict
from assessor.judging.verifying import verify
from challenges.findings import Severity
from challenges.problem import Aggregation, FormatVersion, OnReject, OutputValidator, Problem, ProblemType, Test, TestGroup
from challenges.reading import read_problem
from sandbox.spec import CheckOutcome, CheckSpec, CompileOutcome, Ending, RunOutcome, SourceFile

if TYPE_CHECKING:
    from sandbox.containers import DockerSandbox

VALIDATOR = OutputValidator("output_validator", (("v.py", b"import sys\n"),))
PLAIN = replace(numbers({"one": [1, 2]}), custom_validator=True, validator=VALIDATOR)


def scored(aggregation: Aggregation = Aggregation.SUM, *, must_score: bool = False, legacy: bool = False) -> Problem:
    """A scoring problem with two hidden tests that are worth 100 together."""
    tests = (Test("secret/g/1", b"1", b""), Test("secret/g/2", b"2", b""))
    group = TestGroup("secret/g", tests=tests, aggregation=aggregation, max_score=100, on_reject=OnReject.CONTINUE)
    sample = TestGroup("sample", tests=(Test("sample/1", b"0", b""),), on_reject=OnReject.CONTINUE, max_score=0)
    root = TestGroup("", groups=(sample, TestGroup("secret", groups=(group,), max_score=100)), ignore_sample=True)
    return replace(
        PLAIN,
        type=ProblemType.SCORING,
        format_version=FormatVersion.LEGACY if legacy else FormatVersion.V2025_09,
        root=root,
        max_score=100.0,
        validator=replace(VALIDATOR, must_score=must_score),
    )


def judge(sandbox: PretendSandbox, problem: Problem = PLAIN) -> Grade:
    return grade(problem, SOURCE, PYTHON, sandbox, limits_for(problem, PYTHON, 1000))


def saying(run: RunOutcome | None = None, **feedback: bytes) -> PretendSandbox:
    """A validator that ends so and leaves these files (`score_txt` for score.txt) for hidden tests; samples it accepts."""
    sandbox = PretendSandbox()
    files = {name.replace("_txt", ".txt"): content for name, content in feedback.items()}

    def validate(spec: CheckSpec) -> CheckOutcome:
        sample = spec.given[0].content.strip() == b"0"
        return CheckOutcome(ended(exit_code=42), {}) if sample else CheckOutcome(run or ended(exit_code=42), files)

    sandbox.validate = validate
    return sandbox


def test_it_is_called_as_the_format_says_in_a_box_of_its_own() -> None:
    sandbox = saying()
    tests = (Test("secret/1", b"in", b"ans", ("flag", "2")),)
    found = judge(sandbox, replace(PLAIN, root=TestGroup("secret", tests=(replace(tests[0], input=b"7"),))))
    assert found.verdict is Verdict.AC
    (spec,) = sandbox.checked
    assert spec.stdin == b"8\n"
    assert spec.args == ("/box/given/test.in", "/box/given/test.ans", "/box/feedback/", "flag", "2")
    assert [(file.path, file.content) for file in spec.given] == [("test.in", b"7"), ("test.ans", b"ans")]
    assert (spec.limits.cpu_ms, spec.limits.memory_kib, spec.limits.output_kib) == (60_000, 2048 * 1024, 8192)
    assert [files for files, _ in sandbox.compiled] == [SOURCE, (SourceFile("main.py", b"import sys\n"),)]
    assert sandbox.open_boxes == 0


def test_43_is_a_wrong_answer_with_the_validators_words() -> None:
    found = judge(saying(ended(exit_code=43), judgemessage_txt=b"no\0pe\xff", teammessage_txt=b"try again"))
    assert found.verdict is Verdict.WA
    assert found.tests[-1].message == "no\ufffdpe\ufffd\nTo the candidate: try again"
    assert judge(saying(ended(exit_code=43))).tests[-1].message == "The output validator rejected the output."


@pytest.mark.parametrize(
    ("run", "words"),
    [
        (ended(exit_code=0), "exit status 0, which is neither 42 nor 43"),
        (ended(exit_code=1, stderr=b"Traceback: no"), "exit status 1.*Traceback: no"),
        (ended(exit_code=None, signal="SIGSEGV", ending=Ending.SIGNALLED), "ended by SIGSEGV"),
        (ended(exit_code=42, ending=Ending.CPU_LIMIT), "within 60 seconds"),
        (ended(exit_code=42, ending=Ending.WALL_LIMIT), "within 60 seconds"),
        (ended(exit_code=42, ending=Ending.MEMORY_LIMIT), "2048 MiB"),
        (ended(exit_code=42, ending=Ending.OUTPUT_LIMIT), "8 MiB"),
    ],
    ids=str,
)
def test_any_other_ending_is_the_judges_error(run: RunOutcome, words: str) -> None:
    sandbox = saying(run)
    with pytest.raises(JudgeError, match=words):
        judge(sandbox)
    assert sandbox.open_boxes == 0


def test_a_program_that_fails_never_meets_the_validator() -> None:
    sandbox = PretendSandbox(lambda _stdin, _attempt: ended(b"8\n", exit_code=1))
    assert judge(sandbox).verdict is Verdict.RTE
    assert sandbox.checked == []
    assert len(sandbox.compiled) == 1


def test_a_validator_that_does_not_compile_is_the_judges_error() -> None:
    sandbox = PretendSandbox()
    box = sandbox.box

    def breaking(language: object, memory_kib: int) -> object:
        if sandbox.compiled:
            sandbox.compile_outcome = CompileOutcome(False, "line 1: no", Ending.EXITED, 1, 1, 1)
        return box(PYTHON, memory_kib)

    sandbox.box = breaking  # type: ignore[method-assign, assignment]
    with pytest.raises(JudgeError, match=r"output_validator does not compile: line 1: no"):
        judge(sandbox)


def test_a_validator_in_no_known_language_is_the_judges_error() -> None:
    problem = replace(PLAIN, validator=OutputValidator("output_validator", (("v.cob", b"x"),)))
    with pytest.raises(JudgeError, match="cannot be run: A program whose files end"):
        judge(PretendSandbox(), problem)


def test_samples_are_checked_by_it_too() -> None:
    sandbox = PretendSandbox()
    sandbox.validate = lambda _spec: CheckOutcome(ended(exit_code=43), {})
    assert run_samples(PLAIN, SOURCE, PYTHON, sandbox, limits_for(PLAIN, PYTHON, 1000)).verdict is Verdict.WA


@pytest.mark.parametrize(
    ("feedback", "score"),
    [
        ({}, 100),
        ({"score_multiplier_txt": b"0.5\n"}, 50),
        ({"score_multiplier_txt": b" 1 "}, 100),
        ({"score_multiplier_txt": b"0"}, 0),
        ({"score_txt": b"12.5"}, 25),
        ({"score_txt": b"5e1"}, 100),
    ],
)
def test_points_of_an_accepted_output(feedback: dict[str, bytes], score: float) -> None:
    found = judge(saying(**feedback), scored())
    assert (found.verdict, found.score, found.max_score) == (Verdict.AC, score, 100)
    assert [result.score for result in found.tests] == [None, score / 2, score / 2]


@pytest.mark.parametrize(
    ("feedback", "words"),
    [
        ({"score_multiplier_txt": b"1.1"}, "not between 0 and 1"),
        ({"score_multiplier_txt": b"-0.1"}, "not between 0 and 1"),
        ({"score_multiplier_txt": b""}, "is no number"),
        ({"score_txt": b"nan"}, "is no number"),
        ({"score_txt": b"1 2"}, "is no number"),
        ({"score_txt": b"1e999"}, "is no number"),
        ({"score_txt": b"50.1"}, "not between 0 and 50"),
        ({"score_txt": b"1", "score_multiplier_txt": b"1"}, "wrote both"),
    ],
)
def test_points_against_the_rules_are_the_judges_error(feedback: dict[str, bytes], words: str) -> None:
    with pytest.raises(JudgeError, match=words):
        judge(saying(**feedback), scored())


def test_points_for_a_rejected_output_are_the_judges_error() -> None:
    with pytest.raises(JudgeError, match=r"wrote score\.txt for an output that it rejected"):
        judge(saying(ended(exit_code=43), score_txt=b"1"), scored())


def test_points_in_a_group_that_is_all_or_nothing_are_the_judges_error() -> None:
    with pytest.raises(JudgeError, match="scored pass-fail"):
        judge(saying(score_txt=b"1"), scored(Aggregation.PASS_FAIL))


def test_the_least_of_a_group_counts() -> None:
    sandbox = PretendSandbox()
    points = {b"0": b"9999", b"1": b"70", b"2": b"30"}
    sandbox.validate = lambda spec: CheckOutcome(ended(exit_code=42), {"score.txt": points[spec.given[0].content]})
    assert judge(sandbox, scored(Aggregation.MIN)).score == 30


def test_points_mean_nothing_in_a_pass_fail_challenge() -> None:
    assert judge(saying(score_txt=b"many")).verdict is Verdict.AC


def test_a_legacy_validator_that_must_score() -> None:
    problem = scored(must_score=True, legacy=True)
    sandbox = PretendSandbox()
    sandbox.validate = lambda _spec: CheckOutcome(ended(exit_code=42), {"score.txt": b"20"})
    assert judge(sandbox, problem).score == 40
    with pytest.raises(JudgeError, match=r"wrote no score\.txt"):
        judge(saying(), problem)
    assert judge(saying(score_txt=b"x"), scored(legacy=True)).score == 2


def errors_in(found: object) -> list[str]:
    return [str(finding) for finding in found.findings if finding.severity is Severity.ERROR]  # type: ignore[attr-defined]


@pytest.mark.docker
@pytest.mark.parametrize("base", [SPLIT, SPLIT_LEGACY], ids=["2025-09 in Python", "legacy in C++"])
def test_whole_packages_hold(sandbox: DockerSandbox, base: dict[str, str]) -> None:
    report = verify(package(base), sandbox)
    assert errors_in(report) == []
    assert all(one.ok for one in report.submissions)


@pytest.mark.docker
def test_a_candidate_cannot_reach_the_validator(sandbox: DockerSandbox) -> None:
    spy = "import os\nn = int(input())\nprint(sorted(os.listdir('/box')))\n"
    report = verify(package(SPLIT, **{"submissions/wrong_answer/spy.py": spy}), sandbox)
    assert errors_in(report) == []
    (found,) = [one for one in report.submissions if one.path.endswith("spy.py")]
    assert found.verdict is Verdict.WA


@pytest.mark.docker
def test_a_validator_that_breaks_is_a_finding_and_no_verdict(sandbox: DockerSandbox) -> None:
    report = verify(package(SPLIT, **{"output_validator/validate.py": "raise ValueError('oops')\n"}), sandbox)
    found = errors_in(report)
    assert [error.partition(": error: ")[0] for error in found] == ["data/sample/1.ans", "problem.yaml"]
    assert all("exit status 1" in error and "oops" in error for error in found)


@pytest.mark.docker
@pytest.mark.parametrize(("program", "score"), [("print(input())", 100), ("print(int(input()) + 4)", 60), ("print(0)", 0)])
def test_closer_guesses_earn_more(sandbox: DockerSandbox, program: str, score: float) -> None:
    problem, findings = read_problem(package(CLOSER))
    assert problem is not None, findings
    found = grade(problem, (SourceFile("main.py", program.encode()),), PYTHON, sandbox, limits_for(problem, PYTHON))
    assert found.score == pytest.approx(score)
    assert found.max_score == 100
