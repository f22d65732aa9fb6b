"""Multi-pass challenges: who decides that another pass follows, and what counts at the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from number_packages import START, package
from pretend_sandbox import PYTHON, SOURCE, PretendSandbox, ended, numbers

from assessor.judging.failures import JudgeError
from assessor.judging.grading import grade
from assessor.judging.limits import limits_for
from assessor.judging.verdicts import Grade, Verdict
from assessor.judging.verifying import verify
from challenges.findings import Severity
from challenges.problem import OutputValidator, ProblemLimits, Test, TestGroup
from sandbox.spec import CheckOutcome, CheckSpec, RunOutcome

if TYPE_CHECKING:
    from sandbox.containers import DockerSandbox

PROBLEM = replace(
    numbers({}, limits=ProblemLimits(validation_passes=3)),
    custom_validator=True,
    multi_pass=True,
    validator=OutputValidator("output_validator", (("v.py", b"import sys\n"),)),
    root=TestGroup("", groups=(TestGroup("secret", tests=(Test("secret/1", b"1", b"x"),)),)),
)


def judge(sandbox: PretendSandbox) -> Grade:
    return grade(PROBLEM, SOURCE, PYTHON, sandbox, limits_for(PROBLEM, PYTHON, 1000))


def doubling(until: int, last: int = 42) -> PretendSandbox:
    """A validator that gives the output back, ten times as large, until it is large enough."""
    sandbox = PretendSandbox()

    def validate(spec: CheckSpec) -> CheckOutcome:
        if int(spec.stdin) >= until:
            return CheckOutcome(ended(exit_code=last), {"judgemessage.txt": b"done"})
        return CheckOutcome(ended(exit_code=42), {"nextpass.in": b"%d0" % int(spec.stdin)})

    sandbox.validate = validate
    return sandbox


def test_the_validator_makes_the_next_input_and_keeps_its_notes() -> None:
    sandbox = doubling(200)
    found = judge(sandbox)
    assert (found.verdict, found.tests[0].message) == (Verdict.AC, "done")
    assert sandbox.ran == [b"1", b"20", b"210"]
    assert [spec.fresh for spec in sandbox.checked] == [True, False, False]
    assert all(spec.take and spec.wanted[-1] == "nextpass.in" for spec in sandbox.checked)
    assert [spec.given[0].content for spec in sandbox.checked] == sandbox.ran


def test_a_later_pass_can_be_wrong() -> None:
    assert judge(doubling(20, last=43)).verdict is Verdict.WA


def test_a_later_pass_can_fail() -> None:
    sandbox = doubling(200)
    sandbox.behave = lambda stdin, _attempt: ended(b"2\n", cpu_ms=300) if stdin == b"1" else ended(b"2\n", exit_code=1)
    found = judge(sandbox)
    assert (found.verdict, found.tests[0].cpu_ms) == (Verdict.RTE, 300)
    assert len(sandbox.checked) == 1


def test_limits_hold_for_each_pass() -> None:
    sandbox = doubling(200)
    behave = sandbox.behave

    def slow(stdin: bytes, attempt: int) -> RunOutcome:
        return replace(behave(stdin, attempt), cpu_ms=900)

    sandbox.behave = slow
    assert (judge(sandbox).verdict, judge(sandbox).tests[0].cpu_ms) == (Verdict.AC, 900)


def test_one_pass_too_many_is_the_judges_error() -> None:
    with pytest.raises(JudgeError, match="more than 3 passes"):
        judge(doubling(10**9))


def test_another_pass_after_a_rejected_output_is_the_judges_error() -> None:
    sandbox = PretendSandbox()
    sandbox.validate = lambda _spec: CheckOutcome(ended(exit_code=43), {"nextpass.in": b"1"})
    with pytest.raises(JudgeError, match="rejected"):
        judge(sandbox)


VALIDATOR = """\
import os, sys
notes = sys.argv[3] + "notes.txt"
said = sys.stdin.read().split()
if not os.path.exists(notes):
    open(notes, "w").write(open(sys.argv[1]).read().split()[1])
    open(sys.argv[3] + "judgemessage.txt", "a").write("first ")
    open(sys.argv[3] + "nextpass.in", "w").write("decode " + said[0])
    sys.exit(42)
open(sys.argv[3] + "judgemessage.txt", "a").write("second")
given = open(sys.argv[1]).read().split()
right = given[0] == "decode" and said == open(notes).read().split()
sys.exit(42 if right and not os.path.exists(sys.argv[3] + "nextpass.in") else 43)
"""
RIGHT = "do, word = input().split()\nprint(word[::-1])\n"
PACKAGE: Mapping[str, str] = {
    "problem.yaml": START + "type: multi-pass\nname: Code\nlimits: {time_limit: 1.0}\n",
    "statement/problem.en.md": "Encode a word, and decode it in a second run.\n",
    "output_validator/validate.py": VALIDATOR,
    "data/sample/1.in": "encode hello\n",
    "data/sample/1.ans": "x\n",
    "data/secret/1.in": "encode world\n",
    "data/secret/1.ans": "x\n",
    "submissions/accepted/right.py": RIGHT,
    "submissions/wrong_answer/forgets.py": "do, word = input().split()\nprint(len(word))\n",
    "submissions/wrong_answer/file.py": (
        "import os\ndo, word = input().split()\n"
        "if do == 'encode': open('/tmp/w', 'w').write(word)\n"
        "print(open('/tmp/w').read() if os.path.exists('/tmp/w') and do == 'decode' else 1)\n"
    ),
    "submissions/run_time_error/second.py": RIGHT + "if do == 'decode': raise SystemExit(1)\n",
}


@pytest.mark.docker
def test_a_whole_package_holds(sandbox: DockerSandbox) -> None:
    report = verify(package(PACKAGE), sandbox)
    errors = [str(finding) for finding in report.findings if finding.severity is Severity.ERROR]
    assert errors == [], "\n".join(errors)
    assert all(one.ok for one in report.submissions)
