"""Nobody keeps the others waiting: turns are taken by what everybody has used, on both databases, by a clock of our own."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from crowd import RECORDS, Crowd

from assessor.database import Database
from assessor.judging.leases import Lease, Priority, lease_first
from assessor.judging.models import JudgingAccount, Submission
from assessor.judging.shares import HALF_LIFE, Holder, charge, faded
from assessor.judging.turns import PATIENT_TURN, claim


@pytest.fixture
def crowd(database: Database, now: datetime) -> Crowd:
    return Crowd(database, now)


def next_of(crowd: Crowd, at_s: float, turn: int = 1) -> str | None:
    with crowd.database.writing() as session:
        lease = claim(session, RECORDS, "w:1", timedelta(hours=1), turn, crowd.at(at_s))
    return lease.row_id if lease else None


def percentile(waits: list[timedelta], share: float) -> float:
    return sorted(waits)[int(share * (len(waits) - 1))].total_seconds()


def test_runs_come_before_submissions_before_proofs_before_what_is_judged_again(crowd: Crowd) -> None:
    cyrus = crowd.attempt("cyrus")
    again, submission, run = (
        crowd.hand_in(cyrus, second, 1, priority=priority)[0]
        for second, priority in ((0, Priority.REJUDGE), (2, Priority.SUBMISSION), (3, Priority.RUN))
    )
    proof = crowd.ask_for_proof(1, 1)
    assert [next_of(crowd, 4) for _ in range(5)] == [run, submission, proof, again, None]


def test_of_one_candidate_the_oldest_is_first(crowd: Crowd) -> None:
    cyrus = crowd.attempt("cyrus")
    second, first = crowd.hand_in(cyrus, 2, 1), crowd.hand_in(cyrus, 1, 1)
    assert [next_of(crowd, 3), next_of(crowd, 3)] == first + second


def test_candidates_take_turns_however_much_one_of_them_queues(crowd: Crowd) -> None:
    flood, cyrus = crowd.attempt("flood"), crowd.attempt("cyrus")
    many = crowd.hand_in(flood, 0, 1, times=50)
    one = crowd.hand_in(cyrus, 1, 1)
    assert next_of(crowd, 2) == many[0]
    assert next_of(crowd, 3) == one[0], "who has something running waits for who has nothing"


def test_a_thousand_sleepers_of_one_candidate_keep_nobody_else_waiting(crowd: Crowd) -> None:
    flood = crowd.attempt("flood")
    others = [crowd.attempt(f"other-{number}") for number in range(20)]
    crowd.worker(slots=2)
    sleepers = set(crowd.hand_in(flood, 0, 10, times=1000))
    arrivals = [(15 + 1.5 * number, others[number % 20], 1.0) for number in range(120)]
    crowd.judge(slots=2, until_s=200, arrivals=arrivals)
    waits = [wait for row, wait in crowd.waited.items() if row not in sleepers]
    assert len(waits) == 120
    assert percentile(waits, 0.95) <= 2, "one slot is theirs, and one of theirs at most is before them"
    assert len(sleepers.intersection(crowd.judged)) >= 17, "the other slot works on"


def test_who_floods_through_many_attempts_takes_turns_with_other_organisations(crowd: Crowd) -> None:
    cyrus = crowd.attempt("cyrus", "birch")
    crowd.worker(slots=2)
    for number in range(60):
        crowd.hand_in(crowd.attempt(f"alder-{number}", "alder"), 0, 5, times=3)
    crowd.judge(slots=2, until_s=120, arrivals=[(20 + 10 * number, cyrus, 1.0) for number in range(8)])
    waits = [wait for row, wait in crowd.waited.items() if row.startswith(cyrus)]
    assert len(waits) == 8
    assert percentile(waits, 1.0) <= 5, "never longer than until the next slot is free"


def test_alone_one_candidate_may_use_everything_until_it_is_much(crowd: Crowd) -> None:
    crowd.worker(slots=2)
    flood = crowd.attempt("flood")
    crowd.hand_in(flood, 0, 1, times=10)
    assert next_of(crowd, 1) is not None
    assert next_of(crowd, 1) is not None
    with crowd.database.writing() as session:
        session.add(JudgingAccount(holder=flood, used_s=30, as_of=crowd.start))
    assert next_of(crowd, 1) is None, "two run, and one slot is kept for the next to come"


@pytest.fixture
def heavy(crowd: Crowd) -> str:
    """One of two slots judges a submission of a candidate who has used much, and a run of theirs waits."""
    crowd.worker(slots=2)
    flood = crowd.attempt("flood")
    crowd.hand_in(flood, 0, 60)
    with crowd.database.writing() as session:
        session.add(JudgingAccount(holder=flood, used_s=30, as_of=crowd.start))
    assert next_of(crowd, 0) is not None
    crowd.hand_in(flood, 1, 1, priority=Priority.RUN)
    return flood


@pytest.mark.usefixtures("heavy")
def test_the_slot_that_a_heavy_candidate_leaves_is_for_less_urgent_work_of_others(crowd: Crowd) -> None:
    (submission,) = crowd.hand_in(crowd.attempt("cyrus"), 2, 1)
    assert next_of(crowd, 3) == submission


@pytest.mark.usefixtures("heavy")
def test_the_patient_turn_passes_over_who_has_enough(crowd: Crowd) -> None:
    cyrus, stig = crowd.attempt("cyrus"), crowd.attempt("stig")
    (again,) = crowd.hand_in(cyrus, 2, 1, priority=Priority.REJUDGE)
    crowd.hand_in(stig, 3, 1)
    assert next_of(crowd, 70, turn=PATIENT_TURN) == again


def test_one_slot_alone_is_kept_from_nobody(crowd: Crowd) -> None:
    crowd.worker(slots=1)
    flood = crowd.attempt("flood")
    crowd.hand_in(flood, 0, 10, times=5)
    crowd.judge(slots=1, until_s=60)
    assert len(crowd.judged) == 5


def test_nothing_waits_for_ever(crowd: Crowd) -> None:
    crowd.worker(slots=1)
    cyrus, stig = crowd.attempt("cyrus"), crowd.attempt("stig")
    again = crowd.hand_in(cyrus, 0, 1, times=3, priority=Priority.REJUDGE)
    arrivals = [(0.5 * number, stig, 1.0) for number in range(300)]
    crowd.judge(slots=1, until_s=130, arrivals=arrivals)
    assert set(again) <= set(crowd.judged), "every eighth turn is for what has waited longest"


def test_the_patient_turn_is_for_what_has_waited_a_minute(crowd: Crowd) -> None:
    cyrus = crowd.attempt("cyrus")
    again = crowd.hand_in(cyrus, 0, 1, priority=Priority.REJUDGE)
    submissions = crowd.hand_in(cyrus, 1, 1, times=2)
    assert next_of(crowd, 59, turn=PATIENT_TURN) == submissions[0]
    assert next_of(crowd, 61, turn=PATIENT_TURN) == again[0]


def test_use_fades_by_half_and_a_clock_set_back_changes_nothing(now: datetime) -> None:
    assert faded(8, now, now + HALF_LIFE) == 4
    assert faded(8, now, now - HALF_LIFE) == 8


def lease_of(crowd: Crowd, row: str, at_s: float) -> Lease:
    with crowd.database.writing() as session:
        lease = lease_first(session, Submission, Submission.id == row, "w:1", timedelta(hours=1), crowd.at(at_s))
    assert lease is not None
    return lease


def used(crowd: Crowd) -> dict[str, float]:
    with crowd.database.reading() as session:
        return {account.holder: round(account.used_s, 3) for account in session.query(JudgingAccount)}


def test_the_time_in_a_slot_is_charged_to_the_candidate_and_the_organisation(crowd: Crowd) -> None:
    cyrus = crowd.attempt("cyrus")
    first, second = crowd.hand_in(cyrus, 0, 1, times=2)
    for row in (first, second):
        lease = lease_of(crowd, row, 10)
        with crowd.database.writing() as session:
            charge(session, lease, crowd.at(13))
    assert used(crowd) == {cyrus: 6.0, "org_alder": 6.0}


def test_what_is_judged_again_is_charged_to_nobody(crowd: Crowd) -> None:
    (row,) = crowd.hand_in(crowd.attempt("cyrus"), 0, 1, priority=Priority.REJUDGE)
    lease = lease_of(crowd, row, 10)
    with crowd.database.writing() as session:
        charge(session, lease, crowd.at(13))
    assert used(crowd) == {}


def test_no_candidate_pays_for_a_proof() -> None:
    assert Holder(None, "org_alder").charged == ("proofs-org_alder",)
    assert Holder(None, None).charged == ("proofs-library",)
