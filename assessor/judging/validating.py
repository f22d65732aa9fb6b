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

from assessor.errors import BadInput
from assessor.judging.comparing import compare
from assessor.judging.failures import JudgeError
from assessor.judging.feedback import ALL_FILES, NOTHING_GIVEN, Given, message_of, score_of
from assessor.judging.limits import validation_limits
from assessor.judging.scoring import Points
from assessor.judging.sources import in_one_file, language_of
from assessor.judging.tokens import show
from challenges.problem import OutputValidator, Problem, Test
from sandbox.languages import Language
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
        yield ByProgram(problem, problem.validator, sandbox, boxes)


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
    language, files = _program(validator)
    box = boxes.enter_context(sandbox.box(language, limits.memory_kib))
    compiled = box.compile(files, limits_of_compiling(limits))
    if not compiled.ok:
        raise JudgeError(f"The output validator {validator.path} does not compile: {compiled.output.strip()[:2000]}")
    return box


def limits_of_compiling(limits: Limits) -> Limits:
    """What compiling a validator may use: a minute, and the memory that any compiler gets."""
    return Limits(cpu_ms=60_000, wall_ms=120_000, memory_kib=2048 * 1024, output_kib=limits.output_kib)


def _program(validator: OutputValidator) -> tuple[Language, tuple[SourceFile, ...]]:
    files = tuple(SourceFile(path, content) for path, content in validator.files)
    try:
        language = language_of(files)
    except BadInput as error:
        raise JudgeError(f"The output validator {validator.path} cannot be run: {error}") from error
    return language, in_one_file(files, language)


def accepts(validator: OutputValidator, test: str, run: RunOutcome, limits: Limits) -> bool:
    """The validator's decision, from how it ended. Raises `JudgeError` when it did not decide."""
    if run.ending is Ending.EXITED and run.exit_code in (ACCEPTED, REJECTED):
        return run.exit_code == ACCEPTED
    raise JudgeError(f"The output validator {validator.path} failed on {test}: {_how(run, limits)}")


def _how(run: RunOutcome, limits: Limits) -> str:
    match run.ending:
        case Ending.CPU_LIMIT | Ending.WALL_LIMIT:
            return f"it did not end within {limits.cpu_ms / 1000:g} seconds (limits.validation_time)."
        case Ending.MEMORY_LIMIT:
            return f"it needed more than {limits.memory_kib // 1024} MiB (limits.validation_memory)."
        case Ending.OUTPUT_LIMIT:
            return f"it wrote more than {limits.output_kib // 1024} MiB (limits.validation_output)."
        case _:
            said = show(run.stderr.strip().rpartition(b"\n")[2].strip())
            how = f"ended by {run.signal}" if run.signal else f"exit status {run.exit_code}, which is neither 42 nor 43"
            return f"{how}. {said}".strip()
