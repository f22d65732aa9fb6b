"""The bell on SQLite: heard soon, and looking for one costs next to nothing."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from assessor.judging.queue import JudgingQueue, WatchedStorage
from assessor.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, secret_key="not a secret", database_url=None)


def heard(queue: JudgingQueue) -> bool:
    return queue.huey.dequeue() is not None


def test_a_bell_is_heard_whoever_rings_it(settings: Settings) -> None:
    worker, web = JudgingQueue(settings), JudgingQueue(settings)
    assert not heard(worker)
    for rung_by in (web, worker, web, worker):
        rung_by.ring("submission", "sub_1", 50)
        assert heard(worker)
        assert not heard(worker)


def test_every_bell_is_heard_once(settings: Settings) -> None:
    worker, web = JudgingQueue(settings), JudgingQueue(settings)
    for _ in range(3):
        web.ring("submission", "sub_1", 50)
    assert [heard(worker) for _ in range(4)] == [True, True, True, False]


def test_bells_that_are_rung_while_somebody_listens_are_all_heard(settings: Settings) -> None:
    worker, web = JudgingQueue(settings), JudgingQueue(settings)
    ringers = [threading.Thread(target=lambda end=end: [end.ring("x", "y", 50) for _ in range(50)]) for end in (worker, web)]
    for ringer in ringers:
        ringer.start()
    count = 0
    while any(ringer.is_alive() for ringer in ringers) or worker.waiting():
        count += heard(worker)
    for ringer in ringers:
        ringer.join()
    assert count + heard(worker) == 100


def test_an_empty_table_is_not_read_again(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = JudgingQueue(settings)
    assert not heard(worker)
    asked: list[str] = []
    sql = WatchedStorage.sql

    def noting(self: WatchedStorage, query: str, *rest: object, **more: object) -> object:
        asked.append(query)
        return sql(self, query, *rest, **more)

    monkeypatch.setattr(WatchedStorage, "sql", noting)
    assert not heard(worker)
    assert asked == ["pragma data_version"]
