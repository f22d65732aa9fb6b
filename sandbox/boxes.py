"""One box, seen from outside: orders go in, reports come out, outcomes are handed to the caller."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Iterable, Iterator

from sandbox import endings, ordering, protocol, steps
from sandbox.artefacts import ArtefactStore
from sandbox.compiling import Compiling
from sandbox.languages import Language
from sandbox.ordering import Container, Orders, blaming_ourselves, patience_s
from sandbox.protocol import Order, Report
from sandbox.sources import arrange
from sandbox.spec import Box, CheckOutcome, CheckSpec, CompileOutcome, Limits, RunOutcome, RunSpec, SourceFile, Talk
from sandbox.steps import Step
from sandbox.talking import Relay

LOOK_AHEAD = 4
"""Runs asked for before the first of them is answered: enough to keep the box busy, few enough to stop early."""
FURTHER_AHEAD = 8
"""The same after a run of less than `SHORT_US`: the way there and back takes as long as several of these."""
SHORT_US = 5000
TOGETHER_BYTES = 64 << 10
"""Orders of more than so much are not gathered: they travel in pieces anyway, and all of them would be held in memory."""


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
        self._orders = Orders(container, language, memory_kib, preloading=preloading)

    @property
    def preloaded(self) -> int:
        """How many orders the preloaded interpreter has carried out."""
        return self._orders.preloaded

    @property
    def container(self) -> Container:
        """What is underneath, for those who carry a talk."""
        return self._orders.container

    def compile(self, files: tuple[SourceFile, ...], limits: Limits) -> CompileOutcome:
        """Put the files in place and compile or check them; once, before `run`. ValueError for paths that cannot be."""
        if self._orders.program is not None:
            raise ValueError("a box compiles once")
        self._orders.program = program = arrange(self._orders.language, files)
        with blaming_ourselves():
            outcome = Compiling(self._orders, program).outcome(limits, self.artefacts)
        steps.reached(Step.COMPILED)
        return outcome

    def run(self, specs: Iterable[RunSpec]) -> Iterator[RunOutcome]:
        """Yield one outcome for each spec, in order; see `sandbox.spec.Box.run`."""
        if self._orders.program is None:
            raise ValueError("compile first")
        asked: deque[tuple[Limits, int]] = deque()
        coming = iter(specs)
        ahead = LOOK_AHEAD
        while True:
            with blaming_ourselves():
                self._ask_ahead(coming, asked, ahead)
            if not asked:
                return
            limits, placed = asked.popleft()
            steps.reached(Step.TEST_SENT, ordering.SILENCE_S)
            with blaming_ourselves():
                self._orders.read_done(placed)
                report = protocol.read_report(self._orders.reply(limits))
            steps.reached(Step.TEST_RUN)
            ahead = FURTHER_AHEAD if report.wall_us < SHORT_US else LOOK_AHEAD
            yield self._run_outcome(report, limits)

    def check(self, spec: CheckSpec) -> CheckOutcome:
        """Run once with files given and feedback brought back; see `sandbox.spec.Box.check`."""
        if self._orders.program is None:
            raise ValueError("compile first")
        with blaming_ourselves():
            limits = self._ask_to_check(spec)
            self._orders.read_done(len(spec.given) + len(spec.files))
            steps.reached(Step.TEST_SENT, ordering.SILENCE_S)
            report, feedback = protocol.read_checked(self._orders.reply(limits))
        return CheckOutcome(self._run_outcome(report, limits), feedback)

    def begin_talk(self, spec: CheckSpec) -> Limits:
        """Start a program whose input and output go to and fro in frames; `sandbox.talking` carries them."""
        if self._orders.program is None:
            raise ValueError("compile first")
        limits = self._ask_to_check(spec, talk=True)
        self._orders.read_done(len(spec.given) + len(spec.files))
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
            steps.reached(Step.TEST_SENT, wall_ms / 1000 * protocol.WALL_STRETCH + ordering.GRACE_S)
            talk = Relay(self, spec, other, other_spec, wall_ms, settles).run()
        steps.reached(Step.TEST_RUN)
        return talk

    # --- orders

    def _ask_ahead(self, coming: Iterator[RunSpec], asked: deque[tuple[Limits, int]], ahead: int) -> None:
        """Ask for more until so many are `asked` for, several at once: each message wakes everybody on its way. An idle box has
        the first at once."""
        idle = not asked
        orders: list[bytes] = []
        for spec in itertools.islice(coming, max(0, ahead - len(asked))):
            limits, order = self._for_run(spec)
            asked.append((limits, len(spec.files)))
            orders.append(order)
            if idle or sum(map(len, orders)) > TOGETHER_BYTES:
                self._send(orders, asked)
                idle = False
        self._send(orders, asked)

    def _send(self, orders: list[bytes], asked: Iterable[tuple[Limits, int]]) -> None:
        """The box may have to be done with all that it was `asked` for before it takes the last of these."""
        if orders:
            self._orders.container.send(b"".join(orders), sum(patience_s(limits) for limits, _ in asked))
            orders.clear()

    def _for_run(self, spec: RunSpec) -> tuple[Limits, bytes]:
        limits, order = self._orders.for_run(spec.limits, spec.args, spec.stdin)
        files = _placed(spec.files, order)
        self._orders.make_room(len(files) + len(spec.stdin) + 2 * order.output_bytes)
        return limits, files + protocol.order(protocol.RUN, order)

    def _ask_to_check(self, spec: CheckSpec, *, talk: bool = False) -> Limits:
        """The same user id again where a program is to find its own files of the last time."""
        if not spec.fresh and spec.wanted:
            self._orders.same_user_again()
        limits, order = self._orders.for_run(spec.limits, spec.args, spec.stdin)
        files = b"".join(protocol.give(file.path, file.content) for file in spec.given) + _placed(spec.files, order)
        self._orders.make_room(len(files) + len(spec.stdin) + 3 * order.output_bytes)
        check = protocol.check(order, spec.wanted, fresh=spec.fresh, talk=talk, take=spec.take)
        self._orders.container.send(files + check, patience_s(limits))
        return limits

    # --- outcomes

    def _run_outcome(self, report: Report, limits: Limits) -> RunOutcome:
        self._orders.take_note(report, self._orders.language.run[0])
        ending = endings.ending_of(report, limits, self._orders.language.out_of_memory)
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


def _placed(files: tuple[SourceFile, ...], order: Order) -> bytes:
    return b"".join(protocol.place(order.uid, file.path, file.content) for file in files)
