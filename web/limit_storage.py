"""Where rate limits are counted: in memory, by one thread at a time.

The library's own storage starts a timer whenever none runs. Two threads that do so at the same moment start the same one, and the
second one's request fails.
"""

from __future__ import annotations

import threading
from typing import Any

from limits.storage import MemoryStorage


class GuardedStorage(MemoryStorage):
    """The library's storage in memory, under a lock. Its address is `guarded://`."""

    STORAGE_SCHEME = ["guarded"]  # noqa: RUF012 - the library's own form

    def __init__(self, *args: Any, **options: Any) -> None:
        self._guard = threading.Lock()
        super().__init__(*args, **options)

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        with self._guard:
            return super().incr(key, expiry, amount)

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        with self._guard:
            return super().acquire_entry(key, limit, expiry, amount)
