"""The worker judges what waits, records it once, and turns no failure of ours into a grade."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from given_packages import DRIVER, LIBRARY
from grader_packages import HALVES, NEVER_BELOW
from number_packages import MODERN
from sqlalchemy.exc import OperationalError

from assessor.assessments.models import Attempt
from assessor.catalogue.models import ChallengeVersion, Proof, VersionState
from assessor.catalogue.versions import create_version, publish, request_proof
from assessor.clock import utc_now
from assessor.database import Database, Session
from assessor.judging.leases import WorkState
from assessor.judging.models import Kind, Submission
from assessor.judging.verdicts import Verdict
from assessor.judging.worker import Worker
from assessor.settings import Settings
from challenges.package import open_zip
from sandbox import steps
from sandbox.containers import DockerSandbox
from sandbox.languages import Language
from sandbox.spec import Box, SandboxFailure
from sandbox.steps import Step

sys.path.insert(0, str(Path(__file__).parents[1] / "chain"))
from one_attempt import ATTEMPT, begin_attempt, hand_in
from packages import SUM, zipped

RIGHT = "a, b = map(int, input().split())\nprint(a + b)\n"
HALF = "a, b = map(int, input().split())\nprint(abs(a) + abs(b))\n"


class BrokenSandbox:
    """A sandbox whose engine is in trouble: each box fails as told."""

    def __init__(self, failure: SandboxFailure, answers: bool = True) -> None:
        self.failure = failure
        self.engine_answers = answers

    def able(self, lately_s: float = 0.0) -> bool:
        return self.engine_answers

    @contextmanager
    def box(self, language: Language, memory_kib: int) -> Iterator[Box]:
        raise self.failure
        yield


class Bench:
    """One started attempt on one challenge, in one database."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database = database
        self.settings = settings
        self.version_id = begin_attempt(database)

    def use(self, files: Mapping[str, str]) -> None:
        """Hand in for another challenge from now on."""
        with self.database.writing() as session:
            version = create_version(session, open_zip("other.zip", zipped(dict(files))), None, None, utc_now())
            version.state = VersionState.PROVED
            session.flush()
            self.version_id = version.id

    def hand_in(self, source: str, kind: Kind = Kind.SUBMISSION, custom_input: str | None = None, by: str | None = None) -> str:
        return hand_in(self.database, self.version_id, source, kind, custom_input, by)

    def judged(self, row_id: str) -> Submission:
        with self.database.reading() as session:
            row = session.get_one(Submission, row_id)
            _ = list(row.results)
            return row

    def work(self, sandbox: object) -> Worker:
        worker = Worker(self.settings, self.database, sandbox)  # type: ignore[arg-type]
        worker.look()
        return worker


@contextmanager
def at_step(step: Step, act: Callable[[], None]) -> Iterator[None]:
    """Do something each time a step is reached."""
    steps.on_step(lambda reached: act() if reached is step else None)
    yield
    steps.on_step(None)


@pytest.fixture
def bench(database: Database, settings: Settings) -> Bench:
    return Bench(database, settings)


@pytest.mark.docker
def test_a_submission_is_judged_and_its_groups_scored(bench: Bench, sandbox: DockerSandbox) -> None:
    right, half = bench.hand_in(RIGHT), bench.hand_in(HALF)
    bench.work(sandbox)
    row = bench.judged(right)
    assert (row.state, row.verdict, row.score, row.max_score) == (WorkState.GRADED, Verdict.AC, 100.0, 100.0)
    row = bench.judged(half)
    assert (row.verdict, row.score) == (Verdict.WA, 40.0)
    assert {group["name"]: group["score"] for group in row.groups or []}["secret/negative"] == 0.0
    assert all(result.stdout is None for result in row.results if result.name.startswith("secret/"))


@pytest.mark.docker
def test_a_run_shows_its_output_and_earns_nothing(bench: Bench, sandbox: DockerSandbox) -> None:
    samples = bench.hand_in(RIGHT, Kind.RUN)
    custom = bench.hand_in("print(input()[::-1])", Kind.RUN, custom_input="desk\n")
    bench.work(sandbox)
    row = bench.judged(samples)
    assert (row.score, [(r.name, r.stdout) for r in row.results]) == (None, [("sample/1", b"3\n")])
    assert bench.judged(custom).results[0].stdout == b"ksed\n"


