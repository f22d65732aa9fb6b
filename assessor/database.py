"""The database: engine, sessions, the base of all records. SQLite in WAL mode or PostgreSQL, chosen by one URL.

On SQLite every writing transaction begins with BEGIN IMMEDIATE; without it concurrent read-modify-write transactions lose
updates silently. Readers ask for a `readonly` session and never queue for the write lock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar, cast

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import DeclarativeBase, sessionmaker
from sqlalchemy.orm import Session as Session  # the edges name it without importing SQLAlchemy
from sqlalchemy.types import TypeDecorator

from assessor.together import Result, Together
from assessor.writers import Turns, TurnTaking

BUSY_TIMEOUT_S = 10.0
"""How long one waits to write to an SQLite file: for the turn in the own process, then for other processes."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment in UTC, whatever the database makes of time zones."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of every record."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        datetime: UtcDateTime,
        dict[str, Any]: sa.JSON,
        list[Any]: sa.JSON,
        list[str]: sa.JSON,
        dict[str, str]: sa.JSON,
    }


def enum_type(kind: type[StrEnum]) -> sa.Enum:
    """A closed set as its values in a string column, the same on both databases."""
    return sa.Enum(kind, native_enum=False, length=16, values_callable=lambda members: [member.value for member in members])


def make_engine(url: str) -> Engine:
    """An engine with the settings that were measured; the folder of an SQLite file is made when missing.

    Its errors do not carry the values of their statements: they end in logs, and candidates' sources must not.
    """
    parsed = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite":
        engine = sa.create_engine(url, hide_parameters=True, pool_pre_ping=True, pool_size=10, max_overflow=60)

        @event.listens_for(engine, "begin")
        def _begin_hastily(connection: Connection) -> None:
            if connection.get_execution_options().get("hasty"):
                connection.exec_driver_sql("SET LOCAL synchronous_commit TO OFF")

        return engine
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return _sqlite_engine(url)


def _sqlite_engine(url: str) -> Engine:
    engine = sa.create_engine(url, hide_parameters=True, pool_size=10, max_overflow=90, connect_args={"factory": TurnTaking})
    turns = Turns()

    @event.listens_for(engine, "connect")
    def _pragmas(dbapi: TurnTaking, _record: object) -> None:
        dbapi.turns = turns
        dbapi.isolation_level = None  # we send BEGIN ourselves
        cursor = dbapi.cursor()
        for pragma in ("journal_mode=wal", "foreign_keys=on", f"busy_timeout={round(BUSY_TIMEOUT_S * 1000)}"):
            cursor.execute("pragma " + pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("readonly"):
            connection.exec_driver_sql("BEGIN")
            return
        connection.exec_driver_sql(f"pragma synchronous={'normal' if options.get('hasty') else 'full'}")
        if not cast(TurnTaking, connection.connection.dbapi_connection).take_turn(BUSY_TIMEOUT_S):
            raise sa.exc.TimeoutError("too many wait to write")
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


class Database:
    """One engine and its two kinds of sessions. Edges own the transaction: `writing()` commits when its block ends well."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = make_engine(url)
        self.write_sessions = sessionmaker(self.engine, expire_on_commit=False)
        self.hasty_sessions = sessionmaker(self.engine.execution_options(hasty=True), expire_on_commit=False)
        self.read_sessions = sessionmaker(self.engine.execution_options(readonly=True), expire_on_commit=False)
        self.together = Together(self.engine, BUSY_TIMEOUT_S) if self.engine.dialect.name == "sqlite" else None

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose transaction commits at the end of the block and rolls back on any exception.

        What was committed survives a power cut.
        """
        with self.write_sessions() as session, session.begin():
            yield session

    def write_together(self, work: Callable[[Session], Result]) -> Result:
        """As `writing`, around one short piece of work: where only one can write at a time, it is joined with what others want
        written at the same moment. The work may be done in another thread; what it raises undoes it alone."""
        if self.together is not None:
            return self.together.write(work)
        with self.writing() as session:
            return work(session)

    @contextmanager
    def writing_hastily(self) -> Iterator[Session]:
        """As `writing`, but the commit does not wait for the disk: a power cut may take it, whole, a killed process never.

        For what is made again by itself: claims, signs of life, progress.
        """
        with self.hasty_sessions() as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only looks."""
        with self.read_sessions() as session:
            yield session

    def migrate(self) -> None:
        """Bring the schema to the newest revision. On PostgreSQL one process at a time, by an advisory lock."""
        with self.engine.connect() as connection:
            if self.engine.dialect.name == "postgresql":
                connection.execute(sa.text("select pg_advisory_xact_lock(722391)"))
            config = alembic_config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.commit()

    def is_current(self) -> bool:
        """Whether the schema is at the newest revision."""
        with self.engine.connect() as connection:
            have = MigrationContext.configure(connection).get_current_revision()
        return have == ScriptDirectory.from_config(alembic_config()).get_current_head()

    def close(self) -> None:
        self.engine.dispose()


def alembic_config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
