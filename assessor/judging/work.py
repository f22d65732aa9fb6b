"""What is done with one row: a submission or a run is judged, a challenge version is proved, and what came of it is recorded.

1. load what the row is about, close the database;
2. judge in the sandbox, noting progress, and stop as soon as the lease is lost;
3. record in one transaction, if the lease is still held.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from assessor.assessments.attempts import settle
from assessor.catalogue.models import ChallengeVersion, Proof
from assessor.catalogue.versions import load_package, load_problem, record_proof
from assessor.clock import utc_now
from assessor.database import Database, Session
from assessor.errors import BadInput
from assessor.judging import leases
from assessor.judging.calibrating import Calibration
from assessor.judging.grading import grade, not_compiled
from assessor.judging.holding import HeldRows, LeaseLost
from assessor.judging.including import beside, source_name, with_included
from assessor.judging.languages import LANGUAGES, Language, refuse_unless_offered
from assessor.judging.leases import Lease
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
from assessor.judging.writing import note, write_patiently
from challenges.problem import Problem
from sandbox import steps
from sandbox.spec import Sandbox, SourceFile
from sandbox.steps import Step

PROGRESS_EVERY_S = 0.1

_TASK = (  # built once: to put it together takes longer than to run it
    sa.select(Submission.attempt_id, Submission.kind, Submission.language, Submission.source, Submission.custom_input)
    .add_columns(Submission.challenge_version_id, Submission.priority, Submission.verdict, Submission.score)
    .add_columns(ChallengeVersion.time_limit_ms, ChallengeVersion.reference_ms)
    .join(Submission.challenge_version)
    .where(Submission.id == sa.bindparam("row_id"))
)


class Interrupted(Exception):
    """The worker is told to stop in the middle of long work: give the row back, another will do it from the start."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What work needs. `stopped` waits so many seconds and says whether the worker is told to stop."""

    database: Database
    sandbox: Sandbox
    calibration: Calibration
    held: HeldRows
    stopped: Callable[[float], bool]

    def write(self, write: Callable[[Session], None]) -> None:
        """One transaction, and again while the database cannot take it."""
        write_patiently(self.database, write, self.stopped)


@dataclass(frozen=True, slots=True)
class Task:
    """A submission's own data with its challenge, read before the database is closed."""

    attempt_id: str
    kind: Kind
    language: str
    source: bytes
    custom_input: bytes | None
    problem: Problem
    time_limit_ms: int | None
    slower: float
    old: OldGrade | None


def judge(desk: Desk, lease: Lease) -> None:
    """Judge one submission or run."""
    task = _load(desk, lease)
    steps.reached(Step.LOADED)
    outcome = _outcome(desk, lease, task)
    steps.reached(Step.JUDGED)

    def write(session: Session) -> None:
        if not record_grade(session, lease, outcome):
            raise LeaseLost
        steps.reached(Step.RECORDED)
        charge(session, lease)
        settle(session, task.attempt_id)
        if task.old is not None:
            record_change(session, lease.row_id, task.old, outcome, utc_now())
        steps.reached(Step.SETTLED)

    desk.write(write)
    steps.reached(Step.COMMITTED)


def _load(desk: Desk, lease: Lease) -> Task:
    with desk.database.reading() as session:
        row = session.execute(_TASK, {"row_id": lease.row_id}).one_or_none()
        if row is None:
            raise LeaseLost
        return Task(
            attempt_id=row.attempt_id,
            kind=row.kind,
            language=row.language,
            source=row.source.encode(),
            custom_input=None if row.custom_input is None else row.custom_input.encode(),
            problem=load_problem(session, row.challenge_version_id),
            time_limit_ms=row.time_limit_ms,
            slower=slowdown(desk.calibration.known_ms, row.reference_ms),
            old=old_grade(row.priority, row.verdict, row.score),
        )


def _outcome(desk: Desk, lease: Lease, task: Task) -> Grade:
    language = LANGUAGES[task.language]
    refuse_unless_offered(language)
    source = SourceFile(source_name(task.problem, language), task.source)
    files = with_included(task.problem, (source,), language)
    limits = limits_for(task.problem, language, task.time_limit_ms).on_slower_host(task.slower)
    progress = Progress(desk, lease)
    if refused := _refused(task.problem, language, len(task.source), limits):
        return not_compiled(task.problem, refused)
    if task.kind is Kind.SUBMISSION:
        return grade(task.problem, files, language, desk.sandbox, limits, on_result=progress)
    if task.custom_input is None:
        return run_samples(task.problem, files, language, desk.sandbox, limits, on_result=progress)
    return run_custom(files, language, task.custom_input, desk.sandbox, limits, beside(task.problem, language))


def _refused(problem: Problem, language: Language, size: int, limits: JudgeLimits) -> str | None:
    """Why a source cannot be handed in for this challenge. Included files do not count."""
    if size > limits.code_kib * 1024:
        return f"The source is larger than {limits.code_kib} KiB, the limit of this challenge; it was not compiled."
    try:
        check_allowed(problem, language)
    except BadInput as error:
        return str(error)
    return None


def prove(desk: Desk, lease: Lease) -> None:
    """Judge every example submission of a challenge version."""
    with desk.database.reading() as session:
        proof = session.get(Proof, lease.row_id)
        if proof is None:
            raise LeaseLost
        package = load_package(session, proof.version_id)
    steps.reached(Step.LOADED)

    def on_progress(done: int, total: int, _what: str) -> None:
        desk.held.check(lease)
        if desk.stopped(0):
            raise Interrupted
        note(desk.database, lambda session: record_proof_progress(session, lease, done, total))

    speed = {"reference_ms": desk.calibration.reference_ms()}
    report = verify(package, desk.sandbox, on_progress).as_document() | speed
    steps.reached(Step.JUDGED)

    def write(session: Session) -> None:
        proof = session.scalar(sa.select(Proof).where(leases.holds(lease)).with_for_update())
        if proof is None:
            raise LeaseLost
        charge(session, lease)
        record_proof(session, proof, report, utc_now())
        steps.reached(Step.RECORDED)

    desk.write(write)
    steps.reached(Step.COMMITTED)


class Progress:
    """Called at every test's result; writes at most ten times a second, and not the last one, which the grade follows at once."""

    def __init__(self, desk: Desk, lease: Lease) -> None:
        self._desk = desk
        self._lease = lease
        self._results: list[TestResult] = []
        self._written = time.monotonic()

    def __call__(self, result: TestResult, done: int, total: int) -> None:
        steps.reached(Step.TEST_JUDGED)
        self._desk.held.check(self._lease)
        self._results.append(result)
        if done >= total or time.monotonic() - self._written < PROGRESS_EVERY_S:
            return
        note(self._desk.database, lambda session: record_progress(session, self._lease, self._results, total))
        self._written = time.monotonic()
