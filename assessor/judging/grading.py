"""From a source to its grade: compile once, run the tests in order, compare, score. Pure but for the sandbox.

1. Take a box and compile; what does not compile is CE and runs nothing. A static validator looks at the rest.
2. Run the tests in order, leaving out those the package's rules make pointless, and check each output outside the box.
3. Score the groups, by the package's own grader where it has one; the verdict is that of the first failing test.
A fault of the package raises `JudgeError`, a fault of the sandbox `SandboxFailure`; neither ever becomes a grade.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Collection, Iterator, Sequence

from assessor.judging.failures import JudgeError
from assessor.judging.graders import grader_of
from assessor.judging.groups import GradeGroup, walk, without_grader
from assessor.judging.including import judged_tests
from assessor.judging.limits import JudgeLimits
from assessor.judging.outcomes import KEPT_BYTES
from assessor.judging.results import JudgeTests, judge_of
from assessor.judging.scoring import Points, Scored, all_groups, deciding, score, unscored
from assessor.judging.static_checks import StaticChecks
from assessor.judging.verdicts import CompileResult, Grade, TestResult, Verdict
from challenges.problem import OnReject, Problem, Test
from sandbox.languages import Language
from sandbox.spec import Box, CompileOutcome, Ending, Sandbox, SourceFile

OnResult = Callable[[TestResult, int, int], None]
"""Called with each result, how many tests are done and how many there are."""


def grade(
    problem: Problem,
    files: tuple[SourceFile, ...],
    language: Language,
    sandbox: Sandbox,
    limits: JudgeLimits,
    *,
    all_tests: bool = False,
    but_after_slow: bool = False,
    grader_runs: int = 1,
    on_result: OnResult | None = None,
) -> Grade:
    """Judge one submission against every test. With `all_tests` none is left out, which changes neither verdict nor score;
    with `but_after_slow` as well, the rest of a group that a failure ends is left out once a test in it was too slow. A grader
    of the package's own must say the same in all of its `grader_runs`.

    Raises `JudgeError` (the package cannot be judged) and `SandboxFailure` (ours).
    """
    check_judgeable(problem)
    with judge_of(problem, sandbox) as judge, grader_of(problem, sandbox, runs=grader_runs) as grade_group:
        static = StaticChecks(problem, files, language, sandbox).results
        judging = _Judging(problem, judged_tests(problem, language), limits, judge, static, on_result)
        judging.all_tests, judging.but_after_slow, judging.grade_group = all_tests, but_after_slow, grade_group
        return judge_in_box(files, language, sandbox, limits, unscored(problem, Verdict.CE), judging.run)


def not_compiled(problem: Problem, why: str) -> Grade:
    """The grade of a source that the challenge does not allow, and that is not even compiled therefore."""
    scored = unscored(problem, Verdict.CE)
    compiled = CompileResult(Verdict.CE, why, 0, 0)
    return Grade(scored.verdict, scored.score, scored.max_score, compiled, scored.results, scored.groups)


def check_judgeable(problem: Problem) -> None:
    """Raise `JudgeError` for a package that uses what this judge does not run."""
    reasons = list(problem.unsupported)
    if not reasons and problem.custom_validator and problem.validator is None:
        reasons.append("a custom output validator that is missing")
    if not reasons and problem.grader is None and any(group.custom for group in all_groups(problem.root)):
        reasons.append("a grader of its own that is missing")
    if not reasons and problem.static_validator is None and any(test.static for test in problem.root.all_tests()):
        reasons.append("a static validator that is missing")
    if reasons:
        raise JudgeError(f"The challenge {problem.slug} cannot be judged here: it uses {', '.join(reasons)}.")
    if not problem.root.all_tests():
        raise JudgeError(f"The challenge {problem.slug} has no tests; put pairs of .in and .ans files below data/secret.")


def judge_in_box(
    files: tuple[SourceFile, ...],
    language: Language,
    sandbox: Sandbox,
    limits: JudgeLimits,
    not_compiled: Scored,
    run: Callable[[Box], Scored],
) -> Grade:
    """Take a box, compile, and let `run` use it; `not_compiled` is what a source is worth that does not compile."""
    began = time.monotonic()
    with sandbox.box(language, limits.memory_kib) as box:
        compiled = compile_in(box, files, limits)
        scored = run(box) if compiled.verdict is Verdict.AC else not_compiled
        return Grade(
            verdict=scored.verdict,
            score=scored.score,
            max_score=scored.max_score,
            compile=compiled,
            tests=scored.results,
            groups=scored.groups,
            runtime=box.runtime,
            acquire_ms=box.acquire_ms,
            total_ms=round((time.monotonic() - began) * 1000),
            time_limit_ms=limits.time_ms,
            slowdown=limits.slowdown,
        )


def compile_in(box: Box, files: tuple[SourceFile, ...], limits: JudgeLimits) -> CompileResult:
    """Compile, and say what came of it in a text that any database can hold."""
    outcome = box.compile(files, limits.of_compile())
    verdict = Verdict.AC if outcome.ok else Verdict.CE
    return CompileResult(verdict, _compile_text(outcome, limits), outcome.cpu_ms, outcome.wall_ms)


def _compile_text(outcome: CompileOutcome, limits: JudgeLimits) -> str:
    text = outcome.output[:KEPT_BYTES].replace("\0", "\\x00").encode("utf-8", "backslashreplace").decode()
    if outcome.ok:
        return text
    match outcome.ending:
        case Ending.CPU_LIMIT | Ending.WALL_LIMIT:
            stop = f"Compiling was stopped after {limits.compile_time_ms // 1000} seconds."
        case Ending.MEMORY_LIMIT:
            stop = f"Compiling was stopped: it needed more than {limits.compile_memory_kib // 1024} MiB of memory."
        case Ending.OUTPUT_LIMIT:
            stop = "Compiling was stopped: it wrote too much."
        case _:
            return text
    return f"{text.rstrip()}\n{stop}".lstrip()


class _Judging:
    """Collects the results of one submission and knows from them which tests are still wanted."""

    def __init__(
        self,
        problem: Problem,
        tests: tuple[Test, ...],
        limits: JudgeLimits,
        judge: JudgeTests,
        static: Callable[[Sequence[Test]], Iterator[TestResult]],
        on_result: OnResult | None,
    ) -> None:
        self.all_tests = False
        self.but_after_slow = False
        self.grade_group: GradeGroup = without_grader
        self._problem = problem
        self._tests = tests
        self._limits = limits
        self._judge = judge
        self._static = static
        self._on_result = on_result
        self._results: dict[str, TestResult] = {}
        self._unwanted: Collection[str] = frozenset()
        self._failed = False

    def run(self, box: Box) -> Scored:
        """Run the tests in the box and score what came of them."""
        places = {test.name: number for number, test in enumerate(self._tests, start=1)}
        dynamic = [test for test in self._tests if not test.static]
        results = self._judge(box, dynamic, self._limits, lambda: self._unwanted, is_sample)
        for result in itertools.chain(self._static([test for test in self._tests if test.static]), results):
            self._add(result)
            if self._on_result is not None:
                self._on_result(result, places[result.name], len(self._tests))
        return score(self._problem, self._results.values(), self.grade_group)

    def _add(self, result: TestResult) -> None:
        self._results[result.name] = result
        self._failed = self._failed or result.verdict is not Verdict.AC
        if not self._failed and self._problem.grader is None:
            return
        outcomes = walk(self._problem, self._results, deciding(Points(self._problem), self.grade_group)).every()
        if not self.all_tests:
            self._unwanted = {name for outcome in outcomes for name in outcome.skipped}
        elif self.but_after_slow and result.verdict is Verdict.TLE:
            own = next(outcome.group for outcome in outcomes if outcome.group.name == result.group)
            if own.on_reject is OnReject.BREAK:
                self._unwanted = {*self._unwanted, *(test.name for test in own.tests)}


def is_sample(test: Test) -> bool:
    """Whether candidates see this test."""
    return test.name.startswith("sample/")
