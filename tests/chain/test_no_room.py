"""The disk is full, or the database is away: said in words, nothing half-written, and the same request succeeds afterwards."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
import sqlalchemy as sa
from candidates import (
    FETCH,
    RIGHT,
    TIMEOUT_S,
    UNHURRIED,
    Candidate,
    check_graded_once,
    count_in,
    fill,
    open_link,
    submissions,
    wait_until_graded,
)
from service import Service, running_service, signin_link, wait_for

from assessor.assessments.models import Attempt, Draft
from assessor.judging.leases import WorkState

pytestmark = pytest.mark.docker

DISK_MIB = 24
LONG = "# " + "x" * 100_000 + "\n" + RIGHT
KEY = "pressed-only-once"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a file system of its own."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small file system to fill")
    folder = tmp_path / "small"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MIB}m", "tmpfs", folder], check=True)
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def draft_of(service: Service) -> str:
    with service.database.reading() as session:
        return session.scalars(sa.select(Draft)).one().source


def attempts(service: Service) -> int:
    with service.database.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(Attempt)) or 0


def check_problem(answer: requests.Response, *codes: str) -> None:
    assert answer.status_code == 503, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["code"] in codes
    assert "again in a" in problem["detail"]
    assert int(answer.headers["Retry-After"]) > 0


def check_page(answer: requests.Response) -> None:
    assert answer.status_code == 503, answer.text[:500]
    assert '<main id="main"' in answer.text
    assert "again in a" in answer.text
    assert "Traceback" not in answer.text


def test_a_full_disk(small_disk: Path) -> None:
    filler = small_disk / "filler"
    with running_service(small_disk / "data") as service:
        link = open_link(service)
        cyrus = Candidate(service.address).begin(link)
        assert cyrus.save(RIGHT, 1).status_code == 200
        processes = service.children("web") + service.children("worker")

        fill(filler)
        check_problem(cyrus.save(LONG, 2), "disk_full", "cannot_write")
        check_problem(cyrus.submit(LONG, KEY), "disk_full", "cannot_write")
        check_page(cyrus.press(cyrus.task, do="submit", source=LONG, language="python3", base="1", client_key=KEY))
        stig = Candidate(service.address)
        path = link.removeprefix(service.address)
        assert stig.look(path).status_code == 200
        check_page(stig.press(path, name="Stig"))
        assert RIGHT.splitlines()[0] in cyrus.look(cyrus.task).text
        assert draft_of(service) == RIGHT
        assert submissions(service) == []
        assert attempts(service) == 1

        filler.unlink()
        assert cyrus.save(LONG, 3).status_code == 200
        assert draft_of(service) == LONG
        first = cyrus.submit(RIGHT, KEY)
        assert first.status_code == 202
        assert cyrus.submit(RIGHT, KEY).json()["id"] == first.json()["id"]
        wait_until_graded(service, 1)
        check_graded_once(service)
        assert service.children("web") + service.children("worker") == processes, "a process died of it"
        assert "Traceback" not in service.log()


def test_the_disk_fills_up_while_it_is_judged(small_disk: Path) -> None:
    filler = small_disk / "filler"
    with running_service(small_disk / "data") as service:
        cyrus = Candidate(service.address).begin(open_link(service))
        made = cyrus.submit_until_answered(UNHURRIED)
        wait_for(lambda: count_in(service, WorkState.RUNNING) == 1, 60, "it to be in hand")
        fill(filler)
        time.sleep(4)
        with service.database.reading() as session:
            assert session.scalar(sa.text("select state from submission")) == "running"
        filler.unlink()
        wait_until_graded(service, 1)
        check_graded_once(service)
        assert [(row.id, row.failures) for row in submissions(service)] == [(made, 0)]


def test_postgresql_goes_away_in_the_middle_and_comes_back(fresh_postgres_url: str, tmp_path: Path) -> None:
    with running_service(tmp_path / "data", ASSESSOR_DATABASE_URL=fresh_postgres_url) as service:
        cyrus = Candidate(service.address).begin(open_link(service))
        rakel = Candidate(service.address)
        signin = signin_link(service, "employer").removeprefix(service.address)
        rakel.look(signin)
        rakel.press(signin).raise_for_status()
        made = cyrus.submit_until_answered(UNHURRIED)
        events = f"{service.address}/a/{cyrus.attempt_id}/submissions/{made}/events"
        stream = cyrus.session.get(events, headers=FETCH, stream=True, timeout=TIMEOUT_S)
        wait_for(lambda: count_in(service, WorkState.RUNNING) == 1, 60, "it to be in hand")

        service.database.close()
        set_open(fresh_postgres_url, False)
        check_problem(cyrus.save(RIGHT), "database_away")
        check_problem(cyrus.submit(RIGHT, KEY), "database_away")
        assert "event: panel" in stream.text, "the stream has not ended as it should"
        check_page(cyrus.look(cyrus.task))
        check_page(rakel.look("/o/assessments"))
        assert cyrus.session.get(service.address + "/healthz", timeout=5).status_code == 200
        assert cyrus.session.get(service.address + "/readyz", timeout=30).status_code == 503
        time.sleep(4)
        set_open(fresh_postgres_url, True)

        assert cyrus.save(RIGHT).status_code == 200
        cyrus.submit_until_answered(RIGHT)
        wait_until_graded(service, 2)
        check_graded_once(service)
        assert [row.failures for row in submissions(service)] == [0, 0]


def set_open(url: str, is_open: bool) -> None:
    """Open a database for connections, or end those it has and refuse new ones."""
    target = sa.make_url(url)
    admin = sa.create_engine(target.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(sa.text(f'alter database "{target.database}" allow_connections {str(is_open).lower()}'))
        if not is_open:
            ending = "select pg_terminate_backend(pid) from pg_stat_activity where datname = :name"
            connection.execute(sa.text(ending), {"name": target.database})
    admin.dispose()
