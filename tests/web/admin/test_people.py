"""Accounts and organisations under the administrator's hands."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from flask import Flask
from staff_client import Person, Staff

from assessor.database import Database
from assessor.people.models import Account, Membership, Organisation, Role

LINK = re.compile(r'value="(http://[^"]+/sign-in/link/[^"]+)"')


def account(database: Database, account_id: str) -> Account:
    with database.reading() as session:
        return session.get_one(Account, account_id)


def role_of(database: Database, account_id: str, organisation_id: str) -> Role | None:
    with database.reading() as session:
        membership = session.get(Membership, (account_id, organisation_id))
        return membership.role if membership else None


def test_a_new_person_gets_a_link_that_is_shown_once_and_signs_in(adam: Person, app: Flask) -> None:
    made = adam.post("/admin/people", {"name": "Nora", "login": "Nora@Alder.example"})
    link = LINK.search(made.text)
    assert link is not None
    assert made.headers["Cache-Control"] == "no-store"
    assert "nora@alder.example" in made.text
    assert LINK.search(adam.get("/admin/people").text) is None
    path = "/sign-in/link/" + link[1].rpartition("/")[2]
    assert "Welcome, Nora" in app.test_client().get(path).text


def test_what_was_typed_is_kept_when_a_login_is_taken(adam: Person, staff: Staff) -> None:
    answer = adam.post("/admin/people", {"name": "Another Astrid", "login": "astrid"})
    assert answer.status_code == 422
    assert 'value="Another Astrid"' in answer.text
    assert "Somebody already signs in with this login." in answer.text


def test_a_fresh_link_for_somebody_who_cannot_get_in(adam: Person, staff: Staff) -> None:
    answer = adam.post(f"/admin/people/{staff.astrid}/link")
    assert LINK.search(answer.text) is not None
    assert "Sign-in link for Astrid" in answer.text


def test_a_deactivated_person_is_out_at_once_and_comes_back(
    adam: Person, astrid: Person, staff: Staff, sqlite_database: Database
) -> None:
    assert astrid.get("/author/").status_code == 200
    adam.post(f"/admin/people/{staff.astrid}/active", {"active": "0"})
    assert not account(sqlite_database, staff.astrid).active
    assert astrid.get("/author/").status_code == 303
    adam.post(f"/admin/people/{staff.astrid}/active", {"active": "1"})
    assert account(sqlite_database, staff.astrid).active


@pytest.mark.parametrize(("deed", "data"), [("active", {"active": "0"}), ("admin", {"is_admin": "0"})])
def test_the_last_administrator_is_never_locked_out(
    adam: Person, staff: Staff, sqlite_database: Database, deed: str, data: dict[str, str]
) -> None:
    adam.post(f"/admin/people/{staff.adam}/{deed}", data)
    assert "This is the last administrator." in adam.get("/admin/people").text
    assert account(sqlite_database, staff.adam).is_admin
    assert account(sqlite_database, staff.adam).active


def test_administration_is_handed_over(adam: Person, staff: Staff, sqlite_database: Database) -> None:
    adam.post(f"/admin/people/{staff.olga}/admin", {"is_admin": "1"})
    adam.post(f"/admin/people/{staff.adam}/admin", {"is_admin": "0"})
    assert account(sqlite_database, staff.olga).is_admin
    assert not account(sqlite_database, staff.adam).is_admin
    assert adam.get("/admin/people").status_code == 403


def test_an_organisation_with_its_first_owner(adam: Person, sqlite_database: Database) -> None:
    made = adam.post("/admin/organisations", {"name": "Cedar"})
    assert made.status_code == 303
    answer = adam.post(made.location + "/members", {"login": "cecilia", "name": "Cecilia", "role": "owner"})
    assert LINK.search(answer.text) is not None
    with sqlite_database.reading() as session:
        cecilia = session.scalars(sa.select(Account).where(Account.login == "cecilia")).one().id
        cedar = session.scalars(sa.select(Organisation).where(Organisation.name == "Cedar")).one().id
    assert role_of(sqlite_database, cecilia, cedar) is Role.OWNER


def test_somebody_with_an_account_becomes_a_member_without_a_link(adam: Person, staff: Staff, sqlite_database: Database) -> None:
    data = {"login": "stig", "name": "Stig", "role": "reviewer"}
    answer = adam.post(f"/admin/organisations/{staff.alder}/members", data)
    assert answer.status_code == 303
    assert role_of(sqlite_database, staff.stig, staff.alder) is Role.REVIEWER


def test_roles_change_and_memberships_end_but_the_last_owner_stays(adam: Person, staff: Staff, sqlite_database: Database) -> None:
    members = f"/admin/organisations/{staff.alder}/members"
    adam.post(f"{members}/{staff.astrid}/role", {"role": "reviewer"})
    assert role_of(sqlite_database, staff.astrid, staff.alder) is Role.REVIEWER
    adam.post(f"{members}/{staff.astrid}/remove")
    assert role_of(sqlite_database, staff.astrid, staff.alder) is None
    adam.post(f"{members}/{staff.olga}/remove")
    adam.post(f"{members}/{staff.olga}/role", {"role": "author"})
    assert role_of(sqlite_database, staff.olga, staff.alder) is Role.OWNER
    assert "keeps at least one owner" in adam.get(f"/admin/organisations/{staff.alder}").text


def test_a_role_that_does_not_exist(adam: Person, staff: Staff, sqlite_database: Database) -> None:
    path = f"/admin/organisations/{staff.alder}/members/{staff.astrid}/role"
    assert adam.post(path, {"role": "emperor"}).status_code == 422
    assert role_of(sqlite_database, staff.astrid, staff.alder) is Role.AUTHOR


def test_an_organisation_without_a_name(adam: Person) -> None:
    answer = adam.post("/admin/organisations", {"name": "   "})
    assert answer.status_code == 422
    assert "1 to 200 characters" in answer.text


def test_renaming(adam: Person, staff: Staff) -> None:
    adam.post(f"/admin/organisations/{staff.alder}/name", {"name": "Alder & Sons"})
    assert "Alder &amp; Sons" in adam.get("/admin/organisations").text


def test_an_organisation_that_is_not_there(adam: Person) -> None:
    assert adam.get("/admin/organisations/org_nothing").status_code == 404
