"""The package's own grader: what it is asked, what it may answer, and that everything else is the package's fault."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from grader_packages import HALVES, HALVES_IN_CPP, NEVER_BELOW
from number_packages import RIGHT, WRONG, package
from pretend_sandbox import PYTHON, SOURCE, Behaviour, BrokenSandbox, PretendSandbox, ended, number_test, numbers, successor

from assessor.judging.failures import JudgeError
from assessor.judging.graders import ByGrader, Unreadable, lines_of, read_result
from assessor.judging.grading import check_judgeable, grade
from assessor.judging.groups import Decided, SubResult
from assessor.judging.limits import limits_for
from assessor.judging.running import run_samples
from assessor.judging.verdicts import Grade, Verdict
from assessor.judging.verifying import verify
from challenges.findings import Severity
from challenges.problem import CustomGrading, FormatVersion, Grader, OnReject, Problem, ProblemType, TestGroup
from challenges.reading import read_problem
from sandbox.spec import Ending, RunOutcome, SandboxFailure, SourceFile

if TYPE_CHECKING:
    from sandbox.containers import DockerSandbox

AC, WA, TLE = Verdict.AC, Verdict.WA, Verdict.TLE
PROGRAM = b"import sys\n"
GRADER = Grader("graders/g.py", (("g.py", PROGRAM),))
CUSTOM = CustomGrading(("total", "3"), 0, 100)


def graded(*numbers_of_tests: int, on_reject: OnReject = OnReject.CONTINUE) -> Problem:
    """Groups of hidden tests a, b, … that the grader grades; they add up."""
    groups = []
    for name, count in zip("abc", numbers_of_tests, strict=False):
        tests = tuple(number_test(f"secret/{name}/{n}", n) for n in range(1, count + 1))
        groups.append(TestGroup(f"secret/{name}", tests=tests, custom=CUSTOM, max_score=100.0, on_reject=on_reject))
    secret = TestGroup("secret", groups=tuple(groups), on_reject=on_reject)
    return replace(
        numbers({}),
        type=ProblemType.SCORING,
        format_version=FormatVersion.LEGACY,
        root=TestGroup("", groups=(secret,), on_reject=on_reject),
        custom_validator=False,
        grader=GRADER,
    )


def judge(sandbox: PretendSandbox, problem: Problem, **options: bool) -> Grade:
    return grade(problem, SOURCE, PYTHON, sandbox, limits_for(problem, PYTHON, 1000), **options)  # type: ignore[arg-type]


def sandbox_with(grader: Behaviour | RunOutcome, behave: Behaviour = successor) -> PretendSandbox:
    program = grader if not isinstance(grader, RunOutcome) else lambda _stdin, _attempt: grader
    return PretendSandbox(behave, programs={PROGRAM: program})


def test_each_sub_result_is_a_line() -> None:
    results = (
        SubResult(AC, Fraction(40)),
        SubResult(TLE, Fraction(0)),
        SubResult(AC, Fraction(1, 3)),
        SubResult(WA, Fraction(-2.5)),
    )
    assert lines_of(results) == b"AC 40\nTLE 0\nAC 0.3333333333333333\nWA -2.5\n"


@pytest.mark.parametrize(
    ("output", "decided"),
    [
        (b"AC 40", Decided(AC, Fraction(40))),
        (b"AC\t1.5e1 \r\n\n", Decided(AC, Fraction(15))),
        (b"AC 100.00000001\n", Decided(AC, Fraction(100))),
        (b"AC +.5\n", Decided(AC, Fraction(1, 2))),
        (b"WA 7000\n", Decided(WA, Fraction(0))),
        (b"OLE -1\n", Decided(Verdict.OLE, Fraction(0))),
    ],
)
def test_what_a_grader_may_say(output: bytes, decided: Decided) -> None:
    assert read_result(output, CUSTOM) == decided


@pytest.mark.parametrize(
    ("output", "words"),
    [
        (b"", "it wrote nothing where"),
        (b"AC", "it wrote “AC”"),
        (b"40 AC", "one line such as"),
        (b"ac 40", "one line such as"),
        (b" AC 40", "one line such as"),
        (b"AC 40 points", "one line such as"),
        (b"AC 40\nAC 40\n", "one line such as"),
        (b"JE 0", "one line such as"),
        (b"CE 0", "one line such as"),
        (b"AC nan", "“AC nan”"),
        (b"AC inf", "one line such as"),
        (b"WA 1e999", "one line such as"),
        (b"AC 0x10", "one line such as"),
        (b"AC \xd9\xa4", "one line such as"),
        (b"\x00\xff\x1b[31m", r"“\\x00\\xff\\x1b\[31m”"),
        (b"AC 100.1", "gave 100.1 points, which are not in the range 0 to 100"),
        (b"AC -0.1", "not in the range"),
    ],
)
def test_everything_else_is_unreadable(output: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read_result(output, CUSTOM)


def test_it_is_asked_in_a_box_of_its_own_with_the_groups_flags() -> None:
    sandbox = sandbox_with(ended(b"AC 30\n"))
    found = judge(sandbox, graded(2, 1))
    assert (found.verdict, found.score, found.max_score) == (AC, 60, 200)
    asked = [spec for spec in sandbox.asked if spec.args]
    assert [(spec.stdin, spec.args) for spec in asked] == [(b"AC 1\nAC 1\n", ("total", "3")), (b"AC 1\n", ("total", "3"))]
    limits = asked[0].limits
    assert (limits.cpu_ms, limits.memory_kib, limits.output_kib) == (60_000, 2048 * 1024, 64)
    assert [files for files, _ in sandbox.compiled] == [SOURCE, (SourceFile("main.py", PROGRAM),)]
    assert sandbox.open_boxes == 0


def test_the_same_sub_results_are_asked_about_once() -> None:
    sandbox = sandbox_with(lambda _stdin, attempt: ended(b"AC %d\n" % (attempt + 10)))
    assert judge(sandbox, graded(2, 2, 2)).score == 30
    assert sandbox.ran.count(b"AC 1\nAC 1\n") == 1


def test_a_group_that_it_rejects_ends_the_judging() -> None:
    sandbox = sandbox_with(ended(b"WA 0\n"))
    found = judge(sandbox, graded(1, 2, on_reject=OnReject.BREAK))
    assert (found.verdict, found.score, [result.name for result in found.tests]) == (WA, 0, ["secret/a/1"])
    whole = judge(sandbox, graded(1, 2, on_reject=OnReject.BREAK), all_tests=True)
    assert (whole.verdict, whole.score, len(whole.tests)) == (WA, 0, 3)


def test_after_a_failed_test_it_is_given_what_was_judged() -> None:
    def wrong_from_two(stdin: bytes, attempt: int) -> RunOutcome:
        return successor(stdin, attempt) if stdin == b"1\n" else ended(b"0\n")

    sandbox = sandbox_with(ended(b"AC 5\n"), wrong_from_two)
    found = judge(sandbox, graded(4, on_reject=OnReject.BREAK))
    assert [spec.stdin for spec in sandbox.asked if spec.args] == [b"AC 1\nWA 0\n"]
    assert (found.verdict, found.score, len(found.tests)) == (WA, 5, 2)


def test_what_does_not_compile_is_not_graded() -> None:
    sandbox = PretendSandbox(compiles=False, says="no")
    assert (judge(sandbox, graded(2)).verdict, judge(sandbox, graded(2)).score) == (Verdict.CE, 0)
    assert sandbox.ran == []


@pytest.mark.parametrize(
    ("run", "words"),
    [
        (ended(b"AC 1\n", exit_code=1, stderr=b"Traceback\nValueError: no"), "exit status 1, which is not 0. ValueError: no"),
        (ended(b"AC 1\n", exit_code=42), "exit status 42"),
        (ended(b"AC 1\n", exit_code=None, signal="SIGSEGV", ending=Ending.SIGNALLED), "ended by SIGSEGV"),
        (ended(b"AC 1\n", ending=Ending.CPU_LIMIT), "within 60 seconds"),
        (ended(b"AC 1\n", ending=Ending.WALL_LIMIT), "within 60 seconds"),
        (ended(b"AC 1\n", ending=Ending.MEMORY_LIMIT), "2048 MiB"),
        (ended(b"AC 1\n", ending=Ending.OUTPUT_LIMIT), "more than 64 KiB"),
        (ended(b"perhaps\n"), "it wrote “perhaps"),
    ],
    ids=str,
)
def test_any_other_ending_is_the_judges_error(run: RunOutcome, words: str) -> None:
    sandbox = sandbox_with(run)
    with pytest.raises(JudgeError, match=rf"The grader graders/g\.py failed on the group data/secret/a: .*{words}") as error:
        judge(sandbox, graded(1))
    assert error.value.path == "graders/g.py"
    assert sandbox.open_boxes == 0


def test_a_sandbox_that_fails_is_no_fault_of_the_grader() -> None:
    with ExitStack() as boxes, pytest.raises(SandboxFailure) as failure:
        ByGrader(graded(1), GRADER, BrokenSandbox(), boxes)(graded(1).root.groups[0].groups[0], ())
    assert failure.value.retry


def test_the_line_of_a_crash_is_told() -> None:
    said = b'Traceback:\n  File "/box/program/main.py", line 1, in <module>\n  File "main.py", line 7, in f\nOops'
    with pytest.raises(JudgeError) as error:
        judge(sandbox_with(ended(exit_code=1, stderr=said)), graded(1))
    assert error.value.line == 7


def test_a_grader_in_no_known_language_is_the_judges_error() -> None:
    problem = replace(graded(1), grader=Grader("graders/g.cob", (("g.cob", b"x"),)))
    with pytest.raises(JudgeError, match=r"The grader graders/g\.cob cannot be run"):
        judge(PretendSandbox(), problem)


def test_a_package_without_its_grader_is_not_judged() -> None:
    with pytest.raises(JudgeError, match="a grader of its own that is missing"):
        check_judgeable(replace(graded(1), grader=None))


def test_a_run_on_the_samples_needs_no_grader() -> None:
    sample = TestGroup("sample", tests=(number_test("sample/1", 1),), custom=CUSTOM, max_score=100.0)
    problem = replace(graded(1), root=TestGroup("", groups=(sample,), custom=CUSTOM, max_score=100.0))
    sandbox = PretendSandbox()
    assert run_samples(problem, SOURCE, PYTHON, sandbox, limits_for(problem, PYTHON, 1000)).verdict is AC
    assert len(sandbox.compiled) == 1


# --- proving a package

EVERYWHERE = {"data/secret/testdata.yaml": None, "data/secret/a/testdata.yaml": None, "data/secret/b/testdata.yaml": None}
PROGRAMS: dict[bytes, Behaviour] = {
    RIGHT.encode(): successor,
    HALVES["submissions/wrong_answer/wrong.py"].encode(): lambda _stdin, _attempt: ended(b"0\n"),
    HALVES["submissions/partially_accepted/never_below.py"].encode(): successor,
}


def proved(grader: Behaviour) -> list[str]:
    sandbox = PretendSandbox(programs={**PROGRAMS, b"g": grader})
    report = verify(package(HALVES, **{"graders/grade.py": "g", **EVERYWHERE}), sandbox)
    return [str(finding) for finding in report.findings]


def test_a_grader_must_say_the_same_every_time() -> None:
    (found,) = proved(lambda _stdin, attempt: ended(b"AC %d\n" % attempt))
    assert found.startswith("graders/grade.py: error: ")
    assert "gave different results for the same sub-results" in found


def test_an_accepted_submission_that_the_grader_rejects_is_found() -> None:
    found = proved(lambda _stdin, _attempt: ended(b"WA 0\n"))
    assert "graders/grade.py: warning: decides WA on data/, where everything is accepted; check that this is meant" in found
    assert any("right.py: error: passed every test, but the grader decided WA" in one for one in found), found


# --- real ones


def errors_in(report: object) -> list[str]:
    return [str(finding) for finding in report.findings if finding.severity is Severity.ERROR]  # type: ignore[attr-defined]


@pytest.mark.docker
@pytest.mark.parametrize("base", [HALVES, HALVES_IN_CPP], ids=["Python", "C++"])
def test_whole_packages_hold(sandbox: DockerSandbox, base: dict[str, str]) -> None:
    report = verify(package(base), sandbox)
    assert [str(finding) for finding in report.findings] == []
    assert [(one.path.rpartition("/")[2], one.score) for one in report.submissions] == [
        ("right.py", 100),
        ("never_below.py", 70),
        ("wrong.py", 0),
    ]


@pytest.mark.docker
@pytest.mark.parametrize("base", [HALVES, HALVES_IN_CPP], ids=["Python", "C++"])
def test_the_groups_show_what_the_grader_gave(sandbox: DockerSandbox, base: dict[str, str]) -> None:
    found = judged(sandbox, dict(base), NEVER_BELOW)
    assert [(group.name, group.verdict, group.score, group.max_score) for group in found.groups] == [
        ("sample", AC, 1, 100),
        ("secret/a", AC, 40, 40),
        ("secret/b", AC, 30, 60),
    ]
    assert (found.verdict, found.score, found.max_score) == (WA, 70, 100)
    assert judged(sandbox, dict(base), WRONG).score == 0


def judged(sandbox: DockerSandbox, files: dict[str, str], program: str, **changes: str | None) -> Grade:
    problem, findings = read_problem(package(files, **changes))
    assert problem is not None, findings
    source = (SourceFile("main.py", program.encode()),)
    return grade(problem, source, PYTHON, sandbox, limits_for(problem, PYTHON))


HOSTILE = {
    "forks": "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass\n",
    "floods": "while True: print('AC 1' * 10000)\n",
    "hangs": "import time\ntime.sleep(1000)\n",
    "crashes": "import sys\nsys.stdin.read()\nraise ValueError('oops')\n",
    "prints garbage": "import os\nos.write(1, bytes(range(256)))\n",
    "prints NaN": "print('AC nan')\n",
    "gives too much": "print('AC 100.5')\n",
    "says nothing": "pass\n",
    "ends badly": "print('AC 1', flush=True)\nraise SystemExit(1)\n",
    "uses the clock": "import time\nprint('AC', time.time_ns() % 97)\n",
    "counts its calls": "import os\nn = len(os.listdir('.'))\nopen(str(n), 'w')\nprint('AC', 1)\nraise SystemExit(n)\n",
}


@pytest.mark.docker
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("forks", "did not end within 1 seconds|it needed more than|exit status|ended by"),
        ("floods", "it wrote more than 64 KiB"),
        ("hangs", "did not end within 1 seconds"),
        ("crashes", "exit status 1, which is not 0. ValueError: oops"),
        ("prints garbage", "it wrote “"),
        ("prints NaN", "it wrote “AC nan"),
        ("gives too much", "gave 100.5 points, which are not in the range 0 to 100"),
        ("says nothing", "it wrote nothing"),
        ("ends badly", "exit status 1"),
    ],
)
def test_a_hostile_grader_judges_nobody(sandbox: DockerSandbox, name: str, words: str) -> None:
    limits = HALVES["problem.yaml"] + "limits: {validation_time: 1, validation_memory: 256}\n"
    with pytest.raises(JudgeError, match=rf"(?s)The grader graders/grade\.py failed on the group data/sample: .*({words})"):
        judged(sandbox, dict(HALVES), RIGHT, **{"graders/grade.py": HOSTILE[name], "problem.yaml": limits})
    assert judged(sandbox, dict(HALVES), RIGHT).score == 100


@pytest.mark.docker
@pytest.mark.parametrize(
    ("path", "text", "place", "words"),
    [
        ("graders/grade.py", "import sys\nprint('AC' 1)\n", "graders/grade.py:2", "does not compile"),
        (
            "graders/grade.cpp",
            "#include <iostream>\nint f() { int x = 1.5; }\nint main() { return 0 }\n",
            "graders/grade.cpp:3",
            "does not compile",
        ),
        ("graders/grade.py", HOSTILE["crashes"], "graders/grade.py:3", "ValueError: oops"),
        ("graders/grade.cob", "x\n", "graders/grade.cob", "cannot be run: A program whose files end in .cob"),
        ("graders/grade.py", HOSTILE["uses the clock"], "graders/grade.py", "different results for the same sub-results"),
    ],
    ids=["Python", "C++", "crash", "language", "clock"],
)
def test_verifying_finds_what_is_wrong_with_a_grader(
    sandbox: DockerSandbox, path: str, text: str, place: str, words: str
) -> None:
    report = verify(package(HALVES, **{"graders/grade.py": None, path: text}), sandbox)
    (found,) = errors_in(report)
    assert found.startswith(f"{place}: error: ")
    assert words in found


@pytest.mark.docker
def test_nothing_is_left_from_one_call_to_the_next(sandbox: DockerSandbox) -> None:
    counting = HOSTILE["counts its calls"]
    assert judged(sandbox, dict(HALVES), RIGHT, **{"graders/grade.py": counting}).verdict is AC


@pytest.mark.docker
def test_a_grader_sees_neither_the_candidates_program_nor_its_output(sandbox: DockerSandbox) -> None:
    spy = "import os\nassert 'candidate.txt' not in [n for _, _, names in os.walk('/') for n in names]\nprint('AC 1')\n"
    program = f"open('candidate.txt', 'w').write('here')\n{RIGHT}"
    assert judged(sandbox, dict(HALVES), program, **{"graders/grade.py": spy}).score == 1
