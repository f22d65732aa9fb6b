"""A full disk and a database that is away are recognised and said in words; every other fault stays ours."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from assessor.database import Database
from assessor.errors import Broken
from assessor.outages import outage_of, tell


def outage_in(database: Database, statement: str) -> Broken | None:
    with pytest.raises(SQLAlchemyError) as caught, database.writing() as session:
        session.execute(sa.text(statement))
    return outage_of(caught.value)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a file system of 2 MiB."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small file system to fill")
    folder = tmp_path / "small"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], check=True)
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_a_full_disk_on_sqlite(small_disk: Path) -> None:
    database = Database(f"sqlite:///{small_disk}/full.db")
    with database.writing() as session:
        session.execute(sa.text("create table t (x blob)"))
    outage = outage_in(database, "insert into t values (zeroblob(4000000))")
    assert outage is not None
    assert outage.code == "disk_full"
    assert "try again" in str(outage)
    with database.writing() as session:
        session.execute(sa.text("insert into t values (zeroblob(1000))"))
    database.close()


def test_a_folder_that_is_gone_or_a_file_that_is_locked(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/a/a.db")
    (tmp_path / "a").rmdir()
    gone = outage_in(database, "select 1")
    assert gone is not None
    assert gone.code == "cannot_write"


def test_a_postgresql_that_is_not_there(tmp_path: Path) -> None:
    outage = outage_in(Database(f"postgresql+psycopg://nobody@/none?host={tmp_path}"), "select 1")
    assert outage is not None
    assert outage.code == "database_away"


def test_a_session_that_postgresql_has_ended(fresh_postgres_url: str) -> None:
    database = Database(fresh_postgres_url)
    outage = outage_in(database, "select pg_terminate_backend(pg_backend_pid())")
    assert outage is not None
    assert outage.code == "database_away"
    database.close()


def test_other_faults_are_no_outage(database: Database) -> None:
    assert outage_in(database, "select nothing from nowhere") is None
    assert outage_of(ValueError("x")) is None
    assert outage_of(FileNotFoundError(errno.ENOENT, "x")) is None


def test_an_outage_is_told_in_words_and_any_other_fault_with_its_traceback() -> None:
    said: list[tuple[str, dict[str, object]]] = []
    log = SimpleNamespace(
        error=lambda event, **fields: said.append((f"error: {event}", fields)),
        exception=lambda event, **fields: said.append((f"exception: {event}", fields)),
    )
    full = OSError(errno.ENOSPC, "No space left on device")
    outage = tell(log, "not written", full, row="sub_1")
    assert outage is not None
    assert tell(log, "not written", ValueError("ours"), row="sub_1") is None
    assert said == [
        ("error: not written", {"outage": "disk_full", "cause": str(full), "row": "sub_1"}),
        ("exception: not written", {"row": "sub_1"}),
    ]


def test_a_disk_that_is_full_outside_the_database() -> None:
    outage = outage_of(OSError(errno.ENOSPC, "No space left on device"))
    assert outage is not None
    assert outage.code == "disk_full"


def test_errors_do_not_carry_the_values_of_their_statements(database: Database) -> None:
    with pytest.raises(SQLAlchemyError) as caught, database.writing() as session:
        session.execute(sa.text("insert into nowhere values (:source)"), {"source": "the candidate's own words"})
    assert "own words" not in str(caught.value)
