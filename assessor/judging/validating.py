"""Which check an output has to pass: the default one, here, or the package's own program, in a box of its own.

The candidate's program never shares a box with the validator, which sees the input, the answer and the output, and whose
words and scores leave its box as values. Exit status 42 accepts, 43 rejects; everything else, a limit passed, or a score that
breaks the format's rules is the author's fault: `JudgeError`, never a verdict.

Source: https://icpc.io/problem-package-format/spec/2025-09#output-validator.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Protocol

from assessor.judging.comparing import compare
from assessor.judging.failures import JudgeError
from assessor.judging.feedback import ALL_FILES, NOTHING_GIVEN, SCORE, Given, message_of, score_of
from assessor.judging.limits import validation_limits
from assessor.judging.programs import how_it_failed, open_program
from assessor.judging.scoring import Points
from challenges.problem import OutputValidator, Problem, Test
from sandbox.protocol import FEEDBACK_DIR, GIVEN_DIR
from sandbox.spec import Box, CheckSpec, Ending, Limits, RunOutcome, Sandbox, SourceFile

ACCEPTED, REJECTED = 42, 43
INPUT, ANSWER = "test.in", "test.ans"


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether an output is right, why, for staff, and what the validator wants it to earn where it scores."""

    accepted: bool
    message: str = ""
    given: Given = NOTHING_GIVEN


class Check(Protocol):
    """Decides about one output. Raises `JudgeError` when the package is at fault and `SandboxFailure` when we are."""

    def __call__(self, test: Test, output: bytes) -> Checked: ...


def by_comparing(test: Test, output: bytes) -> Checked:
    """The default output validator: compares with the answer."""
    comparison = compare(output, test.answer, test.validator_flags)
    return Checked(comparison.accepted, comparison.message)


@contextmanager
def check_of(problem: Problem, sandbox: Sandbox) -> Iterator[Check]:
    """The problem's check. Boxes that it takes are destroyed at the end; none is taken before the first output is there."""
    if problem.validator is None:
        yield by_comparing
        return
    with ExitStack() as boxes:
        first = ByProgram(problem, problem.validator, sandbox, boxes)
        if not problem.more_validators:
            yield first
            return
        more = [ByProgram(problem, validator, sandbox, boxes) for validator in problem.more_validators]
        yield BySeveral(problem, (first, *more))


class ByProgram:
    """The package's own validator. One box serves all outputs of one submission; every run in it starts from nothing."""

    def __init__(self, problem: Problem, validator: OutputValidator, sandbox: Sandbox, boxes: ExitStack) -> None:
        self._problem = problem
        self._validator = validator
        self._sandbox = sandbox
        self._boxes = boxes
        self._box: Box | None = None
        self._limits = validation_limits(problem)
        self._points = Points(problem)

    def __call__(self, test: Test, output: bytes) -> Checked:
        accepted, feedback = self.decide(test, output)
        return self.checked(test, accepted, feedback)

    def decide(self, test: Test, output: bytes, *, first: bool = True) -> tuple[bool, Mapping[str, bytes]]:
        """Run the validator, in a later pass with the feedback of those before. Whether it accepts, and what it has left."""
        if self._box is None:
            self._box = open_validator(self._validator, self._sandbox, self._limits, self._boxes)
        outcome = self._box.check(check_spec(test, output, self._limits, fresh=first))
        return accepts(self._validator, test.name, outcome.run, self._limits), outcome.feedback

    def checked(self, test: Test, accepted: bool, feedback: Mapping[str, bytes]) -> Checked:
        """The decision with its words and points."""
        given = score_of(self._problem, self._points, test, accepted, feedback)
        return Checked(accepted, message_of(feedback, accepted), given)


class BySeveral:
    """Several validators of a legacy package, in order of their names: all must accept, and the first that rejects ends it.

    Points come from the one that gives them; two that do contradict each other.
    """

    def __init__(self, problem: Problem, programs: tuple[ByProgram, ...]) -> None:
        self._problem = problem
        self._programs = programs
        self._points = Points(problem)

    def __call__(self, test: Test, output: bytes) -> Checked:
        accepted, words, scoring = True, [], list[Mapping[str, bytes]]()
        for program in self._programs:
            accepted, feedback = program.decide(test, output)
            words.append(message_of(feedback, accepted))
            scoring += [feedback] if SCORE in feedback else []
            if not accepted:
                break
        if accepted and len(scoring) > 1 and self._problem.validator and self._problem.validator.must_score:
            raise JudgeError(f"Two output validators wrote {SCORE} (on {test.name}); one of them must give the points.")
        given = score_of(self._problem, self._points, test, accepted, scoring[0] if scoring else {})
        return Checked(accepted, "\n".join(filter(None, words)), given)


def check_spec(test: Test, output: bytes, limits: Limits, *, fresh: bool = True) -> CheckSpec:
    """How a validator is called: input, answer, feedback folder, the author's flags; the output on standard input. The
    input for a next pass is removed from the folder when it is brought back.
    """
    return CheckSpec(
        stdin=output,
        limits=limits,
        args=(f"{GIVEN_DIR}/{INPUT}", f"{GIVEN_DIR}/{ANSWER}", f"{FEEDBACK_DIR}/", *test.validator_flags),
        given=(SourceFile(INPUT, test.input), SourceFile(ANSWER, test.answer)),
        wanted=ALL_FILES,
        fresh=fresh,
        take=True,
    )


def open_validator(validator: OutputValidator, sandbox: Sandbox, limits: Limits, boxes: ExitStack) -> Box:
    """A box with the compiled validator. Raises `JudgeError` when it does not compile or its language is not known here."""
    return open_program("output validator", validator, sandbox, limits, boxes)


def accepts(validator: OutputValidator, test: str, run: RunOutcome, limits: Limits) -> bool:
    """The validator's decision, from how it ended. Raises `JudgeError` when it did not decide."""
    if run.ending is Ending.EXITED and run.exit_code in (ACCEPTED, REJECTED):
        return run.exit_code == ACCEPTED
    how = how_it_failed(run, limits, wanted="neither 42 nor 43")
    raise JudgeError(f"The output validator {validator.path} failed on {test}: {how}")
