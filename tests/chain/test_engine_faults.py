"""The Docker Engine goes away and comes back, a box is killed, an image is missing: nothing is lost, nobody gets a 0 for it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from candidates import (
    DESERVED,
    FETCH,
    RIGHT,
    UNHURRIED,
    Candidate,
    check_graded_once,
    count_in,
    open_link,
    submissions,
    wait_until_graded,
)
from engine import Engine, boxes_of
from service import Service, running_service, signin_link, wait_for

from assessor.database import Database
from assessor.judging.leases import WorkState
from assessor.judging.models import Submission

pytestmark = pytest.mark.docker

RIGHT_IN_JAVASCRIPT = 'const [a, b] = require("fs").readFileSync(0, "utf8").split(" ").map(Number);\nconsole.log(a + b);\n'
AWAY_S = 6


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    engine = Engine()
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def service(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with running_service(tmp_path_factory.mktemp("engine") / "data", DOCKER_HOST=engine.url) as running:
        yield running
    database = Database(running.settings.url_of_database)
    wait_for(lambda: boxes_of(database) == [], 10, "the last containers to be gone")
    database.close()


@pytest.fixture(scope="module")
def link(service: Service) -> str:
    return open_link(service)


def doctor(service: Service, engine: Engine) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "assessor", "doctor", "--data", str(service.settings.data_dir)]
    environment = os.environ | {"DOCKER_HOST": engine.url, "COLUMNS": "200"}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_engine_goes_away_in_the_middle_and_comes_back(service: Service, engine: Engine, link: str) -> None:
    crowd = [Candidate(service.address).begin(link) for _ in range(4)]
    before = count_in(service, WorkState.GRADED)
    ids = [one.submit_until_answered(UNHURRIED) for one in crowd for _ in range(2)]
    wait_for(lambda: count_in(service, WorkState.GRADED) > before, 60, "the first to be graded")
    wait_for(lambda: count_in(service, WorkState.RUNNING) > 0, 60, "some to be in hand")
    with engine.away():
        began = time.monotonic()
        examined = doctor(service, engine)
        assert examined.returncode == 3
        assert "The Docker Engine does not answer" in examined.stdout
        ids.append(crowd[0].submit_until_answered(UNHURRIED))
        wait_for(lambda: count_in(service, WorkState.RUNNING) == 0, 30, "what was in hand to be queued again")
        time.sleep(max(0.0, AWAY_S - (time.monotonic() - began)))
        assert count_in(service, WorkState.NOT_JUDGED) == 0
        assert count_in(service, WorkState.GRADED) < before + len(ids)
    wait_until_graded(service, before + len(ids))
    check_graded_once(service)
    assert {row.id: row.failures for row in submissions(service) if row.id in ids} == dict.fromkeys(ids, 0)


def test_a_box_killed_in_the_middle_is_judged_again(service: Service, link: str) -> None:
    cyrus = Candidate(service.address).begin(link)
    made = cyrus.submit_until_answered(UNHURRIED)
    wait_for(lambda: progress(service, made) >= 1, 60, "the first test's result")
    subprocess.run(["docker", "kill", *boxes_of(service.database)], capture_output=True, check=False)
    wait_for(lambda: row_of(service, made).state is WorkState.GRADED, 60, "the submission to be graded")
    row = row_of(service, made)
    assert (row.verdict, row.score) == DESERVED[UNHURRIED][:2]
    assert (row.tries, row.failures) == (2, 1)
    check_graded_once(service)


def test_a_missing_image_is_said_and_mended_by_a_retry(service: Service, engine: Engine, link: str) -> None:
    cyrus = Candidate(service.address).begin(link)
    with engine.renaming("assessor-sandbox:main", "assessor-nowhere:main"):
        made = cyrus.submit_until_answered(RIGHT_IN_JAVASCRIPT, "javascript")
        wait_for(lambda: row_of(service, made).state is WorkState.NOT_JUDGED, 30, "the submission to be given up")
        row = row_of(service, made)
        assert (row.verdict, row.score, row.tries) == (None, None, 1)
        assert "assessor sandbox build" in (row.failure or "")
        panel = cyrus.session.get(f"{service.address}/a/{cyrus.attempt_id}/submissions/{made}", headers=FETCH, timeout=30).json()
        assert panel["finished"]
        assert "The fault is ours" in panel["html"]
        still = cyrus.submit_until_answered(RIGHT)
        wait_for(lambda: row_of(service, still).state is WorkState.GRADED, 60, "another language to be judged all the same")
    adam = Candidate(service.address)
    signin = signin_link(service, "admin").removeprefix(service.address)
    adam.look(signin)
    adam.press(signin).raise_for_status()
    queue = adam.look("/admin/")
    assert "assessor sandbox build" in queue.text
    action = re.search(r'action="([^"]*retry)"', queue.text)
    assert action is not None
    assert "It is in the queue again" in adam.press(action.group(1), kind="submission", id=made).text
    wait_for(lambda: row_of(service, made).state is WorkState.GRADED, 60, "the submission to be judged after all")
    assert (row_of(service, made).verdict, row_of(service, made).score) == ("AC", 100.0)


def row_of(service: Service, submission_id: str) -> Submission:
    with service.database.reading() as session:
        return session.get_one(Submission, submission_id)


def progress(service: Service, submission_id: str) -> int:
    return int((row_of(service, submission_id).progress or {}).get("done", 0))
