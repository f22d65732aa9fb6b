"""The request's transaction: the only place where web code begins and ends one, and rings the judge's bell after it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar, cast

from flask import current_app

from assessor.database import Database, Session

Result = TypeVar("Result")


class Bell(Protocol):
    """What tells a worker that a row waits for it. The row is the truth; a lost ring only costs a moment."""

    def ring(self, kind: str, row_id: str, priority: int) -> None: ...


def database() -> Database:
    """The application's database."""
    return cast(Database, current_app.extensions["assessor_database"])


def reading() -> AbstractContextManager[Session]:
    """A session that only looks."""
    return database().reading()


def writing() -> AbstractContextManager[Session]:
    """A session that commits when its block ends well and rolls back on any exception."""
    return database().writing()


def write_together(work: Callable[[Session], Result]) -> Result:
    """A short piece of work in a transaction that it may share with other requests. It may run in another thread, so it must
    know nothing of the request; when this returns, it is committed."""
    return database().write_together(work)


def ring(kind: str, row_id: str, priority: int) -> None:
    """Tell the workers. Call it after the block of `writing()`, when the row is there for them to see."""
    cast(Bell, current_app.extensions["assessor_queue"]).ring(kind, row_id, priority)
