"""The values that cross the sandbox's border: what to run, within which limits, and what came of it.

What the candidate's program did is always a value (`RunOutcome`, `CompileOutcome`). What went wrong on our side is
`SandboxFailure`, which says whether trying again can help.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from sandbox.languages import Language


class SandboxFailure(Exception):
    """The sandbox itself failed; never the candidate's doing.

    `retry` is true when the same work may succeed later (Docker restarting, a container that died), false when a
    person has to act first (an image is missing).
    """

    def __init__(self, message: str, *, retry: bool) -> None:
        super().__init__(message)
        self.retry = retry


class Ending(StrEnum):
    """How one process ended, before anybody judges it. The order is the order of precedence."""

    CPU_LIMIT = "cpu_limit"
    WALL_LIMIT = "wall_limit"
    MEMORY_LIMIT = "memory_limit"
    OUTPUT_LIMIT = "output_limit"
    SIGNALLED = "signalled"
    EXITED = "exited"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one process and its descendants may use. CPU time is summed over all of them."""

    cpu_ms: int
    wall_ms: int
    memory_kib: int
    output_kib: int
    processes: int = 64

    def __post_init__(self) -> None:
        for name in ("cpu_ms", "wall_ms", "memory_kib", "output_kib", "processes"):
            if getattr(self, name) <= 0:
                raise ValueError(f"{name} must be positive, not {getattr(self, name)}")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a program: a relative path without `..`, and its bytes. `starts`: the program is to start in it."""

    path: str
    content: bytes
    starts: bool = False


@dataclass(frozen=True, slots=True)
class RunSpec:
    """One execution of the compiled program: standard input, limits, command-line arguments, and files that it finds in its
    working directory as its own.
    """

    stdin: bytes
    limits: Limits
    args: tuple[str, ...] = ()
    files: tuple[SourceFile, ...] = ()


@dataclass(frozen=True, slots=True)
class CompileOutcome:
    """`ok` is false when the program does not compile. `output` is what the compiler printed, decoded, at most 64 KiB."""

    ok: bool
    output: str
    ending: Ending
    cpu_ms: int
    wall_ms: int
    memory_kib: int


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """What one execution did. `exit_code` is null unless it exited by itself, `signal` (e.g. "SIGSEGV") unless a signal ended it.

    `stdout` is bounded by the output limit and `stderr` by 64 KiB; `output_bytes` is the size of standard output.
    """

    ending: Ending
    exit_code: int | None
    signal: str | None
    cpu_ms: int
    wall_ms: int
    memory_kib: int
    output_bytes: int
    stdout: bytes
    stderr: bytes


@dataclass(frozen=True, slots=True)
class CheckSpec:
    """One execution of a program that judges something: it can read the `given` files in `protocol.GIVEN_DIR`, and leave
    files in `protocol.FEEDBACK_DIR`, of which those `wanted` come back. Without `fresh` it finds what the last
    one has left there, but for the last of the files wanted where `take` is set. `files` are in its working directory.
    """

    stdin: bytes
    limits: Limits
    args: tuple[str, ...] = ()
    given: tuple[SourceFile, ...] = ()
    wanted: tuple[str, ...] = ()
    fresh: bool = True
    take: bool = False
    files: tuple[SourceFile, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """What the execution did and the feedback it left, by name; a file is cut at the output limit."""

    run: RunOutcome
    feedback: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Talk:
    """Two programs joined at input and output: what each did, which ended (or closed its output) first, and whether the second
    had to be stopped because the first had ended long ago.
    """

    first: CheckOutcome
    second: CheckOutcome
    second_ended_first: bool
    second_stopped: bool


class Box(Protocol):
    """One container for one submission: compile once, then run any number of times, in order, nothing kept between runs."""

    runtime: str
    acquire_ms: int

    def compile(self, files: tuple[SourceFile, ...], limits: Limits) -> CompileOutcome:
        """Put the files in place and compile or syntax-check them as the language asks. Call it once, before `run`."""

    def run(self, specs: Iterable[RunSpec]) -> Iterator[RunOutcome]:
        """Run the program once for each spec and yield the outcomes in order, pipelined.

        Closing the iterator early abandons the runs not yet asked for. A caller that stops early must not use the box again.
        """

    def check(self, spec: CheckSpec) -> CheckOutcome:
        """Run the program once with files given to it, and bring back the feedback it leaves. Not while `run` is going on."""

    def talk(
        self, spec: CheckSpec, other: Box, other_spec: CheckSpec, wall_ms: int, settles: Callable[[CheckOutcome], bool]
    ) -> Talk:
        """Run this box's program and that of `other` at the same time, each reading what the other one writes.

        This program may take `wall_ms`; time in which either is busy, or kept waiting for a processor, does not count. What
        is written to a program that has ended is dropped. When the other has ended first and its outcome `settles` the
        matter, this one is stopped.
        """


class Sandbox(Protocol):
    """Hands out boxes. Each is new, used for one submission and destroyed when the with-block ends."""

    def box(self, language: Language, memory_kib: int) -> AbstractContextManager[Box]:
        """A box for `language` in which one run may use up to `memory_kib`."""
