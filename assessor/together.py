"""Small transactions of several threads, joined into one where the database lets only one write at a time: SQLite.

The disk confirms one transaction after the other, and each time another thread has to wake up. Joined, any number costs one
confirmation, so that the longer the queue is the faster it moves.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any, Generic, Literal, TypeVar, cast

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as Crowded
from sqlalchemy.orm import Session

Result = TypeVar("Result")

MOST = 32
"""So many at once, so that the first is not kept waiting by the last."""


class Order(Generic[Result]):
    """What one thread wants written, and what became of it. `called` is set when it is done, or when its thread is to lead."""

    def __init__(self, work: Callable[[Session], Result]) -> None:
        self.work = work
        self.called = threading.Event()
        self.done = False
        self.result: Result | None = None
        self.error: BaseException | None = None


class Together:
    """The first to come leads: it begins a transaction, does the work of all who have come meanwhile, commits, and calls them.

    Nobody is told that something is written before it is. Those who came later are led by one of themselves.
    """

    def __init__(self, engine: Engine, patience_s: float) -> None:
        self._engine = engine
        self._patience_s = patience_s
        self._guard = threading.Lock()
        self._waiting: list[Order[Any]] = []
        self._led = False

    def write(self, work: Callable[[Session], Result]) -> Result:
        """The work's result, once it is committed. What the work raises undoes that work alone, and is raised here.

        The work may be done by another thread, and others wait for it.
        """
        order = Order(work)
        with self._guard:
            self._waiting.append(order)
            leads, self._led = not self._led, True
        if leads or self._is_to_lead(order):
            self._lead()
        if order.error is not None:
            raise order.error
        return cast(Result, order.result)

    @property
    def waiting(self) -> int:
        """How many are not being written yet."""
        return len(self._waiting)

    def _is_to_lead(self, order: Order[Any]) -> bool:
        """Wait until the work is done, or to be done by this thread. Raises Crowded when the time ran out: nothing is written."""
        if not order.called.wait(self._patience_s):
            with self._guard:
                if order in self._waiting and not order.called.is_set():
                    self._waiting.remove(order)
                    raise Crowded("too many wait to write")
            order.called.wait()  # it is being written at this very moment
        return not order.done

    def _lead(self) -> None:
        orders: Sequence[Order[Any]] = ()
        try:
            with self._engine.connect() as connection, connection.begin():
                orders = self._gathered(MOST)
                for order in orders:
                    _do(connection, order, alone=len(orders) == 1)
        except BaseException as error:  # whatever it is, nobody may believe that something was written
            orders = orders or self._gathered(None)  # who could not even begin speaks for all who wait
            for order in orders:
                order.error = error  # also who was refused: perhaps because of what is now undone
        finally:
            for order in orders:
                order.done = True
                order.called.set()
            self._hand_over()

    def _gathered(self, most: int | None) -> Sequence[Order[Any]]:
        with self._guard:
            gathered = self._waiting[:most]
            del self._waiting[:most]
        return gathered

    def _hand_over(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting[0].called.set()
            else:
                self._led = False


def _do(connection: Connection, order: Order[Any], *, alone: bool) -> None:
    """One piece of work, in a savepoint of its own unless the transaction is all its own.

    Raises when it could not be kept or undone alone: then the whole transaction has to be undone.
    """
    mode: Literal["rollback_only", "create_savepoint"] = "rollback_only" if alone else "create_savepoint"
    with Session(connection, join_transaction_mode=mode, expire_on_commit=False) as session:
        try:
            order.result = order.work(session)
            session.flush()
        except Exception as error:
            # A full disk ends the whole transaction, and what came before would be lost: nobody's work is then done.
            if not connection.connection.dbapi_connection.in_transaction:  # type: ignore[union-attr]  # it is SQLite's
                connection.rollback()  # of which the savepoint is a part; to undo that alone would fail and hide the reason
                raise _origin(error) from None
            if alone:
                raise
            session.rollback()
            order.error = error
        else:
            session.commit()


def _origin(error: Exception) -> Exception:
    """What ended the transaction. The last error may only say that the savepoint, which SQLAlchemy tried to undo, is gone."""
    origin, earlier = error, error.__context__
    while earlier is not None:
        if isinstance(earlier, DBAPIError):
            origin = earlier
        earlier = earlier.__context__
    return origin
