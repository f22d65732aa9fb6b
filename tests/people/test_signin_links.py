"""One-time links: once, in time, and never stored."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from people_cast import People, as_actor

from assessor.database import Database
from assessor.errors import Conflict, NotFound
from assessor.people import accounts
from assessor.people.models import SigninLink
from assessor.people.signin_links import look_at_link, new_signin_link, use_link


def _link(database: Database, account_id: str, now: datetime, **options: timedelta) -> str:
    with database.writing() as session:
        return new_signin_link(session, account_id, now, **options)


def test_a_link_signs_in_once_and_says_kindly_that_it_was_used(database: Database, people: People, now: datetime) -> None:
    token = _link(database, people.olga, now)
    with database.writing() as session:
        assert use_link(session, token, now).id == people.olga
    with database.writing() as session, pytest.raises(Conflict, match="has been used"):
        use_link(session, token, now)


def test_looking_at_a_link_does_not_use_it(database: Database, people: People, now: datetime) -> None:
    token = _link(database, people.olga, now)
    for _ in range(3):
        with database.reading() as session:
            assert look_at_link(session, token, now).id == people.olga
    with database.writing() as session:
        use_link(session, token, now)


def test_a_link_expires(database: Database, people: People, now: datetime) -> None:
    token = _link(database, people.olga, now, ttl=timedelta(hours=1))
    with database.writing() as session, pytest.raises(Conflict, match="expired"):
        use_link(session, token, now + timedelta(hours=1))


@pytest.mark.parametrize("token", ["", "x", "a" * 500, "åäö", "\x00"])
def test_a_forged_link_is_nobodys(database: Database, people: People, now: datetime, token: str) -> None:
    with database.writing() as session, pytest.raises(NotFound):
        use_link(session, token, now)


def test_the_database_does_not_hold_the_token(database: Database, people: People, now: datetime) -> None:
    token = _link(database, people.olga, now)
    with database.reading() as session:
        stored = session.scalars(sa.select(SigninLink.token_hash)).one()
    assert token not in stored
    assert len(stored) == 64


def test_the_link_of_a_deactivated_account_opens_nothing(database: Database, people: People, now: datetime) -> None:
    token = _link(database, people.olga, now)
    with database.writing() as session:
        accounts.set_active(session, as_actor(session, people.adam), people.olga, False, now)
    with database.writing() as session, pytest.raises(NotFound):
        use_link(session, token, now)


@pytest.mark.parametrize("end", ["password", "everywhere", "deactivated"])
def test_what_ends_every_session_ends_links_not_used_yet(database: Database, people: People, now: datetime, end: str) -> None:
    with database.writing() as session:
        token = new_signin_link(session, people.rakel, now)
    with database.writing() as session:
        match end:
            case "password":
                accounts.set_password(session, people.rakel, "$argon2id$…", now)
            case "everywhere":
                accounts.sign_out_everywhere(session, people.rakel, now)
            case _:
                adam = as_actor(session, people.adam)
                accounts.set_active(session, adam, people.rakel, False, now)
                accounts.set_active(session, adam, people.rakel, True, now)
    with database.writing() as session, pytest.raises(NotFound):
        use_link(session, token, now)
