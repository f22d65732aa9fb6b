"""The whole way of one trivial submission as a worker goes it: claim, load, judge, record, in a database of its own."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import timedelta
from pathlib import Path

from assessor.assessments.models import Assessment, AssessmentTask, AssessmentVersion, Attempt, AttemptState, FeedbackPolicy
from assessor.catalogue.versions import create_version
from assessor.clock import utc_now
from assessor.database import Database, Session
from assessor.judging.leases import WorkState
from assessor.judging.models import Kind, Submission
from assessor.judging.verdicts import Verdict
from assessor.judging.worker import Worker
from assessor.people.models import Organisation
from assessor.settings import Settings
from bench.measuring import BenchFailure
from bench.programs import Submission as Programs
from challenges.package import open_zip
from sandbox import steps
from sandbox.containers import DockerSandbox
from sandbox.steps import Step

SECRET = "no secret: this installation lasts as long as the benchmark"

PROBLEM_YAML = """\
problem_format_version: 2025-09
name: Bench
uuid: 1c1e3c57-93a5-4f9c-8f4c-7a2a0f0f6b11
limits: {time_limit: 2}
"""


class Claims:
    """An installation with one challenge, one candidate and a worker that looks when it is told to."""

    def __init__(self, folder: Path, programs: Programs, sandbox: DockerSandbox) -> None:
        self._programs = programs
        settings = Settings(data_dir=folder, secret_key=SECRET, database_url=None, public_url=None)
        settings.make_data_dir()
        self._database = Database(settings.url_of_database)
        self._database.migrate()
        self._worker = Worker(settings, self._database, sandbox)
        with self._database.writing() as session:
            self._version_id, self._attempt_id = _attempt(session, package_of(programs))

    def seconds(self) -> float:
        """From the worker's first look at the rows to the recorded verdict, of one submission handed in before."""
        with self._database.writing() as session:
            row = self._submission()
            session.add(row)
            session.flush()
            row_id = row.id
        recorded = 0.0

        def note(step: Step) -> None:
            nonlocal recorded
            if step is Step.COMMITTED:
                recorded = time.perf_counter()

        steps.on_step(note)
        began = time.perf_counter()
        self._worker.look()
        seconds = recorded - began
        steps.on_step(None)
        with self._database.reading() as session:
            judged = session.get_one(Submission, row_id)
            if (judged.state, judged.verdict) != (WorkState.GRADED, Verdict.AC):
                raise BenchFailure(f"the submission is {judged.state}, {judged.verdict}: {judged.failure}")
        return seconds

    def close(self) -> None:
        self._database.close()

    def _submission(self) -> Submission:
        return Submission(
            attempt_id=self._attempt_id,
            challenge_version_id=self._version_id,
            kind=Kind.SUBMISSION,
            client_key=str(time.monotonic_ns()),
            language=self._programs.language.id,
            source=self._programs.source,
            queued_at=utc_now(),
        )


def package_of(programs: Programs) -> bytes:
    """A challenge with these tests, as a zip."""
    files = {
        "problem.yaml": PROBLEM_YAML,
        "statement/problem.en.md": "Print the sum of the numbers $a$ and $b$ ($1 \\le a, b \\le 10^9$).\n",
        f"submissions/accepted/{programs.language.source_name}": programs.source,
    }
    for number, (given, answer) in enumerate(programs.tests, start=1):
        files |= {f"data/secret/{number}.in": given, f"data/secret/{number}.ans": answer}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, text in files.items():
            archive.writestr(f"bench/{path}", text)
    return buffer.getvalue()


def _attempt(session: Session, package: bytes) -> tuple[str, str]:
    """A started attempt on the challenge: the ids of the challenge's version and of the attempt."""
    now = utc_now()
    organisation = Organisation(name="Bench", created_at=now)
    session.add(organisation)
    version = create_version(session, open_zip("bench.zip", package), None, None, now)
    session.flush()
    assessment = Assessment(organisation_id=organisation.id, created_at=now)
    rules = AssessmentVersion(
        number=1, title="Bench", duration_minutes=60, languages=["python3"], feedback_policy=FeedbackPolicy.GROUPS, created_at=now
    )
    rules.tasks.append(AssessmentTask(position=1, challenge_version_id=version.id))
    assessment.versions.append(rules)
    session.add(assessment)
    session.flush()
    attempt = Attempt(
        assessment_id=assessment.id,
        assessment_version_id=rules.id,
        organisation_id=organisation.id,
        state=AttemptState.STARTED,
        key_hash="",
        opened_at=now,
        started_at=now,
        deadline_at=now + timedelta(days=1),
    )
    session.add(attempt)
    session.flush()
    return version.id, attempt.id
