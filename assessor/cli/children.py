"""The processes of `assessor up`: started, watched, started again when they die, stopped in order."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO

from assessor.cli.heartbeat import own_place
from assessor.errors import Broken
from assessor.settings import Settings

DEATHS_ALLOWED = 3
WITHIN_S = 60.0
STOP_AFTER_S = 35.0
"""How much longer than the worker waits for what it has in hand its end may take."""
LOG_BYTES = 20 * 1024 * 1024
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One part of the service: the subcommand that runs it, and when it died."""

    command: str
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)


class Children:
    """A with-block: whatever happens inside, the children are stopped at its end."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.log_dir = settings.data_dir / "log"
        self.children: list[Child] = []

    def __enter__(self) -> Children:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        """Pages first, so that nothing new arrives, then the worker with what it has in hand."""
        for child in reversed(self.children):
            _stop(child, self.settings.stop_seconds + STOP_AFTER_S)

    def start(self, child: Child) -> None:
        """Start it, or start it again."""
        if child not in self.children:
            self.children.append(child)
        environment = os.environ | {
            "ASSESSOR_DATA_DIR": str(self.settings.data_dir),
            "ASSESSOR_HOST": self.settings.host,
            "ASSESSOR_PORT": str(self.settings.port),
        }
        with self._log(child) as log:
            child.process = subprocess.Popen(  # our own command
                [sys.executable, "-m", "assessor", child.command],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_end_with_parent,  # no threads run yet that could hold a lock the child needs
            )

    def check(self) -> None:
        """Start again what died; raise Broken when one keeps dying."""
        for child in self.children:
            if child.process is None or child.process.poll() is None:
                continue
            now = time.monotonic()
            child.deaths = [moment for moment in child.deaths if now - moment < WITHIN_S] + [now]
            if len(child.deaths) >= DEATHS_ALLOWED:
                raise Broken(
                    f"The {child.command} process ended {DEATHS_ALLOWED} times in a minute. Its last words:\n{self._tail(child)}"
                )
            time.sleep(0.5)
            self.start(child)

    def wait_until_answering(self, stop: threading.Event) -> None:
        """Until the pages answer, at most a minute."""
        deadline = time.monotonic() + 60
        address = f"http://{own_place(self.settings)}/healthz"
        while not stop.wait(0.1):
            self.check()
            if time.monotonic() > deadline:
                raise Broken(f"The pages did not answer within a minute. See {self.log_dir}.")
            try:
                with urllib.request.urlopen(address, timeout=2):  # our own address
                    return
            except (urllib.error.URLError, OSError):
                continue

    @contextmanager
    def _log(self, child: Child) -> Iterator[IO[bytes]]:
        self.log_dir.mkdir(parents=True, exist_ok=True)
        path = self._log_path(child)
        if path.exists() and path.stat().st_size > LOG_BYTES:
            path.replace(path.with_suffix(".log.1"))
        with path.open("ab") as log:
            yield log

    def _log_path(self, child: Child) -> Path:
        return self.log_dir / f"{child.command}.log"

    def _tail(self, child: Child) -> str:
        return "\n".join(self._log_path(child).read_text(errors="replace").splitlines()[-12:])


def _stop(child: Child, patience_s: float) -> None:
    if child.process is None or child.process.poll() is not None:
        return
    child.process.send_signal(signal.SIGTERM)
    try:
        child.process.wait(patience_s)
    except subprocess.TimeoutExpired:
        child.process.kill()
        child.process.wait()


def _end_with_parent() -> None:
    """In the child: be told to stop when the parent is killed, so that no half of the service is left."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
