"""Interactive tests: the program and the package's validator talk, each in a box of its own.

The verdict is the first that applies: WA where the validator rejected before the program had ended, whatever that did then; the
program's own failure (TLE, MLE, OLE, RTE); what the validator decided. A validator that decides nothing is the author's fault.
The program's CPU time counts as always; its wall-clock limit is doubled, and time in which either side is busy does not count.

Source: https://icpc.io/problem-package-format/spec/2025-09#interactive-problems; order of precedence as in public judges.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace

from assessor.judging.executing import RUNS_NEAR_THE_LIMIT, given_files
from assessor.judging.feedback import NOTHING_GIVEN, Given, message_of, score_of
from assessor.judging.limits import JudgeLimits, validation_limits
from assessor.judging.outcomes import describe, failure_of, is_near, is_too_slow, result_of
from assessor.judging.passes import next_pass, worst_of
from assessor.judging.scoring import Points
from assessor.judging.validating import REJECTED, accepts, check_spec, open_validator
from assessor.judging.verdicts import TestResult, Verdict
from challenges.problem import OutputValidator, Problem, Test
from sandbox.spec import Box, CheckOutcome, CheckSpec, Limits, RunOutcome, Sandbox, Talk

WALL_FACTOR = 2
LONGEST_MS = 600_000


@dataclass(frozen=True, slots=True)
class Talked:
    """What one conversation came to: the program's side of it, the verdict with its reasons, and what the validator left where
    the verdict is its own.
    """

    outcome: RunOutcome
    verdict: Verdict
    message: str
    feedback: Mapping[str, bytes]
    decided: bool = True


class Interaction:
    """Runs the tests of one interactive challenge for one submission. One box with the validator serves all of them."""

    def __init__(self, problem: Problem, validator: OutputValidator, sandbox: Sandbox, boxes: ExitStack) -> None:
        self._problem = problem
        self._validator = validator
        self._sandbox = sandbox
        self._boxes = boxes
        self._limits = validation_limits(problem)
        self._points = Points(problem)
        self._box: Box | None = None

    def results(
        self,
        box: Box,
        tests: Sequence[Test],
        limits: JudgeLimits,
        unwanted: Callable[[], Collection[str]],
        keep: Callable[[Test], bool],
    ) -> Iterator[TestResult]:
        """The results of the tests that are wanted, in order. A test just over the time limit is run again, as others are."""
        for test in tests:
            if test.name in unwanted():
                continue
            talked = self._all_passes(box, test, limits)
            for _ in range(RUNS_NEAR_THE_LIMIT - 1):
                if not is_near(talked.outcome, limits):
                    break
                again = self._all_passes(box, test, limits)
                talked = talked if is_too_slow(again.outcome, limits) else again
            result = result_of(test.name, test.group, talked.verdict, talked.message, talked.outcome, keep(test))
            given = self._given(test, talked)
            yield replace(result, points=given.points, multiplier=given.multiplier)

    def _all_passes(self, box: Box, test: Test, limits: JudgeLimits) -> Talked:
        """One conversation, or in a multi-pass challenge as many as the validator wants, each on the input it has written."""
        coming, outcome, number = test, None, 0
        while True:
            number += 1
            talked = self._talk(box, coming, limits, first=number == 1)
            outcome = worst_of(outcome, talked.outcome)
            talked = replace(talked, outcome=outcome)
            if not self._problem.multi_pass or not talked.decided:
                return talked
            following = next_pass(self._problem, test, number, talked.verdict is Verdict.AC, talked.feedback)
            if following is None:
                return talked
            coming = following

    def _given(self, test: Test, talked: Talked) -> Given:
        if not talked.decided:
            return NOTHING_GIVEN
        return score_of(self._problem, self._points, test, talked.verdict is Verdict.AC, talked.feedback)

    def _talk(self, box: Box, test: Test, limits: JudgeLimits, *, first: bool) -> Talked:
        if self._box is None:
            self._box = open_validator(self._validator, self._sandbox, self._limits, self._boxes)
        wall_ms = WALL_FACTOR * limits.wall_ms
        program = CheckSpec(b"", _with_wall(limits.of_run(), LONGEST_MS), test.args, fresh=False, files=given_files(test))
        validator = check_spec(test, b"", _with_wall(self._limits, LONGEST_MS + self._limits.wall_ms), fresh=first)
        return self._decide(test, box.talk(program, self._box, validator, wall_ms, _rejected), limits)

    def _decide(self, test: Test, talk: Talk, limits: JudgeLimits) -> Talked:
        program, judge = talk.first.run, talk.second.run
        accepted = None if talk.second_stopped else accepts(self._validator, test.name, judge, self._limits)
        failure = failure_of(program, limits)
        if failure is not None and not (talk.second_ended_first and accepted is False):
            return Talked(program, failure, describe(failure, program, limits), {}, decided=False)
        feedback = {} if talk.second_stopped else talk.second.feedback
        verdict = Verdict.AC if accepted else Verdict.WA
        return Talked(program, verdict, message_of(feedback, bool(accepted)), feedback)


def _rejected(validator: CheckOutcome) -> bool:
    """Then it does not matter what the program would still do."""
    return validator.run.exit_code == REJECTED


def _with_wall(limits: Limits, wall_ms: int) -> Limits:
    """The relay watches the clock: it alone knows who waits for whom."""
    return replace(limits, wall_ms=wall_ms)
