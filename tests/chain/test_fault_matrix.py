"""Every fault at every step of a submission's way: nothing is lost, it is graded once, never 0 by our fault, nothing is left."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from candidates import RIGHT
from fault_table import Case, Outcome, check_table, outcome_of
from lone_worker import LoneWorker, folder_in_memory, lone_worker, make_template

from assessor.cli.worker import STALLED
from sandbox.steps import Step

pytestmark = [pytest.mark.docker, pytest.mark.timeout(1500)]

AT_ONCE = 6
STALL_S = 8
SILENCE_S = 6.0
UNHURRIED = "import time\ntime.sleep(1)\n" + RIGHT

ON_THE_WAY = [step for step in Step if step not in (Step.FAILED, Step.GIVEN_BACK)]
IN_THE_BACKGROUND = (Step.BOX_REMOVING, Step.BOX_REMOVED)
WHILE_IN_THE_BOX = (Step.BOX_TAKEN, Step.FILES_SENT, Step.COMPILED, Step.TEST_SENT, Step.TEST_RUN, Step.TEST_JUDGED)

Act = Callable[[LoneWorker], str]
"""Hands in, lays the fault, waits until it is over; the submission's id."""


def killed(fault: str, worker: LoneWorker) -> str:
    """The process dies at the last fault of the plan, and another one is started."""
    row_id = worker.hand_in(RIGHT)
    process = worker.start(fault)
    assert worker.ended(process) == -signal.SIGKILL
    worker.start(fault)
    worker.wait_until_graded(row_id)
    return row_id


def failed(fault: str, worker: LoneWorker) -> str:
    row_id = worker.hand_in(RIGHT)
    worker.start(fault)
    worker.wait_for_fault(f"{fault}:1")
    worker.wait_until_graded(row_id)
    return row_id


def stuck(fault: str, worker: LoneWorker) -> str:
    """The thread that judges hangs for good: the worker ends by itself, and is started again as `assessor up` does it."""
    row_id = worker.hand_in(RIGHT)
    process = worker.start(fault)
    assert worker.ended(process) == STALLED
    worker.start(fault)
    worker.wait_until_graded(row_id)
    return row_id


def stuck_in_the_background(fault: str, worker: LoneWorker) -> str:
    row_id = worker.hand_in(RIGHT)
    worker.start(fault)
    worker.wait_for_fault(f"{fault}:1")
    worker.wait_until_graded(row_id)
    return row_id


def stopped_while_stuck(fault: str, worker: LoneWorker) -> str:
    row_id = worker.hand_in(RIGHT)
    worker.start(fault)
    worker.wait_for_fault(f"{fault}:1")
    assert worker.stop() == 0
    worker.start(fault)
    worker.wait_until_graded(row_id)
    return row_id


def box_killed(step: Step, worker: LoneWorker) -> str:
    """At the step the worker waits while its container is killed from outside."""
    row_id = worker.hand_in(UNHURRIED)
    worker.start(f"hang@{step}")
    mark = worker.wait_for_fault(f"hang@{step}:1")
    subprocess.run(["docker", "kill", *worker.boxes()], capture_output=True, check=True)
    mark.unlink()
    worker.wait_until_graded(row_id)
    return row_id


def supervisor_stopped(step: Step, worker: LoneWorker) -> str:
    """At the step the first process in the box is stopped from outside: the container lives, and says nothing any more."""
    row_id = worker.hand_in(UNHURRIED)
    worker.start(f"hang@{step}")
    mark = worker.wait_for_fault(f"hang@{step}:1")
    shown = subprocess.run(
        ["docker", "inspect", "-f", "{{.State.Pid}}", *worker.boxes()], capture_output=True, text=True, check=True
    )
    for pid in shown.stdout.split():
        os.kill(int(pid), signal.SIGSTOP)
    mark.unlink()
    worker.wait_until_graded(row_id)
    return row_id


