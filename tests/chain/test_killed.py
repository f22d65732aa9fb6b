"""`kill -9` of the worker and of the pages while candidates hand in: everything is graded, once, and as it deserves."""

from __future__ import annotations

import contextlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from candidates import (
    NEGATIVE_ONLY,
    POSITIVE_ONLY,
    RIGHT,
    Candidate,
    check_graded_once,
    count_in,
    open_link,
    submissions,
    wait_until_graded,
)
from service import running_service, wait_for

from assessor.judging.leases import WorkState

pytestmark = pytest.mark.docker

SUBMISSIONS = 50
EACH = 3
"""As many as a candidate may have waiting."""


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_fifty_submissions_survive_kill_9(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    with contextlib.ExitStack() as stack:
        environment = {"ASSESSOR_DATABASE_URL": request.getfixturevalue("fresh_postgres_url")} if kind == "postgresql" else {}
        service = stack.enter_context(running_service(tmp_path / "data", **environment))
        link = open_link(service)
        crowd = [Candidate(service.address).begin(link, f"Candidate {number}") for number in range(-(-SUBMISSIONS // EACH))]
        sources = [(RIGHT, POSITIVE_ONLY, NEGATIVE_ONLY)[number % 3] for number in range(SUBMISSIONS)]
        with ThreadPoolExecutor(8) as pool:
            handed_in = [pool.submit(crowd[n // EACH].submit_until_answered, source) for n, source in enumerate(sources)]
            wait_for(
                lambda: len(submissions(service)) >= 15 and count_in(service, WorkState.RUNNING) > 0, 60, "some to be judged"
            )
            service.kill("worker")
            service.kill("web")
            ids = [future.result(120) for future in handed_in]
        assert len(set(ids)) == SUBMISSIONS
        wait_until_graded(service, SUBMISSIONS // 2)
        service.kill("worker")
        wait_until_graded(service, SUBMISSIONS)
        assert sorted(row.id for row in submissions(service)) == sorted(ids)
        check_graded_once(service)
        assert max(row.failures for row in submissions(service)) < 3
