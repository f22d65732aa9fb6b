"""Signing in: passwords, one-time links, and how sessions end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from staff_client import TOKEN, Bells, Person, Staff, hire, signin_path

from assessor import clock
from assessor.database import Database
from assessor.people import accounts, passwords
from assessor.people.models import Role
from assessor.people.organisations import add_member
from assessor.people.signin_links import new_signin_link
from assessor.settings import Settings
from web.app import create_app

GOOD = "four quiet words together"
WRONG = [("olga", "wrong"), ("nobody", GOOD), ("rakel", ""), ("", ""), ("olga", "x" * 9999)]


@pytest.fixture
def app(settings: Settings, sqlite_database: Database) -> Flask:
    return create_app(settings, sqlite_database, Bells())


@pytest.fixture
def staff(sqlite_database: Database) -> Staff:
    found = hire(sqlite_database)
    with sqlite_database.writing() as session:
        accounts.set_password(session, found.olga, passwords.hash_password(GOOD), clock.utc_now())
    return found


class Visitor:
    """A browser that has not signed in."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def sign_in(self, login: str, password: str, **more: str):  # type: ignore[no-untyped-def]
        page = self.client.get("/sign-in")
        found = TOKEN.search(page.text)
        assert found is not None
        form = {"csrf_token": found[1], "login": login, "password": password, **more}
        return self.client.post("/sign-in", data=form)


def test_login_and_password_lead_to_where_one_wanted_to_go(app: Flask, staff: Staff) -> None:
    visitor = Visitor(app)
    asked = visitor.client.get("/o/members?x=1")
    assert (asked.status_code, asked.headers["Location"]) == (303, "/sign-in?next=/o/members?x%3D1")
    answer = visitor.sign_in(" OLGA ", GOOD, next="/o/members?x=1")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/o/members?x=1")
    assert visitor.client.get("/o/members").status_code == 200


@pytest.mark.parametrize(
    ("login", "password"), [("olga", "wrong"), ("nobody", GOOD), ("rakel", ""), ("", ""), ("olga", "x" * 9999)]
)
def test_wrong_and_unknown_are_answered_alike(app: Flask, staff: Staff, login: str, password: str) -> None:
    answer = Visitor(app).sign_in(login, password)
    assert answer.status_code == 401
    assert "do not fit together" in answer.text
    assert password not in answer.text or not password


