"""Whoever waits is told what place they have, as turns are taken; and under pressure runs wait so that submissions get on."""

from __future__ import annotations

from datetime import datetime

import pytest
import sqlalchemy as sa
from crowd import Crowd

from assessor.database import Database
from assessor.judging.leases import Priority, WorkState
from assessor.judging.models import JudgingAccount, Submission
from assessor.judging.places import Place, place_of, rounded, turns_before
from assessor.judging.pressure import MOST_ROWS, pressure_at
from assessor.judging.shares import Holder, Use
from assessor.judging.turns import Waiting


@pytest.fixture
def crowd(database: Database, now: datetime) -> Crowd:
    return Crowd(database, now)


def place(crowd: Crowd, row: str, at_s: float) -> Place:
    with crowd.database.reading() as session:
        return place_of(session, session.get_one(Submission, row), crowd.at(at_s))


def finish(crowd: Crowd, row: str, took_s: float) -> None:
    """Somebody has judged it before the test began."""
    done = {"state": WorkState.GRADED, "started_at": crowd.at(-took_s), "finished_at": crowd.at(0)}
    with crowd.database.writing() as session:
        session.execute(sa.update(Submission).where(Submission.id == row).values(**done))


def test_the_place_is_the_one_in_the_order_of_turns(crowd: Crowd) -> None:
    crowd.worker(slots=2)
    flood, cyrus, stig = crowd.attempt("flood"), crowd.attempt("cyrus"), crowd.attempt("stig")
    many = crowd.hand_in(flood, 0, 2, times=50)
    (mine,) = crowd.hand_in(cyrus, 1, 2)
    crowd.hand_in(stig, 2, 2)
    assert place(crowd, many[0], 3) == Place(0, 5)
    assert place(crowd, mine, 3) == Place(1, 5), "one of the flood is older, then it is Cyrus's turn"
    assert place(crowd, many[2], 3).ahead == 4, "two of its own, and one of each of the others"


def test_runs_are_before_a_submission_and_behind_no_submission(crowd: Crowd) -> None:
    crowd.worker(slots=1)
    cyrus, stig = crowd.attempt("cyrus"), crowd.attempt("stig")
    (submission,) = crowd.hand_in(cyrus, 0, 1)
    (run,) = crowd.hand_in(stig, 1, 1, priority=Priority.RUN)
    assert place(crowd, submission, 2).ahead == 1
    assert place(crowd, run, 2).ahead == 0


def test_who_has_used_much_stands_behind_who_has_not(crowd: Crowd) -> None:
    crowd.worker(slots=1)
    flood, cyrus = crowd.attempt("flood"), crowd.attempt("cyrus", "birch")
    with crowd.database.writing() as session:
        session.add(JudgingAccount(holder=flood, used_s=60, as_of=crowd.start))
    (first,) = crowd.hand_in(flood, 0, 1)
    crowd.hand_in(cyrus, 1, 1, times=3)
    assert place(crowd, first, 2).ahead == 3


def test_the_wait_follows_from_what_judging_took_lately_and_from_the_slots(crowd: Crowd) -> None:
    crowd.worker(slots=2)
    for name in ("astrid", "rakel"):
        finish(crowd, crowd.hand_in(crowd.attempt(name), -60, 20)[0], took_s=20)
    for number in range(6):
        crowd.hand_in(crowd.attempt(f"other-{number}"), 0, 20)
    (mine,) = crowd.hand_in(crowd.attempt("cyrus"), 1, 20)
    assert place(crowd, mine, 2) == Place(6, 60), "six before, twenty seconds each, two at a time"


def test_while_no_worker_lives_nobody_knows_how_long(crowd: Crowd) -> None:
    (mine,) = crowd.hand_in(crowd.attempt("cyrus"), 0, 1)
    assert place(crowd, mine, 2) == Place(0, None)


@pytest.mark.parametrize(
    ("lead", "older", "turns"), [(-0.5, True, 0), (0, True, 1), (0, False, 0), (0.5, False, 1), (2, True, 3)]
)
def test_how_often_another_one_comes_first(now: datetime, lead: float, older: bool, turns: int) -> None:
    mine, other = Holder("att_mine", None), Holder("att_other", None)
    since = now.replace(minute=30)
    waiting = Waiting(Submission, 50, other, now if older else now.replace(minute=40), 10)
    use = Use({"att_mine": 10.0, "att_other": 10.0 - 4 * lead}, {})
    assert turns_before(mine, since, 0, waiting, use, cost_s=4.0) == turns


@pytest.mark.parametrize(("exact", "told"), [(0, 5), (4, 5), (17, 20), (59, 60), (61, 90), (290, 300), (301, 360)])
def test_a_wait_is_told_as_exactly_as_it_is_known(exact: float, told: int) -> None:
    assert rounded(exact) == told


def test_a_long_queue_of_many_pauses_runs(crowd: Crowd) -> None:
    for number in range(MOST_ROWS // 5 + 1):
        crowd.hand_in(crowd.attempt(f"other-{number}"), 0, 1, times=5)
    with crowd.database.reading() as session:
        found = pressure_at(session, crowd.at(1))
    assert (found.rows, found.runs_paused, found.oldest) == (205, True, crowd.at(0))


def test_several_who_wait_for_long_pause_runs(crowd: Crowd) -> None:
    for number in range(3):
        crowd.hand_in(crowd.attempt(f"other-{number}"), 0, 1)
    with crowd.database.reading() as session:
        assert not pressure_at(session, crowd.at(59)).runs_paused
        assert pressure_at(session, crowd.at(61)).runs_paused


def test_one_candidate_alone_pauses_nobody(crowd: Crowd) -> None:
    crowd.hand_in(crowd.attempt("flood"), 0, 10, times=1000)
    with crowd.database.reading() as session:
        found = pressure_at(session, crowd.at(600))
    assert (found.rows, found.weighed, found.waiting_long, found.runs_paused) == (1000, 5, 1, False)


def test_what_is_judged_again_is_no_pressure(crowd: Crowd) -> None:
    for number in range(4):
        crowd.hand_in(crowd.attempt(f"other-{number}"), 0, 1, priority=Priority.REJUDGE)
    with crowd.database.reading() as session:
        assert pressure_at(session, crowd.at(600)).rows == 0