def cases() -> dict[Case, tuple[Act, dict[str, int]]]:
    quick = {"stall_seconds": STALL_S, "stop_seconds": 2}
    found: dict[Case, tuple[Act, dict[str, int]]] = {}
    for step in ON_THE_WAY:
        late = step in IN_THE_BACKGROUND
        either = ("tries", "counted", "seen") if late else ()
        found[Case(step, "kill -9 of the worker", either)] = partial(killed, f"kill@{step}"), {}
    for step in (Step.FAILED, Step.GIVEN_BACK):
        found[Case(step, "kill -9 of the worker")] = partial(killed, f"raise@{Step.BOX_TAKEN},kill@{step}"), {}
    for step in ON_THE_WAY:
        found[Case(step, "an error in the worker")] = partial(failed, f"raise@{step}"), {}
    for step in ON_THE_WAY:
        act = stuck_in_the_background if step in IN_THE_BACKGROUND else stuck
        found[Case(step, "the worker hangs")] = partial(act, f"hang@{step}"), quick
    for step in (Step.CLAIMED, Step.TEST_SENT, Step.JUDGED):
        found[Case(step, "the worker hangs and is stopped")] = partial(stopped_while_stuck, f"hang@{step}"), {"stop_seconds": 2}
    for step in WHILE_IN_THE_BOX:
        found[Case(step, "kill -9 of the container", ("words",))] = partial(box_killed, step), {}
    for step in (Step.BOX_TAKEN, Step.COMPILED, Step.TEST_SENT) if os.geteuid() == 0 else ():
        found[Case(step, "the supervisor stops answering")] = partial(supervisor_stopped, step), {}
    return found


CASES = cases()


def see(act: Act, template: Path, folder: Path, version_id: str, settings: dict[str, int]) -> Outcome:
    constants = {
        "sandbox.containers.CLOSE_S": 2.0,
        "sandbox.ordering.SILENCE_S": SILENCE_S,
        "sandbox.ordering.GRACE_S": SILENCE_S,
    }
    with lone_worker(template, folder, version_id, settings=settings, constants=constants) as worker:
        row_id = act(worker)
        dead = worker.processes[:-1]
        worker.wait(lambda: not boxes_of_dead(worker, len(dead)), "the containers of dead workers to be gone")
        worker.wait(lambda: "worker started" in worker.log().rpartition("faults are laid")[2], "it to be there to be stopped")
        assert worker.stop() in (0, -signal.SIGTERM)  # one that has only just begun ends at once
        worker.wait(lambda: not worker.boxes(), "every container to be gone")
        return outcome_of(worker, row_id, left=len(worker.boxes()))


def boxes_of_dead(worker: LoneWorker, dead: int) -> list[str]:
    return worker.boxes(worker.processes[:dead])


@pytest.fixture(scope="module")
def outcomes(request: pytest.FixtureRequest) -> dict[Case, Future[Outcome]]:
    """All that were asked for, several at a time: most of a case is waiting."""
    asked_for = [getattr(item, "callspec", None) for item in request.session.items]
    wanted = {spec.params["case"] for spec in asked_for if spec is not None and "case" in spec.params}
    with folder_in_memory() as folder, ThreadPoolExecutor(AT_ONCE) as pool:
        version_id = make_template(folder / "template")
        return {
            case: pool.submit(see, act, folder / "template", folder / str(number), version_id, settings)
            for number, (case, (act, settings)) in enumerate(CASES.items())
            if case in wanted
        }


@pytest.mark.parametrize("case", CASES, ids=str)
def test_nothing_is_lost(case: Case, outcomes: dict[Case, Future[Outcome]]) -> None:
    outcome = outcomes[case].result()
    assert (outcome.verdict, outcome.points) == ("AC", 100.0)
    assert (outcome.recorded, outcome.nought, outcome.left) == (1, 0, 0)


def test_the_table_in_the_documents_says_what_was_seen(outcomes: dict[Case, Future[Outcome]]) -> None:
    if len(outcomes) == len(CASES):
        check_table("The worker and its boxes", {case: future.result() for case, future in outcomes.items()})
