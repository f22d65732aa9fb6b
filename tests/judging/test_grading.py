"""From outcomes to a grade: precedence, stopping, reruns near the limit, and what never becomes a grade."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pretend_sandbox import PYTHON, SOURCE, BrokenSandbox, PretendSandbox, ended, number_test, numbers, successor

from assessor.judging.failures import JudgeError
from assessor.judging.grading import grade
from assessor.judging.limits import limits_for
from assessor.judging.running import run_custom, run_samples
from assessor.judging.verdicts import Grade, TestResult, Verdict
from challenges.problem import OnReject, Problem, ProblemLimits, TestGroup
from sandbox.spec import CompileOutcome, Ending, RunOutcome, SandboxFailure

TWO_GROUPS = numbers({"small": [1, 2], "large": [10, 20]})
SCORED = numbers(
    {"small": [1, 2], "large": [10, 20]}, scoring=True, on_reject=OnReject.CONTINUE, points={"small": 40, "large": 60}
)


def judge(sandbox: PretendSandbox, problem: Problem = TWO_GROUPS, **options: bool) -> Grade:
    return grade(problem, SOURCE, PYTHON, sandbox, limits_for(problem, PYTHON, 1000), **options)


def wrong_on(*bad: int, **changes: object) -> PretendSandbox:
    """A program that goes wrong on these inputs: prints 0 instead, or ends as `changes` say."""

    def behave(stdin: bytes, attempt: int) -> RunOutcome:
        right = successor(stdin, attempt)
        if int(stdin) not in bad:
            return right
        return replace(right, **changes) if changes else ended(b"0\n")  # type: ignore[arg-type]

    return PretendSandbox(behave)


def test_a_right_program_is_accepted_after_every_test_in_order() -> None:
    sandbox = PretendSandbox()
    found = judge(sandbox)
    assert found.verdict is Verdict.AC
    assert [result.name for result in found.tests] == [
        "sample/1",
        "secret/small/1",
        "secret/small/2",
        "secret/large/1",
        "secret/large/2",
    ]
    assert (found.score, found.max_score, found.runtime, found.acquire_ms) == (None, None, "pretend", 1)
    assert sandbox.open_boxes == 0


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"cpu_ms": 1500, "ending": Ending.CPU_LIMIT, "exit_code": None, "signal": "SIGKILL"}, Verdict.TLE),
        ({"wall_ms": 3100, "ending": Ending.WALL_LIMIT, "exit_code": None, "signal": "SIGKILL"}, Verdict.TLE),
        ({"cpu_ms": 1200, "ending": Ending.EXITED}, Verdict.TLE),
        ({"cpu_ms": 1200, "ending": Ending.MEMORY_LIMIT}, Verdict.TLE),
        ({"cpu_ms": 1200, "ending": Ending.SIGNALLED, "exit_code": None, "signal": "SIGSEGV"}, Verdict.TLE),
        ({"ending": Ending.MEMORY_LIMIT, "exit_code": None, "signal": "SIGKILL"}, Verdict.MLE),
        ({"ending": Ending.MEMORY_LIMIT, "output_bytes": 1 << 30}, Verdict.MLE),
        ({"ending": Ending.OUTPUT_LIMIT, "exit_code": None, "signal": "SIGXFSZ"}, Verdict.OLE),
        ({"ending": Ending.EXITED, "output_bytes": 1 << 30, "exit_code": 1}, Verdict.OLE),
        ({"ending": Ending.SIGNALLED, "exit_code": None, "signal": "SIGSEGV"}, Verdict.RTE),
        ({"exit_code": 1}, Verdict.RTE),
        ({"exit_code": 42}, Verdict.RTE),
        ({"exit_code": 1, "stdout": b"0\n"}, Verdict.RTE),
        ({"stdout": b"0\n"}, Verdict.WA),
        ({"stdout": b"11 "}, Verdict.AC),
    ],
    ids=str,
)
def test_the_first_that_applies_is_the_verdict(changes: dict[str, object], verdict: Verdict) -> None:
    found = judge(wrong_on(10, **changes))
    assert found.verdict is verdict
    assert (found.tests[3].message == "") is (verdict is Verdict.AC)


def test_a_pass_fail_challenge_stops_at_the_first_failing_test() -> None:
    found = judge(wrong_on(1))
    assert [(result.name, result.verdict) for result in found.tests] == [
        ("sample/1", Verdict.AC),
        ("secret/small/1", Verdict.WA),
    ]
    assert [(group.name, group.verdict, group.passed, group.total) for group in found.groups] == [
        ("sample", Verdict.AC, 1, 1),
        ("secret/small", Verdict.WA, 0, 2),
        ("secret/large", Verdict.WA, 0, 2),
    ]


def test_a_failing_group_leaves_the_other_groups_their_points() -> None:
    found = judge(wrong_on(1), SCORED)
    assert [result.name for result in found.tests] == ["sample/1", "secret/small/1", "secret/large/1", "secret/large/2"]
    assert (found.verdict, found.score, found.max_score) == (Verdict.WA, 60.0, 100.0)
    assert [(group.name, group.verdict, group.score, group.max_score) for group in found.groups] == [
        ("sample", Verdict.AC, 0.0, 0.0),
        ("secret/small", Verdict.WA, 0.0, 40.0),
        ("secret/large", Verdict.AC, 60.0, 60.0),
    ]


def test_all_tests_run_when_asked_and_change_neither_verdict_nor_score() -> None:
    for problem in (TWO_GROUPS, SCORED):
        plain, thorough = judge(wrong_on(1, 20), problem), judge(wrong_on(1, 20), problem, all_tests=True)
        assert len(thorough.tests) == 5
        assert (thorough.verdict, thorough.score) == (plain.verdict, plain.score)


def test_slow_groups_may_be_left_while_all_other_tests_run() -> None:
    def behave(stdin: bytes, attempt: int) -> RunOutcome:
        slow = ended(ending=Ending.CPU_LIMIT, cpu_ms=1101, exit_code=None, signal="SIGKILL")
        return {1: slow, 10: ended(b"0")}.get(int(stdin), successor(stdin, attempt))

    problem = numbers({"slow": [1, 2, 3, 4, 5, 6], "wrong": [10, 11]})
    found = judge(PretendSandbox(behave), problem, all_tests=True, but_after_slow=True)
    assert [(result.name, result.verdict.value) for result in found.tests] == [
        ("sample/1", "AC"),
        ("secret/slow/1", "TLE"),
        ("secret/wrong/1", "WA"),
        ("secret/wrong/2", "AC"),
    ]


def test_the_verdict_is_that_of_the_first_failing_test() -> None:
    def behave(stdin: bytes, attempt: int) -> RunOutcome:
        return {1: ended(b"0"), 10: ended(exit_code=1)}.get(int(stdin), successor(stdin, attempt))

    assert judge(PretendSandbox(behave), SCORED).verdict is Verdict.WA


def test_a_program_just_over_the_limit_is_run_again_and_its_better_run_counts() -> None:
    sandbox = PretendSandbox(lambda stdin, attempt: replace(successor(stdin, 0), cpu_ms=1050 if attempt < 2 else 990))
    found = judge(sandbox, numbers({"only": [1, 2, 3, 4, 5]}))
    assert found.verdict is Verdict.AC
    assert all(result.cpu_ms == 990 for result in found.tests)
    assert [result.name for result in found.tests] == ["sample/1"] + [f"secret/only/{n}" for n in range(1, 6)]
    assert all(sandbox.ran.count(b"%d\n" % n) == 3 for n in range(6))


def test_three_runs_over_the_limit_are_too_slow() -> None:
    sandbox = PretendSandbox(lambda stdin, _attempt: replace(successor(stdin, 0), cpu_ms=1050 if stdin == b"2\n" else 10))
    found = judge(sandbox, numbers({"only": [1, 2, 3]}))
    assert found.verdict is Verdict.TLE
    assert sandbox.ran.count(b"2\n") == 3
    assert [result.name for result in found.tests][-1] == "secret/only/2"


def test_far_over_the_limit_and_sleeping_are_not_run_again() -> None:
    spin = wrong_on(1, ending=Ending.CPU_LIMIT, cpu_ms=1101, exit_code=None, signal="SIGKILL")
    sleep = wrong_on(1, ending=Ending.WALL_LIMIT, cpu_ms=4, wall_ms=3000, exit_code=None, signal="SIGKILL")
    for sandbox in (spin, sleep):
        assert judge(sandbox).verdict is Verdict.TLE
        assert sandbox.ran.count(b"1\n") == 1


def test_what_was_run_ahead_is_not_waited_for() -> None:
    sandbox = wrong_on(0)
    assert judge(sandbox).verdict is Verdict.WA
    assert sandbox.ran == [b"0\n"]


def test_the_sandbox_may_run_a_little_past_the_time_limit() -> None:
    sandbox = PretendSandbox()
    judge(sandbox)
    assert {limits.cpu_ms for limits in sandbox.limits} == {1100}
    assert {limits.wall_ms for limits in sandbox.limits} == {3000}


def test_progress_counts_up_to_the_number_of_tests() -> None:
    seen: list[tuple[str, int, int]] = []

    def note(result: TestResult, done: int, total: int) -> None:
        seen.append((result.name, done, total))

    grade(SCORED, SOURCE, PYTHON, wrong_on(1), limits_for(SCORED, PYTHON), on_result=note)
    assert seen == [("sample/1", 1, 5), ("secret/small/1", 2, 5), ("secret/large/1", 4, 5), ("secret/large/2", 5, 5)]


def test_output_is_kept_for_samples_only_and_bounded() -> None:
    def behave(stdin: bytes, attempt: int) -> RunOutcome:
        return replace(successor(stdin, attempt), stdout=b"1 " * 100_000, stderr=b"e" * 100_000)

    found = judge(PretendSandbox(behave), SCORED)
    sample, *hidden = found.tests
    assert sample.stdout is not None
    assert sample.stderr is not None
    assert (len(sample.stdout), len(sample.stderr)) == (65536, 65536)
    assert all(result.stdout is None and result.stderr is None for result in hidden)


def test_what_does_not_compile_runs_nothing() -> None:
    sandbox = PretendSandbox(compiles=False, says="main.py:1: SyntaxError\0\ud800")
    found = judge(sandbox, SCORED)
    assert (found.verdict, found.compile.verdict, found.tests) == (Verdict.CE, Verdict.CE, ())
    assert (found.score, found.max_score) == (0.0, 100.0)
    assert found.compile.output == "main.py:1: SyntaxError\\x00\\ud800"
    assert [(group.verdict, group.passed, group.total, group.score) for group in found.groups][1:] == [
        (Verdict.CE, 0, 2, 0.0),
        (Verdict.CE, 0, 2, 0.0),
    ]
    assert sandbox.ran == []


def test_a_compiler_that_takes_too_long_is_a_compile_error_with_words() -> None:
    sandbox = PretendSandbox()
    sandbox.compile_outcome = CompileOutcome(False, "", Ending.CPU_LIMIT, 60_000, 60_000, 1)
    assert judge(sandbox).compile.output == "Compiling was stopped after 60 seconds."


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (replace(TWO_GROUPS, custom_validator=True), "output validator that is missing"),
        (replace(TWO_GROUPS, unsupported=("a static validator",)), "a static validator"),
        (replace(TWO_GROUPS, root=TestGroup(name="")), "no tests"),
    ],
)
def test_a_package_we_cannot_judge_is_the_judges_error_and_no_grade(problem: Problem, words: str) -> None:
    sandbox = PretendSandbox()
    with pytest.raises(JudgeError, match=words):
        judge(sandbox, problem)
    assert sandbox.compiled == []


def test_wrong_validator_flags_are_the_judges_error_and_the_box_is_given_back() -> None:
    bad = TestGroup(name="secret", tests=(number_test("secret/1", 1, ("float_tolerance",)),))
    sandbox = PretendSandbox()
    with pytest.raises(JudgeError, match="float_tolerance"):
        judge(sandbox, replace(TWO_GROUPS, root=TestGroup(name="", groups=(bad,))))
    assert sandbox.open_boxes == 0


def test_a_sandbox_that_fails_is_no_grade() -> None:
    with pytest.raises(SandboxFailure):
        judge(BrokenSandbox())


def test_an_error_while_noting_progress_stops_the_judging_and_gives_the_box_back() -> None:
    sandbox = PretendSandbox()

    def lost(_result: TestResult, _done: int, _total: int) -> None:
        raise RuntimeError("lease lost")

    with pytest.raises(RuntimeError):
        grade(TWO_GROUPS, SOURCE, PYTHON, sandbox, limits_for(TWO_GROUPS, PYTHON), on_result=lost)
    assert sandbox.open_boxes == 0
    assert len(sandbox.ran) == 1


def test_samples_run_all_and_are_not_scored() -> None:
    sample = TestGroup(name="sample", tests=tuple(number_test(f"sample/{n}", n) for n in (1, 2, 3)))
    problem = replace(SCORED, root=TestGroup(name="", groups=(sample,)))
    found = run_samples(problem, SOURCE, PYTHON, wrong_on(1), limits_for(problem, PYTHON))
    assert [result.verdict for result in found.tests] == [Verdict.WA, Verdict.AC, Verdict.AC]
    assert (found.verdict, found.score, found.groups) == (Verdict.WA, None, ())
    assert found.tests[0].stdout == b"0\n"


def test_samples_of_a_challenge_without_any_cannot_be_run() -> None:
    problem = replace(SCORED, root=TestGroup(name="", groups=SCORED.root.groups[1:]))
    with pytest.raises(JudgeError, match="no samples"):
        run_samples(problem, SOURCE, PYTHON, PretendSandbox(), limits_for(problem, PYTHON))


def test_a_run_on_ones_own_input_compares_with_nothing() -> None:
    limits = limits_for(TWO_GROUPS, PYTHON)
    (result,) = run_custom(SOURCE, PYTHON, b"41\n", PretendSandbox(), limits).tests
    assert (result.name, result.verdict, result.stdout) == ("custom", Verdict.AC, b"42\n")
    crash = run_custom(SOURCE, PYTHON, b"1\n", wrong_on(1, exit_code=3, stderr=b"Traceback\nZeroDivisionError\n"), limits)
    assert crash.verdict is Verdict.RTE
    assert crash.tests[0].message == "Exited with status 3. ZeroDivisionError"


def test_limits_follow_the_package_then_the_table() -> None:
    plain = limits_for(TWO_GROUPS, PYTHON)
    assert (plain.time_ms, plain.wall_ms, plain.memory_kib, plain.output_kib, plain.code_kib) == (
        2000,
        6000,
        1024 * 1024,
        8 * 1024,
        128,
    )
    assert (plain.compile_time_ms, plain.compile_memory_kib) == (60_000, 2048 * 1024)
    given = ProblemLimits(
        time_limit_ms=500, memory_mib=64, output_mib=1, code_kib=1, compilation_time_s=10, compilation_memory_mib=256
    )
    own = limits_for(replace(TWO_GROUPS, limits=given), PYTHON)
    assert (own.time_ms, own.wall_ms, own.memory_kib, own.output_kib, own.code_kib) == (500, 2500, 64 * 1024, 1024, 1)
    assert (own.compile_time_ms, own.compile_memory_kib) == (10_000, 256 * 1024)
    passed = limits_for(replace(TWO_GROUPS, limits=given), replace(PYTHON, time_multiplier=2.0), 3000, 32)
    assert (passed.time_ms, passed.memory_kib) == (6000, 32 * 1024)
