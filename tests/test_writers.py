"""The threads of one process take turns at an SQLite file, and however a transaction ends, the next one has its turn."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from assessor import database as databases
from assessor.database import Database
from assessor.outages import outage_of
from assessor.people.models import Organisation
from assessor.settings import Settings
from assessor.writers import Turns


def write(database: Database, name: str, now: datetime) -> None:
    with database.writing() as session:
        session.add(Organisation(id=f"org_{name}", name=name, created_at=now))


@contextmanager
def another_process_writes(path: Path) -> Iterator[None]:
    """As far as the file can tell."""
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("begin immediate")
        yield
        other.execute("rollback")


@pytest.fixture
def hurried(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A database for which nobody waits long."""
    monkeypatch.setattr(databases, "BUSY_TIMEOUT_S", 0.05)
    with closing(Database(settings.url_of_database)) as opened:
        opened.migrate()
        yield opened


def test_a_turn_is_had_by_one_until_it_is_left() -> None:
    turns = Turns()
    assert turns.take(0)
    assert not turns.take(0)
    turns.leave()
    assert turns.take(0)


def test_a_turn_that_is_left_wakes_who_waits(sqlite_database: Database, now: datetime) -> None:
    writer = threading.Thread(target=write, args=(sqlite_database, "waited", now))
    with sqlite_database.writing() as session:
        session.execute(sa.text("select 1"))
        writer.start()
    writer.join()
    with sqlite_database.reading() as session:
        assert session.get(Organisation, "org_waited") is not None


def test_the_next_one_has_its_turn_after_a_rollback_and_after_a_closed_connection(hurried: Database, now: datetime) -> None:
    def fail() -> None:
        with hurried.writing() as session:
            session.execute(sa.text("select 1"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with hurried.engine.connect() as connection:
        connection.execute(sa.text("select 1"))
        connection.invalidate()
    write(hurried, "next", now)


def test_who_waits_too_long_is_told_that_there_is_a_crowd(hurried: Database, now: datetime) -> None:
    with hurried.writing() as session:
        session.execute(sa.text("select 1"))
        with pytest.raises(sa.exc.TimeoutError) as refused:
            write(hurried, "late", now)
    outage = outage_of(refused.value)
    assert outage is not None
    assert outage.code == "crowded"


def test_the_turn_is_not_lost_where_another_process_has_the_file(hurried: Database, settings: Settings, now: datetime) -> None:
    with another_process_writes(settings.data_dir / "assessor.db"), pytest.raises(sa.exc.OperationalError) as refused:
        write(hurried, "refused", now)
    outage = outage_of(refused.value)
    assert outage is not None
    assert outage.code == "crowded"
    write(hurried, "next", now)
