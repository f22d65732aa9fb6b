"""Faults laid on the steps of judging, to prove that a service survives them. Nothing is laid unless the setting says so.

A plan is `ACTION@STEP[:N]`, several with commas: at the Nth time that any thread reaches the step, the process is killed
(`kill`), the step fails (`raise`), or it stands still (`hang`). Each fault happens once for a data folder, so that the worker
that is started again shows the recovery: a file `faults/ACTION@STEP:N` says that it has happened. What hangs goes on when the
file is removed.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import structlog

from assessor.errors import BadInput
from sandbox import steps
from sandbox.steps import Step

log = structlog.get_logger(__name__)

FOLDER = "faults"
LOOK_EVERY_S = 0.02


class Action(StrEnum):
    """What happens at a step."""

    KILL = "kill"
    RAISE = "raise"
    HANG = "hang"


class LaidFault(Exception):
    """What a step fails with by order: nobody knows this kind, as with a mistake of ours."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One action at the `passing`th time that a step is reached."""

    action: Action
    step: Step
    passing: int = 1

    def __str__(self) -> str:
        return f"{self.action}@{self.step}:{self.passing}"


def parse_plan(plan: str) -> tuple[Fault, ...]:
    """The faults of a plan. Raises BadInput for what is none."""
    return tuple(_parse(part.strip()) for part in plan.split(",") if part.strip())


def _parse(text: str) -> Fault:
    action, _, place = text.partition("@")
    step, _, passing = place.partition(":")
    try:
        return Fault(Action(action), Step(step), int(passing or 1))
    except ValueError as error:
        raise BadInput(f"{text!r} is no fault: write ACTION@STEP or ACTION@STEP:N") from error


def lay(plan: str, data_dir: Path) -> None:
    """Lay the faults of a plan on this process's steps."""
    faults = parse_plan(plan)
    if faults:
        log.warning("faults are laid", plan=plan)
        steps.on_step(Faults(faults, data_dir / FOLDER))


class Faults:
    """Counts the steps and lets happen what is laid on them."""

    def __init__(self, faults: tuple[Fault, ...], folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._faults = [fault for fault in faults if not (folder / str(fault)).exists()]
        self._passed: Counter[Step] = Counter()
        self._lock = threading.Lock()

    def __call__(self, step: Step) -> None:
        with self._lock:
            self._passed[step] += 1
            due = [fault for fault in self._faults if fault.step is step and fault.passing == self._passed[step]]
        for fault in due:
            self._happen(fault)

    def _happen(self, fault: Fault) -> None:
        mark = self._folder / str(fault)
        mark.touch()
        match fault.action:
            case Action.KILL:
                os.kill(os.getpid(), signal.SIGKILL)
            case Action.RAISE:
                raise LaidFault(f"a fault was laid on the step {fault.step}")
            case Action.HANG:
                while mark.exists():
                    time.sleep(LOOK_EVERY_S)
