"""One box, seen from outside: orders go in, reports come out, outcomes are handed to the caller.

Knows the protocol and the languages, but not Docker: the container is given to it.
"""

from __future__ import annotations

import contextlib
import logging
import random
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from sandbox import endings, hardening, protocol, steps
from sandbox.artefacts import MOST_BYTES, Artefact, ArtefactStore, is_worth_keeping, key_of
from sandbox.languages import Language
from sandbox.protocol import Order, ProtocolError, Report, SupervisorError
from sandbox.sources import Program, arrange
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
from sandbox.steps import Step
from sandbox.stream import StreamBroken, StreamSilent
from sandbox.talking import Relay

log = logging.getLogger(__name__)

LOOK_AHEAD = 3
"""Runs asked for before the first of them is answered: enough to keep the box busy, few enough to stop early."""

GRACE_S = 20.0
"""How much later than a run's own wall-clock limit, stretched, its report may come before the box counts as lost."""

SILENCE_S = 30.0
"""A supervisor gives a sign of life every few seconds while a program runs. One that is silent for so long counts as lost."""

COMPILED_BYTES = 256 << 20
COMPILER_SAYS_BYTES = 64 << 10
COMPILER_OUTPUT_BYTES = 4 << 20
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


def first_memory_kib(language: Language, memory_kib: int) -> int:
    """What a container must allow from the start, so that its limit need not be changed before the compiler has ended."""
    return max(memory_kib, language.compile_memory_kib) + language.memory_floor_kib


@contextlib.contextmanager
def blaming_ourselves() -> Iterator[None]:
    """Turns what goes wrong between us and the supervisor into `SandboxFailure`."""
    try:
        yield
    except (StreamBroken, StreamSilent, ProtocolError, SupervisorError) as error:
        raise SandboxFailure(str(error), retry=True) from error


def preload(language: Language, entry: str) -> bytes:
    """The order to start the interpreter that will become every run of a program that starts in the file `entry`."""
    program = Program(language, (SourceFile(entry, b""),), entry)
    return protocol.preload(program.command(language.run, 0), (*ENVIRONMENT, *language.environment))


