"""Warm boxes, with boxes that only remember what happened to them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from sandbox.pool import Pool


@dataclass
class Item:
    kind: str
    living: bool = True
    destroyed: threading.Event = field(default_factory=threading.Event)

    def alive(self) -> bool:
        return self.living

    def destroy(self) -> None:
        self.destroyed.set()


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)


def test_a_kind_that_was_asked_for_is_kept_ready() -> None:
    pool = Pool(Item, 2)
    assert pool.take("core").kind == "core"
    until(lambda: len(pool.ready("core")) == 2)
    pool.close()


def test_what_was_taken_never_comes_back() -> None:
    pool = Pool(Item, 1)
    first = pool.take("core")
    pool.discard(first)
    assert first.destroyed.wait(5)
    assert pool.take("core") is not first
    pool.close()


def test_one_that_is_liked_is_taken_before_others_and_another_rather_than_none() -> None:
    pool = Pool(Item, 2)
    pool.want("core")
    until(lambda: len(pool.ready("core")) == 2)
    first, second = pool.ready("core")
    assert pool.take("core", lambda item: item is second) is second
    assert pool.take("core", lambda _item: False) is first
    pool.close()


def test_a_dead_one_is_thrown_away_and_another_given() -> None:
    made: list[Item] = []

    def make(kind: str) -> Item:
        made.append(Item(kind))
        return made[-1]

    pool = Pool(make, 1)
    pool.want("core")
    until(lambda: len(pool.ready("core")) == 1)
    made[0].living = False
    assert pool.take("core") is not made[0]
    assert made[0].destroyed.wait(5)
    pool.close()


def test_closing_destroys_what_is_ready() -> None:
    made: list[Item] = []
    pool = Pool(lambda kind: made.append(Item(kind)) or made[-1], 3)
    pool.want("core")
    until(lambda: len(pool.ready("core")) == 3)
    pool.close()
    assert all(item.destroyed.is_set() for item in made)


def test_a_failure_is_the_callers_when_the_pool_is_dry() -> None:
    def fail(kind: str) -> Item:
        raise RuntimeError("no Docker")

    pool = Pool(fail, 1)
    with pytest.raises(RuntimeError, match="no Docker"):
        pool.take("core")
    pool.close()


def test_a_pool_of_size_nought_makes_boxes_on_demand() -> None:
    pool = Pool(Item, 0)
    assert pool.take("core").kind == "core"
    assert len(pool.ready("core")) == 0
    pool.close()


def test_a_kind_that_cannot_be_made_does_not_keep_others_waiting() -> None:
    def make(kind: str) -> Item:
        if kind == "absent":
            raise RuntimeError("no such image")
        return Item(kind)

    pool = Pool(make, 1)
    for kind in ("absent", "core"):
        pool.want(kind)
    until(lambda: len(pool.ready("core")) == 1)
    pool.close()


def test_refilling_lets_those_who_work_go_first() -> None:
    pool = Pool(Item, 2)
    pool.want("core")
    until(lambda: len(pool.ready("core")) == 2)
    taken = pool.take("core")
    time.sleep(0.1)
    assert len(pool.ready("core")) == 1
    pool.discard(taken)
    until(lambda: len(pool.ready("core")) == 2)
    pool.close()


def test_refilling_does_not_wait_once_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sandbox.pool.PATIENCE_S", 60.0)
    pool = Pool(Item, 2)
    pool.want("core")
    until(lambda: len(pool.ready("core")) == 2)
    for _ in range(2):
        pool.take("core")
    until(lambda: pool.ready("core") != ())
    pool.close()


def test_refilling_waits_only_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sandbox.pool.PATIENCE_S", 0.01)
    pool = Pool(Item, 2)
    pool.take("core")
    until(lambda: len(pool.ready("core")) == 2)
    pool.close()