def test_guessing_is_stopped_before_anything_is_hashed(app: Flask, staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []
    monkeypatch.setattr("web.signin.pages.verify_password", lambda _stored, password: bool(hashed.append(password)))
    statuses = [Visitor(app).sign_in("olga", f"guess {number}").status_code for number in range(13)]
    assert statuses == [401] * 10 + [429] * 3
    assert len(hashed) == 10
    assert Visitor(app).sign_in("rakel", "another login is still open").status_code == 401


def test_a_sign_in_without_the_pages_token_is_refused(app: Flask, staff: Staff) -> None:
    assert app.test_client().post("/sign-in", data={"login": "olga", "password": GOOD}).status_code == 400


def test_a_link_is_not_used_up_by_looking_and_works_once(app: Flask, sqlite_database: Database, staff: Staff) -> None:
    path = signin_path(sqlite_database, staff.rakel)
    client = app.test_client()
    for _preview in range(3):
        page = client.get(path)
        assert "Welcome, Rakel" in page.text
    found = TOKEN.search(page.text)
    assert found is not None
    first = client.post(path, data={"csrf_token": found[1]})
    assert (first.status_code, first.headers["Location"]) == (303, "/account?first=1")
    second = app.test_client().get(path)
    assert second.status_code == 409
    assert "has been used" in second.text


def test_expired_and_forged_links_say_what_to_do(app: Flask, sqlite_database: Database, staff: Staff) -> None:
    with sqlite_database.writing() as session:
        token = new_signin_link(session, staff.olga, clock.utc_now() - timedelta(hours=2), timedelta(hours=1))
    expired = app.test_client().get(f"/sign-in/link/{token}")
    assert (expired.status_code, "has expired" in expired.text) == (409, True)
    forged = app.test_client().get("/sign-in/link/not-a-link")
    assert (forged.status_code, "not complete or not ours" in forged.text) == (404, True)


def test_who_comes_by_link_chooses_a_password_and_comes_back_with_it(app: Flask, sqlite_database: Database, staff: Staff) -> None:
    rakel = Person(app, sqlite_database, staff.rakel)
    short = rakel.post("/account/password", {"password": "short", "again": "short", "first": "1"})
    assert (short.status_code, "at least 12 characters" in short.text) == (422, True)
    differ = rakel.post("/account/password", {"password": GOOD, "again": GOOD + "!", "first": "1"})
    assert (differ.status_code, "two passwords differ" in differ.text) == (422, True)
    done = rakel.post("/account/password", {"password": GOOD, "again": GOOD, "first": "1"})
    assert (done.status_code, done.headers["Location"]) == (303, "/o/assessments")
    assert Visitor(app).sign_in("rakel", GOOD).status_code == 303


def test_a_new_password_signs_out_other_devices_and_keeps_this_one(app: Flask, sqlite_database: Database, staff: Staff) -> None:
    here, there = (Person(app, sqlite_database, staff.olga) for _ in range(2))
    wrong = here.post(
        "/account/password", {"present": "not it", "password": "a longer quiet sentence", "again": "a longer quiet sentence"}
    )
    assert wrong.status_code == 422
    fresh = {"present": GOOD, "password": "a longer quiet sentence", "again": "a longer quiet sentence"}
    assert here.post("/account/password", fresh).status_code == 303
    assert here.get("/account").status_code == 200
    assert there.client.get("/account").status_code == 303


def test_signing_out_everywhere_ends_the_other_sessions(app: Flask, sqlite_database: Database, staff: Staff) -> None:
    here, there = (Person(app, sqlite_database, staff.olga) for _ in range(2))
    assert here.post("/account/sign-out-everywhere").status_code == 303
    assert here.get("/account").status_code == 200
    assert there.client.get("/account").status_code == 303


def test_a_session_ends_by_signing_out_by_silence_and_by_deactivation(
    app: Flask, sqlite_database: Database, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    olga = Person(app, sqlite_database, staff.olga)
    assert olga.post("/sign-out").status_code == 303
    assert olga.client.get("/account").status_code == 303

    silent = Person(app, sqlite_database, staff.olga)
    real = clock.utc_now
    monkeypatch.setattr(clock, "utc_now", lambda: real() + timedelta(hours=11))
    assert silent.get("/account").status_code == 200
    monkeypatch.setattr(clock, "utc_now", lambda: real() + timedelta(hours=22))
    assert silent.get("/account").status_code == 200, "eleven hours after the last request it is still awake"
    monkeypatch.setattr(clock, "utc_now", lambda: real() + timedelta(hours=35))
    assert silent.client.get("/account").status_code == 303
    monkeypatch.setattr(clock, "utc_now", real)

    gone = Person(app, sqlite_database, staff.olga)
    with sqlite_database.writing() as session:
        adam = accounts.actor_of(session.get_one(accounts.Account, staff.adam))
        accounts.set_active(session, adam, staff.olga, False, clock.utc_now())
    assert gone.client.get("/account").status_code == 303


def test_a_removed_member_loses_access_with_the_next_request(app: Flask, sqlite_database: Database, staff: Staff) -> None:
    from assessor.people.models import Membership

    rakel = Person(app, sqlite_database, staff.rakel)
    assert rakel.get("/o/assessments").status_code == 200
    with sqlite_database.writing() as session:
        session.delete(session.get_one(Membership, (staff.rakel, staff.alder)))
    assert rakel.get("/o/assessments").status_code == 403


def test_who_belongs_to_several_organisations_chooses_one(app: Flask, sqlite_database: Database, staff: Staff) -> None:
    with sqlite_database.writing() as session:
        add_member(session, "service", staff.birch, staff.olga, Role.REVIEWER, clock.utc_now())
    olga = Person(app, sqlite_database, staff.olga)
    asked = olga.client.get("/o/members")
    assert asked.headers["Location"].startswith("/sign-in/organisation?next=")
    page = olga.get(asked.headers["Location"])
    assert "Alder" in page.text
    assert "Birch" in page.text
    chosen = olga.post("/sign-in/organisation", {"organisation": staff.birch, "next": "/o/members"})
    assert chosen.headers["Location"] == "/o/members"
    assert "Stig" in olga.get("/o/members").text
    assert olga.post("/o/members", {"login": "x", "name": "X", "role": "owner"}).status_code == 403
    assert olga.post("/sign-in/organisation", {"organisation": "org_unknown"}).status_code == 422


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(app: Flask, staff: Staff) -> None:
    cookie = next(c for c in Visitor(app).sign_in("olga", GOOD).headers.getlist("Set-Cookie") if c.startswith("assessor="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
