"""The worker: claims rows, judges them in the sandbox, records what came of it, and sweeps up after the dead.

One look at the rows, which a bell or the sweep causes:
1. claim the row whose turn it is by conditional update, with a lease that a thread prolongs;
2. load the challenge and the source, close the database;
3. judge, noting progress and stopping as soon as the lease is lost;
4. record, in one transaction, if the lease is still held;
5. again, until no row waits.
A failure of ours gives the row back. While the Docker Engine does not answer nothing is claimed and nothing counts as a try.
"""

from __future__ import annotations

import itertools
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import SQLAlchemyError

from assessor.assessments.attempts import settle
from assessor.catalogue.models import Proof
from assessor.catalogue.versions import load_package, load_problem, record_proof
from assessor.clock import utc_now
from assessor.database import Database, Session
from assessor.errors import AssessorError, BadInput
from assessor.judging import leases, turns
from assessor.judging.calibrating import Calibration
from assessor.judging.grading import grade, not_compiled
from assessor.judging.including import beside, source_name, with_included
from assessor.judging.languages import LANGUAGES, Language, refuse_unless_offered
from assessor.judging.leases import Lease, LeasedWork
from assessor.judging.limits import JudgeLimits, limits_for
from assessor.judging.models import Kind, Submission
from assessor.judging.recording import record_grade, record_progress, record_proof_progress
from assessor.judging.regrading import OldGrade, old_grade, record_change
from assessor.judging.running import run_custom, run_samples
from assessor.judging.shares import charge
from assessor.judging.sources import check_allowed
from assessor.judging.speeds import slowdown
from assessor.judging.verdicts import Grade, TestResult
from assessor.judging.verifying import verify
from assessor.outages import outage_of
from assessor.settings import Settings
from challenges.problem import Problem
from sandbox.containers import DockerSandbox
from sandbox.spec import SandboxFailure, SourceFile

log = structlog.get_logger(__name__)

RECORDS: tuple[type[LeasedWork], ...] = (Submission, Proof)
PROGRESS_EVERY_S = 0.1
LONGEST_PAUSE_S = 30
ENGINE_ANSWERED_S = 2.0
"""How old the engine's last answer may be for work to be taken on. If it has died since, the work fails, it is asked again, and
the row is given back as after any outage."""
WRITE_AGAIN_EVERY_S = 1.0


class LeaseLost(Exception):
    """Another worker has the row now: stop, write nothing."""


class Interrupted(Exception):
    """The worker is told to stop in the middle of long work: give the row back, another will do it from the start."""


