"""Puts a program's files into its box and compiles or checks them there, or brings in what compiling them came to before."""

from __future__ import annotations

import contextlib
import logging

from sandbox import endings, hardening, ordering, protocol, steps
from sandbox.artefacts import MOST_BYTES, Artefact, ArtefactStore, is_worth_keeping, key_of
from sandbox.languages import Language
from sandbox.ordering import ENVIRONMENT, Orders, with_memory
from sandbox.protocol import Report, SupervisorError
from sandbox.sources import Program
from sandbox.spec import CompileOutcome, Ending, Limits, SourceFile
from sandbox.steps import Step

log = logging.getLogger(__name__)

COMPILED_BYTES = 256 << 20
COMPILER_SAYS_BYTES = 64 << 10
COMPILER_OUTPUT_BYTES = 4 << 20


def first_memory_kib(language: Language, memory_kib: int) -> int:
    """What a container must allow from the start, so that its limit need not be changed before the compiler has ended."""
    return max(memory_kib, language.compile_memory_kib) + language.memory_floor_kib


def preload(language: Language, entry: str) -> bytes:
    """The order to start the interpreter that will become every run of a program that starts in the file `entry`."""
    program = Program(language, (SourceFile(entry, b""),), entry)
    return protocol.preload(program.command(language.run, 0), (*ENVIRONMENT, *language.environment))


class Compiling:
    """Compiles the program of one box, once."""

    def __init__(self, orders: Orders, program: Program) -> None:
        self._orders = orders
        self._program = program
        self._container = orders.container
        self._language = orders.language

    def outcome(self, asked: Limits, artefacts: ArtefactStore | None) -> CompileOutcome:
        """What came of it; with `artefacts` what is known already is brought in."""
        memory_kib = min(asked.memory_kib, self._language.compile_memory_kib) + self._language.memory_floor_kib
        limits = with_memory(asked, memory_kib)
        if artefacts is None or not self._language.leaves_a_program:
            return self._compile(limits)
        return self._compile_once(limits, artefacts)

    def _compile(self, limits: Limits) -> CompileOutcome:
        """Changing a container's memory takes as long as starting several programs, so it is done while others work."""
        for_run = hardening.memory_bytes(self._orders.run_memory_kib)
        for_compiler = hardening.memory_bytes(limits.memory_kib)
        if self._container.memory_bytes < for_compiler:
            self._container.allow_memory(for_compiler)
        self._ask_to_compile(limits)
        steps.reached(Step.FILES_SENT, ordering.SILENCE_S)
        if for_compiler <= for_run:
            self._container.allow_memory(for_run)
        report = self._read_compile_report(limits)
        if self._refuses_snapshot(report):
            report = self._compile_without_snapshot(limits)
        outcome = self._compile_outcome(report, limits)
        return self._kept(outcome, for_run) if outcome.ok else outcome

    def _compile_once(self, limits: Limits, artefacts: ArtefactStore) -> CompileOutcome:
        """Bring in what compiling these very files came to before, or compile them and keep what came of it."""
        command = self._program.command(self._language.compile, limits.memory_kib - self._language.memory_floor_kib)
        surroundings = self._orders.surroundings
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
        if known.outcome.ok:
            files = [protocol.put_file(file.path, file.content) for file in self._program.files]
            files += [protocol.bring(path, content) for path, content in known.program.items()]
            self._container.send(b"".join(files), ordering.GRACE_S)
            self._container.allow_memory(hardening.memory_bytes(self._orders.run_memory_kib))
            self._orders.read_done(len(files))
        return known.outcome

    def _fetch(self) -> dict[str, bytes | None]:
        self._container.send(protocol.fetch(MOST_BYTES), ordering.GRACE_S)
        return protocol.read_program(self._container.read_frame(ordering.GRACE_S))

    def _ask_to_compile(self, limits: Limits) -> None:
        """Asked at once to keep or drop what the compiler leaves: a box whose program does not compile is not used again."""
        first = preload(self._language, self._program.entry) if self._orders.preloads else b""
        files = b"".join(protocol.put_file(file.path, file.content) for file in self._program.files)
        self._container.send(first + files + self._compile_order(limits), ordering.GRACE_S)

    def _compile_order(self, limits: Limits) -> bytes:
        """Nothing is kept of what only checks a source: some run parts of it, and could leave answers for the tests."""
        memory_kib = limits.memory_kib - self._language.memory_floor_kib
        command = self._program.compile_command(memory_kib, from_snapshot=self._orders.from_snapshot)
        order = self._orders.order(command, limits, COMPILER_OUTPUT_BYTES, COMPILED_BYTES, b"", preloaded=True)
        return protocol.order(protocol.COMPILE, order) + (protocol.keep() if self._language.leaves_a_program else protocol.drop())

    def _read_compile_report(self, limits: Limits) -> Report:
        self._orders.read_done(len(self._program.files) + self._orders.preloads)
        return protocol.read_report(self._orders.reply(limits))

    def _refuses_snapshot(self, report: Report) -> bool:
        """Whether the runtime cannot use the image's snapshot: a program has not been started yet, so these words are its own."""
        snapshot = self._language.snapshot
        refused = self._orders.from_snapshot and snapshot is not None and snapshot.refused
        return bool(refused) and report.wait_status != 0 and refused in report.stderr

    def _compile_without_snapshot(self, limits: Limits) -> Report:
        """Once more from nothing, as the runs will be."""
        log.warning("sandbox.snapshot_refused language=%s", self._language.id)
        self._orders.from_snapshot = False
        with contextlib.suppress(SupervisorError):
            self._orders.read_done(1)  # what the failed attempt left is kept, and is nothing
        self._container.send(self._compile_order(limits), ordering.GRACE_S)
        return protocol.read_report(self._orders.reply(limits))

    def _kept(self, outcome: CompileOutcome, run_bytes: int) -> CompileOutcome:
        """What the compiler left is the program that runs, unless it cannot be one."""
        self._container.allow_memory(run_bytes)
        try:
            self._orders.read_done(1)
        except SupervisorError as error:
            return _failed(outcome, str(error))
        return outcome

    def _compile_outcome(self, report: Report, limits: Limits) -> CompileOutcome:
        self._orders.take_note(report, self._language.compile[0])
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


def _failed(outcome: CompileOutcome, why: str) -> CompileOutcome:
    return CompileOutcome(
        ok=False,
        output=f"{outcome.output}{why}\n",
        ending=outcome.ending,
        cpu_ms=outcome.cpu_ms,
        wall_ms=outcome.wall_ms,
        memory_kib=outcome.memory_kib,
    )
