"""Which processor core a box may use, where boxes are pinned: each that is in use at the same time has one of its own."""

from __future__ import annotations

import os
import threading


def cores_for(slots: int) -> tuple[int, ...]:
    """A core for each slot, of those this process may use; none where there are fewer than slots, for two would share one."""
    usable = sorted(os.sched_getaffinity(0))
    return tuple(usable[:slots]) if len(usable) >= slots else ()


class Cores:
    """Hands out cores. A box that comes when all are taken, such as a validator's beside its program's, is not pinned."""

    def __init__(self, cores: tuple[int, ...]) -> None:
        self._free = list(cores)
        self._lock = threading.Lock()

    def take(self) -> int | None:
        """A core that nobody else has, if there is one."""
        with self._lock:
            return self._free.pop(0) if self._free else None

    def give_back(self, core: int | None) -> None:
        """Let the next one have it."""
        if core is not None:
            with self._lock:
                self._free.append(core)
