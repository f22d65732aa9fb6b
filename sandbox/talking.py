"""Two programs in two boxes, joined at input and output: their supervisors' frames are carried from one to the other.

1. Start both.
2. What one has SAID the other is to HEAR, never more than a window ahead of what it TOOK, which in turn lets the first say MORE.
3. When a program has ended, or closed its output, the other finds the end of its input.
4. When the first has taken too long, ask both how long they were busy; stop it if that does not explain it. When the first
   has ended and the second does not, stop the second after a while. When the second has ended first, and what it did
   settles the matter, stop the first.
A program that floods or never reads holds up itself alone, and nothing grows here beyond a pipe's content and a window.
"""

from __future__ import annotations

import select
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from sandbox import protocol
from sandbox.spec import CheckOutcome, CheckSpec, Limits, Talk
from sandbox.stream import StreamSilent

if TYPE_CHECKING:
    from sandbox.ordering import Container

SECOND_GRACE_S = 10.0
TURN_S = 0.005
"""What carrying one frame may cost: it is not the programs' doing."""


class TalkingBox(Protocol):
    """What a relay needs of a box."""

    @property
    def container(self) -> Container: ...
    def begin_talk(self, spec: CheckSpec) -> Limits: ...
    def end_talk(self, payload: bytes, limits: Limits) -> CheckOutcome: ...


class _Side:
    """One program: what it is to hear, and what came of it."""

    def __init__(self, box: TalkingBox, spec: CheckSpec) -> None:
        self.box = box
        self.spec = spec
        self.outcome: CheckOutcome | None = None
        self.busy_s: float | None = None
        self.stopped = False
        self.silent = False
        self._room = protocol.WINDOW
        self._queue: deque[bytes] = deque()
        self._close = False

    def begin(self) -> None:
        self.limits = self.box.begin_talk(self.spec)

    def send(self, frame: bytes) -> None:
        """Tell the supervisor something, unless the program has ended."""
        if self.outcome is None:
            self.box.container.send(frame, SECOND_GRACE_S)

    def hear(self, data: bytes, speaker: _Side) -> None:
        """Pass on what the other has said, as far as there is room. What nobody will read counts as taken."""
        if self.outcome is not None:
            speaker.send(protocol.more(len(data)))
            return
        self._queue.append(data)
        self._pass_on()

    def took(self, size: int, speaker: _Side) -> None:
        self._room += size
        speaker.send(protocol.more(size))
        self._pass_on()

    def close(self) -> None:
        """Nothing more will come."""
        self._close = True
        self._pass_on()

    def ended(self, outcome: CheckOutcome, speaker: _Side) -> None:
        self.busy_s = outcome.run.cpu_ms / 1000
        waiting = sum(map(len, self._queue)) + protocol.WINDOW - self._room
        self.outcome = outcome
        self._queue.clear()
        if waiting:
            speaker.send(protocol.more(waiting))

    def ask(self) -> None:
        """Ask how long the program was busy; null until the answer is there."""
        if self.outcome is None:
            self.busy_s = None
            self.send(protocol.pulse())

    def stop(self) -> None:
        if not self.stopped:
            self.stopped = True
            self.send(protocol.stop())

    def _pass_on(self) -> None:
        while self._queue and self._room:
            data = self._queue.popleft()
            now, later = data[: self._room], data[self._room :]
            if later:
                self._queue.appendleft(later)
            self._room -= len(now)
            self.send(protocol.hear(now))
        if self._close and not self._queue:
            self.send(protocol.close())
            self._close = False


class Relay:
    """One talk of two programs."""

    def __init__(
        self,
        first: TalkingBox,
        spec: CheckSpec,
        second: TalkingBox,
        second_spec: CheckSpec,
        wall_ms: int,
        settles: Callable[[CheckOutcome], bool],
    ) -> None:
        self._first = _Side(first, spec)
        self._second = _Side(second, second_spec)
        self._wall_s = wall_ms / 1000
        self._settles = settles
        self._turns = 0
        self._asked = False
        self._second_was_first = False

    def run(self) -> Talk:
        """Carry everything until both have ended."""
        self._second.begin()
        self._first.begin()
        self._started = time.monotonic()
        self._deadline = self._started + self._wall_s
        while self._first.outcome is None or self._second.outcome is None:
            if not self._carry(self._second, self._first) and not self._carry(self._first, self._second):
                self._wait()
                self._watch()
        assert self._first.outcome is not None
        assert self._second.outcome is not None
        return Talk(self._first.outcome, self._second.outcome, self._second_was_first, self._second.stopped)

    def _carry(self, speaker: _Side, listener: _Side) -> bool:
        """Deal with what has come from one side. False when nothing has."""
        if speaker.outcome is not None:
            return False
        frames = speaker.box.container.frames_here()
        for frame in frames:
            self._deal(frame, speaker, listener)
        return bool(frames)

    def _deal(self, frame: bytes, speaker: _Side, listener: _Side) -> None:
        match frame[:1]:
            case protocol.SAID if len(frame) == 1:
                self._falls_silent(speaker, listener)
            case protocol.SAID:
                self._turns += 1
                listener.hear(frame[1:], speaker)
            case protocol.TOOK:
                speaker.took(protocol.read_took(frame), listener)
            case protocol.ALIVE:
                speaker.busy_s = protocol.read_alive(frame) / 1e6
            case _:
                outcome = speaker.box.end_talk(frame, speaker.limits)
                self._falls_silent(speaker, listener)
                speaker.ended(outcome, listener)
                if speaker is self._first:
                    self._deadline = time.monotonic() + SECOND_GRACE_S
                elif self._second_was_first and self._settles(outcome):
                    self._first.stop()

    def _falls_silent(self, speaker: _Side, listener: _Side) -> None:
        """The end of its output comes before the report of its end, and before anything the other does because of it."""
        if not speaker.silent:
            speaker.silent = True
            self._second_was_first |= speaker is self._second and not listener.silent
            listener.close()

    def _wait(self) -> None:
        waited_for = [side.box.container for side in (self._first, self._second) if side.outcome is None]
        if waited_for:
            select.select(waited_for, [], [], max(0.01, min(1.0, self._deadline - time.monotonic())))

    def _watch(self) -> None:
        """Whether somebody is out of time."""
        now = time.monotonic()
        if now < self._deadline:
            return
        if self._first.outcome is not None:
            self._second.stop()
        elif not self._first.stopped:
            self._ask_or_stop(now)
        if now > self._deadline + self._wall_s * protocol.WALL_STRETCH + SECOND_GRACE_S:
            raise StreamSilent("a program that was stopped did not end")

    def _ask_or_stop(self, now: float) -> None:
        """Time in which a program was busy is not waiting: its CPU time is limited by itself."""
        sides = (self._first, self._second)
        if not self._asked:
            self._asked = True
            for side in sides:
                side.ask()
            return
        if any(side.busy_s is None for side in sides):
            return
        self._asked = False
        busy_s = sum(side.busy_s or 0.0 for side in sides) + self._turns * TURN_S
        allowed = min(self._wall_s + busy_s, self._wall_s * protocol.WALL_STRETCH)
        self._deadline = self._started + allowed
        if now >= self._deadline:
            self._first.stop()