class SupervisedBox:
    """Implements `sandbox.spec.Box` on a container whose supervisor answers.

    Without `preloading` every run is a new process that starts from nothing, also where the language says otherwise. With
    `artefacts` a program that was compiled before is brought in instead of being compiled again.
    """

    artefacts: ArtefactStore | None = None

    def __init__(
        self,
        container: Container,
        language: Language,
        memory_kib: int,
        *,
        runtime: str,
        acquire_ms: int,
        preloading: bool = True,
    ) -> None:
        self.runtime = runtime
        self.acquire_ms = acquire_ms
        self._container = container
        self._language = language
        self._memory_kib = memory_kib
        self._preloads = language.preloads and preloading
        self._from_snapshot = language.snapshot is not None and preloading
        self._uid = random.SystemRandom().randrange(FIRST_UID, LAST_UID)
        self._program: Program | None = None
        self.preloaded = 0
        """How many orders the preloaded interpreter has carried out."""

    @property
    def container(self) -> Container:
        """What is underneath, for those who carry a talk."""
        return self._container

    def compile(self, files: tuple[SourceFile, ...], limits: Limits) -> CompileOutcome:
        """Put the files in place and compile or check them; once, before `run`. ValueError for paths that cannot be."""
        if self._program is not None:
            raise ValueError("a box compiles once")
        self._program = arrange(self._language, files)
        memory_kib = min(limits.memory_kib, self._language.compile_memory_kib) + self._language.memory_floor_kib
        allowed = _with_memory(limits, memory_kib)
        with blaming_ourselves():
            if self.artefacts is None or not self._language.leaves_a_program:
                outcome = self._compile(allowed)
            else:
                outcome = self._compile_once(allowed, self.artefacts)
        steps.reached(Step.COMPILED)
        return outcome

    def run(self, specs: Iterable[RunSpec]) -> Iterator[RunOutcome]:
        """Yield one outcome for each spec, in order; see `sandbox.spec.Box.run`."""
        if self._program is None:
            raise ValueError("compile first")
        asked: deque[tuple[Limits, int]] = deque()
        coming = iter(specs)
        more = True
        while True:
            while more and len(asked) < LOOK_AHEAD:
                spec = next(coming, None)
                if spec is None:
                    more = False
                else:
                    with blaming_ourselves():
                        asked.append((self._ask_to_run(spec), len(spec.files)))
            if not asked:
                return
            limits, placed = asked.popleft()
            steps.reached(Step.TEST_SENT, SILENCE_S)
            with blaming_ourselves():
                self._read_done(placed)
                report = protocol.read_report(self._reply(limits))
            steps.reached(Step.TEST_RUN)
            yield self._run_outcome(report, limits)

    def check(self, spec: CheckSpec) -> CheckOutcome:
        """Run once with files given and feedback brought back; see `sandbox.spec.Box.check`."""
        if self._program is None:
            raise ValueError("compile first")
        with blaming_ourselves():
            limits = self._ask_to_check(spec)
            self._read_done(len(spec.given) + len(spec.files))
            steps.reached(Step.TEST_SENT, SILENCE_S)
            report, feedback = protocol.read_checked(self._reply(limits))
        return CheckOutcome(self._run_outcome(report, limits), feedback)

    def begin_talk(self, spec: CheckSpec) -> Limits:
        """Start a program whose input and output go to and fro in frames; `sandbox.talking` carries them."""
        if self._program is None:
            raise ValueError("compile first")
        limits = self._ask_to_check(spec, talk=True)
        self._read_done(len(spec.given) + len(spec.files))
        return limits

    def end_talk(self, payload: bytes, limits: Limits) -> CheckOutcome:
        """What came of it, from the last frame of the talk."""
        report, feedback = protocol.read_checked(payload)
        return CheckOutcome(self._run_outcome(report, limits), feedback)

    def talk(
        self, spec: CheckSpec, other: Box, other_spec: CheckSpec, wall_ms: int, settles: Callable[[CheckOutcome], bool]
    ) -> Talk:
        """Run two programs joined at input and output; see `sandbox.spec.Box.talk`."""
        assert isinstance(other, SupervisedBox)
        with blaming_ourselves():
            steps.reached(Step.TEST_SENT, wall_ms / 1000 * protocol.WALL_STRETCH + GRACE_S)
            talk = Relay(self, spec, other, other_spec, wall_ms, settles).run()
        steps.reached(Step.TEST_RUN)
        return talk

    # --- orders

    @property
    def _run_memory_kib(self) -> int:
        return self._memory_kib + self._language.memory_floor_kib

    def _compile(self, limits: Limits) -> CompileOutcome:
        """Changing a container's memory takes as long as starting several programs, so it is done while others work."""
        for_run = hardening.memory_bytes(self._run_memory_kib)
        for_compiler = hardening.memory_bytes(limits.memory_kib)
        if self._container.memory_bytes < for_compiler:
            self._container.allow_memory(for_compiler)
        self._ask_to_compile(limits)
        steps.reached(Step.FILES_SENT, SILENCE_S)
        if for_compiler <= for_run:
            self._container.allow_memory(for_run)
        report = self._read_compile_report(limits)
        if self._refuses_snapshot(report):
            report = self._compile_without_snapshot(limits)
        outcome = self._compile_outcome(report, limits)
        return self._kept(outcome, for_run) if outcome.ok else outcome

    def _compile_once(self, limits: Limits, artefacts: ArtefactStore) -> CompileOutcome:
        """Bring in what compiling these very files came to before, or compile them and keep what came of it."""
        assert self._program is not None
        command = self._program.command(self._language.compile, limits.memory_kib - self._language.memory_floor_kib)
        surroundings = (*ENVIRONMENT, *self._language.environment)
        key = key_of(self._container.image_id, command, surroundings, limits, self._program.files)
        known = artefacts.get(key)
        if known is not None:
            try:
                return self._bring_in(known)
            except SupervisorError:
                artefacts.forget(key)  # the next try compiles
                raise
        outcome = self._compile(limits)
        if is_worth_keeping(outcome):
            with contextlib.suppress(SupervisorError):  # too large to be kept
                artefacts.put(key, Artefact(outcome, self._fetch() if outcome.ok else {}))
        return outcome

    def _bring_in(self, known: Artefact) -> CompileOutcome:
        assert self._program is not None
        if known.outcome.ok:
            files = [protocol.put_file(file.path, file.content) for file in self._program.files]
            files += [protocol.bring(path, content) for path, content in known.program.items()]
            self._container.send(b"".join(files), GRACE_S)
            self._container.allow_memory(hardening.memory_bytes(self._run_memory_kib))
            for _ in files:
                protocol.read_done(self._container.read_frame(GRACE_S))
        return known.outcome

    def _fetch(self) -> dict[str, bytes | None]:
        self._container.send(protocol.fetch(MOST_BYTES), GRACE_S)
        return protocol.read_program(self._container.read_frame(GRACE_S))

    def _ask_to_compile(self, limits: Limits) -> None:
        """Asked at once to keep what the compiler leaves: a box whose program does not compile is not used again."""
        assert self._program is not None
        first = preload(self._language, self._program.entry) if self._preloads else b""
        files = b"".join(protocol.put_file(file.path, file.content) for file in self._program.files)
        self._container.send(first + files + self._compile_order(limits), GRACE_S)

    def _compile_order(self, limits: Limits) -> bytes:
        assert self._program is not None
        memory_kib = limits.memory_kib - self._language.memory_floor_kib
        command = self._program.compile_command(memory_kib, from_snapshot=self._from_snapshot)
        order = self._order(command, limits, COMPILER_OUTPUT_BYTES, COMPILED_BYTES, b"", preloaded=True)
        return protocol.order(protocol.COMPILE, order) + protocol.keep()

    def _read_compile_report(self, limits: Limits) -> Report:
        assert self._program is not None
        for _ in range(len(self._program.files) + self._preloads):
            protocol.read_done(self._container.read_frame(GRACE_S))
        return protocol.read_report(self._reply(limits))

    def _reply(self, limits: Limits) -> bytes:
        """The reply to an order, after the signs of life before it."""
        deadline = time.monotonic() + _patience_s(limits)
        while True:
            frame = self._container.read_frame(min(SILENCE_S, max(0.0, deadline - time.monotonic())))
            if frame[:1] != protocol.ALIVE:
                return frame
            steps.still_here()

    def _refuses_snapshot(self, report: Report) -> bool:
        """Whether the runtime cannot use the image's snapshot: a program has not been started yet, so these words are its own."""
        snapshot = self._language.snapshot
        refused = self._from_snapshot and snapshot is not None and snapshot.refused
        return bool(refused) and report.wait_status != 0 and refused in report.stderr

    def _compile_without_snapshot(self, limits: Limits) -> Report:
        """Once more from nothing, as the runs will be."""
        log.warning("sandbox.snapshot_refused language=%s", self._language.id)
        self._from_snapshot = False
        with contextlib.suppress(SupervisorError):
            protocol.read_done(self._container.read_frame(GRACE_S))  # what the failed attempt left is kept, and is nothing
        self._container.send(self._compile_order(limits), GRACE_S)
        return protocol.read_report(self._reply(limits))

    def _ask_to_run(self, spec: RunSpec) -> Limits:
        limits, order = self._run_order(spec.limits, spec.args, spec.stdin)
        files = _placed(spec.files, order)
        self._make_room(len(files) + len(spec.stdin) + 2 * order.output_bytes)
        self._container.send(files + protocol.order(protocol.RUN, order), _patience_s(limits) * LOOK_AHEAD)
        return limits

    def _ask_to_check(self, spec: CheckSpec, *, talk: bool = False) -> Limits:
        """The same user id again where a program is to find its own files of the last time."""
        if not spec.fresh and spec.wanted:
            self._uid -= 1
        limits, order = self._run_order(spec.limits, spec.args, spec.stdin)
        files = b"".join(protocol.give(file.path, file.content) for file in spec.given) + _placed(spec.files, order)
        self._make_room(len(files) + len(spec.stdin) + 3 * order.output_bytes)
        check = protocol.check(order, spec.wanted, fresh=spec.fresh, talk=talk, take=spec.take)
        self._container.send(files + check, _patience_s(limits))
        return limits

    def _run_order(self, asked: Limits, args: tuple[str, ...], stdin: bytes) -> tuple[Limits, Order]:
        assert self._program is not None
        limits = _with_memory(asked, asked.memory_kib + self._language.memory_floor_kib)
        command = (*self._program.run_command(asked.memory_kib, from_snapshot=self._from_snapshot), *args)
        output = limits.output_kib * 1024
        return limits, self._order(command, limits, output, output + 1, stdin, preloaded=not args)

    def _make_room(self, streams: int) -> None:
        """Streams and files that are held in memory beside the program's own, where they are more than the usual headroom."""
        beyond = max(0, streams - hardening.HEADROOM_KIB * 1024 // 2)
        if beyond:
            self._container.allow_memory(hardening.memory_bytes(self._run_memory_kib, beyond))

    def _order(
        self, command: tuple[str, ...], limits: Limits, output: int, file_bytes: int, stdin: bytes, *, preloaded: bool
    ) -> Order:
        self._uid = self._uid + 1 if self._uid < LAST_UID else FIRST_UID
        return Order(
            uid=self._uid,
            cpu_ms=limits.cpu_ms,
            wall_ms=limits.wall_ms,
            memory_bytes=limits.memory_kib * 1024,
            output_bytes=output,
            file_bytes=file_bytes,
            processes=max(limits.processes, self._language.processes),
            command=command,
            environment=(*ENVIRONMENT, *self._language.environment),
            stdin=stdin,
            preloaded=preloaded and self._preloads,
        )

    def _read_done(self, number: int) -> None:
        for _ in range(number):
            protocol.read_done(self._container.read_frame(GRACE_S))

    def _kept(self, outcome: CompileOutcome, run_bytes: int) -> CompileOutcome:
        """What the compiler left is the program that runs, unless it cannot be one."""
        self._container.allow_memory(run_bytes)
        try:
            protocol.read_done(self._container.read_frame(GRACE_S))
        except SupervisorError as error:
            return _failed(outcome, str(error))
        return outcome

    # --- outcomes

    def _take_note(self, report: Report, command: str) -> None:
        _check(report, command)
        self.preloaded += bool(report.flags & protocol.FLAG_PRELOADED)

    def _compile_outcome(self, report: Report, limits: Limits) -> CompileOutcome:
        self._take_note(report, self._language.compile[0])
        ending = endings.ending_of(report, limits, self._language.out_of_memory)
        ok = ending is Ending.EXITED and report.wait_status == 0
        said = report.stderr if ok else report.stderr + report.stdout  # a compiler that is content may say so: not needed
        return CompileOutcome(
            ok=ok,
            output=said[:COMPILER_SAYS_BYTES].decode("utf-8", "replace").replace(f"{protocol.SOURCE_DIR}/", ""),
            ending=ending,
            cpu_ms=endings.cpu_us(report) // 1000,
            wall_ms=report.wall_us // 1000,
            memory_kib=endings.memory_kib(report),
        )

    def _run_outcome(self, report: Report, limits: Limits) -> RunOutcome:
        self._take_note(report, self._language.run[0])
        ending = endings.ending_of(report, limits, self._language.out_of_memory)
        number = endings.signal_number(report)
        return RunOutcome(
            ending=ending,
            exit_code=endings.exit_code(report),
            signal=endings.signal_name(number) if number else None,
            cpu_ms=endings.cpu_us(report) // 1000,
            wall_ms=report.wall_us // 1000,
            memory_kib=endings.memory_kib(report),
            output_bytes=report.stdout_size,
            stdout=report.stdout,
            stderr=report.stderr,
        )


def _patience_s(limits: Limits) -> float:
    """How long the answer to an order with these limits may take at most."""
    return limits.wall_ms / 1000 * protocol.WALL_STRETCH + GRACE_S


def _placed(files: tuple[SourceFile, ...], order: Order) -> bytes:
    return b"".join(protocol.place(order.uid, file.path, file.content) for file in files)


def _with_memory(limits: Limits, memory_kib: int) -> Limits:
    return Limits(limits.cpu_ms, limits.wall_ms, memory_kib, limits.output_kib, limits.processes)


def _failed(outcome: CompileOutcome, why: str) -> CompileOutcome:
    return CompileOutcome(
        ok=False,
        output=f"{outcome.output}{why}\n",
        ending=outcome.ending,
        cpu_ms=outcome.cpu_ms,
        wall_ms=outcome.wall_ms,
        memory_kib=outcome.memory_kib,
    )


def _check(report: Report, command: str) -> None:
    """What makes a report worthless is our failure."""
    if report.flags & protocol.FLAG_UNCLEAN:
        raise SandboxFailure("a run left files that could not be removed", retry=True)
    if report.exec_errno and not command.startswith(protocol.PROGRAM_DIR) and report.exec_errno not in endings.NO_MEMORY:
        raise SandboxFailure(f"the sandbox image has no {command}: build it again with `assessor sandbox build`", retry=False)
