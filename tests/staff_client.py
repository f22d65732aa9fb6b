"""People who sign in, over HTTP: a client for each of them, with the CSRF token of a page it has loaded."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from assessor.clock import utc_now
from assessor.database import Database
from assessor.people.accounts import add_account
from assessor.people.models import Role
from assessor.people.organisations import add_member, create_organisation
from assessor.people.signin_links import new_signin_link

TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')


@dataclass
class Bells:
    """A queue that remembers what was rung."""

    rung: list[tuple[str, str, int]] = field(default_factory=list)

    def ring(self, kind: str, row_id: str, priority: int) -> None:
        self.rung.append((kind, row_id, priority))


@dataclass(frozen=True)
class Staff:
    """Ids: author Astrid and owner Olga of Alder, reviewer Rakel of Alder, author Stig of Birch, administrator Adam."""

    astrid: str
    olga: str
    rakel: str
    stig: str
    adam: str
    alder: str
    birch: str


def hire(database: Database) -> Staff:
    """Make all of them."""
    now = utc_now()
    with database.writing() as session:
        alder = create_organisation(session, "service", "Alder", now).id
        birch = create_organisation(session, "service", "Birch", now).id
        made = {name: add_account(session, "service", name, name.title(), now).id for name in ("astrid", "olga", "rakel", "stig")}
        adam = add_account(session, "service", "adam", "Adam", now, is_admin=True).id
        for name, organisation, role in (
            ("astrid", alder, Role.AUTHOR),
            ("olga", alder, Role.OWNER),
            ("rakel", alder, Role.REVIEWER),
            ("stig", birch, Role.AUTHOR),
        ):
            add_member(session, "service", organisation, made[name], role, now)
    return Staff(**made, adam=adam, alder=alder, birch=birch)


def signin_path(database: Database, account_id: str) -> str:
    """A fresh one-time link."""
    with database.writing() as session:
        return f"/sign-in/link/{new_signin_link(session, account_id, utc_now(), timedelta(hours=1))}"


class Person:
    """A browser without scripts: signed in, sends the token of the last page with every form."""

    def __init__(self, app: Flask, database: Database, account_id: str) -> None:
        self.client: FlaskClient = app.test_client()
        link = signin_path(database, account_id)
        self.token = ""
        self.get(link)
        assert self.post(link).status_code == 303

    def get(self, path: str) -> TestResponse:
        response = self.client.get(path)
        found = TOKEN.search(response.text) if response.mimetype == "text/html" else None
        self.token = found[1] if found else self.token
        return response

    def post(self, path: str, data: dict[str, Any] | None = None) -> TestResponse:
        if not self.token:
            self.get("/account")
        response = self.client.post(path, data={"csrf_token": self.token, **(data or {})})
        self.token = ""  # signing in begins a new session with a new token
        return response

    def upload(self, data: bytes, name: str = "add-two.zip", **fields: str) -> TestResponse:
        return self.post("/author/upload", {"package": (io.BytesIO(data), name), **fields})
