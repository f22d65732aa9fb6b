"""Boxes kept warm: taking one is a queue pop, making and destroying happen in the background.

A box is used once and never comes back. The pool knows nothing of Docker: it is given how to make one, and each one knows
whether it is still alive and how to destroy itself.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

log = logging.getLogger(__name__)

PATIENCE_S = 1.0
"""How long refilling waits for those who work, while there is still something to take."""


class Warm(Protocol):
    """What a pool keeps."""

    def alive(self) -> bool:
        """Whether it can still be used; quick."""

    def destroy(self) -> None:
        """Free everything it holds; never raises."""


Item = TypeVar("Item", bound=Warm)


class Pool(Generic[Item]):
    """Keeps `size` items ready for every kind that was asked for once.

    Refilling lets those who work go first. Its threads are not made less important to the kernel: while one waits for a
    processor it may hold the interpreter, and then everybody waits with it. A dry pool makes one on the spot, so `take` raises
    whatever `make` raises. After a failure in the background, which is logged, that kind is not made any more until it is asked
    for again.
    """

    def __init__(self, make: Callable[[str], Item], size: int) -> None:
        self._make = make
        self._size = size
        self._ready: dict[str, deque[Item]] = {}
        self._changed = threading.Condition()
        self._closed = False
        self._in_use = 0
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

    def take(self, kind: str, liked: Callable[[Item], bool] = lambda _item: True) -> Item:
        """One live item of this kind, for good: `discard` it when done. One that is `liked` before others."""
        self.want(kind)
        with self._changed:
            self._in_use += 1
        try:
            while (item := self._pop(kind, liked)) is not None:
                if item.alive():
                    return item
                self._destroy(item)
            return self._make(kind)
        except BaseException:
            self._no_longer_in_use()
            raise

    def discard(self, item: Item) -> None:
        """Destroy what was taken, in the background, or here when the pool is closed."""
        self._no_longer_in_use()
        self._destroy(item)

    def _no_longer_in_use(self) -> None:
        with self._changed:
            self._in_use -= 1
            self._changed.notify_all()

    def _destroy(self, item: Item) -> None:
        with self._changed:
            if not self._closed:
                self._dead.put(item)
                return
        item.destroy()

    def ready(self, kind: str) -> tuple[Item, ...]:
        """Those of this kind that wait to be taken."""
        with self._changed:
            return tuple(self._ready.get(kind, ()))

    def close(self, patience_s: float = 60.0) -> bool:
        """Stop refilling and destroy everything. Whether that was done in time: making or destroying one may hang."""
        deadline = time.monotonic() + patience_s
        with self._changed:
            if self._closed:
                return True
            self._closed = True
            self._changed.notify_all()
        refill, bury = self._threads
        refill.join(max(0.0, deadline - time.monotonic()))
        for items in self._ready.values():
            while items:
                self._dead.put(items.popleft())
        self._dead.put(None)
        bury.join(max(0.0, deadline - time.monotonic()))
        return not refill.is_alive() and not bury.is_alive()

    def _pop(self, kind: str, liked: Callable[[Item], bool]) -> Item | None:
        with self._changed:
            items = self._ready.get(kind)
            item = next(filter(liked, items), items[0]) if items else None
            if items and item is not None:
                items.remove(item)
            self._changed.notify_all()
            return item

    def _lacking(self) -> str | None:
        return next((kind for kind, items in self._ready.items() if len(items) < self._size), None)

    def _may_refill(self) -> bool:
        """Making one costs as much as several runs: those who work go first, unless the next to come would find nothing."""
        kind = self._lacking()
        return self._closed or self._in_use == 0 or (kind is not None and not self._ready[kind])

    def _refill(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or self._lacking() is not None)
                self._changed.wait_for(self._may_refill, PATIENCE_S)
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
                closed = self._closed
                if not closed:
                    self._ready.setdefault(kind, deque()).append(item)
            if closed:
                item.destroy()  # nobody waits for it any more

    def _give_up(self, kind: str) -> None:
        """Until somebody asks for this kind again: what cannot be made must not keep the others waiting."""
        with self._changed:
            if not self._ready.get(kind):
                self._ready.pop(kind, None)

    def _bury(self) -> None:
        while (item := self._dead.get()) is not None:
            try:
                item.destroy()
            except Exception as error:  # the thread's edge: one that cannot be destroyed must not keep the others
                log.warning("sandbox.not_destroyed error=%s", error)
