"""A cable between the browser and us, to be squeezed and pulled: what is on its way is then lost for both, as on a bad line."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

UP, BACK = "up", "back"


class Wire:
    """Carries bytes to a port of this machine and back."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._ends: list[socket.socket] = []
        self._flows = {UP: threading.Event(), BACK: threading.Event()}
        self._whole = True
        self.plug()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def squeeze(self, way: str) -> None:
        """From now on nothing gets through that way, though the line seems to be there."""
        self._flows[way].clear()

    def pull(self) -> None:
        """Break every connection, and let nobody connect."""
        self._whole = False
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._let_flow()

    def plug(self) -> None:
        self._whole = True
        self._let_flow()

    def _let_flow(self) -> None:
        for flow in self._flows.values():
            flow.set()

    def accept(self) -> None:
        """Until the wire is thrown away."""
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                if not self._whole:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self._to))
                self._ends += [near, far]
                for way, one, other in ((UP, near, far), (BACK, far, near)):
                    threading.Thread(target=self._carry, args=(way, one, other), daemon=True).start()

    def _carry(self, way: str, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                self._flows[way].wait()
                other.sendall(data)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def throw_away(self) -> None:
        self.pull()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        for end in (self._listener, *self._ends):
            end.close()


@contextmanager
def wired(url: str) -> Iterator[Wire]:
    """A wire to the service at `url`."""
    wire = Wire(int(url.rsplit(":", 1)[1]))
    thread = threading.Thread(target=wire.accept, daemon=True)
    thread.start()
    try:
        yield wire
    finally:
        wire.throw_away()
        thread.join()
