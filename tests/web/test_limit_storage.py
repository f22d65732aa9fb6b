"""Rate limits are counted by many threads at the same moment."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from web.limit_storage import GuardedStorage


@pytest.fixture
def hasty_threads() -> Iterator[None]:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("hasty_threads")
def test_threads_at_the_same_moment_do_not_start_the_same_timer() -> None:
    storage, together = GuardedStorage(), threading.Barrier(16)

    def hit(number: int) -> int:
        together.wait(timeout=30)
        taken = [storage.acquire_entry("key", 1000, 60) for _ in range(100)]
        return sum(taken)

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(hit, range(16))) == 1000