@dataclass(frozen=True, slots=True)
class Work:
    """A submission's own data, read before the database is closed."""

    submission_id: str
    kind: Kind
    version_id: str
    language: str
    source: bytes
    custom_input: bytes | None


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
        self._turns = itertools.count(1)
        self._held: dict[str, Lease] = {}
        self._lost: set[str] = set()
        self._lock = threading.Lock()

    @property
    def busy(self) -> int:
        """How many rows this worker holds."""
        return len(self._held)

    def look(self) -> None:
        """Do everything that waits, in turn, then return."""
        while not self.stopping.is_set() and self.sandbox.answers(ENGINE_ANSWERED_S):
            with self.database.writing() as session:
                lease = turns.claim(session, RECORDS, self.name, self.lease, turn=next(self._turns))
            if lease is None:
                return
            with self._holding(lease):
                self._do(lease)

    def beat(self) -> None:
        """Prolong every lease held; remember those that were lost, so that their work stops."""
        with self._lock:
            held = dict(self._held)
        for row_id, lease in held.items():
            with self.database.writing() as session:
                if not leases.beat(session, lease, self.lease):
                    self._lost.add(row_id)

    @contextmanager
    def _holding(self, lease: Lease) -> Iterator[None]:
        with self._lock:
            self._held[lease.row_id] = lease
        try:
            yield
        finally:
            with self._lock:
                self._held.pop(lease.row_id, None)
                self._lost.discard(lease.row_id)

    def _do(self, lease: Lease) -> None:
        """Judge one row; whatever goes wrong on our side ends here, as words beside the row and never as a grade."""
        began = time.monotonic()
        bound = log.bind(row=lease.row_id, fence=lease.fence, worker=self.name)
        try:
            if lease.record is Submission:
                self._judge(lease)
            else:
                self._prove(lease)
            bound.info("judged", total_ms=round((time.monotonic() - began) * 1000))
        except LeaseLost:
            bound.warning("lease lost")
        except Interrupted:
            with self.database.writing() as session:
                leases.give_back_after_outage(session, lease, "The worker was stopped.", timedelta(0))
        except SandboxFailure as failure:
            bound.error("sandbox failed", failure=str(failure), retry=failure.retry)
            self._after_failure(lease, str(failure), failure.retry)
        except AssessorError as error:
            bound.error("not judged", failure=str(error))
            self._after_failure(lease, str(error), retry=False)
        except Exception as error:  # the job's edge: logged with its traceback, tried again, then left to a person
            outage = outage_of(error)
            bound.exception("worker failed", outage=outage and outage.code)
            words = str(outage or f"{type(error).__name__} in the worker; its log has the details.")
            self._after_failure(lease, words, retry=True, outage=outage is not None)

    def _after_failure(self, lease: Lease, failure: str, retry: bool, outage: bool = False) -> None:
        pause = timedelta(seconds=min(2 ** (lease.fence - 1), LONGEST_PAUSE_S))
        outage = outage or (retry and not self.sandbox.answers())

        def put_back(session: Session) -> None:
            if outage:
                leases.give_back_after_outage(session, lease, failure, timedelta(seconds=1))
            elif retry:
                leases.give_back(session, lease, failure, self.settings.max_tries, pause)
            else:
                leases.give_up(session, lease, failure)

        self._write(put_back)

    def _write(self, write: Callable[[Session], None]) -> None:
        """One transaction, tried again while the disk is full or the database away: what was judged is not judged in vain."""
        while True:
            try:
                with self.database.writing() as session:
                    return write(session)
            except SQLAlchemyError as error:
                outage = outage_of(error)
                if outage is None or self.stopping.wait(WRITE_AGAIN_EVERY_S):
                    raise
                log.warning("not written, trying again", worker=self.name, code=outage.code)

    def _judge(self, lease: Lease) -> None:
        with self.database.reading() as session:
            row = session.get(Submission, lease.row_id)
            if row is None:
                raise LeaseLost
            custom = None if row.custom_input is None else row.custom_input.encode()
            work = Work(row.id, row.kind, row.challenge_version_id, row.language, row.source.encode(), custom)
            attempt_id = row.attempt_id
            problem = load_problem(session, work.version_id)
            time_limit_ms = row.challenge_version.time_limit_ms
            slower = slowdown(self.calibration.known_ms, row.challenge_version.reference_ms)
            old = old_grade(row)
        language = LANGUAGES[work.language]
        refuse_unless_offered(language)
        files = with_included(problem, (SourceFile(source_name(problem, language), work.source),), language)
        limits = limits_for(problem, language, time_limit_ms).on_slower_host(slower)
        progress = Progress(self, lease)
        if refused := _refused(problem, language, len(work.source), limits):
            outcome = not_compiled(problem, refused)
        elif work.kind is Kind.SUBMISSION:
            outcome = grade(problem, files, language, self.sandbox, limits, on_result=progress)
        elif work.custom_input is None:
            outcome = run_samples(problem, files, language, self.sandbox, limits, on_result=progress)
        else:
            given = beside(problem, language)
            outcome = run_custom(files, language, work.custom_input, self.sandbox, limits, given)
        self._record(lease, outcome, attempt_id, old)

    def _record(self, lease: Lease, outcome: Grade, attempt_id: str, old: OldGrade | None = None) -> None:
        def write(session: Session) -> None:
            if not record_grade(session, lease, outcome):
                raise LeaseLost
            charge(session, lease)
            settle(session, attempt_id)
            if old is not None:
                record_change(session, lease.row_id, old, outcome, utc_now())

        self._write(write)

    def _prove(self, lease: Lease) -> None:
        with self.database.reading() as session:
            proof = session.get(Proof, lease.row_id)
            if proof is None:
                raise LeaseLost
            package = load_package(session, proof.version_id)

        def on_progress(done: int, total: int, _what: str) -> None:
            self.still_held(lease)
            if self.stopping.is_set():
                raise Interrupted
            self.note(lambda session: record_proof_progress(session, lease, done, total))

        speed = {"reference_ms": self.calibration.reference_ms()}
        report = verify(package, self.sandbox, on_progress).as_document() | speed

        def write(session: Session) -> None:
            proof = session.scalar(sa.select(Proof).where(leases.holds(lease)).with_for_update())
            if proof is None:
                raise LeaseLost
            charge(session, lease)
            record_proof(session, proof, report, utc_now())

        self._write(write)

    def note(self, note: Callable[[Session], bool]) -> None:
        """Write progress down; a full disk or a database that is away costs the progress, never the work."""
        try:
            with self.database.writing() as session:
                held = note(session)
        except SQLAlchemyError as error:
            if outage_of(error) is None:
                raise
            return
        if not held:
            raise LeaseLost

    def still_held(self, lease: Lease) -> None:
        """Raise when the lease was lost, so that no more work is done in vain."""
        if lease.row_id in self._lost:
            raise LeaseLost


def _refused(problem: Problem, language: Language, size: int, limits: JudgeLimits) -> str | None:
    """Why a source cannot be handed in for this challenge. Included files do not count."""
    if size > limits.code_kib * 1024:
        return f"The source is larger than {limits.code_kib} KiB, the limit of this challenge; it was not compiled."
    try:
        check_allowed(problem, language)
    except BadInput as error:
        return str(error)
    return None


class Progress:
    """Called at every test's result; writes at most ten times a second, and not the last one, which the grade follows at once."""

    def __init__(self, worker: Worker, lease: Lease) -> None:
        self._worker = worker
        self._lease = lease
        self._results: list[TestResult] = []
        self._written = time.monotonic()

    def __call__(self, result: TestResult, done: int, total: int) -> None:
        self._worker.still_held(self._lease)
        self._results.append(result)
        if done >= total or time.monotonic() - self._written < PROGRESS_EVERY_S:
            return
        self._worker.note(lambda session: record_progress(session, self._lease, self._results, total))
        self._written = time.monotonic()


def worker_name() -> str:
    """Host and process, so that a later worker on this host can tell whether this one still lives."""
    return f"{socket.gethostname()}:{os.getpid()}"
