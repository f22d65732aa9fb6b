"""One trivial submission through the whole service: pages by gunicorn, the queue, a worker, as a candidate's page does it.

`assessor up` runs in a folder and on a port of its own. A candidate enters by an open link; what is measured goes from the
request that hands in to the moment when the page's stream has brought the panel with the verdict.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import requests
import sqlalchemy as sa

from assessor.assessments.authoring import create_assessment
from assessor.assessments.models import FeedbackPolicy
from assessor.assessments.rules import Rules, TaskChoice
from assessor.catalogue.models import VersionState
from assessor.catalogue.versions import create_version
from assessor.clock import utc_now
from assessor.database import Database
from assessor.judging.models import Submission, WorkerRow
from assessor.people.accounts import actor_of
from assessor.people.first_start import ensure_first_people
from assessor.settings import Settings
from bench.claiming import package_of
from bench.idling import boxes_of
from bench.measuring import BenchFailure
from bench.programs import Submission as Programs
from challenges.package import open_zip

TIMEOUT_S = 60
LONG_AGO = timedelta(hours=1)
AS_THE_PAGE = {"Accept": "application/json", "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "empty"}


@dataclass(frozen=True, slots=True)
class Serving:
    """A running service, and the path of the link that leads into its one assessment."""

    address: str
    database: Database
    link: str


class Served:
    """A candidate at work in a running service."""

    def __init__(self, service: Serving, programs: Programs) -> None:
        self.programs = programs
        self.attempt = ""
        self._service = service
        self._address = service.address
        self._database = service.database
        self._pages = requests.Session()
        self._streams = requests.Session()
        self._token = ""

    def seen_as(self, address: str) -> None:
        """Come from another address, as far as the service can tell; it must trust one proxy."""
        self._pages.headers["X-Forwarded-For"] = address

    def begin(self) -> None:
        """From the link to the workspace, as a candidate goes."""
        self._look(self._service.link)
        entered = self._press(self._service.link, name="Bench")
        self.attempt = entered.url.split("/a/")[1].split("/")[0]
        self._look(f"/a/{self.attempt}/")
        self._press(f"/a/{self.attempt}/start")
        self._look(f"/a/{self.attempt}/task/1")
        self._streams.cookies = self._pages.cookies

    def post(self, what: str, body: dict[str, Any]) -> dict[str, Any]:
        """What the page's script sends below its own address, and the answer. Raises BenchFailure for a refusal."""
        headers = AS_THE_PAGE | {"X-CSRFToken": self._token}
        address = f"{self._address}/a/{self.attempt}/task/1/{what}"
        answer = self._pages.post(address, json=body, headers=headers, timeout=TIMEOUT_S)
        if not answer.ok:
            raise BenchFailure(f"the service answered {answer.status_code}: {answer.text[:300]}")
        document: dict[str, Any] = answer.json()
        return document

    def seconds(self) -> float:
        """From handing in to the verdict in the page's stream."""
        body = {
            "kind": "submission",
            "language": self.programs.language.id,
            "source": self.programs.source,
            "client_key": secrets.token_hex(8),
        }
        began = time.perf_counter()
        made = self.post("submissions", body)
        panel = self._followed(made["id"])
        seconds = time.perf_counter() - began
        self._check(panel["id"])
        return seconds

    def settle(self, boxes: int) -> None:
        """Wait until the worker has as many boxes as it keeps, and no other; and let what was handed in be long ago, for a
        candidate in a hurry is made to wait."""
        with self._database.writing() as session:
            session.execute(sa.update(Submission).values(queued_at=utc_now() - LONG_AGO))
        with self._database.reading() as session:
            owner = session.scalars(sa.select(WorkerRow.name)).one()
        _wait_for(lambda: len(boxes_of(owner)) == boxes, "the worker's boxes to be ready")

    def _followed(self, submission_id: str) -> dict[str, Any]:
        address = f"{self._address}/a/{self.attempt}/submissions/{submission_id}/events"
        with self._streams.get(address, stream=True, timeout=TIMEOUT_S) as stream:
            for line in stream.iter_lines(chunk_size=1):
                if line.startswith(b"data: "):
                    panel: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
                    if panel["finished"]:
                        return panel
        raise BenchFailure("the page's stream has ended without a verdict")

    def _check(self, submission_id: str) -> None:
        with self._database.reading() as session:
            row = session.get_one(Submission, submission_id)
            if row.verdict != "AC":
                raise BenchFailure(f"the submission is {row.state}, {row.verdict}: {row.failure}")

    def _look(self, path: str) -> requests.Response:
        page = self._pages.get(self._address + path, timeout=TIMEOUT_S)
        page.raise_for_status()
        found = re.search(r'name="csrf-token" content="([^"]+)"', page.text)
        self._token = found.group(1) if found else self._token
        return page

    def _press(self, path: str, **form: str) -> requests.Response:
        answer = self._pages.post(self._address + path, data={"csrf_token": self._token, **form}, timeout=TIMEOUT_S)
        answer.raise_for_status()
        return answer


