"""Backup and restore of everything, from either kind of database and into either kind.

A backup is one SQLite file: the tables as they stood at one moment, read in one transaction while the service runs, and what the
folder holds beside them (the secret that signs links and sessions). Restoring needs an empty database: it brings the schema to
the backup's revision, copies the rows, then migrates to the newest.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

import assessor.records  # noqa: F401  # the metadata must be whole
from assessor.clock import utc_now
from assessor.database import Base, Database, alembic_config
from assessor.errors import BadInput, Conflict
from assessor.settings import Settings

ROWS_AT_ONCE = 200
ABOUT = sa.Table("backup_about", sa.MetaData(), sa.Column("name", sa.String, primary_key=True), sa.Column("value", sa.Text))


def back_up(database: Database, settings: Settings, target: Path) -> dict[str, int]:
    """Write the backup; the number of rows by table. The file appears whole or not at all, readable by its owner only."""
    if target.exists():
        raise BadInput(f"{target} exists. Name a file that does not, or move it away.")
    partial = target.with_name(target.name + ".partial")
    partial.unlink(missing_ok=True)
    os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        counts = _write(database, settings, partial)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return counts


def _write(database: Database, settings: Settings, partial: Path) -> dict[str, int]:
    with _snapshot(database) as source, _plain_sqlite(partial) as copy:
        about = {"revision": _revision(source), "made_at": utc_now().isoformat(), "secret": settings.secret}
        ABOUT.create(copy)
        copy.execute(ABOUT.insert(), [{"name": name, "value": value} for name, value in about.items()])
        Base.metadata.create_all(copy)
        return {table.name: _copy(source, copy, table) for table in Base.metadata.sorted_tables}


def restore(database: Database, settings: Settings, source: Path) -> dict[str, int]:
    """Fill an empty database from a backup; the number of rows by table. Nothing is changed when it cannot be done."""
    if not source.is_file():
        raise BadInput(f"There is no file {source}.")
    with _plain_sqlite(source) as backup:
        about = _about(backup, source)
        with database.engine.connect() as connection:
            _require_empty(connection)
            config = alembic_config()
            config.attributes["connection"] = connection
            command.upgrade(config, about["revision"])
            counts = _fill(backup, connection)
            command.upgrade(config, "head")
            connection.commit()
    _keep_secret(settings, about["secret"])
    return counts


def _fill(backup: Connection, connection: Connection) -> dict[str, int]:
    present = sa.MetaData()
    present.reflect(connection)
    tables = [table for table in present.sorted_tables if table.name != "alembic_version"]
    counts = {}
    for table in tables:
        stored = sa.Table(table.name, sa.MetaData(), autoload_with=backup)
        typed = sa.Table(
            table.name, sa.MetaData(), *[sa.Column(c.name, _type_of(c)) for c in table.columns if c.name in stored.columns]
        )
        counts[table.name] = _copy(backup, connection, typed)
    return counts


def _type_of(column: sa.Column[Any]) -> sa.types.TypeEngine[Any]:
    """The record's own type where there still is one, so that moments and JSON survive the change of database."""
    table = Base.metadata.tables.get(column.table.name)
    if table is not None and column.name in table.columns:
        return table.columns[column.name].type
    return column.type


def _copy(source: Connection, target: Connection, table: sa.Table) -> int:
    count = 0
    rows = source.execution_options(yield_per=ROWS_AT_ONCE).execute(sa.select(table)).mappings()
    for part in rows.partitions(ROWS_AT_ONCE):
        target.execute(table.insert(), [dict(row) for row in part])
        count += len(part)
    return count


@contextmanager
def _snapshot(database: Database) -> Iterator[Connection]:
    """One moment of the database, while others go on writing."""
    options = {"readonly": True} if database.engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with database.engine.connect().execution_options(**options) as connection:
        yield connection


@contextmanager
def _plain_sqlite(path: Path) -> Iterator[Connection]:
    """The backup file: one writer, no journal beside it, references not enforced while rows arrive."""
    engine = sa.create_engine(f"sqlite:///{path.absolute()}")
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _revision(connection: Connection) -> str:
    return MigrationContext.configure(connection).get_current_revision() or ""


def _about(backup: Connection, source: Path) -> dict[str, str]:
    try:
        about = {str(name): str(value) for name, value in backup.execute(sa.select(ABOUT))}
        known = {script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()}
    except sa.exc.DatabaseError as error:
        raise BadInput(f"{source} is not a backup of this service.") from error
    if about.get("revision") not in known:
        raise BadInput(f"{source} was made by a newer release ({about.get('revision')}). Restore it with that release.")
    return about


def _require_empty(connection: Connection) -> None:
    if sa.inspect(connection).has_table("account"):
        raise Conflict("The database is not empty. Restore into a new data folder (--data) or an empty database.")


def _keep_secret(settings: Settings, secret: str) -> None:
    """Keep the backup's secret, so that links and sessions handed out before still work; a secret set by hand stays."""
    if settings.secret_key is not None:
        return
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = settings.data_dir / "secret.key"
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    path.write_text(secret + "\n")
