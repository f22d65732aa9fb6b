"""Writing down what was judged, whatever the database is doing: what was judged is not judged in vain."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from sqlalchemy.exc import SQLAlchemyError

from assessor.database import Database, Session
from assessor.judging.holding import LeaseLost
from assessor.outages import outage_of

log = structlog.get_logger(__name__)

AGAIN_EVERY_S = 1.0


def write_patiently(database: Database, write: Callable[[Session], None], stopped: Callable[[float], bool]) -> None:
    """One transaction, tried again while the disk is full or the database away. `stopped` waits so many seconds, and says
    whether the worker is to end meanwhile: then the outage is raised."""
    while True:
        try:
            with database.writing() as session:
                return write(session)
        except SQLAlchemyError as error:
            outage = outage_of(error)
            if outage is None or stopped(AGAIN_EVERY_S):
                raise
            log.warning("not written, trying again", code=outage.code)


def note(database: Database, write: Callable[[Session], bool]) -> None:
    """Write progress down; a full disk or a database that is away costs the progress, never the work. Raises `LeaseLost`."""
    try:
        with database.writing_hastily() as session:
            held = write(session)
    except SQLAlchemyError as error:
        if outage_of(error) is None:
            raise
        return
    if not held:
        raise LeaseLost