@contextmanager
def served(folder: Path, programs: Programs, runtime: str) -> Iterator[Served]:
    """One candidate in a service, until the block ends."""
    with serving(folder, programs, runtime) as service:
        one = Served(service, programs)
        one.begin()
        yield one


@contextmanager
def serving(folder: Path, programs: Programs, runtime: str, **environment: str) -> Iterator[Serving]:
    """The service, until the block ends. It compiles every time: what is measured is judging."""
    own = {"ASSESSOR_RUNTIME": runtime, "ASSESSOR_COMPILE_CACHE_MIB": "0"}
    with _running(folder, programs, ["up", "--no-demo"], own | environment) as service:
        yield service


@contextmanager
def serving_pages(folder: Path, programs: Programs) -> Iterator[Serving]:
    """The pages alone, until the block ends: nothing is judged, and no Docker Engine is needed."""
    with _running(folder, programs, ["web"], {}) as service:
        yield service


@contextmanager
def _running(folder: Path, programs: Programs, words: list[str], environment: dict[str, str]) -> Iterator[Serving]:
    settings = Settings(data_dir=folder, port=_free_port(), database_url=None, public_url=None)
    settings.make_data_dir()
    database = Database(settings.url_of_database)
    database.migrate()
    link = _open_link(database, programs)
    command = [sys.executable, "-m", "assessor", *words, "--port", str(settings.port), "--data", str(folder)]
    own = {"ASSESSOR_DATABASE_URL": "", "ASSESSOR_PUBLIC_URL": ""}
    process = subprocess.Popen(command, env=os.environ | own | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(lambda: _answers(settings.address), "the service to answer")
        yield Serving(settings.address, database, link)
    finally:
        process.terminate()
        process.wait(TIMEOUT_S)
        database.close()


def _open_link(database: Database, programs: Programs) -> str:
    with database.writing() as session:
        version = create_version(session, open_zip("bench.zip", package_of(programs)), None, None, utc_now())
        version.state = VersionState.PUBLISHED
        version.published_at = utc_now()
        people = ensure_first_people(session, utc_now())
        rules = Rules(
            title="Bench",
            duration_minutes=480,
            languages=(programs.language.id,),
            feedback_policy=FeedbackPolicy.GROUPS,
            tasks=(TaskChoice(version.id),),
        )
        made = create_assessment(session, actor_of(people.employer), people.organisation.id, rules, utc_now())
        return f"/t/{made.open_token}"


def _answers(address: str) -> bool:
    try:
        return requests.get(f"{address}/healthz", timeout=2).ok
    except requests.RequestException:
        return False


def _wait_for(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + TIMEOUT_S
    while not condition():
        if time.monotonic() > deadline:
            raise BenchFailure(f"waited {TIMEOUT_S} s for {what}")
        time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