@pytest.mark.docker
def test_what_the_package_includes_is_there_for_submissions_and_runs(bench: Bench, sandbox: DockerSandbox) -> None:
    bench.use(DRIVER)
    submitted = bench.hand_in("def add(a, b):\n    return a + b\n")
    bench.use(LIBRARY)
    custom = bench.hand_in("print(open('words.txt').readline())\n", Kind.RUN, custom_input="x\n")
    bench.work(sandbox)
    assert bench.judged(submitted).verdict is Verdict.AC
    assert bench.judged(custom).results[0].stdout == b"ett one\n\n"


def test_a_source_beyond_the_challenges_limit_is_not_compiled(bench: Bench) -> None:
    bench.use(MODERN | {"problem.yaml": MODERN["problem.yaml"].replace("time_limit: 1.0", "code: 1")})
    large = bench.hand_in("#" * 1024 + "\n")
    bench.work(BrokenSandbox(SandboxFailure("no box is wanted", retry=True)))
    row = bench.judged(large)
    assert (row.state, row.verdict) == (WorkState.GRADED, Verdict.CE)
    assert "larger than 1 KiB" in (row.compile_output or "")


def test_a_language_that_the_challenge_leaves_out_is_not_compiled(bench: Bench) -> None:
    bench.use(MODERN | {"problem.yaml": MODERN["problem.yaml"] + "languages: [cpp, java]\n"})
    handed_in = bench.hand_in("print(1)\n")
    bench.work(BrokenSandbox(SandboxFailure("no box is wanted", retry=True)))
    row = bench.judged(handed_in)
    assert (row.verdict, "does not allow Python; it allows cpp, java" in (row.compile_output or "")) == (Verdict.CE, True)


@pytest.mark.docker
def test_a_proof_publishes_what_holds_and_refuses_what_does_not(bench: Bench, sandbox: DockerSandbox) -> None:
    broken = SUM | {"submissions/accepted/sum.py": "print(0)\n"}
    with bench.database.writing() as session:
        good = create_version(session, open_zip("g.zip", zipped(SUM, "good-sum")), None, None, utc_now())
        bad = create_version(session, open_zip("b.zip", zipped(broken, "bad-sum")), None, None, utc_now())
        proofs = [request_proof(session, version.id, utc_now(), publish=True).id for version in (good, bad)]
    bench.work(sandbox)
    with bench.database.reading() as session:
        states = [session.get_one(Proof, proof).version.state for proof in proofs]
        assert all(session.get_one(Proof, proof).state is WorkState.GRADED for proof in proofs)
    assert states == [VersionState.PUBLISHED, VersionState.REFUSED]


@pytest.mark.docker
def test_a_stopped_worker_gives_a_proof_back_untried(bench: Bench, sandbox: DockerSandbox) -> None:
    with bench.database.writing() as session:
        version = create_version(session, open_zip("g.zip", zipped(SUM, "good-sum")), None, None, utc_now())
        proof_id = request_proof(session, version.id, utc_now(), publish=True).id

    worker = Worker(bench.settings, bench.database, sandbox)
    with at_step(Step.LOADED, worker.stopping.set):
        worker.look()
    with bench.database.reading() as session:
        proof = session.get_one(Proof, proof_id)
        assert (proof.state, proof.failures, proof.report) == (WorkState.QUEUED, 0, None)


def test_a_failure_that_may_pass_gives_the_row_back_and_in_the_end_to_a_person(bench: Bench) -> None:
    row_id = bench.hand_in(RIGHT)
    broken = BrokenSandbox(SandboxFailure("the box died", retry=True))
    bench.settings.max_tries = 2
    bench.work(broken)
    row = bench.judged(row_id)
    assert (row.state, row.verdict, row.score, row.failure) == (WorkState.QUEUED, None, None, "the box died")
    with bench.database.writing() as session:
        session.get_one(Submission, row_id).lease_until = None
    bench.work(broken)
    row = bench.judged(row_id)
    assert (row.state, row.verdict, row.score) == (WorkState.NOT_JUDGED, None, None)


def test_a_missing_image_is_for_a_person_at_once(bench: Bench) -> None:
    row_id = bench.hand_in(RIGHT)
    bench.work(BrokenSandbox(SandboxFailure("image missing: run `assessor sandbox build`", retry=False)))
    row = bench.judged(row_id)
    assert (row.state, row.score, row.failure) == (WorkState.NOT_JUDGED, None, "image missing: run `assessor sandbox build`")


