"""What candidates ask for waits on an administrator's page, without a name, and is decided there."""

from __future__ import annotations

import sqlalchemy as sa
from crowd import Crowd
from staff_client import Person

from assessor.assessments.models import Attempt, ExtraTimeWish
from assessor.clock import utc_now
from assessor.database import Database
from assessor.people.models import AuditEvent


def ask(database: Database) -> tuple[str, str]:
    """Ids of an attempt and of its wish."""
    attempt_id = Crowd(database, utc_now()).attempt("cyrus")
    with database.writing() as session:
        session.get_one(Attempt, attempt_id).candidate_name = "Cyrus Karimi"
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
