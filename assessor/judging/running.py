"""Runs that are not scored: a program on the samples, or on an input of the candidate's own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from types import MappingProxyType

from assessor.judging.executing import run_tests
from assessor.judging.failures import JudgeError
from assessor.judging.grading import OnResult, check_judgeable, is_sample, judge_in_box
from assessor.judging.including import judged_tests
from assessor.judging.limits import JudgeLimits
from assessor.judging.outcomes import run_result
from assessor.judging.results import JudgeTests, judge_of
from assessor.judging.scoring import Scored
from assessor.judging.verdicts import Grade, TestResult, Verdict
from challenges.problem import Problem, Test
from sandbox.languages import Language
from sandbox.spec import Box, Sandbox, SourceFile

CUSTOM = "custom"
NOTHING: Mapping[str, bytes] = MappingProxyType({})


def run_samples(
    problem: Problem,
    files: tuple[SourceFile, ...],
    language: Language,
    sandbox: Sandbox,
    limits: JudgeLimits,
    *,
    on_result: OnResult | None = None,
) -> Grade:
    """Run every sample, whatever fails, and compare. Not scored; `stdout` and `stderr` are kept. Raises as `grade` does."""
    check_judgeable(problem)
    if not problem.samples:
        raise JudgeError(f"The challenge {problem.slug} has no samples to run on.")

    with judge_of(problem, sandbox) as judge:
        samples = tuple(test for test in judged_tests(problem, language) if is_sample(test) and not test.static)
        return _run(samples, judge, files, language, sandbox, limits, on_result)


def run_custom(
    files: tuple[SourceFile, ...],
    language: Language,
    stdin: bytes,
    sandbox: Sandbox,
    limits: JudgeLimits,
    given: Mapping[str, bytes] = NOTHING,
) -> Grade:
    """Run on one input, with nothing to compare: one result named "custom", AC when the program ends well. The `given` files
    are where it runs.
    """
    test = Test(CUSTOM, stdin, b"", files=tuple(given.items()))
    return _run((test,), _compared_with_nothing, files, language, sandbox, limits, None)


def _compared_with_nothing(
    box: Box,
    tests: Sequence[Test],
    limits: JudgeLimits,
    unwanted: Callable[[], Collection[str]],
    keep: Callable[[Test], bool],
) -> Iterator[TestResult]:
    for test, outcome in run_tests(box, tests, limits, unwanted):
        yield run_result(test.name, outcome, limits)


def _run(
    tests: tuple[Test, ...],
    judge: JudgeTests,
    files: tuple[SourceFile, ...],
    language: Language,
    sandbox: Sandbox,
    limits: JudgeLimits,
    on_result: OnResult | None,
) -> Grade:
    def run(box: Box) -> Scored:
        results: list[TestResult] = []
        for result in judge(box, tests, limits, lambda: (), lambda _test: True):
            results.append(result)
            if on_result is not None:
                on_result(results[-1], len(results), len(tests))
        verdict = next((result.verdict for result in results if result.verdict is not Verdict.AC), Verdict.AC)
        return _unscored(verdict, tuple(results))

    return judge_in_box(files, language, sandbox, limits, _unscored(Verdict.CE, ()), run)


def _unscored(verdict: Verdict, results: tuple[TestResult, ...]) -> Scored:
    return Scored(verdict=verdict, decided=verdict, score=None, max_score=None, groups=(), results=results)
