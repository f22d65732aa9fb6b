"""Boxes kept warm: taking one is a queue pop, making and destroying happen in the background.

A box is used once and never comes back. The pool knows nothing of Docker: it is given how to make one, and each one knows
whether it is still alive and how to destroy itself.
"""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import threading
from collections import deque
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

log = logging.getLogger(__name__)

BACKGROUND_NICENESS = 10


class Warm(Protocol):
    """What a pool keeps."""

    def alive(self) -> bool:
        """Whether it can still be used; quick."""

    def destroy(self) -> None:
        """Free everything it holds; never raises."""


Item = TypeVar("Item", bound=Warm)


class Pool(Generic[Item]):
    """Keeps `size` items ready for every kind that was asked for once.

    A dry pool makes one on the spot, so `take` raises whatever `make` raises. After a failure in the background, which is
    logged, that kind is not made any more until it is asked for again.
    """

    def __init__(self, make: Callable[[str], Item], size: int) -> None:
        self._make = make
        self._size = size
        self._ready: dict[str, deque[Item]] = {}
        self._changed = threading.Condition()
        self._closed = False
        self._dead: queue.SimpleQueue[Item | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._refill, name="sandbox-refill", daemon=True),
            threading.Thread(target=self._bury, name="sandbox-bury", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def want(self, kind: str) -> None:
        """Keep items of this kind ready from now on."""
        with self._changed:
            self._ready.setdefault(kind, deque())
            self._changed.notify_all()

    def take(self, kind: str) -> Item:
        """One live item of this kind, for good: `discard` it when done."""
        self.want(kind)
        while (item := self._pop(kind)) is not None:
            if item.alive():
                return item
            self.discard(item)
        return self._make(kind)

    def discard(self, item: Item) -> None:
        """Destroy it in the background, or here when the pool is closed."""
        with self._changed:
            if not self._closed:
                self._dead.put(item)
                return
        item.destroy()

    def ready(self, kind: str) -> int:
        """How many of this kind are ready."""
        with self._changed:
            return len(self._ready.get(kind, ()))

    def close(self) -> None:
        """Stop refilling and destroy everything; returns when that is done."""
        with self._changed:
            if self._closed:
                return
            self._closed = True
            self._changed.notify_all()
        self._threads[0].join()
        for items in self._ready.values():
            while items:
                self._dead.put(items.popleft())
        self._dead.put(None)
        self._threads[1].join()

    def _pop(self, kind: str) -> Item | None:
        with self._changed:
            items = self._ready.get(kind)
            item = items.popleft() if items else None
            self._changed.notify_all()
            return item

    def _lacking(self) -> str | None:
        return next((kind for kind, items in self._ready.items() if len(items) < self._size), None)

    def _refill(self) -> None:
        _step_back()
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or self._lacking() is not None)
                kind = self._lacking()
                if self._closed or kind is None:
                    return
            try:
                item = self._make(kind)
            except Exception as error:
                log.warning("sandbox.refill_failed kind=%s error=%s", kind, error)
                self._give_up(kind)
                continue
            with self._changed:
                self._ready.setdefault(kind, deque()).append(item)

    def _give_up(self, kind: str) -> None:
        """Until somebody asks for this kind again: what cannot be made must not keep the others waiting."""
        with self._changed:
            if not self._ready.get(kind):
                self._ready.pop(kind, None)

    def _bury(self) -> None:
        _step_back()
        while (item := self._dead.get()) is not None:
            item.destroy()


def _step_back() -> None:
    """Let the threads that judge go first; on Linux the priority is the thread's own."""
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), BACKGROUND_NICENESS)
