"""The application with its administrator, on SQLite: these tests are about pages."""

from __future__ import annotations

import pytest
from flask import Flask
from staff_client import Bells, Person, Staff, hire

from assessor.database import Database
from assessor.settings import Settings
from web.app import create_app


@pytest.fixture
def bells() -> Bells:
    return Bells()


@pytest.fixture
def app(settings: Settings, sqlite_database: Database, bells: Bells) -> Flask:
    return create_app(settings, sqlite_database, bells)


@pytest.fixture
def staff(sqlite_database: Database) -> Staff:
    return hire(sqlite_database)


@pytest.fixture
def astrid(app: Flask, sqlite_database: Database, staff: Staff) -> Person:
    return Person(app, sqlite_database, staff.astrid)


@pytest.fixture
def stig(app: Flask, sqlite_database: Database, staff: Staff) -> Person:
    return Person(app, sqlite_database, staff.stig)


@pytest.fixture
def rakel(app: Flask, sqlite_database: Database, staff: Staff) -> Person:
    return Person(app, sqlite_database, staff.rakel)


@pytest.fixture
def adam(app: Flask, sqlite_database: Database, staff: Staff) -> Person:
    return Person(app, sqlite_database, staff.adam)
