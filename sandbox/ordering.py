"""What a box says to its supervisor and what it hears: orders with their limits, and replies while there is patience for them.

Knows the protocol and the languages, but not Docker: the container is given to it.
"""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Iterator
from typing import Protocol

from sandbox import endings, hardening, protocol, steps
from sandbox.languages import Language
from sandbox.protocol import Order, ProtocolError, Report, SupervisorError
from sandbox.sources import Program
from sandbox.spec import Limits, SandboxFailure
from sandbox.stream import StreamBroken, StreamSilent

GRACE_S = 20.0
"""How much later than a run's own wall-clock limit, stretched, its report may come before the box counts as lost."""

SILENCE_S = 30.0
"""A supervisor gives a sign of life every few seconds while a program runs. One that is silent for so long counts as lost."""

FIRST_UID, LAST_UID = 20_000, 60_000
ENVIRONMENT = (
    "PATH=/usr/local/bin:/usr/bin:/bin",
    f"HOME={protocol.WORK_DIR}",
    "LANG=C.UTF-8",
)


class Container(Protocol):
    """What a box needs of its container. Memory is the container's own limit."""

    memory_bytes: int
    image_id: str

    def send(self, data: bytes, timeout_s: float) -> None: ...
    def read_frame(self, timeout_s: float) -> bytes: ...
    def frames_here(self) -> list[bytes]: ...
    def fileno(self) -> int: ...
    def allow_memory(self, size_bytes: int) -> None: ...


@contextlib.contextmanager
def blaming_ourselves() -> Iterator[None]:
    """Turns what goes wrong between us and the supervisor into `SandboxFailure`."""
    try:
        yield
    except (StreamBroken, StreamSilent, ProtocolError, SupervisorError) as error:
        raise SandboxFailure(str(error), retry=True) from error


class Orders:
    """The orders to one box. `program` is what it holds once it is known; null before.

    Without `preloading` every run is a new process that starts from nothing, also where the language says otherwise.
    """

    def __init__(self, container: Container, language: Language, memory_kib: int, *, preloading: bool) -> None:
        self.container = container
        self.language = language
        self.program: Program | None = None
        self.preloads = language.preloads and preloading
        self.from_snapshot = language.snapshot is not None and preloading
        self.preloaded = 0
        self._memory_kib = memory_kib
        self._commands: dict[tuple[int, bool], tuple[str, ...]] = {}
        self._uid = random.SystemRandom().randrange(FIRST_UID, LAST_UID)

    @property
    def surroundings(self) -> tuple[str, ...]:
        """The environment of everything that runs in the box."""
        return (*ENVIRONMENT, *self.language.environment)

    @property
    def run_memory_kib(self) -> int:
        """What a run may use, the language's own needs included."""
        return self._memory_kib + self.language.memory_floor_kib

    def same_user_again(self) -> None:
        """The next order has the user id of the last one."""
        self._uid -= 1

    def for_run(self, asked: Limits, args: tuple[str, ...], stdin: bytes) -> tuple[Limits, Order]:
        """A run of the program within these limits, and the limits with the language's own needs."""
        limits = with_memory(asked, asked.memory_kib + self.language.memory_floor_kib)
        output = limits.output_kib * 1024
        command = (*self._run_command(asked.memory_kib), *args)
        return limits, self.order(command, limits, output, output + 1, stdin, preloaded=not args)

    def _run_command(self, memory_kib: int) -> tuple[str, ...]:
        """Made once: finding the name of what runs means reading the source."""
        assert self.program is not None
        key = memory_kib, self.from_snapshot
        if key not in self._commands:
            self._commands[key] = self.program.run_command(memory_kib, from_snapshot=self.from_snapshot)
        return self._commands[key]

    def make_room(self, streams: int) -> None:
        """Streams and files that are held in memory beside the program's own, where they are more than the usual headroom. Never
        less than before: what was asked for earlier may still have to run."""
        beyond = max(0, streams - hardening.HEADROOM_KIB * 1024 // 2)
        needed = hardening.memory_bytes(self.run_memory_kib, beyond)
        if beyond and needed > self.container.memory_bytes:
            self.container.allow_memory(needed)

    def order(
        self, command: tuple[str, ...], limits: Limits, output: int, file_bytes: int, stdin: bytes, *, preloaded: bool
    ) -> Order:
        """An order for the next user id."""
        self._uid = self._uid + 1 if self._uid < LAST_UID else FIRST_UID
        return Order(
            uid=self._uid,
            cpu_ms=limits.cpu_ms,
            wall_ms=limits.wall_ms,
            memory_bytes=limits.memory_kib * 1024,
            output_bytes=output,
            file_bytes=file_bytes,
            processes=max(limits.processes, self.language.processes),
            command=command,
            environment=self.surroundings,
            stdin=stdin,
            preloaded=preloaded and self.preloads,
        )

    def reply(self, limits: Limits) -> bytes:
        """The reply to an order, after the signs of life before it."""
        deadline = time.monotonic() + patience_s(limits)
        while True:
            frame = self.container.read_frame(min(SILENCE_S, max(0.0, deadline - time.monotonic())))
            if frame[:1] != protocol.ALIVE:
                return frame
            steps.still_here()

    def read_done(self, number: int) -> None:
        """So many replies that say no more than that it is done."""
        for _ in range(number):
            protocol.read_done(self.container.read_frame(GRACE_S))

    def take_note(self, report: Report, command: str) -> None:
        """Count who served; what makes a report worthless is raised as our failure."""
        _check(report, command)
        self.preloaded += bool(report.flags & protocol.FLAG_PRELOADED)


def patience_s(limits: Limits) -> float:
    """How long the answer to an order with these limits may take at most."""
    return limits.wall_ms / 1000 * protocol.WALL_STRETCH + GRACE_S


def with_memory(limits: Limits, memory_kib: int) -> Limits:
    """These limits with another one of memory."""
    return Limits(limits.cpu_ms, limits.wall_ms, memory_kib, limits.output_kib, limits.processes)


def _check(report: Report, command: str) -> None:
    if report.flags & protocol.FLAG_UNCLEAN:
        raise SandboxFailure("a run left files that could not be removed", retry=True)
    if report.exec_errno and not command.startswith(protocol.PROGRAM_DIR) and report.exec_errno not in endings.NO_MEMORY:
        raise SandboxFailure(f"the sandbox image has no {command}: build it again with `assessor sandbox build`", retry=False)
