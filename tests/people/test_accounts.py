"""Accounts and passwords."""

from __future__ import annotations

from datetime import datetime

import pytest
import sqlalchemy as sa
from people_cast import People, as_actor

from assessor.database import Database
from assessor.errors import BadInput, Conflict, NotAllowed
from assessor.people import accounts, passwords
from assessor.people.models import Account, AuditEvent

GOOD = "four quiet words together"


@pytest.mark.parametrize(
    "password", ["short", "x" * 257, "aaaaaaaaaaaaaa", "Password12345", "olga.svensson2026", "ababababababab"]
)
def test_a_password_that_is_easily_guessed_is_refused_with_a_reason(password: str) -> None:
    with pytest.raises(BadInput) as refused:
        passwords.hash_password(password, login="olga.svensson@example.org")
    assert refused.value.field == "password"


def test_a_password_is_argon2id_and_only_the_right_one_verifies() -> None:
    stored = passwords.hash_password(GOOD)
    assert stored.startswith("$argon2id$")
    assert passwords.verify_password(stored, GOOD)
    assert not passwords.verify_password(stored, GOOD + " ")
    assert not passwords.verify_password(stored, "x" * 100_000)


def test_without_an_account_a_hash_is_computed_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    verified: list[str] = []
    real = passwords._hasher

    class Watching:
        def verify(self, stored: str, password: str) -> bool:
            verified.append(stored)
            return real.verify(stored, password)

    monkeypatch.setattr(passwords, "_hasher", Watching())
    assert not passwords.verify_password(None, GOOD)
    assert len(verified) == 1
    assert verified[0].startswith("$argon2id$")


def test_two_accounts_cannot_share_a_login_whatever_its_case(database: Database, people: People, now: datetime) -> None:
    with database.writing() as session:
        adam = as_actor(session, people.adam)
        with pytest.raises(Conflict):
            accounts.create_account(session, adam, " OLGA ", "Another Olga", now)
        accounts.create_account(session, adam, "olga2", "Another Olga", now)
    with database.reading() as session:
        assert accounts.account_with_login(session, "Olga2") is not None


@pytest.mark.parametrize(("login", "name"), [("", "X"), ("two words", "X"), ("a\x00b", "X"), ("fine", "  "), ("fine", "x" * 201)])
def test_an_account_without_a_usable_login_or_name_is_refused(
    database: Database, people: People, now: datetime, login: str, name: str
) -> None:
    with database.writing() as session, pytest.raises(BadInput):
        accounts.create_account(session, as_actor(session, people.adam), login, name, now)


def test_only_administrators_make_accounts(database: Database, people: People, now: datetime) -> None:
    with database.writing() as session, pytest.raises(NotAllowed):
        accounts.create_account(session, as_actor(session, people.olga), "new", "New", now)


def test_a_new_password_ends_every_session(database: Database, people: People, now: datetime) -> None:
    with database.writing() as session:
        before = session.get_one(Account, people.olga).session_epoch
        accounts.set_password(session, people.olga, passwords.hash_password(GOOD), now)
    with database.reading() as session:
        account = session.get_one(Account, people.olga)
        assert account.session_epoch != before
        assert passwords.verify_password(account.password_hash, GOOD)


def test_a_password_is_replaced_only_by_who_knows_it() -> None:
    stored = passwords.replacement_hash(None, "olga", "", GOOD)
    with pytest.raises(BadInput) as refused:
        passwords.replacement_hash(stored, "olga", "not this one at all", "another quiet sentence")
    assert refused.value.field == "present"
    assert passwords.verify_password(
        passwords.replacement_hash(stored, "olga", GOOD, "another quiet sentence"), "another quiet sentence"
    )


def test_who_is_deactivated_cannot_be_found_by_login(database: Database, people: People, now: datetime) -> None:
    with database.writing() as session:
        accounts.set_active(session, as_actor(session, people.adam), people.olga, False, now)
    with database.reading() as session:
        assert accounts.account_with_login(session, "olga") is None
        assert accounts.active_account(session, people.olga) is None


def test_the_last_administrator_stays(database: Database, people: People, now: datetime) -> None:
    with database.writing() as session:
        adam = as_actor(session, people.adam)
        for attempt in (accounts.set_active, accounts.set_admin):
            with pytest.raises(Conflict):
                attempt(session, adam, people.adam, False, now)
        accounts.set_admin(session, adam, people.olga, True, now)
        accounts.set_admin(session, adam, people.adam, False, now)
    with database.reading() as session:
        assert session.get_one(Account, people.olga).is_admin
        assert not session.get_one(Account, people.adam).is_admin


def test_changes_are_in_the_audit_log_without_the_password(database: Database, people: People, now: datetime) -> None:
    with database.writing() as session:
        accounts.set_password(session, people.olga, passwords.hash_password(GOOD), now)
    with database.reading() as session:
        event = session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event is not None
    assert (event.actor, event.action, event.object_id) == (people.olga, "account.password", people.olga)
    assert event.detail == {}
