"""More time: given by people while the attempt runs or just after its end; given back after an outage or a long queue."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from candidate_cast import Cast

from assessor.assessments import attempts, drafts, extending, faults
from assessor.assessments.attempts import NewSubmission
from assessor.assessments.models import Attempt, AttemptState, CreditCause, TimeCredit
from assessor.errors import BadInput, Conflict, NotAllowed, NotFound
from assessor.judging.leases import WorkState
from assessor.judging.models import Submission
from assessor.people.models import Role
from assessor.people.permissions import Actor

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def rakel(cast: Cast, role: Role = Role.REVIEWER) -> Actor:
    from assessor.people.models import Account

    with cast.database.reading() as session:
        account = session.scalars(sa.select(Account)).one()
    return Actor(account.id, roles={cast.organisation_id: role})


def give(cast: Cast, attempt_id: str, minutes: int, now: datetime, actor: Actor | None = None) -> None:
    with cast.database.writing() as session:
        extending.give_time(session, actor or rakel(cast), attempt_id, minutes, "the fire alarm", now)


def attempt(cast: Cast, attempt_id: str) -> Attempt:
    with cast.database.reading() as session:
        return session.get_one(Attempt, attempt_id)


def end(cast: Cast, now: datetime) -> None:
    with cast.database.writing() as session:
        attempts.close_overdue(session, now)


def save(cast: Cast, attempt_id: str, source: str, sequence: int, now: datetime) -> None:
    with cast.database.writing() as session:
        drafts.save(
            session, attempt_id, drafts.DraftSave(cast.versions[0], "python3", source, sequence - 1, sequence, "tab"), now
        )


def test_time_given_while_running_moves_the_end(cast: Cast, attempt_id: str, now: datetime) -> None:
    give(cast, attempt_id, 15, now + 10 * MINUTE)
    assert attempt(cast, attempt_id).deadline_at == now + 75 * MINUTE


def test_an_attempt_that_has_just_ended_goes_on_and_ends_again(cast: Cast, attempt_id: str, now: datetime) -> None:
    save(cast, attempt_id, "print(1)\n", 1, now + MINUTE)
    end(cast, now + 60 * MINUTE)
    assert attempt(cast, attempt_id).ended_by_clock
    give(cast, attempt_id, 5, now + 64 * MINUTE)
    reopened = attempt(cast, attempt_id)
    assert (reopened.state, reopened.deadline_at) == (AttemptState.STARTED, now + 69 * MINUTE)
    assert (reopened.submitted_at, reopened.ended_by_clock) == (None, False)
    save(cast, attempt_id, "print(2)\n", 2, now + 65 * MINUTE)
    end(cast, now + 69 * MINUTE)
    with cast.database.reading() as session:
        handed_in = session.scalars(sa.select(Submission).order_by(Submission.queued_at)).all()
    assert [(row.source, row.by_clock) for row in handed_in] == [("print(1)\n", True), ("print(2)\n", True)]


@pytest.mark.parametrize("minutes", [0, -5, 241])
def test_minutes_have_bounds(cast: Cast, attempt_id: str, now: datetime, minutes: int) -> None:
    with pytest.raises(BadInput):
        give(cast, attempt_id, minutes, now)


def test_who_may_not_give_time_does_not(cast: Cast, attempt_id: str, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        give(cast, attempt_id, 5, now, rakel(cast, Role.AUTHOR))
    for stranger in (Actor("acc_stig"), Actor("acc_adam", is_admin=True)):
        with pytest.raises(NotFound):
            give(cast, attempt_id, 5, now, stranger)


def test_who_has_finished_or_ended_long_ago_gets_none(cast: Cast, attempt_id: str, now: datetime) -> None:
    end(cast, now + 60 * MINUTE)
    with pytest.raises(Conflict):
        give(cast, attempt_id, 5, now + 121 * MINUTE)


def test_who_has_finished_by_hand_gets_none(cast: Cast, attempt_id: str, now: datetime) -> None:
    with cast.database.writing() as session:
        attempts.finish(session, attempt_id, now + MINUTE)
    with pytest.raises(Conflict):
        give(cast, attempt_id, 5, now + 2 * MINUTE)


def beat(cast: Cast, now: datetime) -> timedelta | None:
    with cast.database.writing() as session:
        return faults.beat(session, now)


def credits(cast: Cast, attempt_id: str) -> list[TimeCredit]:
    with cast.database.reading() as session:
        return extending.credits_of(session, attempt_id)


def test_a_steady_heartbeat_gives_nothing(cast: Cast, attempt_id: str, now: datetime) -> None:
    for second in range(0, 60, 15):
        assert beat(cast, now + second * SECOND) is None
    assert credits(cast, attempt_id) == []


def test_an_outage_is_given_back_with_its_reason(cast: Cast, attempt_id: str, now: datetime) -> None:
    beat(cast, now + 10 * MINUTE)
    assert beat(cast, now + 13 * MINUTE) == 3 * MINUTE
    assert attempt(cast, attempt_id).deadline_at == now + 63 * MINUTE
    (credit,) = credits(cast, attempt_id)
    assert (credit.cause, credit.seconds, credit.account_id) == (CreditCause.OUTAGE, 180, None)


def test_an_outage_over_the_end_leaves_what_was_left(cast: Cast, attempt_id: str, now: datetime) -> None:
    beat(cast, now + 50 * MINUTE)
    end(cast, now + 70 * MINUTE)
    beat(cast, now + 80 * MINUTE)
    reopened = attempt(cast, attempt_id)
    assert (reopened.state, reopened.deadline_at) == (AttemptState.STARTED, now + 90 * MINUTE)


def test_only_the_part_of_an_outage_that_one_sat_through_is_given_back(cast: Cast, attempt_id: str, now: datetime) -> None:
    beat(cast, now - 10 * MINUTE)
    beat(cast, now + 2 * MINUTE)
    assert attempt(cast, attempt_id).deadline_at == now + 62 * MINUTE


def test_an_outage_after_the_end_changes_nothing(cast: Cast, attempt_id: str, now: datetime) -> None:
    end(cast, now + 60 * MINUTE)
    beat(cast, now + 61 * MINUTE)
    beat(cast, now + 65 * MINUTE)
    assert credits(cast, attempt_id) == []
    assert attempt(cast, attempt_id).state is not AttemptState.STARTED


def wait(cast: Cast, now: datetime) -> None:
    with cast.database.writing() as session:
        for waiting, since in faults.long_waiting(session, now).items():
            faults.give_back_wait(session, waiting, since, now)


def test_the_clock_stands_still_while_tests_wait_longer_than_a_minute(cast: Cast, attempt_id: str, now: datetime) -> None:
    new = NewSubmission(cast.versions[0], "python3", "print(2)\n", "key-00000001")
    with cast.database.writing() as session:
        made = attempts.submit(session, attempt_id, new, now + 10 * MINUTE)
    wait(cast, now + 10 * MINUTE + 59 * SECOND)
    assert credits(cast, attempt_id) == []
    for seconds in (65, 70, 75, 120):
        wait(cast, now + 10 * MINUTE + seconds * SECOND)
    (credit,) = credits(cast, attempt_id)
    assert (credit.cause, credit.seconds) == (CreditCause.QUEUE, 60)
    assert attempt(cast, attempt_id).deadline_at == now + 61 * MINUTE
    with cast.database.writing() as session:
        session.get_one(Submission, made.id).state = "running"
    wait(cast, now + 20 * MINUTE)
    assert attempt(cast, attempt_id).deadline_at == now + 61 * MINUTE


def queue(cast: Cast, attempt_id: str, key: str, now: datetime) -> str:
    new = NewSubmission(cast.versions[0], "python3", f"print('{key}')\n", f"key-{key}-0001")
    with cast.database.writing() as session:
        return attempts.submit(session, attempt_id, new, now).id


def judging(cast: Cast, submission_id: str, state: WorkState, finished_at: datetime | None = None) -> None:
    with cast.database.writing() as session:
        row = session.get_one(Submission, submission_id)
        row.state, row.finished_at = state, finished_at


def test_who_waits_behind_their_own_programs_gets_nothing_back(cast: Cast, attempt_id: str, now: datetime) -> None:
    slow, waiting = (queue(cast, attempt_id, key, now + 10 * MINUTE) for key in ("slow", "next"))
    judging(cast, slow, WorkState.RUNNING)
    wait(cast, now + 14 * MINUTE)
    judging(cast, slow, WorkState.GRADED, now + 15 * MINUTE)
    wait(cast, now + 15 * MINUTE + 59 * SECOND)
    assert credits(cast, attempt_id) == []
    wait(cast, now + 18 * MINUTE)
    assert attempt(cast, attempt_id).deadline_at == now + 62 * MINUTE, "a minute after their own last one it is our fault"
    judging(cast, waiting, WorkState.RUNNING)
    wait(cast, now + 20 * MINUTE)
    assert attempt(cast, attempt_id).deadline_at == now + 62 * MINUTE


def test_waiting_gives_back_no_more_than_the_test_takes(cast: Cast, attempt_id: str, now: datetime) -> None:
    queue(cast, attempt_id, "never", now)
    for minutes in (30, 50, 70, 71, 90):
        wait(cast, now + minutes * MINUTE)
    assert attempt(cast, attempt_id).deadline_at == now + 120 * MINUTE
    assert [(row.cause, row.seconds) for row in credits(cast, attempt_id)] == [(CreditCause.QUEUE, 3600)]


def test_no_time_is_given_back_twice(cast: Cast, attempt_id: str, now: datetime) -> None:
    beat(cast, now + 10 * MINUTE)
    new = NewSubmission(cast.versions[0], "python3", "print(2)\n", "key-00000001")
    with cast.database.writing() as session:
        attempts.submit(session, attempt_id, new, now + 10 * MINUTE)
    beat(cast, now + 15 * MINUTE)
    wait(cast, now + 16 * MINUTE)
    assert attempt(cast, attempt_id).deadline_at == now + 66 * MINUTE


@pytest.mark.parametrize(
    ("covered", "left"),
    [
        ([], [(0, 10)]),
        ([(0, 10)], []),
        ([(2, 4), (6, 8)], [(0, 2), (4, 6), (8, 10)]),
        ([(-5, 3), (2, 5)], [(5, 10)]),
        ([(20, 30)], [(0, 10)]),
    ],
)
def test_what_is_not_covered(now: datetime, covered: list[tuple[int, int]], left: list[tuple[int, int]]) -> None:
    def span(pair: tuple[int, int]) -> faults.Span:
        return now + pair[0] * SECOND, now + pair[1] * SECOND

    assert faults.uncovered(span((0, 10)), map(span, covered)) == [span(pair) for pair in left]
