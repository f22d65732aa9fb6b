"""Candidates without a browser: the same requests as the pages make, over real HTTP, for tests in which much happens at once."""

from __future__ import annotations

import re
import secrets
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import requests
import sqlalchemy as sa
from packages import SUM, zipped
from service import Service, wait_for
from sqlalchemy.orm import joinedload

from assessor.assessments.authoring import create_assessment
from assessor.assessments.models import Assessment, FeedbackPolicy
from assessor.assessments.rules import Rules, TaskChoice
from assessor.catalogue.models import Proof, VersionState
from assessor.catalogue.versions import create_version, request_proof
from assessor.clock import utc_now
from assessor.judging.leases import WorkState
from assessor.judging.models import ResultRow, Submission
from assessor.people.accounts import actor_of
from assessor.people.first_start import ensure_first_people
from challenges.package import open_zip

TIMEOUT_S = 30
FETCH = {"Accept": "application/json", "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "empty"}
READ = "a, b = map(int, input().split())\n"
RIGHT = READ + "print(a + b)\n"
POSITIVE_ONLY = READ + "print(abs(a) + abs(b))\n"
NEGATIVE_ONLY = READ + "print(a + b if a < 0 else 7)\n"
UNHURRIED = "import time\ntime.sleep(0.4)\n" + RIGHT
DESERVED = {RIGHT: ("AC", 100.0, 4), POSITIVE_ONLY: ("WA", 40.0, 4), NEGATIVE_ONLY: ("WA", 60.0, 3), UNHURRIED: ("AC", 100.0, 4)}
"""Verdict, score and number of tests that are run: of a group that has failed, the rest is left out."""


class Candidate:
    """Somebody at the workspace of an attempt: one session, one pass, the token of the page last seen."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.session = requests.Session()
        self.token = ""
        self.attempt_id = ""

    def look(self, path: str) -> requests.Response:
        page = self.session.get(self.address + path, timeout=TIMEOUT_S)
        found = re.search(r'name="csrf-token" content="([^"]+)"', page.text)
        self.token = found.group(1) if found else self.token
        return page

    def press(self, path: str, **form: str) -> requests.Response:
        """A form of the page last seen."""
        return self.session.post(self.address + path, data={"csrf_token": self.token, **form}, timeout=TIMEOUT_S)

    def begin(self, link: str, name: str = "Cyrus") -> Candidate:
        """From the link to the first task."""
        path = link.removeprefix(self.address)
        self.look(path).raise_for_status()
        entered = self.press(path, name=name)
        entered.raise_for_status()
        self.attempt_id = entered.url.split("/a/")[1].split("/")[0]
        self.look(f"/a/{self.attempt_id}/").raise_for_status()
        self.press(f"/a/{self.attempt_id}/start").raise_for_status()
        self.look(self.task).raise_for_status()
        return self

    @property
    def task(self) -> str:
        return f"/a/{self.attempt_id}/task/1"

    def fetch(self, path: str, body: dict[str, Any]) -> requests.Response:
        """What the page's script sends."""
        headers = FETCH | {"X-CSRFToken": self.token}
        return self.session.post(self.address + path, json=body, headers=headers, timeout=TIMEOUT_S)

    def save(self, source: str, sequence: int = 1) -> requests.Response:
        draft = {"language": "python3", "source": source, "base": sequence - 1, "sequence": sequence, "writer": "one-tab"}
        return self.fetch(self.task + "/draft", draft)

    def submit(self, source: str, client_key: str, language: str = "python3") -> requests.Response:
        body = {"kind": "submission", "language": language, "source": source, "client_key": client_key}
        return self.fetch(self.task + "/submissions", body)

    def submit_until_answered(self, source: str, language: str = "python3") -> str:
        """As the browser does it: the same key again until the server has answered. The submission's id."""
        key = secrets.token_hex(8)
        while True:
            try:
                answer = self.submit(source, key, language)
            except requests.RequestException:  # no answer, or one that ends in the middle
                time.sleep(0.2)
                continue
            if answer.status_code == 202:
                return str(answer.json()["id"])
            assert answer.status_code >= 500, f"{answer.status_code}: {answer.text[:300]}"
            time.sleep(0.2)


def open_link(service: Service, files: dict[str, str] = SUM, languages: tuple[str, ...] = ("python3", "javascript")) -> str:
    """Publish the package by having it proved by the worker, make an assessment of it, and give its open link."""
    with service.database.writing() as session:
        version = create_version(session, open_zip("sum-of-two.zip", zipped(files)), None, None, utc_now())
        proof_id = request_proof(session, version.id, utc_now(), publish=True).id
    wait_for(lambda: proof_of(service, proof_id).state in (WorkState.GRADED, WorkState.NOT_JUDGED), 90, "the proof")
    proof = proof_of(service, proof_id)
    assert proof.version.state is VersionState.PUBLISHED, f"{proof.version.state}: {proof.failure} {proof.report}"
    with service.database.writing() as session:
        people = ensure_first_people(session, utc_now())
        rules = Rules(
            title="Backend trainee",
            duration_minutes=60,
            languages=languages,
            feedback_policy=FeedbackPolicy.GROUPS,
            tasks=(TaskChoice(version.id),),
        )
        actor = actor_of(people.employer)
        made = create_assessment(session, actor, people.organisation.id, rules, utc_now())
        return f"{service.address}/t/{made.open_token}"


def proof_of(service: Service, proof_id: str) -> Proof:
    with service.database.reading() as session:
        return session.get_one(Proof, proof_id, options=[joinedload(Proof.version)])


def close_assessment(service: Service, link: str) -> None:
    with service.database.writing() as session:
        token = link.rsplit("/", 1)[1]
        session.execute(sa.update(Assessment).where(Assessment.open_token == token).values(closed_at=utc_now()))


def submissions(service: Service) -> list[Submission]:
    """Every submission, the oldest first."""
    with service.database.reading() as session:
        return list(session.scalars(sa.select(Submission).order_by(Submission.queued_at, Submission.id)))


def count_in(service: Service, *states: WorkState) -> int:
    with service.database.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(Submission).where(Submission.state.in_(states))) or 0


def wait_until_graded(service: Service, count: int, seconds: float = 120) -> None:
    wait_for(lambda: count_in(service, WorkState.GRADED) >= count, seconds, f"{count} submissions to be graded")


def check_graded_once(service: Service) -> None:
    """Every submission is graded, with the verdict and score its source earns, and has one result for each test."""
    with service.database.reading() as session:
        names = sa.select(ResultRow.submission_id, sa.func.count(), sa.func.count(sa.distinct(ResultRow.name)))
        results = {row[0]: (row[1], row[2]) for row in session.execute(names.group_by(ResultRow.submission_id))}
    for row in submissions(service):
        assert row.state is WorkState.GRADED, f"{row.id} is {row.state}: {row.failure}"
        verdict, score, tests = DESERVED[row.source]
        assert (row.verdict, row.score) == (verdict, score), f"{row.id}: {row.verdict} {row.score} for\n{row.source}"
        assert results[row.id] == (tests, tests), f"{row.id} has results {results[row.id]}"


def let_time_run_out(service: Service, attempt_id: str, seconds: float) -> None:
    """Move an attempt's deadline."""
    from assessor.assessments.models import Attempt

    with service.database.writing() as session:
        session.get_one(Attempt, attempt_id).deadline_at = utc_now() + timedelta(seconds=seconds)


def fill(filler: Path) -> None:
    """Take every byte that is left."""
    with filler.open("ab", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
        except OSError:
            return
