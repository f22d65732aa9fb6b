"""The worker: claims rows, has them judged in the sandbox, and gives back what could not be judged.

One look at the rows, which a bell or the sweep causes:
1. claim the row whose turn it is by conditional update, with a lease that a thread prolongs;
2. do its work (`assessor.judging.work`);
3. again, until no row waits.
A failure of ours gives the row back. While the Docker Engine makes no boxes nothing is claimed and nothing counts as a try.
"""

from __future__ import annotations

import itertools
import os
import socket
import threading
import time
from datetime import timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from assessor.catalogue.models import Proof
from assessor.database import Database, Session
from assessor.errors import AssessorError
from assessor.judging import leases, turns
from assessor.judging.calibrating import Calibration
from assessor.judging.holding import HeldRows, LeaseLost, Standstill
from assessor.judging.leases import Lease, LeasedWork
from assessor.judging.models import Submission
from assessor.judging.work import Desk, Interrupted, judge, prove
from assessor.outages import outage_of, tell
from assessor.settings import Settings
from sandbox import steps
from sandbox.containers import DockerSandbox
from sandbox.spec import SandboxFailure
from sandbox.steps import Step

log = structlog.get_logger(__name__)

RECORDS: tuple[type[LeasedWork], ...] = (Submission, Proof)
LONGEST_PAUSE_S = 30
ENGINE_ANSWERED_S = 2.0
"""How old the engine's last answer may be for work to be taken on. If it has died since, the work fails, it is asked again, and
the row is given back as after any outage."""
STOPPED = "The worker was stopped."


class Worker:
    """Judges for one process. `look` may be called from any number of threads, one for each slot."""

    def __init__(self, settings: Settings, database: Database, sandbox: DockerSandbox) -> None:
        self.settings = settings
        self.database = database
        self.sandbox = sandbox
        self.name = worker_name()
        self.lease = timedelta(seconds=settings.lease_seconds)
        self.stopping = threading.Event()
        self.calibration = Calibration(sandbox)
        self.takes_more = True
        self._turns = itertools.count(1)
        self.held = HeldRows(database, self.lease)
        # The event is looked up each time: the consumer's own replaces the worker's when it is made.
        self.desk = Desk(database, sandbox, self.calibration, self.held, lambda seconds: self.stopping.wait(seconds))

    @property
    def busy(self) -> int:
        """How many rows this worker holds."""
        return len(self.held)

    def look(self) -> None:
        """Do everything that waits, in turn, then return."""
        while self.takes_more and not self.stopping.is_set() and self.sandbox.able(ENGINE_ANSWERED_S):
            lease = self._next_lease()
            if lease is None:
                return
            with self.held.holding(lease):
                self._do(lease)

    def _next_lease(self) -> Lease | None:
        """Null when nothing waits, or when it cannot be taken now: the sweep rings again."""
        try:
            with self.database.writing_hastily() as session:
                return turns.claim(session, RECORDS, self.name, self.lease, turn=next(self._turns))
        except SQLAlchemyError as error:
            if outage_of(error) is None:
                raise
            tell(log, "nothing taken", error, worker=self.name)
            return None

    def let_go(self, found: Standstill) -> None:
        """Give back a row whose work stands still. Should it ever move again, it finds its lease lost."""
        log.error("work stands still", row=found.lease.row_id, step=found.step, seconds=round(found.seconds), worker=self.name)
        self.held.lose(found.lease, stuck=True)
        with self.database.writing() as session:
            leases.give_back(session, found.lease, str(found), self.settings.max_tries, timedelta(0))

    def give_everything_back(self) -> None:
        """At the end: what is still in hand is queued again at once, rather than when its lease runs out."""
        for lease in self.held.all():
            with self.database.writing() as session:
                given = leases.give_back_after_outage(session, lease, STOPPED, timedelta(0))
            log.warning("given back at the end", row=lease.row_id, worker=self.name, held=given)

    def _do(self, lease: Lease) -> None:
        """Judge one row; whatever goes wrong on our side ends here, as words beside the row and never as a grade."""
        began = time.monotonic()
        bound = log.bind(row=lease.row_id, fence=lease.fence, worker=self.name)
        try:
            steps.reached(Step.CLAIMED)
            if lease.record is Submission:
                judge(self.desk, lease)
            else:
                prove(self.desk, lease)
            bound.info("judged", total_ms=round((time.monotonic() - began) * 1000))
        except LeaseLost:
            bound.warning("lease lost")
        except Interrupted:
            with self.database.writing() as session:
                leases.give_back_after_outage(session, lease, STOPPED, timedelta(0))
        except SandboxFailure as failure:
            bound.error("sandbox failed", failure=str(failure), retry=failure.retry)
            self._after_failure(lease, str(failure), failure.retry)
        except AssessorError as error:
            bound.error("not judged", failure=str(error))
            self._after_failure(lease, str(error), retry=False)
        except Exception as error:  # the job's edge: logged, tried again, then left to a person
            outage = tell(bound, "worker failed", error)
            words = str(outage or f"{type(error).__name__} in the worker; its log has the details.")
            self._after_failure(lease, words, retry=True, outage=outage is not None)

    def _after_failure(self, lease: Lease, failure: str, retry: bool, outage: bool = False) -> None:
        steps.reached(Step.FAILED)
        pause = timedelta(seconds=min(2 ** (lease.fence - 1), LONGEST_PAUSE_S))
        outage = outage or (retry and not self.sandbox.able())

        def put_back(session: Session) -> None:
            if outage:
                leases.give_back_after_outage(session, lease, failure, timedelta(seconds=1))
            elif retry:
                leases.give_back(session, lease, failure, self.settings.max_tries, pause)
            else:
                leases.give_up(session, lease, failure)

        self.desk.write(put_back)
        steps.reached(Step.GIVEN_BACK)


def worker_name() -> str:
    """Host and process, so that a later worker on this host can tell whether this one still lives."""
    return f"{socket.gethostname()}:{os.getpid()}"
