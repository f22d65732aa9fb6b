"""A Docker Engine that a test may take away: a socket of its own before the real one, which stays as it is for everybody else."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from assessor.database import Database
from assessor.judging.models import WorkerRow

REAL = os.environ.get("DOCKER_HOST", "unix:///var/run/docker.sock").removeprefix("unix://")
READ_BYTES = 1 << 16


class Engine:
    """Hands every connection through to the real engine, until it is taken away.

    While `away()` lasts every connection is cut and new ones are refused. While `renaming()` lasts the engine is asked for
    another image than the client means; the names must be of one length, so that the request stays whole.
    """

    def __init__(self) -> None:
        self._folder = tempfile.mkdtemp(prefix="engine-")
        self.path = Path(self._folder, "docker.sock")
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._renamed: tuple[bytes, bytes] | None = None
        self._listen()

    @property
    def url(self) -> str:
        return f"unix://{self.path}"

    @contextlib.contextmanager
    def away(self) -> Iterator[None]:
        self._cut()
        try:
            yield
        finally:
            self._listen()

    @contextlib.contextmanager
    def renaming(self, image: str, asked_instead: str) -> Iterator[None]:
        assert len(image) == len(asked_instead)
        self._renamed = image.encode(), asked_instead.encode()
        try:
            yield
        finally:
            self._renamed = None

    def close(self) -> None:
        self._cut()
        shutil.rmtree(self._folder)

    def _listen(self) -> None:
        self._listener = socket.socket(socket.AF_UNIX)
        self.path.unlink(missing_ok=True)
        self._listener.bind(str(self.path))
        self._listener.listen(64)
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def _cut(self) -> None:
        with self._lock:
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            for end in self._open:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                real = socket.socket(socket.AF_UNIX)
                real.connect(REAL)
                with self._lock:
                    self._open |= {client, real}
                back = threading.Thread(target=self._pump, args=(real, client), daemon=True)
                threading.Thread(target=self._forth, args=(client, real, back), daemon=True).start()

    def _forth(self, client: socket.socket, real: socket.socket, back: threading.Thread) -> None:
        back.start()
        self._pump(client, real)
        back.join()
        with self._lock:
            self._open -= {client, real}
        client.close()
        real.close()

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        """Bytes one way, and the end of them: an attached stream may be closed in one direction only."""
        with contextlib.suppress(OSError):
            while data := source.recv(READ_BYTES):
                target.sendall(data.replace(*self._renamed) if self._renamed else data)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_WR)


def boxes_of(database: Database) -> list[str]:
    """The ids of all containers that workers on this database have made and that are still there."""
    with database.reading() as session:
        names = session.scalars(sa.select(WorkerRow.name)).all()
    command = ["docker", "ps", "-aq", "--filter"]
    listed = [subprocess.run([*command, f"label=assessor.owner={name}"], capture_output=True, text=True) for name in names]
    return [box for one in listed for box in one.stdout.split()]
