"""The cast of the candidate's pages, here on both databases."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import pytest

from assessor.assessments import attempts, entering
from assessor.database import Database
from assessor.people.accounts import add_account
from assessor.people.permissions import Actor

sys.path.insert(0, str(Path(__file__).parents[1] / "web" / "candidate"))

from candidate_cast import Cast, make_cast

SECRET = "a secret for tests only"


@pytest.fixture
def cast(database: Database, now: datetime) -> Cast:
    return make_cast(database, now)


@pytest.fixture
def opened(cast: Cast, now: datetime) -> str:
    """Cyrus is on the start page."""
    with cast.database.writing() as session:
        door = entering.door_of_open_link(session, cast.open_token)
        return entering.enter(session, SECRET, door, "Cyrus", "en", now).attempt.id


@pytest.fixture
def adam(cast: Cast, now: datetime) -> Actor:
    """An administrator."""
    with cast.database.writing() as session:
        return Actor(add_account(session, "service", "adam", "Adam", now, is_admin=True).id, is_admin=True)


@pytest.fixture
def attempt_id(cast: Cast, now: datetime) -> str:
    """Cyrus has entered by the open link and started at `now`."""
    with cast.database.writing() as session:
        entered = entering.enter(session, SECRET, entering.door_of_open_link(session, cast.open_token), "Cyrus", "en", now)
        attempts.start(session, entered.attempt.id, now)
        return entered.attempt.id
