"""The disk is full or the database is away: told apart from our own mistakes, and said in words.

SQLite names its errors (https://www.sqlite.org/rescode.html); PostgreSQL has SQLSTATE classes
(https://www.postgresql.org/docs/current/errcodes-appendix.html), and whatever it raises as operational is not the query's fault.
"""

from __future__ import annotations

import errno
import sqlite3
from typing import Any

import sqlalchemy.exc

from assessor.errors import Broken
from assessor.wording import N_

NO_ROOM = N_(
    "This could not be saved: the server's disk is full. Keep this page open and try again in a few minutes; "
    "whoever runs the service has to make room."
)
CANNOT_WRITE = N_(
    "This could not be saved: the server cannot write to its disk. Keep this page open and try again in a few minutes."
)
AWAY = N_("The database does not answer at the moment. Nothing was changed. Try again in a minute.")
CROWDED = N_("Too many people are saving at this moment. Nothing was changed. Try again.")

_POSTGRESQL_DISK_FULL = "53100"
_NO_ROOM_ERRNOS = (errno.ENOSPC, errno.EDQUOT)


def outage_of(error: BaseException) -> Broken | None:
    """What is full or away, when that is what an exception means; null for every other fault, which is ours."""
    if isinstance(error, sqlalchemy.exc.TimeoutError):
        return Broken(CROWDED, code="crowded")
    if isinstance(error, sqlalchemy.exc.DBAPIError):
        return _of_database(error)
    if isinstance(error, OSError) and error.errno in _NO_ROOM_ERRNOS:
        return Broken(NO_ROOM, code="disk_full")
    return None


def tell(log: Any, event: str, error: Exception, **fields: object) -> Broken | None:
    """Log what went wrong where it goes no further: an outage in words, any other fault, which is ours, with its traceback."""
    outage = outage_of(error)
    if outage is None:
        log.exception(event, **fields)
    else:
        log.error(event, outage=outage.code, cause=str(getattr(error, "orig", error)), **fields)
    return outage


def _of_database(error: sqlalchemy.exc.DBAPIError) -> Broken | None:
    if isinstance(error.orig, sqlite3.Error):
        return _of_sqlite(getattr(error.orig, "sqlite_errorname", None) or "")
    if getattr(error.orig, "sqlstate", None) == _POSTGRESQL_DISK_FULL:
        return Broken(NO_ROOM, code="disk_full")
    away = isinstance(error, sqlalchemy.exc.OperationalError | sqlalchemy.exc.InterfaceError) or error.connection_invalidated
    return Broken(AWAY, code="database_away") if away else None


def _of_sqlite(name: str) -> Broken | None:
    if name == "SQLITE_FULL":
        return Broken(NO_ROOM, code="disk_full")
    if name.startswith(("SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN")):
        return Broken(CANNOT_WRITE, code="cannot_write")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Broken(CROWDED, code="crowded")
    return None
