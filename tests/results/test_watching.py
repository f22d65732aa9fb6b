"""A page that waits learns of its own submission's changes, and does not look closely at everybody else's."""

from __future__ import annotations

import threading
import time
from datetime import datetime

import pytest
import sqlalchemy as sa
from crowd import Crowd

from assessor.database import Database
from assessor.judging.leases import WorkState
from assessor.judging.models import Submission
from assessor.results import watching
from assessor.results.watching import ChangeWatch, SubmissionWatch

OFTEN_S = 10.0


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def crowd(database: Database, now: datetime) -> Crowd:
    return Crowd(database, now)


def change(crowd: Crowd, row: str, **values: object) -> None:
    with crowd.database.writing() as session:
        session.execute(sa.update(Submission).where(Submission.id == row).values(**values))


def test_what_others_hand_in_is_no_news_until_the_place_is_due(crowd: Crowd) -> None:
    clock = Clock()
    (row,) = crowd.hand_in(crowd.attempt("cyrus"), 0, 1)
    watch = SubmissionWatch(crowd.database, row, clock)
    assert watch.has_news(OFTEN_S)
    crowd.hand_in(crowd.attempt("stig"), 1, 1)
    assert not watch.has_news(OFTEN_S)
    clock.now += OFTEN_S
    assert watch.has_news(OFTEN_S)
    assert not watch.has_news(OFTEN_S)


def test_what_is_judged_has_no_place_that_could_change(crowd: Crowd) -> None:
    clock = Clock()
    (row,) = crowd.hand_in(crowd.attempt("cyrus"), 0, 1)
    change(crowd, row, state=WorkState.RUNNING)
    watch = SubmissionWatch(crowd.database, row, clock)
    assert watch.has_news(OFTEN_S)
    clock.now += OFTEN_S
    assert not watch.has_news(OFTEN_S)


@pytest.mark.parametrize(
    "values", [{"state": WorkState.RUNNING}, {"progress": {"done": 1, "total": 3}}, {"state": WorkState.GRADED}]
)
def test_every_change_of_its_own_is_news_once(crowd: Crowd, values: dict[str, object]) -> None:
    (row,) = crowd.hand_in(crowd.attempt("cyrus"), 0, 1)
    watch = SubmissionWatch(crowd.database, row, Clock())
    watch.has_news(OFTEN_S)
    change(crowd, row, **values)
    assert watch.has_news(OFTEN_S)
    assert not watch.has_news(OFTEN_S)


def test_that_it_was_deleted_is_news(crowd: Crowd) -> None:
    (row,) = crowd.hand_in(crowd.attempt("cyrus"), 0, 1)
    watch = SubmissionWatch(crowd.database, row, Clock())
    watch.has_news(OFTEN_S)
    with crowd.database.writing() as session:
        session.execute(sa.delete(Submission).where(Submission.id == row))
    assert watch.has_news(OFTEN_S)
    assert not watch.queues


def test_who_looks_and_waits_again_is_not_woken_for_nothing(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "LINGER_S", OFTEN_S * 60)
    others = watch_threads()
    watch = ChangeWatch(sqlite_database)
    assert watch.wait(watch.tick, OFTEN_S)
    first = watch_threads() - others
    time.sleep(20 * watching.SQLITE_PAUSE_S)  # nobody waits
    watch.wait(watch.tick, 0)
    assert watch_threads() - others == first


def watch_threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.name == "change-watch"}
