"""The pages' own heartbeat: every few seconds they are asked as a browser would ask, and an answer is written down.

When nothing was written for a while, the pages did not answer or could not write; the next beat gives candidates that time back.
"""

from __future__ import annotations

import threading
import urllib.error
import urllib.request

import structlog

from assessor.assessments import faults
from assessor.clock import utc_now
from assessor.database import Database
from assessor.outages import tell
from assessor.settings import Settings

log = structlog.get_logger(__name__)

ANSWER_WITHIN_S = 10.0


class Heartbeat:
    """A thread of the web process. Several web processes beat for one another: an outage is when none of them answers."""

    def __init__(self, database: Database, place: str) -> None:
        self.database = database
        self.place = place
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="heartbeat", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(timeout=ANSWER_WITHIN_S)

    def _loop(self) -> None:
        while not self._stop.wait(faults.BEAT_EVERY.total_seconds()):
            try:
                if self._answers():
                    self.beat()
            except Exception as error:  # the thread's edge: what kept a beat from being written, the next one makes up for
                tell(log, "no heartbeat", error)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://{self.place}/healthz", timeout=ANSWER_WITHIN_S) as answer:  # our own address
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def beat(self) -> None:
        """Write the beat, and give back what an outage or a long queue has taken."""
        now = utc_now()
        with self.database.writing() as session:
            outage = faults.beat(session, now)
        if outage is not None:
            log.warning("time of an outage given back", seconds=round(outage.total_seconds()))
        with self.database.reading() as session:
            waiting = faults.long_waiting(session, now)
        for attempt_id, since in waiting.items():
            with self.database.writing() as session:
                faults.give_back_wait(session, attempt_id, since, now)


def own_place(settings: Settings) -> str:
    """Host and port at which this machine reaches the pages."""
    host = "127.0.0.1" if settings.host in ("", "0.0.0.0") else settings.host  # noqa: S104  # compared, not bound
    return f"[{host}]:{settings.port}" if ":" in host else f"{host}:{settings.port}"
