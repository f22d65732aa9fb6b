"""A worker alone: processes that judge what is in a database with one attempt, without pages. Quick to start, easy to kill."""

from __future__ import annotations

import importlib
import json
import multiprocessing
import os
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from one_attempt import begin_attempt, hand_in
from service import wait_for

import assessor.cli.worker  # the fork server loads it once for all processes
from assessor.database import Database
from assessor.judging.calibrating import Calibration
from assessor.judging.faults import FOLDER
from assessor.judging.leases import WorkState
from assessor.judging.models import Submission
from assessor.settings import Settings

PATIENCE_S = 180.0
ONE_AT_A_TIME = threading.Lock()
"""Starting a process looks after all others too, so that two threads would wait for the same news."""
TRIGGERS = (
    "create table history (row_id text, what text)",
    "create trigger recorded after update of state on submission when new.state = 'graded' and old.state <> 'graded'"
    " begin insert into history values (new.id, 'graded'); end",
    "create trigger failed after update of failure on submission when new.failure is not null"
    " begin insert into history values (new.id, new.failure); end",
    "create trigger nought after update of score on submission when new.score = 0"
    " begin insert into history values (new.id, 'nought'); end",
)
"""The database itself remembers what ever was said of a row."""


@contextmanager
def folder_in_memory() -> Iterator[Path]:
    """For data folders: a disk on which others are busy keeps a worker waiting for longer than a fault does."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="workers-", dir=memory if os.access(memory, os.W_OK) else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_template(folder: Path) -> str:
    """A data folder with one attempt, to be copied for each test; the id of the challenge version."""
    database = Database(Settings(data_dir=folder, database_url=None).url_of_database)
    database.migrate()
    version_id = begin_attempt(database)
    with database.writing() as session:
        for trigger in TRIGGERS:
            session.execute(sa.text(trigger))
    database.close()
    return version_id


def be_worker(values: dict[str, Any], constants: dict[str, float], docker_host: str | None, log: str) -> None:
    """In a process of its own. `constants` are waits of the product that would take a test too long."""
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(file, 1)
    os.dup2(file, 2)
    for name, value in constants.items():
        module, _, constant = name.rpartition(".")
        setattr(importlib.import_module(module), constant, value)
    if docker_host is not None:
        os.environ["DOCKER_HOST"] = docker_host
    Calibration.measure_in_background = lambda *_: None  # type: ignore[method-assign]  # its box would meet the faults as well
    assessor.cli.worker.start_logging()
    assessor.cli.worker.run_worker(Settings(**values))


def exit_status(process: ForkServerProcess) -> int | None:
    with ONE_AT_A_TIME:
        return process.exitcode


@dataclass
class LoneWorker:
    """One data folder and the worker processes that were started on it, one after the other."""

    folder: Path
    version_id: str
    settings: dict[str, Any] = field(default_factory=dict)
    constants: dict[str, float] = field(default_factory=dict)
    docker_host: str | None = None
    processes: list[ForkServerProcess] = field(default_factory=list)

    @cached_property
    def database(self) -> Database:
        return Database(self._settings["database_url"])

    @property
    def _settings(self) -> dict[str, Any]:
        base = {"data_dir": self.folder, "database_url": f"sqlite:///{self.folder / 'assessor.db'}", "warm_boxes": 0, "slots": 1}
        return base | self.settings

    def start(self, faults: str = "") -> ForkServerProcess:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["lone_worker"])
        values = self._settings | {"faults": faults}
        arguments = (values, self.constants, self.docker_host, str(self.folder / "log"))
        process = context.Process(target=be_worker, args=arguments)
        with ONE_AT_A_TIME:
            process.start()
        self.processes.append(process)
        return process

    def stop(self) -> int | None:
        """SIGTERM to the last one; its exit status."""
        self.processes[-1].terminate()
        return self.ended(self.processes[-1])

    def ended(self, process: ForkServerProcess) -> int | None:
        """The exit status, once it has ended."""
        self.wait(lambda: exit_status(process) is not None, "the worker to end")
        return exit_status(process)

    def hand_in(self, source: str) -> str:
        return hand_in(self.database, self.version_id, source)

    def row(self, row_id: str) -> Submission:
        with self.database.reading() as session:
            row = session.get_one(Submission, row_id)
            _ = list(row.results)
            return row

    def wait_until_graded(self, row_id: str) -> Submission:
        self.wait(lambda: self.row(row_id).state is WorkState.GRADED, "the submission to be graded")
        return self.row(row_id)

    def wait(self, condition: Any, what: str) -> None:
        try:
            wait_for(condition, PATIENCE_S, what)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.log()}") from None

    # --- faults

    def mark(self, fault: str) -> Path:
        return self.folder / FOLDER / fault

    def wait_for_fault(self, fault: str) -> Path:
        """Until a laid fault has happened; remove the file to let go on what hangs."""
        self.wait(self.mark(fault).exists, f"the fault {fault}")
        return self.mark(fault)

    # --- what was seen

    def history(self, row_id: str) -> list[str]:
        with self.database.reading() as session:
            return list(session.scalars(sa.text("select what from history where row_id = :id"), {"id": row_id}))

    def events(self) -> list[dict[str, Any]]:
        lines = (self.folder / "log").read_text().splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def log(self) -> str:
        path = self.folder / "log"
        return path.read_text()[-6000:] if path.exists() else "(no log)"

    def boxes(self, processes: list[ForkServerProcess] | None = None) -> list[str]:
        """The containers of these processes; without any, of all that ever were started here."""
        host = os.environ if self.docker_host is None else os.environ | {"DOCKER_HOST": self.docker_host}
        shown = '{{.ID}} {{.Label "assessor.owner"}}'
        command = ["docker", "ps", "-a", "--no-trunc", "--format", shown, "--filter", "label=assessor.box"]
        listed = subprocess.run(command, env=host, capture_output=True, text=True, check=True).stdout.splitlines()
        owners = {f"{socket.gethostname()}:{process.pid}" for process in (self.processes if processes is None else processes)}
        return [line.split()[0] for line in listed if line.split()[-1] in owners]


@contextmanager
def lone_worker(template: Path, folder: Path, version_id: str, **more: Any) -> Iterator[LoneWorker]:
    """A copy of the template; nothing is left running at the end."""
    shutil.copytree(template, folder)
    worker = LoneWorker(folder, version_id, **more)
    try:
        yield worker
    finally:
        for process in worker.processes:
            if exit_status(process) is None:
                process.kill()
                worker.ended(process)
        worker.database.close()
