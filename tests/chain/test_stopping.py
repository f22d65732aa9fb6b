"""SIGTERM in the middle of judging: it ends in time, leaves nothing behind, and the next start goes on where it was."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from candidates import UNHURRIED, Candidate, check_graded_once, count_in, open_link, wait_until_graded
from engine import boxes_of
from service import Service, running_service, wait_for

from assessor.database import Database
from assessor.judging.leases import WorkState
from assessor.settings import Settings

pytestmark = pytest.mark.docker

SUBMISSIONS = 9
LONGEST_STOP_S = 40


def processes_with(folder: Path) -> list[str]:
    """The command lines of processes that have this data folder in their environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"ASSESSOR_DATA_DIR={folder}".encode() in (process / "environ").read_bytes().split(b"\0"):
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


def test_stopped_in_the_middle_and_started_again(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with running_service(folder) as service:
        link = open_link(service)
        crowd = [Candidate(service.address).begin(link) for _ in range(SUBMISSIONS // 3)]
        for one in crowd:
            for _ in range(3):
                one.submit_until_answered(UNHURRIED)
        wait_for(lambda: count_in(service, WorkState.GRADED) >= 1, 60, "the first to be graded")
        wait_for(lambda: count_in(service, WorkState.RUNNING) >= 1, 60, "some to be in hand")
        assert processes_with(folder)
        took = stop(service)
        assert took < LONGEST_STOP_S
    check_at_rest(service.settings, folder)
    with running_service(folder) as again:
        wait_until_graded(again, SUBMISSIONS)
        check_graded_once(again)


def stop(service: Service) -> float:
    began = time.monotonic()
    service.process.terminate()
    assert service.process.wait(LONGEST_STOP_S) == 0
    return time.monotonic() - began


def check_at_rest(settings: Settings, folder: Path) -> None:
    """No process, no container, nothing half-judged: what is not graded waits, and nothing counts as a failure."""
    database = Database(settings.url_of_database)
    assert processes_with(folder) == []
    assert boxes_of(database) == []
    with database.reading() as session:
        states = dict(session.execute(sa.text("select state, count(*) from submission group by state")).all())
        failures = session.scalar(sa.text("select max(failures) from submission"))
    database.close()
    assert set(states) == {"graded", "queued"}
    assert sum(states.values()) == SUBMISSIONS
    assert failures == 0
