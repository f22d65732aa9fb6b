"""From tests to results, in the way the challenge asks for: run and check, in one pass or several, or let two programs talk."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Protocol

from assessor.judging.executing import run_tests
from assessor.judging.interacting import Interaction
from assessor.judging.limits import JudgeLimits
from assessor.judging.outcomes import judge_test
from assessor.judging.passes import Passes
from assessor.judging.validating import ByProgram, Check, check_of
from assessor.judging.verdicts import TestResult
from challenges.problem import Problem, Test
from sandbox.spec import Box, Sandbox


class JudgeTests(Protocol):
    """Judges the tests in order with the program in the box and yields the results. `unwanted` names, after every result, the
    tests that need not be run; `keep` tells whose streams are kept. Raises `JudgeError` and `SandboxFailure`.
    """

    def __call__(
        self,
        box: Box,
        tests: Sequence[Test],
        limits: JudgeLimits,
        unwanted: Callable[[], Collection[str]],
        keep: Callable[[Test], bool],
    ) -> Iterator[TestResult]: ...


@contextmanager
def judge_of(problem: Problem, sandbox: Sandbox) -> Iterator[JudgeTests]:
    """How this problem's tests are judged. Boxes taken for a validator are destroyed at the end."""
    if problem.interactive and problem.validator is not None:
        with ExitStack() as boxes:
            yield Interaction(problem, problem.validator, sandbox, boxes).results
        return
    if problem.multi_pass and problem.validator is not None:
        with ExitStack() as boxes:
            yield Passes(problem, ByProgram(problem, problem.validator, sandbox, boxes)).results
        return
    with check_of(problem, sandbox) as check:
        yield _by_output(check)


def _by_output(check: Check) -> JudgeTests:
    def judge(
        box: Box,
        tests: Sequence[Test],
        limits: JudgeLimits,
        unwanted: Callable[[], Collection[str]],
        keep: Callable[[Test], bool],
    ) -> Iterator[TestResult]:
        for test, outcome in run_tests(box, tests, limits, unwanted):
            yield judge_test(test, outcome, limits, keep_streams=keep(test), check=check)

    return judge
