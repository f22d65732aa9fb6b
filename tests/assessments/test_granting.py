"""Administrators decide about wishes before the start, while the test runs, and after its end."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from candidate_cast import Cast

from assessor.assessments import attempts, extra_time, granting
from assessor.assessments.granting import Prospect
from assessor.assessments.models import Attempt, AttemptState, ExtraTimeWish, TimeCredit
from assessor.errors import Conflict, NotAllowed
from assessor.people.models import Role
from assessor.people.permissions import Actor
from assessor.results.public_times import PublicTimes

MINUTE = timedelta(minutes=1)


@pytest.fixture
def wish(cast: Cast, opened: str, now: datetime) -> str:
    """Cyrus has asked for half the time more: 30 minutes beside 60."""
    with cast.database.writing() as session:
        return extra_time.ask(session, opened, 50, now).id


def start(cast: Cast, attempt_id: str, now: datetime) -> None:
    with cast.database.writing() as session:
        attempts.start(session, attempt_id, now)


def end(cast: Cast, now: datetime) -> None:
    with cast.database.writing() as session:
        attempts.close_overdue(session, now)


def decide(cast: Cast, actor: Actor, wish_id: str, granted: bool, now: datetime) -> Prospect:
    with cast.database.writing() as session:
        return granting.decide(session, actor, wish_id, granted, now)


def line(cast: Cast, actor: Actor, now: datetime) -> granting.WishLine:
    with cast.database.reading() as session:
        (only,) = granting.open_wishes(session, actor, now)
        return only


def attempt(cast: Cast, attempt_id: str) -> Attempt:
    with cast.database.reading() as session:
        found = session.get_one(Attempt, attempt_id)
        assert found.assessment_version
        return found


def refused(cast: Cast, actor: Actor, wish_id: str, now: datetime) -> str | None:
    with pytest.raises(Conflict) as raised:
        decide(cast, actor, wish_id, True, now)
    return raised.value.code


def test_before_the_start_the_test_becomes_longer(cast: Cast, opened: str, wish: str, adam: Actor, now: datetime) -> None:
    waiting = line(cast, adam, now)
    assert (waiting.prospect, waiting.whole_minutes) == (Prospect.LENGTHENS, 90)
    decide(cast, adam, wish, True, now)
    start(cast, opened, now)
    assert attempt(cast, opened).deadline_at == now + 90 * MINUTE


def test_while_it_runs_time_is_added(cast: Cast, opened: str, wish: str, adam: Actor, now: datetime) -> None:
    start(cast, opened, now)
    waiting = line(cast, adam, now + MINUTE)
    assert (waiting.prospect, waiting.more_minutes) == (Prospect.ADDS, 30)
    decide(cast, adam, wish, True, now + MINUTE)
    assert (attempt(cast, opened).deadline_at, attempt(cast, opened).private_wait_seconds) == (now + 90 * MINUTE, 0)


def test_just_after_the_end_the_test_opens_again(cast: Cast, opened: str, wish: str, adam: Actor, now: datetime) -> None:
    start(cast, opened, now)
    end(cast, now + 60 * MINUTE)
    waiting = line(cast, adam, now + 100 * MINUTE)
    assert (waiting.prospect, waiting.more_minutes, waiting.minutes_to_decide) == (Prospect.REOPENS, 30, 20)
    assert decide(cast, adam, wish, True, now + 100 * MINUTE) is Prospect.REOPENS
    reopened = attempt(cast, opened)
    assert (reopened.state, reopened.deadline_at) == (AttemptState.STARTED, now + 130 * MINUTE)
    assert (reopened.submitted_at, reopened.ended_by_clock) == (None, False)


def test_the_employer_sees_neither_the_time_nor_the_gap(cast: Cast, opened: str, wish: str, adam: Actor, now: datetime) -> None:
    start(cast, opened, now)
    end(cast, now + 60 * MINUTE)
    decide(cast, adam, wish, True, now + 70 * MINUTE)
    end(cast, now + 100 * MINUTE)
    with cast.database.reading() as session:
        ended = session.get_one(Attempt, opened)
        assert ended.deadline_at == ended.submitted_at == now + 100 * MINUTE
        assert PublicTimes.of(ended).shown(ended.submitted_at) == now + 60 * MINUTE
        assert session.scalars(sa.select(TimeCredit)).all() == []


def test_no_time_is_no_reason_to_open_a_test(cast: Cast, opened: str, wish: str, adam: Actor, now: datetime) -> None:
    with cast.database.writing() as session:
        session.get_one(Attempt, opened).extra_time_percent = 100
    start(cast, opened, now)
    end(cast, now + 120 * MINUTE)
    decide(cast, adam, wish, True, now + 121 * MINUTE)
    assert attempt(cast, opened).state is not AttemptState.STARTED


def test_after_an_hour_it_is_too_late_and_the_wish_waits(cast: Cast, opened: str, wish: str, adam: Actor, now: datetime) -> None:
    start(cast, opened, now)
    end(cast, now + 60 * MINUTE)
    late = now + 121 * MINUTE
    assert line(cast, adam, late).prospect is Prospect.TOO_LATE
    assert refused(cast, adam, wish, late) == "too_late"
    assert attempt(cast, opened).private_extra_percent == 0
    decide(cast, adam, wish, False, late)
    with cast.database.reading() as session:
        assert session.get_one(ExtraTimeWish, wish).granted is False
        assert granting.open_wishes(session, adam, late) == []


def test_who_has_finished_by_hand_has_finished(cast: Cast, opened: str, wish: str, adam: Actor, now: datetime) -> None:
    start(cast, opened, now)
    with cast.database.writing() as session:
        attempts.finish(session, opened, now + MINUTE)
    assert line(cast, adam, now + 2 * MINUTE).prospect is Prospect.FINISHED
    assert refused(cast, adam, wish, now + 2 * MINUTE) == "finished"


@pytest.mark.parametrize("role", Role)
def test_no_member_of_the_organisation_sees_or_decides_wishes(cast: Cast, wish: str, now: datetime, role: Role) -> None:
    member = Actor("acc_member", roles={cast.organisation_id: role})
    with pytest.raises(NotAllowed):
        decide(cast, member, wish, True, now)
    with cast.database.reading() as session, pytest.raises(NotAllowed):
        granting.open_wishes(session, member, now)
