"""A new PostgreSQL database for one test."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterator

import sqlalchemy as sa


@contextlib.contextmanager
def fresh_postgres(url: str) -> Iterator[str]:
    """A new empty database in the cluster, dropped afterwards."""
    name = "t" + uuid.uuid4().hex[:12]
    admin = sa.create_engine(url.format(name="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(sa.text(f'create database "{name}"'))
    try:
        yield url.format(name=name)
    finally:
        with admin.connect() as connection:
            connection.execute(sa.text(f'drop database "{name}" with (force)'))
        admin.dispose()
