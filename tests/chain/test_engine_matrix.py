"""The engine's own faults, on an engine of the test's own: killed, filled up, hanging. Judging waits for it, and says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from candidates import RIGHT, fill
from fault_table import Case, Outcome, check_table, outcome_of
from lone_worker import LoneWorker, folder_in_memory, lone_worker, make_template
from private_engine import RUNTIME, PrivateEngine, private_engine

from assessor.doctor import examine
from assessor.settings import Settings
from sandbox.steps import Step

pytestmark = [pytest.mark.docker, pytest.mark.timeout(900)]

UNHURRIED = "import time\ntime.sleep(1)\n" + RIGHT
QUICK = {"sandbox.engine.DOCKER_TIMEOUT_S": 6, "sandbox.engine.PING_TIMEOUT_S": 3, "sandbox.containers.CLOSE_S": 3.0}

Act = Callable[[PrivateEngine, LoneWorker], str]
"""Hands in, lets the fault happen and mends it; the submission's id."""


def at_step(step: Step, fault: Callable[[PrivateEngine], None], engine: PrivateEngine, worker: LoneWorker) -> str:
    """The fault happens while the worker waits at the step."""
    row_id = worker.hand_in(UNHURRIED)
    worker.start(f"hang@{step}")
    mark = worker.wait_for_fault(f"hang@{step}:1")
    fault(engine)
    mark.unlink()
    worker.wait_until_graded(row_id)
    return row_id


def killed(engine: PrivateEngine) -> None:
    engine.kill()
    engine.start()


def until_mended(
    fault: Callable[[PrivateEngine], None], mend: Callable[[PrivateEngine], None], engine: PrivateEngine, worker: LoneWorker
) -> str:
    """The fault is there before the worker is, lasts until the operator is told, and nothing counts as a failure."""
    fault(engine)
    try:
        row_id = worker.hand_in(RIGHT)
        worker.start()
        worker.wait(
            lambda: "The Docker Engine makes no boxes. Nothing is lost; judging waits for it." in told(worker),
            "the operator to be told",
        )
        worker.wait(lambda: worker.row(row_id).failure is not None, "the submission to be given back")
        row = worker.row(row_id)
        assert (row.score, row.failures) == (None, 0)
    finally:
        mend(engine)
    worker.wait_until_graded(row_id)
    worker.wait(lambda: told(worker) == "", "the operator to be told that it is over")
    return row_id


def told(worker: LoneWorker) -> str:
    """What `assessor doctor` and the page of the queue say about the engine."""
    settings = Settings(data_dir=worker.folder, database_url=worker.database.url)
    return next(check.message for check in examine(settings, worker.database) if check.name == "engine")


def runtime(mode: str) -> Callable[[PrivateEngine], None]:
    return lambda engine: engine.be_odd(mode)


def fill_up(engine: PrivateEngine) -> None:
    fill(engine.data / "filler")


def make_room(engine: PrivateEngine) -> None:
    (engine.data / "filler").unlink()


MENDED = ("tries", "words")
TOLD = "`assessor doctor` and the page: “The Docker Engine makes no boxes. Nothing is lost; judging waits for it.”"
CASES: dict[Case, Act] = {
    Case(Step.BOX_TAKEN, "kill -9 of dockerd", ("counted", "words")): partial(at_step, Step.BOX_TAKEN, killed),
    Case(Step.TEST_SENT, "kill -9 of dockerd", ("counted", "words")): partial(at_step, Step.TEST_SENT, killed),
    Case(Step.BOX_CREATED, "kill -9 of dockerd", ("tries", "counted", "seen")): partial(at_step, Step.BOX_CREATED, killed),
    Case(Step.TEST_SENT, "kill -9 of containerd", ("tries", "counted", "seen")): partial(
        at_step, Step.TEST_SENT, PrivateEngine.kill_containerd
    ),
    Case(Step.BOX_CREATED, "a runtime that hangs on create", MENDED, TOLD): partial(until_mended, runtime("create"), runtime("")),
    Case(Step.BOX_CREATED, "a runtime that hangs on start", MENDED, TOLD): partial(until_mended, runtime("start"), runtime("")),
    Case(Step.BOX_CREATED, "a runtime that fails", MENDED, TOLD): partial(until_mended, runtime("fail"), runtime("")),
    Case(Step.BOX_WANTED, "a disk filled by the image store", MENDED, TOLD): partial(until_mended, fill_up, make_room),
}


@pytest.fixture(scope="module")
def engine() -> Iterator[PrivateEngine]:
    with private_engine() as own:
        own.load("assessor-sandbox:core")
        yield own


@pytest.fixture(scope="module")
def template() -> Iterator[tuple[Path, str]]:
    with folder_in_memory() as folder:
        yield folder / "template", make_template(folder / "template")


OUTCOMES: dict[Case, Outcome] = {}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_judging_waits_for_the_engine(case: Case, engine: PrivateEngine, template: tuple[Path, str]) -> None:
    settings = {"runtime": RUNTIME}
    with lone_worker(
        template[0],
        template[0].with_name(f"case-{len(OUTCOMES)}-{case.step}"),
        template[1],
        settings=settings,
        constants=QUICK,
        docker_host=engine.url,
    ) as worker:
        row_id = CASES[case](engine, worker)
        assert worker.stop() == 0
        left_by_dockerd = worker.boxes()
        if left_by_dockerd:  # one that was killed while it removed them: the next worker of this host does it
            worker.start()
        worker.wait(lambda: not worker.boxes(), f"every container to be gone: {engine.docker('ps', '-a').stdout}")
        outcome = OUTCOMES[case] = outcome_of(worker, row_id, left=len(worker.boxes()))
    assert (outcome.verdict, outcome.points) == ("AC", 100.0)
    assert (outcome.recorded, outcome.nought) == (1, 0)


def test_the_table_in_the_documents_says_what_was_seen(engine: PrivateEngine) -> None:
    if len(OUTCOMES) == len(CASES):
        check_table("The engine", OUTCOMES)
