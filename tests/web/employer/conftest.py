"""The application with an employer and twelve candidates, on SQLite: the use cases' own tests run on both databases."""

from __future__ import annotations

import pytest
from flask import Flask
from results_cast import Employer, fill
from staff_client import Bells, Person

from assessor.clock import utc_now
from assessor.database import Database
from assessor.settings import Settings
from web.app import create_app


@pytest.fixture
def app(settings: Settings, sqlite_database: Database) -> Flask:
    return create_app(settings, sqlite_database, Bells())


@pytest.fixture
def employer(sqlite_database: Database) -> Employer:
    with sqlite_database.writing() as session:
        return fill(session, utc_now(), candidates=12)


@pytest.fixture
def olga(app: Flask, sqlite_database: Database, employer: Employer) -> Person:
    """The owner's browser."""
    return Person(app, sqlite_database, employer.olga)


@pytest.fixture
def rakel(app: Flask, sqlite_database: Database, employer: Employer) -> Person:
    """The reviewer's browser."""
    return Person(app, sqlite_database, employer.rakel)
