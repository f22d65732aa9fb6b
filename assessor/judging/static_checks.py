"""Static tests: the package's static validator looks at a submission's source, which is not run.

It is called with the language, what the program starts in, and a feedback folder; the source is in its working directory. It
answers as an output validator does.

Source: "Static validator" of https://icpc.io/problem-package-format/spec/2025-09.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack

from assessor.judging.feedback import ALL_FILES, message_of, score_of
from assessor.judging.limits import validation_limits
from assessor.judging.scoring import Points
from assessor.judging.validating import accepts, open_validator
from assessor.judging.verdicts import TestResult, Verdict
from challenges.problem import OutputValidator, Problem, Test
from sandbox.languages import Language
from sandbox.protocol import FEEDBACK_DIR
from sandbox.sources import arrange
from sandbox.spec import Box, CheckSpec, Sandbox, SourceFile


class StaticChecks:
    """Judges the static tests of one challenge for one submission. A box is taken only when there are any."""

    def __init__(self, problem: Problem, files: tuple[SourceFile, ...], language: Language, sandbox: Sandbox) -> None:
        self._problem = problem
        self._files = files
        self._language = language
        self._sandbox = sandbox
        self._points = Points(problem)
        self._limits = validation_limits(problem)

    def results(self, tests: Sequence[Test]) -> Iterator[TestResult]:
        """One result for each test, in order. Raises `JudgeError` and `SandboxFailure`."""
        validator = self._problem.static_validator
        if not tests or validator is None:
            return
        with ExitStack() as boxes:
            box = open_validator(validator, self._sandbox, self._limits, boxes)
            for test in tests:
                yield self._result(validator, box, test)

    def _result(self, validator: OutputValidator, box: Box, test: Test) -> TestResult:
        program = arrange(self._language, self._files)
        start = program.name if self._language.declares else program.entry
        args = (self._language.id, start, f"{FEEDBACK_DIR}/", *test.validator_flags)
        outcome = box.check(CheckSpec(b"", self._limits, args, wanted=ALL_FILES, take=True, files=program.files))
        accepted = accepts(validator, test.name, outcome.run, self._limits)
        given = score_of(self._problem, self._points, test, accepted, outcome.feedback)
        return TestResult(
            name=test.name,
            group=test.group,
            verdict=Verdict.AC if accepted else Verdict.WA,
            cpu_ms=0,
            wall_ms=0,
            memory_kib=0,
            exit_code=None,
            signal=None,
            output_bytes=0,
            message=message_of(outcome.feedback, accepted),
            points=given.points,
            multiplier=given.multiplier,
        )
