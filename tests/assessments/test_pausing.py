"""A pause stops the clock where the rules allow one, takes nothing in the meantime, and ends by itself when it is used up."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from candidate_cast import Cast

from assessor.assessments import attempts, drafts, faults, pausing
from assessor.assessments.models import AssessmentVersion, Attempt
from assessor.assessments.pauses import is_paused, pause_left
from assessor.errors import Conflict

MINUTE = timedelta(minutes=1)


@pytest.fixture
def allowed(cast: Cast, attempt_id: str) -> str:
    """The attempt of an assessment that allows ten minutes of pause."""
    with cast.database.writing() as session:
        attempt = session.get_one(Attempt, attempt_id)
        session.get_one(AssessmentVersion, attempt.assessment_version_id).pause_minutes = 10
    return attempt_id


def pause(cast: Cast, attempt_id: str, now: datetime) -> None:
    with cast.database.writing() as session:
        pausing.pause(session, attempt_id, now)


def go_on(cast: Cast, attempt_id: str, now: datetime) -> None:
    with cast.database.writing() as session:
        pausing.go_on(session, attempt_id, now)


def state(cast: Cast, attempt_id: str, now: datetime) -> tuple[datetime | None, bool, timedelta]:
    with cast.database.reading() as session:
        attempt = session.get_one(Attempt, attempt_id)
        return attempt.deadline_at, is_paused(attempt, now), pause_left(attempt)


def test_a_pause_costs_what_it_lasts(cast: Cast, allowed: str, now: datetime) -> None:
    pause(cast, allowed, now + 10 * MINUTE)
    assert state(cast, allowed, now + 12 * MINUTE)[1]
    go_on(cast, allowed, now + 14 * MINUTE)
    assert state(cast, allowed, now + 14 * MINUTE) == (now + 64 * MINUTE, False, 6 * MINUTE)


def test_a_pause_that_nobody_ends_ends_by_itself(cast: Cast, allowed: str, now: datetime) -> None:
    pause(cast, allowed, now + 10 * MINUTE)
    assert state(cast, allowed, now + 20 * MINUTE)[:2] == (now + 70 * MINUTE, False)
    with pytest.raises(Conflict) as refused:
        pause(cast, allowed, now + 30 * MINUTE)
    assert refused.value.code == "no_pause"


def test_pausing_twice_is_one_pause(cast: Cast, allowed: str, now: datetime) -> None:
    pause(cast, allowed, now + 10 * MINUTE)
    pause(cast, allowed, now + 11 * MINUTE)
    go_on(cast, allowed, now + 12 * MINUTE)
    go_on(cast, allowed, now + 13 * MINUTE)
    assert state(cast, allowed, now + 13 * MINUTE) == (now + 62 * MINUTE, False, 8 * MINUTE)


def test_nothing_is_taken_while_the_clock_stands_still(cast: Cast, allowed: str, now: datetime) -> None:
    pause(cast, allowed, now + MINUTE)
    save = drafts.DraftSave(cast.versions[0], "python3", "print(1)", 0, 1, "tab")
    with cast.database.writing() as session, pytest.raises(Conflict) as refused:
        drafts.save(session, allowed, save, now + 2 * MINUTE)
    assert refused.value.code == "paused"


def test_where_no_pause_is_allowed_there_is_none(cast: Cast, attempt_id: str, now: datetime) -> None:
    with pytest.raises(Conflict):
        pause(cast, attempt_id, now + MINUTE)


def test_the_end_does_not_come_in_a_pause(cast: Cast, allowed: str, now: datetime) -> None:
    pause(cast, allowed, now + 59 * MINUTE)
    with cast.database.writing() as session:
        assert attempts.close_overdue(session, now + 65 * MINUTE) == []
        assert session.get_one(Attempt, allowed).submitted_at is None
    go_on(cast, allowed, now + 65 * MINUTE)
    assert state(cast, allowed, now + 65 * MINUTE)[0] == now + 66 * MINUTE


def test_an_outage_in_a_pause_took_nothing(cast: Cast, allowed: str, now: datetime) -> None:
    pause(cast, allowed, now + 10 * MINUTE)
    with cast.database.writing() as session:
        faults.beat(session, now + 12 * MINUTE)
        faults.beat(session, now + 15 * MINUTE)
    go_on(cast, allowed, now + 16 * MINUTE)
    assert state(cast, allowed, now + 16 * MINUTE)[0] == now + 66 * MINUTE


def wait(cast: Cast, now: datetime) -> None:
    with cast.database.writing() as session:
        for waiting, since in faults.long_waiting(session, now).items():
            faults.give_back_wait(session, waiting, since, now)


def test_a_pause_that_is_over_is_not_given_back_again_for_what_waits(cast: Cast, allowed: str, now: datetime) -> None:
    new = attempts.NewSubmission(cast.versions[0], "python3", "print(2)\n", "key-00000001")
    with cast.database.writing() as session:
        attempts.submit(session, allowed, new, now + 9 * MINUTE)
    for began in (10, 13):  # the queue is our fault from minute 10 on
        pause(cast, allowed, now + began * MINUTE)
        wait(cast, now + (began + 1) * MINUTE)
        go_on(cast, allowed, now + (began + 2) * MINUTE)
        wait(cast, now + (began + 3) * MINUTE)
    assert state(cast, allowed, now + 16 * MINUTE)[0] == now + 66 * MINUTE


def test_a_pause_that_is_over_is_not_given_back_again_after_an_outage(cast: Cast, allowed: str, now: datetime) -> None:
    with cast.database.writing() as session:
        faults.beat(session, now + 10 * MINUTE)
    pause(cast, allowed, now + 10 * MINUTE)
    go_on(cast, allowed, now + 11 * MINUTE)
    with cast.database.writing() as session:
        faults.beat(session, now + 15 * MINUTE)
    assert state(cast, allowed, now + 15 * MINUTE)[0] == now + 65 * MINUTE