@pytest.mark.docker
def test_a_grader_gives_the_points_and_one_that_fails_is_for_a_person(bench: Bench, sandbox: DockerSandbox) -> None:
    bench.use(HALVES)
    row_id = bench.hand_in(NEVER_BELOW)
    bench.work(sandbox)
    row = bench.judged(row_id)
    assert (row.state, row.verdict, row.score, row.max_score) == (WorkState.GRADED, Verdict.WA, 70, 100)
    bench.use({**HALVES, "graders/grade.py": "print('AC nan')\n"})
    row_id = bench.hand_in(NEVER_BELOW)
    bench.work(sandbox)
    row = bench.judged(row_id)
    assert (row.state, row.verdict, row.score) == (WorkState.NOT_JUDGED, None, None)
    assert row.failure is not None
    assert row.failure.startswith("The grader graders/grade.py failed on the group data/sample: it wrote “AC nan")


def test_nothing_is_claimed_while_the_engine_does_not_answer(bench: Bench) -> None:
    row_id = bench.hand_in(RIGHT)
    bench.work(BrokenSandbox(SandboxFailure("gone", retry=True), answers=False))
    row = bench.judged(row_id)
    assert (row.state, row.tries) == (WorkState.QUEUED, 0)


@pytest.mark.docker
def test_a_worker_that_lost_its_lease_writes_nothing(bench: Bench, sandbox: DockerSandbox) -> None:
    row_id = bench.hand_in(RIGHT)

    def steal() -> None:
        """While it judges, another takes the row."""
        with bench.database.writing() as session:
            session.get_one(Submission, row_id).tries += 1

    with at_step(Step.JUDGED, steal):
        bench.work(sandbox)
    row = bench.judged(row_id)
    assert (row.state, row.verdict, row.results) == (WorkState.RUNNING, None, [])


def test_publishing_needs_a_proof(bench: Bench) -> None:
    with bench.database.writing() as session:
        fresh = create_version(session, open_zip("n.zip", zipped(SUM, "new-sum")), None, None, utc_now())
        with pytest.raises(Exception, match="prove"):
            publish(session, fresh.id, "service", utc_now())


@pytest.mark.docker
def test_a_database_that_is_away_for_a_moment_loses_no_grade(
    sqlite_database: Database, settings: Settings, sandbox: DockerSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench(sqlite_database, settings)
    row_id = bench.hand_in(RIGHT)
    monkeypatch.setattr("assessor.judging.writing.AGAIN_EVERY_S", 0.01)

    away = iter([True, True, True])
    writing = sqlite_database.writing

    @contextmanager
    def writing_or_full() -> Iterator[Session]:
        """When the grade is to be written, the disk is full three times."""
        if next(away, False):
            full = sqlite3.OperationalError("database or disk is full")
            full.sqlite_errorname = "SQLITE_FULL"
            raise OperationalError("update", None, full)
        with writing() as session:
            yield session

    monkeypatch.setattr(sqlite_database, "writing", writing_or_full)
    bench.work(sandbox)
    row = bench.judged(row_id)
    assert (row.state, row.score, row.tries, row.failures) == (WorkState.GRADED, 100.0, 1, 0)
    assert next(away, None) is None, "the disk was never full"


@pytest.mark.docker
def test_limits_are_longer_on_a_slower_host_and_the_grade_says_so(bench: Bench, sandbox: DockerSandbox) -> None:
    with bench.database.writing() as session:
        version = session.get_one(ChallengeVersion, bench.version_id)
        version.time_limit_ms, version.reference_ms = 1500, 200
    row = bench.hand_in(RIGHT)
    worker = Worker(bench.settings, bench.database, sandbox)
    worker.calibration.known_ms = 400
    worker.look()
    judged_with = bench.judged(row).judged_with or {}
    assert (judged_with["slowdown"], judged_with["time_limit_ms"]) == (2.0, 3000)


@pytest.mark.docker
def test_sleepers_of_one_candidate_do_not_keep_another_one_waiting(bench: Bench, sandbox: DockerSandbox) -> None:
    with bench.database.writing() as session:
        mine = session.get_one(Attempt, ATTEMPT)
        own = {column.key: getattr(mine, column.key) for column in sa.inspect(Attempt).column_attrs}
        session.add(Attempt(**{**own, "id": "att_flood"}))
    sleepers = [bench.hand_in("import time\ntime.sleep(0.5)\n", Kind.RUN, custom_input="", by="att_flood") for _ in range(6)]
    others = [bench.hand_in(RIGHT, Kind.RUN, custom_input="1 2\n") for _ in range(3)]
    worker = Worker(bench.settings, bench.database, sandbox)
    with ThreadPoolExecutor(2) as slots:
        list(slots.map(lambda _slot: worker.look(), range(2)))
    order = sorted(sleepers + others, key=lambda row: bench.judged(row).started_at or utc_now())
    assert all(bench.judged(row).state is WorkState.GRADED for row in order)
    assert others[0] in order[:3], "two slots may begin with sleepers at the same moment; then it is the other one's turn"
