"""Which processor core a box may use, where boxes are pinned: each that is in use at the same time has one of its own."""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable

LOOK_AGAIN_S = 60.0


def cores_for(slots: int, taken: Collection[int] = ()) -> tuple[int, ...]:
    """A core for each slot, of those this process may use and nobody has taken; none at all where there are fewer."""
    left = [core for core in usable_cores() if core not in taken]
    return tuple(left[:slots]) if len(left) >= slots else ()


def usable_cores() -> tuple[int, ...]:
    """Every core that this process may use."""
    return tuple(sorted(os.sched_getaffinity(0)))


class CoresForSlots:
    """The cores for so many slots, without those that others have `taken`: the core and who has it. Where that leaves too few it
    is looked again now and then, for others may have ended.

    Two that begin at the same moment see nothing of each other and choose the same. So those chosen are looked at once more after
    a while, and of two that have the same one the one whose name comes later chooses anew.
    """

    def __init__(self, slots: int, name: str, taken: Callable[[], Collection[tuple[int, str]]]) -> None:
        self._slots = slots
        self._name = name
        self._taken = taken
        self._cores = Cores(())
        self._settled = False
        self._looked_at = float("-inf")
        self._lock = threading.Lock()

    def now(self) -> Cores:
        """Those that there are now; none for none. Raises what `taken` raises."""
        with self._lock:
            if self._slots and not self._settled and time.monotonic() - self._looked_at > LOOK_AGAIN_S:
                self._look()
                self._looked_at = time.monotonic()
            return self._cores

    def doubt(self) -> None:
        """A box could not be made. Should it be because of its core, the next ones can for a while."""
        with self._lock:
            self._cores = Cores(())
            self._settled = False
            self._looked_at = time.monotonic()

    def _look(self) -> None:
        others = self._taken()
        self._settled = bool(self._cores) and not any(name < self._name and self._cores.has(core) for core, name in others)
        if not self._settled:
            self._cores = Cores(cores_for(self._slots, {core for core, _ in others}))


class Cores:
    """Hands out cores. A box is made for one of them, so that nothing need be changed when it is taken; one that comes when all
    are taken, such as a validator's beside its program's, may use any."""

    def __init__(self, cores: tuple[int, ...]) -> None:
        self._all = cores
        self._free = list(cores)
        self._lock = threading.Lock()

    def __bool__(self) -> bool:
        """Whether there are any, free or not."""
        return bool(self._all)

    def has(self, core: int) -> bool:
        """Whether this is one of them, free or not."""
        return core in self._all

    def for_new(self, waiting: Iterable[int | None]) -> int | None:
        """The core for a new box, beside those that wait: the one for which the fewest are there."""
        there = Counter(waiting)
        return min(self._all, key=lambda core: (there[core], not self.is_free(core)), default=None)

    def is_free(self, core: int | None) -> bool:
        """Whether nobody has this core."""
        return core in self._free

    def take(self, liked: int | None) -> int | None:
        """A core that nobody else has, if there is one: the one that is liked rather than another."""
        with self._lock:
            if liked in self._free:
                self._free.remove(liked)
                return liked
            return self._free.pop(0) if self._free else None

    def give_back(self, core: int | None) -> None:
        """Let the next one have it."""
        if core is not None:
            with self._lock:
                self._free.append(core)
