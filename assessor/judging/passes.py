"""Multi-pass tests: the program runs again and again, each time on the input that the validator has written for it.

After each pass the validator, which is given the input of that pass, rejects, or accepts and writes `nextpass.in`, or accepts
without: then the test is passed. Limits hold for each pass; what else the validator leaves in its feedback folder is there for
it in the next one.

Source: https://icpc.io/problem-package-format/spec/2025-09#multi-pass-validation.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from assessor.judging.executing import run_alone
from assessor.judging.failures import JudgeError
from assessor.judging.feedback import NEXT_PASS
from assessor.judging.limits import DEFAULT_VALIDATION_PASSES, JudgeLimits
from assessor.judging.outcomes import describe, failure_of, result_of
from assessor.judging.validating import ByProgram
from assessor.judging.verdicts import TestResult, Verdict
from challenges.problem import Problem, Test
from sandbox.spec import Box, RunOutcome


class Passes:
    """Runs the tests of one multi-pass challenge for one submission."""

    def __init__(self, problem: Problem, program: ByProgram) -> None:
        self._problem = problem
        self._program = program

    def results(
        self,
        box: Box,
        tests: Sequence[Test],
        limits: JudgeLimits,
        unwanted: Callable[[], Collection[str]],
        keep: Callable[[Test], bool],
    ) -> Iterator[TestResult]:
        """The results of the tests that are wanted, in order."""
        for test in tests:
            if test.name not in unwanted():
                yield self._result(box, test, limits, keep(test))

    def _result(self, box: Box, test: Test, limits: JudgeLimits, keep: bool) -> TestResult:
        """Pass after pass until the program fails or the validator wants no other."""
        coming, outcome, number = test, None, 0
        while True:
            number += 1
            last = run_alone(box, coming, limits)
            outcome = worst_of(outcome, last)
            failure = failure_of(last, limits)
            if failure is not None:
                message = describe(failure, last, limits)
                return result_of(test.name, test.group, failure, message, outcome, keep)
            accepted, feedback = self._program.decide(coming, last.stdout, first=number == 1)
            following = next_pass(self._problem, test, number, accepted, feedback)
            if following is None:
                checked = self._program.checked(test, accepted, feedback)
                verdict = Verdict.AC if accepted else Verdict.WA
                result = result_of(test.name, test.group, verdict, checked.message, outcome, keep)
                return replace(result, points=checked.given.points, multiplier=checked.given.multiplier)
            coming = following


def passes_of(problem: Problem) -> int:
    """How many passes a test may have."""
    return problem.limits.validation_passes or DEFAULT_VALIDATION_PASSES


def next_pass(problem: Problem, test: Test, number: int, accepted: bool, feedback: Mapping[str, bytes]) -> Test | None:
    """The test with the input of the next pass, null after the last. `number` passes are done.

    Raises `JudgeError` for a next pass after a rejected output, or one too many.
    """
    if NEXT_PASS not in feedback:
        return None
    if not accepted:
        raise JudgeError(f"The output validator wrote {NEXT_PASS} for an output that it rejected (on {test.name}).")
    if number >= passes_of(problem):
        allowed = passes_of(problem)
        raise JudgeError(
            f"The output validator asked for more than {allowed} passes (on {test.name}); raise limits.validation_passes."
        )
    return replace(test, input=feedback[NEXT_PASS])


def worst_of(earlier: RunOutcome | None, outcome: RunOutcome) -> RunOutcome:
    """How the last pass ended, with the most that any pass has used."""
    if earlier is None:
        return outcome
    return replace(
        outcome,
        cpu_ms=max(earlier.cpu_ms, outcome.cpu_ms),
        wall_ms=max(earlier.wall_ms, outcome.wall_ms),
        memory_kib=max(earlier.memory_kib, outcome.memory_kib),
        output_bytes=max(earlier.output_bytes, outcome.output_bytes),
    )
