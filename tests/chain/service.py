"""The whole service as people run it: `assessor up` with gunicorn, worker and Docker, in a folder and on a port of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assessor.database import Database
from assessor.people.first_start import ensure_first_people, new_signin_link
from assessor.settings import Settings


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Service:
    """A running service and what a test may do to it."""

    process: subprocess.Popen[bytes]
    settings: Settings
    database: Database

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.settings.port}"

    def children(self, command: str) -> list[int]:
        """The process ids of one part (`web` or `worker`), the part's own children included, oldest first."""
        listed = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
        rows = [line.split(None, 2) for line in listed.splitlines()[1:]]
        mine = {self.process.pid}
        found = []
        for pid, parent, args in sorted(rows, key=lambda row: int(row[0])):
            if int(parent) in mine and f"-m assessor {command}" in args:
                mine.add(int(pid))
                found.append(int(pid))
        return found

    def kill(self, command: str) -> None:
        """`kill -9` every process of one part."""
        for pid in self.children(command):
            os.kill(pid, signal.SIGKILL)

    def wait_until_answering(self, seconds: float = 60) -> None:
        def answers() -> bool:
            try:
                with urllib.request.urlopen(self.address + "/healthz", timeout=2) as reply:
                    return bool(reply.status == 200)
            except OSError:
                return False

        wait_for(answers, seconds, "the pages to answer")

    def log(self) -> str:
        return "\n".join(path.read_text()[-4000:] for path in sorted((self.settings.data_dir / "log").glob("*.log")))


def wait_for(condition: Callable[[], bool], seconds: float, what: str) -> None:
    """Poll until it holds; fail with words when it does not in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"waited {seconds} s for {what}"
        time.sleep(0.1)


@contextmanager
def running_service(folder: Path, **environment: str) -> Iterator[Service]:
    """`assessor up` without the demo, until the block ends."""
    settings = Settings(data_dir=folder, port=free_port(), database_url=environment.get("ASSESSOR_DATABASE_URL"))
    command = [sys.executable, "-m", "assessor", "up", "--no-demo", "--port", str(settings.port), "--data", str(folder)]
    process = subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    database = Database(settings.url_of_database)
    service = Service(process, settings, database)
    try:
        service.wait_until_answering()
        yield service
    finally:
        database.close()
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()


def signin_link(service: Service, who: str) -> str:
    """A fresh one-time sign-in link for `admin` or `employer`."""
    from datetime import timedelta

    from assessor.clock import utc_now

    with service.database.writing() as session:
        people = ensure_first_people(session, utc_now())
        account = people.admin if who == "admin" else people.employer
        return f"{service.address}/sign-in/link/{new_signin_link(session, account.id, utc_now(), timedelta(hours=1))}"
