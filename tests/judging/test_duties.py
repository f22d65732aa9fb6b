"""What the worker does beside judging: it trusts no clock that has just been set, and finds work that stands still."""

from __future__ import annotations

import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assessor.assessments.models import Attempt, AttemptState
from assessor.database import Database, Session
from assessor.judging import leases
from assessor.judging.clockwatch import ClockWatch
from assessor.judging.duties import DOUBT_S, Duties
from assessor.judging.leases import Lease, WorkState
from assessor.judging.models import Submission
from assessor.judging.worker import RECORDS, Worker
from assessor.settings import Settings
from sandbox import steps
from sandbox.steps import Step

sys.path.insert(0, str(Path(__file__).parents[1] / "chain"))
from one_attempt import ATTEMPT, begin_attempt, hand_in

HOUR_S = 3600.0


class Clocks:
    """The database's clock, which may be set, and the steady one."""

    def __init__(self) -> None:
        self.set_by_s = 0.0
        self.steady_s = 1000.0

    def database_now(self, _session: Session) -> datetime:
        return datetime(2026, 11, 2, 9, 0, tzinfo=UTC) + timedelta(seconds=self.steady_s + self.set_by_s)


class House:
    """One attempt, one submission that this worker holds, and the worker's duties, called by hand."""

    def __init__(self, database: Database, settings: Settings, clocks: Clocks) -> None:
        self.database = database
        self.clocks = clocks
        version_id = begin_attempt(database)
        self.row_id = hand_in(database, version_id, "print(1)\n")
        self.restarts = 0
        self.worker = Worker(settings, database, None)  # type: ignore[arg-type]  # nothing is judged
        self.duties = Duties(settings, database, None, self.worker, self._restart)  # type: ignore[arg-type]
        self.duties.clock = ClockWatch(settings.lease_seconds / 3, steady=lambda: clocks.steady_s)
        with database.writing() as session:
            session.get_one(Attempt, ATTEMPT).deadline_at = clocks.database_now(session) + timedelta(minutes=30)
            lease = leases.lease_first(
                session,
                Submission,
                Submission.id == self.row_id,
                self.worker.name,
                self.worker.lease,
                clocks.database_now(session),
            )
        assert lease is not None
        self.lease: Lease = lease

    def _restart(self) -> None:
        self.restarts += 1

    def pass_s(self, seconds: float) -> None:
        self.clocks.steady_s += seconds
        self.duties.sweep()
        self.duties.close_overdue_attempts()

    @property
    def row(self) -> Submission:
        with self.database.reading() as session:
            return session.get_one(Submission, self.row_id)

    @property
    def attempt(self) -> AttemptState:
        with self.database.reading() as session:
            return session.get_one(Attempt, ATTEMPT).state


@pytest.fixture
def house(database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> House:
    clocks = Clocks()
    monkeypatch.setattr("assessor.judging.leases.database_now", clocks.database_now)
    return House(database, settings, clocks)


@pytest.mark.parametrize("hours", [1, -1])
def test_a_clock_that_is_set_takes_no_lease(house: House, hours: int) -> None:
    with house.worker.held.holding(house.lease):
        house.pass_s(1)
        house.clocks.set_by_s = hours * HOUR_S
        house.pass_s(1)
        house.worker.held.beat()
        house.pass_s(10)
        house.worker.held.beat()
        house.pass_s(10)
    assert (house.row.state, house.row.tries, house.row.failures) == (WorkState.RUNNING, 1, 0)


def test_the_dead_lose_their_rows_after_a_set_clock_as_well(house: House) -> None:
    house.pass_s(1)
    house.clocks.set_by_s = -HOUR_S
    house.pass_s(1)
    house.pass_s(20)
    assert (house.row.state, house.row.failure) == (WorkState.QUEUED, leases.WORKER_LOST)


def test_a_row_does_not_rest_until_a_clock_that_was_set_back_gets_there(house: House) -> None:
    with house.database.writing() as session:
        leases.give_back(session, house.lease, "a fault", 3, timedelta(seconds=30))
    house.pass_s(1)
    house.clocks.set_by_s = -HOUR_S
    house.pass_s(1)
    house.pass_s(20)
    with house.database.reading() as session:
        assert leases.queued(session, Submission) == 1


def test_a_clock_set_forward_by_mistake_ends_no_attempt(house: House) -> None:
    house.pass_s(1)
    house.clocks.set_by_s = HOUR_S
    house.pass_s(1)
    house.pass_s(DOUBT_S - 10)
    assert house.attempt is AttemptState.STARTED
    house.clocks.set_by_s = 0
    house.pass_s(1)
    house.pass_s(DOUBT_S + 1)
    assert house.attempt is AttemptState.STARTED


def test_a_clock_that_stays_where_it_was_set_ends_attempts_in_the_end(house: House) -> None:
    house.pass_s(1)
    house.clocks.set_by_s = HOUR_S
    house.pass_s(1)
    house.pass_s(DOUBT_S + 1)
    assert house.attempt is not AttemptState.STARTED


def test_work_that_stands_still_is_given_back_once_and_the_worker_starts_afresh(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def stand_still() -> None:
        with house.worker.held.holding(house.lease):
            steps.reached(Step.JUDGED)
            reached.set()
            go_on.wait(60)

    thread = threading.Thread(target=stand_still)
    thread.start()
    assert reached.wait(60)
    house.duties.let_go_what_stands_still()
    assert (house.row.state, house.restarts) == (WorkState.RUNNING, 0)
    house.duties.settings.stall_seconds = 0
    house.duties.let_go_what_stands_still()
    house.duties.let_go_what_stands_still()
    go_on.set()
    thread.join()
    assert (house.row.state, house.row.failures, house.restarts) == (WorkState.QUEUED, 1, 1)
    assert "after the step “judged”" in (house.row.failure or "")


def test_what_is_held_at_the_end_is_queued_again(house: House) -> None:
    with house.worker.held.holding(house.lease):
        house.worker.give_everything_back()
    assert (house.row.state, house.row.failures) == (WorkState.QUEUED, 0)
    with house.database.reading() as session:
        assert sum(leases.queued(session, record) for record in RECORDS) == 1
