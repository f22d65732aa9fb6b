"""The package's own grader: a program that makes the result of a group from those of its tests and groups, in a box of its own.

It reads a line `VERDICT SCORE` for each of them and writes one for the group. Everything else it may do (another exit status, a
limit passed, other words, a score outside of the group's `range`) is the author's fault: `JudgeError`, never a verdict. It
never meets the candidate's program, and is asked once only about the same sub-results.

Source: "Graders" of https://icpc.io/problem-package-format/spec/legacy. MLE and OLE, which its table lacks, are given as they
are.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from fractions import Fraction

from assessor.judging.failures import JudgeError
from assessor.judging.groups import Decided, GradeGroup, SubResult, without_grader
from assessor.judging.limits import validation_limits
from assessor.judging.programs import fault_in, how_it_failed, last_line, open_program
from assessor.judging.tokens import show
from assessor.judging.verdicts import Verdict
from challenges.problem import CustomGrading, Grader, Problem, TestGroup
from sandbox.spec import Box, Ending, RunOutcome, RunSpec, Sandbox, SandboxFailure

KIND = "grader"
OUTPUT_KIB = 64
ROUNDING = 1e-9
_RESULT = re.compile(rb"(AC|WA|RTE|TLE|MLE|OLE)\s+([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*\Z")


class Unreadable(ValueError):
    """What a grader wrote is no result; says why."""


@contextmanager
def grader_of(problem: Problem, sandbox: Sandbox, *, runs: int = 1) -> Iterator[GradeGroup]:
    """The problem's grader. Its box is taken when the first group is to be graded and destroyed at the end."""
    if problem.grader is None:
        yield without_grader
        return
    with ExitStack() as boxes:
        yield ByGrader(problem, problem.grader, sandbox, boxes, runs)


class ByGrader:
    """Grades groups by the package's grader. Every run starts from nothing; with more than one all must say the same."""

    def __init__(self, problem: Problem, grader: Grader, sandbox: Sandbox, boxes: ExitStack, runs: int = 1) -> None:
        self._grader = grader
        self._sandbox = sandbox
        self._boxes = boxes
        self._runs = runs
        self._limits = replace(validation_limits(problem), output_kib=OUTPUT_KIB)
        self._box: Box | None = None
        self._known: dict[tuple[CustomGrading, bytes], Decided] = {}

    def __call__(self, group: TestGroup, results: tuple[SubResult, ...]) -> Decided:
        custom = group.custom
        if custom is None:
            raise ValueError(f"the group {group.name} is graded by default")
        asked = custom, lines_of(results)
        if asked not in self._known:
            found = [self._ask(group, *asked) for _ in range(self._runs)]
            if len(set(found)) > 1:
                raise self._fault(group, "it gave different results for the same sub-results; it may depend on nothing else.")
            self._known[asked] = found[0]
        return self._known[asked]

    def _ask(self, group: TestGroup, custom: CustomGrading, lines: bytes) -> Decided:
        run = self._run(RunSpec(lines, self._limits, custom.args))
        if run.ending is not Ending.EXITED or run.exit_code != 0:
            how = how_it_failed(run, self._limits, wanted="not 0")
            raise self._fault(group, how, last_line(KIND, self._grader, run))
        try:
            return read_result(run.stdout, custom)
        except Unreadable as error:
            raise self._fault(group, str(error)) from error

    def _run(self, spec: RunSpec) -> RunOutcome:
        if self._box is None:
            self._box = open_program(KIND, self._grader, self._sandbox, self._limits, self._boxes)
        outcomes = list(self._box.run([spec]))
        if len(outcomes) != 1:
            raise SandboxFailure("the box did not answer a single run", retry=True)
        return outcomes[0]

    def _fault(self, group: TestGroup, how: str, line: int | None = None) -> JudgeError:
        where = f"data/{group.name}".rstrip("/")
        return fault_in(self._grader, f"The grader {self._grader.path} failed on the group {where}: {how}", line)


def lines_of(results: tuple[SubResult, ...]) -> bytes:
    """What the grader reads: a line for each sub-result."""
    return "".join(f"{result.verdict} {_number(result.score)}\n" for result in results).encode()


def _number(points: Fraction) -> str:
    return str(points) if points.denominator == 1 else repr(float(points))


def read_result(output: bytes, custom: CustomGrading) -> Decided:
    """The one result in what a grader wrote. Raises `Unreadable`. The score of a group that is not accepted does not count."""
    match = _RESULT.match(output)
    if match is None or not math.isfinite(float(match[2])):
        said = f"“{show(output[:100])}”" if output else "nothing"
        raise Unreadable(f"it wrote {said} where one line such as `AC 40` is asked for.")
    verdict, score = Verdict(match[1].decode()), float(match[2])
    if verdict is not Verdict.AC:
        return Decided(verdict, Fraction(0))
    slack = ROUNDING * max(1.0, abs(score))
    if not custom.least - slack <= score <= custom.most + slack:
        raise Unreadable(f"it gave {score:g} points, which are not in the range {custom.least:g} to {custom.most:g}.")
    return Decided(verdict, Fraction(min(max(score, custom.least), custom.most)))
