"""What candidates ask for waits on an administrator's page, without a name, and is decided there."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from crowd import Crowd
from staff_client import Person

from assessor.assessments.models import Attempt, AttemptState, ExtraTimeWish
from assessor.clock import utc_now
from assessor.database import Database
from assessor.people.models import AuditEvent


def ask(database: Database) -> tuple[str, str]:
    """Ids of an attempt that runs and of its wish."""
    attempt_id = Crowd(database, utc_now()).attempt("cyrus")
    with database.writing() as session:
        attempt = session.get_one(Attempt, attempt_id)
        attempt.candidate_name = "Cyrus Karimi"
        attempt.started_at, attempt.deadline_at = utc_now(), utc_now() + timedelta(hours=1)
        wish = ExtraTimeWish(attempt_id=attempt_id, percent=50, asked_at=utc_now())
        session.add(wish)
        session.flush()
        return attempt_id, wish.id


def test_nobody_waits(adam: Person) -> None:
    assert "Nobody waits for an answer" in adam.get("/admin/extra-time").text


def test_a_wish_is_granted_without_a_name(adam: Person, sqlite_database: Database) -> None:
    attempt_id, wish_id = ask(sqlite_database)
    page = adam.get("/admin/extra-time").text
    assert "alder" in page.lower()
    assert "× 1.5" in page
    assert "Cyrus" not in page
    answered = adam.post(f"/admin/extra-time/{wish_id}", {"answer": "grant"})
    assert answered.status_code == 303
    with sqlite_database.reading() as session:
        assert session.get_one(Attempt, attempt_id).private_extra_percent == 50
        event = session.scalars(sa.select(AuditEvent).where(AuditEvent.action == "extra_time.decide")).one()
        assert (event.object_id, event.detail, event.organisation_id) == (attempt_id, {"granted": True}, None)


def test_a_decision_stands(adam: Person, sqlite_database: Database) -> None:
    attempt_id, wish_id = ask(sqlite_database)
    adam.post(f"/admin/extra-time/{wish_id}", {"answer": "decline"})
    adam.post(f"/admin/extra-time/{wish_id}", {"answer": "grant"})
    assert "A colleague has decided this already." in adam.get("/admin/extra-time").text
    with sqlite_database.reading() as session:
        assert session.get_one(Attempt, attempt_id).private_extra_percent == 0
        assert session.get_one(ExtraTimeWish, wish_id).granted is False


def test_an_answer_is_one_of_two(adam: Person, sqlite_database: Database) -> None:
    assert adam.post(f"/admin/extra-time/{ask(sqlite_database)[1]}", {"answer": "maybe"}).status_code == 422


def end(database: Database, attempt_id: str, ago: timedelta, *, by_clock: bool) -> None:
    with database.writing() as session:
        attempt = session.get_one(Attempt, attempt_id)
        attempt.started_at, attempt.deadline_at = utc_now() - timedelta(hours=9), utc_now() - ago
        attempt.state, attempt.submitted_at, attempt.ended_by_clock = AttemptState.GRADED, attempt.deadline_at, by_clock


def test_the_page_says_that_granting_opens_a_test_again_and_it_does(adam: Person, sqlite_database: Database) -> None:
    attempt_id, wish_id = ask(sqlite_database)
    assert "It runs. Granting adds" in adam.get("/admin/extra-time").text
    end(sqlite_database, attempt_id, timedelta(minutes=20), by_clock=True)
    page = adam.get("/admin/extra-time").text
    assert "Its time is over. Within the next 40 minutes granting opens it again" in page
    adam.post(f"/admin/extra-time/{wish_id}", {"answer": "grant"})
    assert "The test is open again" in adam.get("/admin/extra-time").text
    with sqlite_database.reading() as session:
        assert session.get_one(Attempt, attempt_id).state is AttemptState.STARTED


@pytest.mark.parametrize(("by_clock", "why"), [(True, "ended more than an hour ago"), (False, "has finished this test")])
def test_what_cannot_be_granted_any_more_says_why(adam: Person, sqlite_database: Database, by_clock: bool, why: str) -> None:
    attempt_id, wish_id = ask(sqlite_database)
    end(sqlite_database, attempt_id, timedelta(hours=2), by_clock=by_clock)
    page = adam.get("/admin/extra-time").text
    assert why in page
    assert "a new invitation gives another attempt" in page
    assert ">Grant<" not in page
    assert ">Decline<" in page
    adam.post(f"/admin/extra-time/{wish_id}", {"answer": "grant"})
    with sqlite_database.reading() as session:
        assert session.get_one(ExtraTimeWish, wish_id).granted is None
    adam.post(f"/admin/extra-time/{wish_id}", {"answer": "decline"})
    assert "Nobody waits for an answer" in adam.get("/admin/extra-time").text
