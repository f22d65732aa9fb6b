"""The database's promises: the schema is what the records say, and no concurrent update is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from assessor.database import Base, Database
from assessor.people.models import Organisation
from assessor.settings import Settings


def test_the_migrated_schema_is_what_the_records_say(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    assert database.is_current()


def test_migrating_twice_changes_nothing(database: Database) -> None:
    database.migrate()
    assert database.is_current()


def test_concurrent_read_modify_write_loses_no_update(database: Database, now: datetime) -> None:
    with database.writing() as session:
        session.add(Organisation(id="org_counter", name="0", created_at=now))

    def increment(_: int) -> None:
        with database.writing() as session:
            row = session.get(Organisation, "org_counter", with_for_update=True)
            assert row is not None
            row.name = str(int(row.name) + 1)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(increment, range(80)))
    with database.reading() as session:
        row = session.get(Organisation, "org_counter")
        assert row is not None
        assert row.name == "80"


def test_only_what_is_made_again_by_itself_does_not_wait_for_the_disk(database: Database, now: datetime) -> None:
    asked, flushed, not_flushed = (
        ("pragma synchronous", 2, 1) if database.engine.dialect.name == "sqlite" else ("show synchronous_commit", "on", "off")
    )
    for _ in range(2):  # the connections are used in turn, and keep nothing of one for the other
        with database.writing_hastily() as session:
            assert session.scalar(sa.text(asked)) == not_flushed
        with database.writing() as session:
            assert session.scalar(sa.text(asked)) == flushed


def test_a_hasty_transaction_is_whole_or_not_at_all(database: Database, now: datetime) -> None:
    with database.writing_hastily() as session:
        session.add(Organisation(id="org_kept", name="Kept", created_at=now))

    def fail() -> None:
        with database.writing_hastily() as session:
            session.add(Organisation(id="org_lost", name="Lost", created_at=now))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.reading() as session:
        assert session.get(Organisation, "org_kept") is not None
        assert session.get(Organisation, "org_lost") is None


def test_moments_come_back_aware_and_in_utc(database: Database, now: datetime) -> None:
    with database.writing() as session:
        session.add(Organisation(id="org_time", name="x", created_at=now))
    with database.reading() as session:
        row = session.get(Organisation, "org_time")
        assert row is not None
        assert row.created_at == now
        assert row.created_at.utcoffset() is not None


def test_a_new_data_folder_is_for_its_owner_only(tmp_path: Path) -> None:
    for name, make in (
        ("settings", lambda settings: settings.make_data_dir()),
        ("secret", lambda settings: settings.secret),
        ("database", lambda settings: Database(settings.url_of_database).migrate()),
    ):
        folder = tmp_path / name
        make(Settings(data_dir=folder))
        assert folder.stat().st_mode & 0o777 == 0o700, name
