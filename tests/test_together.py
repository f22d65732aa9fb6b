"""What several threads write at the same moment becomes one transaction, and each of them learns of its own work alone."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime

import pytest
import sqlalchemy as sa

from assessor import database as databases
from assessor.database import Database, Session
from assessor.outages import outage_of
from assessor.people.models import Organisation
from assessor.settings import Settings
from assessor.together import Together

Work = Callable[[Session], str]
PATIENCE_S = 30.0


def adding(name: str, now: datetime) -> Work:
    """Work that adds an organisation and returns its name."""

    def work(session: Session) -> str:
        session.add(Organisation(id=f"org_{name}", name=name, created_at=now))
        session.flush()
        return name

    return work


def names(database: Database) -> set[str]:
    with database.reading() as session:
        return set(session.scalars(sa.select(Organisation.name)))


@dataclass
class Queue:
    """Work that waits, of which none can begin."""

    database: Database
    threads: ThreadPoolExecutor

    def add(self, *works: Work) -> list[Future[str]]:
        """Each in a thread of its own, one behind the other."""
        together = self.database.together
        assert together is not None
        made = []
        for work in works:
            before = together.waiting
            made.append(self.threads.submit(self.database.write_together, work))
            wait_for(lambda before=before: together.waiting > before)  # type: ignore[misc]
        return made


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.002)


@contextmanager
def queue(database: Database, settings: Settings) -> Iterator[Queue]:
    """Within the block nothing can be written: the file belongs to somebody else."""
    with (
        ThreadPoolExecutor(8) as threads,
        closing(sqlite3.connect(settings.data_dir / "assessor.db", isolation_level=None)) as other,
    ):
        other.execute("begin immediate")
        yield Queue(database, threads)
        other.execute("rollback")


@contextmanager
def counted_commits(database: Database) -> Iterator[list[int]]:
    commits: list[int] = []

    def count(_connection: sa.Connection) -> None:
        commits.append(1)

    sa.event.listen(database.engine, "commit", count)
    yield commits
    sa.event.remove(database.engine, "commit", count)


def test_what_many_threads_write_is_all_there(database: Database, now: datetime) -> None:
    with database.writing() as session:
        session.add(Organisation(id="org_counter", name="0", created_at=now))

    def increment(session: Session) -> int:
        row = session.get(Organisation, "org_counter", with_for_update=True)
        assert row is not None
        row.name = str(int(row.name) + 1)
        return int(row.name)

    with ThreadPoolExecutor(8) as threads:
        told = list(threads.map(lambda _number: database.write_together(increment), range(80)))
    assert sorted(told) == list(range(1, 81))
    assert names(database) == {"80"}


def test_what_work_raises_undoes_it(database: Database, now: datetime) -> None:
    def work(session: Session) -> str:
        adding("undone", now)(session)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        database.write_together(work)
    assert names(database) == set()
    assert database.write_together(adding("next", now)) == "next"


def test_those_who_wait_share_one_transaction(sqlite_database: Database, settings: Settings, now: datetime) -> None:
    wanted = [f"number {number}" for number in range(5)]
    with counted_commits(sqlite_database) as commits:
        with queue(sqlite_database, settings) as waiting:
            made = waiting.add(*(adding(name, now) for name in wanted))
        assert [one.result() for one in made] == wanted
    assert len(commits) == 1
    assert names(sqlite_database) == set(wanted)


def test_of_those_who_share_a_transaction_one_that_fails_undoes_itself_alone(
    sqlite_database: Database, settings: Settings, now: datetime
) -> None:
    def failing(session: Session) -> str:
        adding("undone", now)(session)
        raise ZeroDivisionError

    with queue(sqlite_database, settings) as waiting:
        first, failed, last = waiting.add(adding("first", now), failing, adding("last", now))
    assert (first.result(), last.result()) == ("first", "last")
    assert isinstance(failed.exception(), ZeroDivisionError)
    assert names(sqlite_database) == {"first", "last"}


def test_where_the_commit_fails_nobody_is_told_that_anything_is_written(
    sqlite_database: Database, settings: Settings, now: datetime
) -> None:
    def refused_at_the_end(session: Session) -> str:
        session.execute(sa.text("pragma defer_foreign_keys = on"))
        session.execute(sa.text("insert into practice (attempt_id, of_attempt_id) values ('nobody', 'nowhere')"))
        return "refused"

    with queue(sqlite_database, settings) as waiting:
        made = waiting.add(adding("first", now), refused_at_the_end)
    assert all(isinstance(one.exception(), sa.exc.IntegrityError) for one in made)
    assert names(sqlite_database) == set()
    assert sqlite_database.write_together(adding("next", now)) == "next"


def test_where_the_transaction_ends_too_early_nobody_is_told_that_anything_is_written(
    sqlite_database: Database, settings: Settings, now: datetime
) -> None:
    def ends_it(session: Session) -> str:
        session.execute(sa.text("rollback"))  # as SQLite does by itself when the disk is full
        raise ZeroDivisionError

    with queue(sqlite_database, settings) as waiting:
        made = waiting.add(adding("first", now), ends_it, adding("last", now))
    assert all(one.exception() is not None for one in made)
    assert names(sqlite_database) == set()
    assert sqlite_database.write_together(adding("next", now)) == "next"


def filling_the_disk(statement: str) -> Work:
    """Work that needs more pages than the database may have."""

    def work(session: Session) -> str:
        session.execute(sa.text("pragma max_page_count = 1"))  # SQLite then takes as many as there are
        session.execute(sa.text(statement))
        return "kept"

    return work


def test_where_the_disk_is_full_all_are_told_that_it_is(sqlite_database: Database, settings: Settings, now: datetime) -> None:
    with sqlite_database.writing() as session:
        session.execute(sa.text("create table much (bytes blob)"))
    full = filling_the_disk("insert into much values (zeroblob(8000000))")
    with queue(sqlite_database, settings) as waiting:
        made = waiting.add(adding("first", now), full, adding("last", now))
    for one in made:
        error = one.exception()
        assert error is not None
        outage = outage_of(error)
        assert outage is not None
        assert outage.code == "disk_full"
    assert names(sqlite_database) == set()


def test_nobody_is_refused_because_of_what_is_undone(sqlite_database: Database, settings: Settings, now: datetime) -> None:
    def refused(session: Session) -> str:
        raise ValueError(session.scalar(sa.select(Organisation.name)))

    def ends_it(session: Session) -> str:
        session.execute(sa.text("rollback"))
        raise ZeroDivisionError

    with queue(sqlite_database, settings) as waiting:
        made = waiting.add(adding("first", now), refused, ends_it)
    assert all(isinstance(one.exception(), ZeroDivisionError) for one in made)
    assert names(sqlite_database) == set()


@pytest.mark.parametrize("end", ["RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT"])
def test_what_can_be_neither_kept_nor_undone_alone_undoes_all(
    end: str, sqlite_database: Database, settings: Settings, now: datetime
) -> None:
    def failing(session: Session) -> str:
        adding("undone", now)(session)
        raise ZeroDivisionError

    def refuse(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith(end):
            raise sqlite3.OperationalError("no memory")

    sa.event.listen(sqlite_database.engine, "before_cursor_execute", refuse)
    with queue(sqlite_database, settings) as waiting:
        made = waiting.add(failing, adding("last", now))
    sa.event.remove(sqlite_database.engine, "before_cursor_execute", refuse)
    assert all(one.exception() is not None for one in made)
    assert names(sqlite_database) == set()
    assert sqlite_database.write_together(adding("next", now)) == "next"


def test_who_waits_too_long_is_told_so_and_nothing_of_theirs_is_written_later(
    sqlite_database: Database, settings: Settings, now: datetime
) -> None:
    sqlite_database.together = Together(sqlite_database.engine, 0.05)
    with queue(sqlite_database, settings) as waiting:
        (first,) = waiting.add(adding("first", now))  # which leads, and waits for the file
        with pytest.raises(sa.exc.TimeoutError):
            sqlite_database.write_together(adding("late", now))
    assert first.result() == "first"
    assert names(sqlite_database) == {"first"}


def test_where_no_transaction_can_begin_all_who_wait_are_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    monkeypatch.setattr(databases, "BUSY_TIMEOUT_S", 0.2)
    with closing(Database(settings.url_of_database)) as database:
        database.migrate()
        with queue(database, settings) as waiting:
            made = [waiting.threads.submit(database.write_together, adding(name, now)) for name in ("first", "second")]
            assert all(isinstance(one.exception(PATIENCE_S), sa.exc.SQLAlchemyError) for one in made)
        assert names(database) == set()
        assert database.write_together(adding("next", now)) == "next"
