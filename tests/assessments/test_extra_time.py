"""Extra time is the candidate's own: taken where the rules allow it, else asked for."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from candidate_cast import Cast

from assessor.assessments import attempts, extra_time, granting
from assessor.assessments.models import AssessmentVersion, Attempt
from assessor.assessments.sitting import sitting_of
from assessor.errors import BadInput, Conflict
from assessor.people.permissions import Actor

MINUTE = timedelta(minutes=1)


def allow(cast: Cast, attempt_id: str) -> None:
    with cast.database.writing() as session:
        attempt = session.get_one(Attempt, attempt_id)
        session.get_one(AssessmentVersion, attempt.assessment_version_id).own_extra_time = True


def choose(cast: Cast, attempt_id: str, percent: int, now: datetime) -> None:
    with cast.database.writing() as session:
        extra_time.choose(session, attempt_id, percent, now)


def ask(cast: Cast, attempt_id: str, percent: int, now: datetime) -> str:
    with cast.database.writing() as session:
        return extra_time.ask(session, attempt_id, percent, now).id


def decide(cast: Cast, actor: Actor, wish_id: str, granted: bool, now: datetime) -> None:
    with cast.database.writing() as session:
        granting.decide(session, actor, wish_id, granted, now)


def started_deadline(cast: Cast, attempt_id: str, now: datetime) -> datetime | None:
    with cast.database.writing() as session:
        return attempts.start(session, attempt_id, now).deadline_at


@pytest.mark.parametrize(("percent", "minutes"), [(0, 60), (25, 75), (50, 90), (100, 120)])
def test_what_is_chosen_lengthens_the_test(cast: Cast, opened: str, now: datetime, percent: int, minutes: int) -> None:
    allow(cast, opened)
    choose(cast, opened, percent, now)
    assert started_deadline(cast, opened, now) == now + minutes * MINUTE


def test_a_begun_minute_is_a_whole_one_wherever_time_is_told(cast: Cast, opened: str, now: datetime) -> None:
    with cast.database.writing() as session:
        attempt = session.get_one(Attempt, opened)
        attempt.assessment_version.duration_minutes, attempt.extra_time_percent = 61, 25
        assert (attempts.allotted_time(attempt), extra_time.minutes_with(attempt, 0)) == (77 * MINUTE, 77)
        assert sitting_of(session, attempt, "en").rules.minutes == 77


def test_the_larger_of_given_and_own_time_counts(cast: Cast, opened: str, now: datetime) -> None:
    allow(cast, opened)
    with cast.database.writing() as session:
        session.get_one(Attempt, opened).extra_time_percent = 50
    choose(cast, opened, 25, now)
    assert started_deadline(cast, opened, now) == now + 90 * MINUTE


def test_other_times_are_not_offered(cast: Cast, opened: str, now: datetime) -> None:
    allow(cast, opened)
    for percent in (-1, 10, 1000):
        with pytest.raises(BadInput):
            choose(cast, opened, percent, now)


def test_after_the_start_nothing_is_chosen_any_more(cast: Cast, opened: str, now: datetime) -> None:
    allow(cast, opened)
    started_deadline(cast, opened, now)
    with pytest.raises(Conflict) as refused:
        choose(cast, opened, 100, now)
    assert refused.value.code == "started"


def test_where_the_rules_do_not_allow_it_it_is_asked_for(cast: Cast, opened: str, adam: Actor, now: datetime) -> None:
    with pytest.raises(Conflict):
        choose(cast, opened, 50, now)
    wish = ask(cast, opened, 50, now)
    assert started_deadline(cast, opened, now) == now + 60 * MINUTE
    decide(cast, adam, wish, True, now + MINUTE)
    assert started_deadline(cast, opened, now) == now + 90 * MINUTE  # a second start only reads


def test_a_wish_can_be_changed_until_it_is_decided_and_is_one_wish(cast: Cast, opened: str, adam: Actor, now: datetime) -> None:
    first = ask(cast, opened, 25, now)
    assert ask(cast, opened, 100, now) == first
    with cast.database.reading() as session:
        assert [line.percent for line in granting.open_wishes(session, adam, now)] == [100]
    decide(cast, adam, first, True, now)
    with pytest.raises(Conflict) as refused:
        decide(cast, adam, first, False, now)
    assert refused.value.code == "decided"
    assert started_deadline(cast, opened, now) == now + 120 * MINUTE


def test_who_was_declined_can_ask_again_but_not_for_ever(cast: Cast, opened: str, adam: Actor, now: datetime) -> None:
    for number in range(extra_time.MOST_WISHES):
        decide(cast, adam, ask(cast, opened, 25, now + number * MINUTE), False, now + number * MINUTE)
    with pytest.raises(Conflict) as refused:
        ask(cast, opened, 25, now + 9 * MINUTE)
    assert refused.value.code == "asked_enough"
