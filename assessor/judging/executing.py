"""Runs tests in a box, in order, pipelined, with reruns near the time limit and without those that need not be run.

1. Feed the box the tests still wanted; it may take a few ahead of the results.
2. Take the results in order. A test just over the time limit is held back and no more are fed.
3. When the box has delivered what it took, run those held back again, each alone, until one run is within the limit, three
   runs in all; then go on with the rest.
What was run ahead and turns out not to be wanted is dropped, so that the same program always gives the same results.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field

from assessor.judging.limits import JudgeLimits
from assessor.judging.outcomes import is_near, is_too_slow
from challenges.problem import Test
from sandbox.spec import Box, RunOutcome, RunSpec, SandboxFailure, SourceFile

RUNS_NEAR_THE_LIMIT = 3

Unwanted = Callable[[], Collection[str]]


def run_tests(box: Box, tests: Sequence[Test], limits: JudgeLimits, unwanted: Unwanted) -> Iterator[tuple[Test, RunOutcome]]:
    """Run the tests and yield each with its outcome, in order. `unwanted` names those not to be run, after every result."""
    feed = _Feed(tests, limits, unwanted)
    while feed.rest():
        held: list[tuple[Test, RunOutcome]] = []
        for outcome in box.run(feed.specs()):
            test = feed.next_out()
            if held or is_near(outcome, limits):
                feed.paused = True
                held.append((test, outcome))
            elif test.name not in unwanted():
                yield test, outcome
            if not held and feed.over():
                return  # what is still in the box is not wanted, and the box goes with it
        feed.check_drained()
        for test, outcome in held:
            if test.name not in unwanted():
                yield test, settle(box, test, outcome, limits)
        feed.paused = False


def run_alone(box: Box, test: Test, limits: JudgeLimits) -> RunOutcome:
    """Run one test with nothing else on the way, again where it was near the time limit."""
    outcomes = list(box.run([_spec(test, limits)]))
    if len(outcomes) != 1:
        raise SandboxFailure("the box did not answer a single run", retry=True)
    return settle(box, test, outcomes[0], limits)


def settle(box: Box, test: Test, outcome: RunOutcome, limits: JudgeLimits) -> RunOutcome:
    """The outcome that counts: the first within the time limit, or the one given when every run was over it."""
    if not is_near(outcome, limits):
        return outcome
    for _ in range(RUNS_NEAR_THE_LIMIT - 1):
        again = list(box.run([_spec(test, limits)]))
        if len(again) != 1:
            raise SandboxFailure("the box did not answer a single run", retry=True)
        if not is_too_slow(again[0], limits):
            return again[0]
    return outcome


def _spec(test: Test, limits: JudgeLimits) -> RunSpec:
    return RunSpec(test.input, limits.of_run(), test.args, given_files(test))


def given_files(test: Test) -> tuple[SourceFile, ...]:
    """What the program finds in its working directory."""
    return tuple(SourceFile(path, content) for path, content in test.files)


@dataclass
class _Feed:
    """The queue of tests: those not yet fed, and those in the box."""

    tests: Sequence[Test]
    limits: JudgeLimits
    unwanted: Unwanted
    paused: bool = False
    position: int = 0
    in_box: list[Test] = field(default_factory=list)

    def specs(self) -> Iterator[RunSpec]:
        """What to run next, until the feed is paused or at its end."""
        while not self.paused and self.rest():
            test = self.tests[self.position]
            self.position += 1
            self.in_box.append(test)
            yield _spec(test, self.limits)

    def rest(self) -> bool:
        """Whether a wanted test is left; moves past the unwanted ones."""
        unwanted = self.unwanted()
        while self.position < len(self.tests) and self.tests[self.position].name in unwanted:
            self.position += 1
        return self.position < len(self.tests)

    def over(self) -> bool:
        """Whether nothing that is wanted is left, neither in the box nor before it."""
        unwanted = self.unwanted()
        return not self.rest() and all(test.name in unwanted for test in self.in_box)

    def next_out(self) -> Test:
        """The test whose outcome comes next."""
        if not self.in_box:
            raise SandboxFailure("the box answered a run nobody asked for", retry=True)
        return self.in_box.pop(0)

    def check_drained(self) -> None:
        """Every run fed must have been answered."""
        if self.in_box:
            raise SandboxFailure(f"the box left {len(self.in_box)} runs unanswered", retry=True)
