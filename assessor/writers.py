"""The threads of one process that write to the same SQLite file take turns.

SQLite has no queue: who finds the file taken sleeps, at last for a tenth of a second at a time, and asks again. In a crowd the
file then lies idle most of the time while some wait for seconds. Here one is woken at the moment the file is free. Between
processes SQLite's own way remains: of each process only one asks.
"""

from __future__ import annotations

import sqlite3
import threading


class Turns:
    """Whose turn it is to write. A turn may end in another thread than the one in which it began.

    Whoever runs at the moment may go before those who are just being woken: to hand the turn over in order, each time to a thread
    that has to wait for a processor first, made saves slower on a busy machine, not fairer.
    """

    def __init__(self) -> None:
        self._taken = threading.Lock()

    def take(self, patience_s: float) -> bool:
        """Wait for the turn; false when the time ran out."""
        return self._taken.acquire(timeout=patience_s)

    def leave(self) -> None:
        """End the turn."""
        self._taken.release()


class TurnTaking(sqlite3.Connection):
    """A connection that has the turn from `take_turn` until its transaction has ended, however it ends."""

    turns: Turns | None = None
    _has_turn = False

    def take_turn(self, patience_s: float) -> bool:
        """Before a transaction that writes; false when the time ran out. One that has the turn keeps it."""
        if self.turns is not None and not self._has_turn:
            self._has_turn = self.turns.take(patience_s)
            return self._has_turn
        return True

    def commit(self) -> None:
        super().commit()  # when it fails, the transaction and with it the turn go on until it is rolled back
        self._leave()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self._leave()

    def close(self) -> None:
        try:
            super().close()
        finally:
            self._leave()

    def _leave(self) -> None:
        if self._has_turn and self.turns is not None:
            self._has_turn = False
            self.turns.leave()
