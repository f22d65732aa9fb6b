"""Interactive challenges: who wins when both sides fail, and a whole package with every verdict on real Docker."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from given_packages import DIALOGUES
from guess_packages import GUESS, GUESS_LEGACY, SEARCH
from number_packages import package
from pretend_sandbox import PYTHON, SOURCE, PretendSandbox, ended, numbers

from assessor.judging.failures import JudgeError
from assessor.judging.grading import grade
from assessor.judging.limits import limits_for
from assessor.judging.running import run_samples
from assessor.judging.verdicts import Grade, Verdict
from assessor.judging.verifying import verify
from challenges.findings import Severity
from challenges.problem import OutputValidator, ProblemLimits, Test, TestGroup
from challenges.reading import read_problem
from sandbox.spec import CheckOutcome, CheckSpec, Ending, RunOutcome, SourceFile, Talk

if TYPE_CHECKING:
    from sandbox.containers import DockerSandbox

TESTS = (Test("secret/1", b"1", b"x", ("flag",), ("arg",)), Test("secret/2", b"2", b"x"))
PROBLEM = replace(
    numbers({}),
    custom_validator=True,
    interactive=True,
    validator=OutputValidator("output_validator", (("v.py", b"import sys\n"),)),
    root=TestGroup("", groups=(TestGroup("secret", tests=TESTS),)),
)
KILLED = ended(exit_code=None, signal="SIGKILL", ending=Ending.WALL_LIMIT)
SPUN = ended(exit_code=None, signal="SIGKILL", ending=Ending.CPU_LIMIT, cpu_ms=1200)
CRASHED = ended(exit_code=1)
YES, NO = ended(exit_code=42), ended(exit_code=43)


def judge(program: RunOutcome, validator: RunOutcome, *, first: bool = False, stopped: bool = False) -> Grade:
    sandbox = PretendSandbox()
    sandbox.converse = lambda _spec, _other: Talk(
        CheckOutcome(program, {}), CheckOutcome(validator, {"judgemessage.txt": b"because"}), first, stopped
    )
    return grade(PROBLEM, SOURCE, PYTHON, sandbox, limits_for(PROBLEM, PYTHON, 1000))


@pytest.mark.parametrize(
    ("program", "validator", "first", "stopped", "verdict"),
    [
        (ended(), YES, True, False, Verdict.AC),
        (ended(), YES, False, False, Verdict.AC),
        (ended(), NO, False, False, Verdict.WA),
        (CRASHED, NO, True, False, Verdict.WA),
        (KILLED, NO, True, False, Verdict.WA),
        (SPUN, NO, True, False, Verdict.WA),
        (CRASHED, NO, False, False, Verdict.RTE),
        (KILLED, NO, False, False, Verdict.TLE),
        (CRASHED, YES, True, False, Verdict.RTE),
        (SPUN, YES, True, False, Verdict.TLE),
        (KILLED, KILLED, False, True, Verdict.TLE),
        (ended(), KILLED, False, True, Verdict.WA),
        (ended(ending=Ending.OUTPUT_LIMIT), YES, True, False, Verdict.OLE),
    ],
)
def test_who_wins(program: RunOutcome, validator: RunOutcome, first: bool, stopped: bool, verdict: Verdict) -> None:
    assert judge(program, validator, first=first, stopped=stopped).verdict is verdict


@pytest.mark.parametrize("validator", [ended(exit_code=0), CRASHED, KILLED, SPUN], ids=str)
def test_a_validator_that_does_not_decide_is_the_judges_error(validator: RunOutcome) -> None:
    with pytest.raises(JudgeError, match="output_validator failed on secret/1"):
        judge(CRASHED, validator, first=True)


def test_each_side_gets_its_own() -> None:
    sandbox = PretendSandbox()
    grade(PROBLEM, SOURCE, PYTHON, sandbox, limits_for(PROBLEM, PYTHON, 1000))
    program, validator = sandbox.talks[0]
    assert (program.given, program.wanted, program.args, program.limits.cpu_ms) == ((), (), ("arg",), 1100)
    assert validator.args[3:] == ("flag",)
    assert [file.content for file in validator.given] == [b"1", b"x"]
    assert sandbox.open_boxes == 0


SEVERAL = replace(PROBLEM, multi_pass=True, limits=ProblemLimits(validation_passes=3), root=TestGroup("", tests=TESTS[:1]))


def in_passes(*passes: tuple[RunOutcome, RunOutcome, dict[str, bytes]]) -> tuple[PretendSandbox, Grade]:
    """What a challenge of several dialogues comes to; for each pass the program's end, the validator's, and what it leaves."""
    coming, sandbox = iter(passes), PretendSandbox()

    def converse(_spec: CheckSpec, _other: CheckSpec) -> Talk:
        program, validator, feedback = next(coming)
        return Talk(CheckOutcome(program, {}), CheckOutcome(validator, feedback), False, False)

    sandbox.converse = converse
    return sandbox, grade(SEVERAL, SOURCE, PYTHON, sandbox, limits_for(SEVERAL, PYTHON, 1000))


NEXT = {"nextpass.in": b"20"}


def test_a_dialogue_follows_on_the_input_that_the_validator_has_written() -> None:
    slow = ended(cpu_ms=700)
    sandbox, found = in_passes((slow, YES, NEXT), (ended(), YES, {"nextpass.in": b"30"}), (ended(), YES, {}))
    assert (found.verdict, found.tests[0].cpu_ms) == (Verdict.AC, 700)
    assert [other.given[0].content for _spec, other in sandbox.talks] == [b"1", b"20", b"30"]
    assert [other.fresh for _spec, other in sandbox.talks] == [True, False, False]


@pytest.mark.parametrize(("program", "validator", "verdict"), [(ended(), NO, Verdict.WA), (CRASHED, YES, Verdict.RTE)])
def test_a_later_dialogue_decides(program: RunOutcome, validator: RunOutcome, verdict: Verdict) -> None:
    assert in_passes((ended(), YES, NEXT), (program, validator, {}))[1].verdict is verdict


def test_a_crash_beside_a_next_pass_is_the_programs_own_and_a_rejection_beside_one_the_validators() -> None:
    assert in_passes((CRASHED, YES, NEXT))[1].verdict is Verdict.RTE
    with pytest.raises(JudgeError, match="for an output that it rejected"):
        in_passes((ended(), NO, NEXT))
    with pytest.raises(JudgeError, match="more than 3 passes"):
        in_passes(*[(ended(), YES, NEXT)] * 3)


@pytest.mark.docker
@pytest.mark.parametrize("base", [GUESS, GUESS_LEGACY, DIALOGUES], ids=["2025-09 in Python", "legacy in C++", "several passes"])
def test_whole_packages_hold(sandbox: DockerSandbox, base: dict[str, str]) -> None:
    report = verify(package(base), sandbox)
    errors = [str(finding) for finding in report.findings if finding.severity is Severity.ERROR]
    assert errors == [], "\n".join(errors)
    assert all(one.ok for one in report.submissions)
    empty = "submissions/wrong_answer/silent.py"
    programs = [path for path in base if path.startswith("submissions/") and path not in (empty, "submissions/submissions.yaml")]
    assert len(report.submissions) == len(programs)


@pytest.mark.docker
@pytest.mark.parametrize(
    ("program", "verdict"),
    [
        (SEARCH, Verdict.AC),
        ("while True: print('1' * 60000)\n", Verdict.WA),
        ("input()\nprint(5, end='', flush=True)\ninput()\ninput()\n", Verdict.TLE),
    ],
    ids=["right", "floods", "both wait"],
)
def test_samples_too(sandbox: DockerSandbox, program: str, verdict: Verdict) -> None:
    problem, findings = read_problem(package(GUESS))
    assert problem is not None, findings
    files = (SourceFile("main.py", program.encode()),)
    assert run_samples(problem, files, PYTHON, sandbox, limits_for(problem, PYTHON)).verdict is verdict
