"""A sandbox in memory that implements the real one's interface: a function says what the program does with an input.

It looks ahead like the real one, and refuses what the real one refuses.
"""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from challenges.problem import (
    Aggregation,
    FormatVersion,
    OnReject,
    Problem,
    ProblemLimits,
    ProblemType,
    Test,
    TestGroup,
)
from sandbox.languages import LANGUAGES, Language
from sandbox.spec import (
    Box,
    CheckOutcome,
    CheckSpec,
    CompileOutcome,
    Ending,
    Limits,
    RunOutcome,
    RunSpec,
    SandboxFailure,
    SourceFile,
    Talk,
)

PYTHON = LANGUAGES["python3"]
SOURCE = (SourceFile("main.py", b"print(int(input()) + 1)\n"),)
LOOK_AHEAD = 3

Behaviour = Callable[[bytes, int], RunOutcome]
"""From standard input and how often this input was run before, to what happened."""


def ended(stdout: bytes = b"", **changes: object) -> RunOutcome:
    """A program that ended well after 10 ms of CPU time, but for `changes`."""
    quiet = RunOutcome(Ending.EXITED, 0, None, 10, 12, 9000, len(stdout), stdout, b"")
    return replace(quiet, **changes)  # type: ignore[arg-type]


def successor(stdin: bytes, _attempt: int) -> RunOutcome:
    """The right program for `numbers`: one more than its input."""
    return ended(b"%d\n" % (int(stdin) + 1))


class PretendBox:
    runtime = "pretend"
    acquire_ms = 1

    def __init__(self, owner: PretendSandbox) -> None:
        self._owner = owner
        self._compiled = False
        self._abandoned = False

    def compile(self, files: tuple[SourceFile, ...], limits: Limits) -> CompileOutcome:
        assert not self._compiled, "a box compiles once"
        self._compiled = True
        self._owner.compiled.append((files, limits))
        self._source = files[0].content
        return self._owner.compile_outcome

    def run(self, specs: Iterable[RunSpec]) -> Iterator[RunOutcome]:
        assert self._compiled, "compile first"
        assert not self._abandoned, "a box whose runs were abandoned is not used again"
        self._abandoned = True
        coming, asked = iter(specs), deque[RunSpec]()
        while True:
            while len(asked) < LOOK_AHEAD and (spec := next(coming, None)) is not None:
                asked.append(spec)
            if not asked:
                break
            yield self._owner.execute(self._source, asked.popleft())
        self._abandoned = False

    def check(self, spec: CheckSpec) -> CheckOutcome:
        assert self._compiled, "compile first"
        self._owner.checked.append(spec)
        return self._owner.validators.get(self._source, self._owner.validate)(spec)

    def talk(
        self, spec: CheckSpec, other: Box, other_spec: CheckSpec, wall_ms: int, settles: Callable[[CheckOutcome], bool]
    ) -> Talk:
        assert self._compiled, "compile first"
        self._owner.talks.append((spec, other_spec))
        return self._owner.converse(spec, other_spec)


class PretendSandbox:
    """Hands out boxes whose program is `behave`, or by source one of `programs` (`validators` where it validates).

    `ran` lists the inputs in the order run.
    """

    def __init__(
        self,
        behave: Behaviour = successor,
        *,
        compiles: bool = True,
        says: str = "",
        programs: dict[bytes, Behaviour] | None = None,
    ) -> None:
        self.behave = behave
        self.programs = programs or {}
        self.compile_outcome = CompileOutcome(compiles, says, Ending.EXITED, 5, 6, 1000)
        self.compiled: list[tuple[tuple[SourceFile, ...], Limits]] = []
        self.ran: list[bytes] = []
        self.limits: list[Limits] = []
        self.asked: list[RunSpec] = []
        self.open_boxes = 0
        self.checked: list[CheckSpec] = []
        self.talks: list[tuple[CheckSpec, CheckSpec]] = []
        accepted = CheckOutcome(ended(exit_code=42), {})
        self.converse: Callable[[CheckSpec, CheckSpec], Talk] = lambda _spec, _other: Talk(
            CheckOutcome(ended(), {}), accepted, second_ended_first=False, second_stopped=False
        )
        self.validate: Callable[[CheckSpec], CheckOutcome] = lambda _spec: CheckOutcome(ended(exit_code=42), {})
        self.validators: dict[bytes, Callable[[CheckSpec], CheckOutcome]] = {}

    @contextlib.contextmanager
    def box(self, language: Language, memory_kib: int) -> Iterator[PretendBox]:
        self.open_boxes += 1
        try:
            yield PretendBox(self)
        finally:
            self.open_boxes -= 1

    def execute(self, source: bytes, spec: RunSpec) -> RunOutcome:
        attempt = self.ran.count(spec.stdin)
        self.ran.append(spec.stdin)
        self.limits.append(spec.limits)
        self.asked.append(spec)
        outcome = self.programs.get(source, self.behave)(spec.stdin, attempt)
        if outcome.cpu_ms > spec.limits.cpu_ms:
            return replace(outcome, ending=Ending.CPU_LIMIT, cpu_ms=spec.limits.cpu_ms + 5, exit_code=None, signal="SIGKILL")
        return outcome


class BrokenSandbox(PretendSandbox):
    """Docker is down."""

    @contextlib.contextmanager
    def box(self, language: Language, memory_kib: int) -> Iterator[PretendBox]:
        raise SandboxFailure("Docker cannot be reached", retry=True)
        yield


def number_test(name: str, number: int, flags: tuple[str, ...] = ()) -> Test:
    """A test whose answer is one more than its input."""
    return Test(name, b"%d\n" % number, b"%d\n" % (number + 1), flags)


def numbers(
    groups: dict[str, list[int]],
    *,
    scoring: bool = False,
    version: FormatVersion = FormatVersion.V2025_09,
    on_reject: OnReject = OnReject.BREAK,
    points: dict[str, float] | None = None,
    limits: ProblemLimits = ProblemLimits(),
) -> Problem:
    """A problem with a sample (input 0) and hidden groups; `points` makes the groups score all or nothing."""
    children = tuple(
        TestGroup(
            name=f"secret/{name}",
            tests=tuple(number_test(f"secret/{name}/{n}", value) for n, value in enumerate(values, start=1)),
            aggregation=Aggregation.PASS_FAIL if points else Aggregation.SUM,
            max_score=points[name] if points else None,
        )
        for name, values in groups.items()
    )
    sample = TestGroup(name="sample", tests=(number_test("sample/1", 0),), on_reject=on_reject)
    secret = TestGroup(name="secret", groups=children, on_reject=on_reject, max_score=sum(points.values()) if points else None)
    return Problem(
        slug="numbers",
        format_version=version,
        type=ProblemType.SCORING if scoring else ProblemType.PASS_FAIL,
        names={"en": "Numbers"},
        limits=limits,
        statements=(),
        root=TestGroup(name="", groups=(sample, secret), on_reject=on_reject, ignore_sample=scoring),
        submissions=(),
    )
