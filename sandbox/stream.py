"""The byte stream into and out of a box, as Docker's attach gives it: plain bytes in, numbered chunks out.

Docker puts eight bytes before every chunk that comes out: 1 (standard output) or 2 (standard error), three zeros, and the
size as a big-endian number. https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Container/operation/ContainerAttach
"""

from __future__ import annotations

import contextlib
import select
import socket
import ssl
import struct
import time

_CHUNK = struct.Struct(">BxxxI")
_LENGTH = struct.Struct("<I")
_WOULD_BLOCK = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)
READ_BYTES = 1 << 18
COMPLAINT_BYTES = 4096


class StreamBroken(Exception):
    """The other side has closed the stream, or it failed. `complaint` is the last that was said on standard error."""

    def __init__(self, message: str, complaint: str = "") -> None:
        super().__init__(f"{message}: {complaint}" if complaint else message)
        self.complaint = complaint


class StreamSilent(Exception):
    """Nothing was heard, or nothing was taken, in the time there was."""


class Stream:
    """Frames out of, and bytes into, one socket. Reads while it sends, so neither side can block the other for ever."""

    def __init__(self, connection: socket.socket) -> None:
        connection.setblocking(False)
        self._connection = connection
        self._raw = bytearray()
        self._out = bytearray()
        self._complaint = bytearray()

    def send(self, data: bytes, timeout_s: float) -> None:
        """Send all of it, collecting what comes in meanwhile."""
        deadline = time.monotonic() + timeout_s
        rest = memoryview(data)
        while rest:
            try:
                rest = rest[self._connection.send(rest[:READ_BYTES]) :]
            except _WOULD_BLOCK:
                self._wait(deadline, writing=True)
                self._collect()
            except OSError as error:
                raise StreamBroken(str(error), self._said()) from error

    def read_frame(self, timeout_s: float) -> bytes:
        """The next whole frame, without its length."""
        deadline = time.monotonic() + timeout_s
        (size,) = _LENGTH.unpack(self._take(_LENGTH.size, deadline))
        return self._take(size, deadline)

    def frames_here(self) -> list[bytes]:
        """Every whole frame that can be read without waiting. Raises `StreamBroken` when there is none and never will be."""
        with contextlib.suppress(StreamBroken):
            self._collect()
        frames = []
        while len(self._out) >= _LENGTH.size:
            (size,) = _LENGTH.unpack_from(self._out)
            if len(self._out) < _LENGTH.size + size:
                break
            frames.append(bytes(self._out[_LENGTH.size : _LENGTH.size + size]))
            del self._out[: _LENGTH.size + size]
        if not frames:
            self._collect()
        return frames

    def fileno(self) -> int:
        """For `select`: whether something can be read. Ask for `frames_here` first."""
        return self._connection.fileno()

    def open(self) -> bool:
        """Whether the other side is still there, as far as one look can tell."""
        try:
            self._collect()
        except StreamBroken:
            return False
        return True

    def farewell(self, timeout_s: float) -> bool:
        """Say that nothing more will come, and whether the other side has then closed the stream in the time there was.
        What it still says is dropped."""
        if isinstance(self._connection, ssl.SSLSocket):  # one side of an encrypted stream cannot be closed alone
            return False
        deadline = time.monotonic() + timeout_s
        try:
            self._connection.shutdown(socket.SHUT_WR)
            while (left := deadline - time.monotonic()) > 0 and select.select([self._connection], [], [], left)[0]:
                if not self._connection.recv(READ_BYTES):
                    return True
        except OSError:
            return False
        return False

    def close(self) -> None:
        self._connection.close()

    def _take(self, size: int, deadline: float) -> bytes:
        while len(self._out) < size:
            self._wait(deadline, writing=False)
            self._collect()
        taken = bytes(self._out[:size])
        del self._out[:size]
        return taken

    def _wait(self, deadline: float, *, writing: bool) -> None:
        left = deadline - time.monotonic()
        ready: tuple[list[socket.socket], list[socket.socket], list[socket.socket]] = ([], [], [])
        if isinstance(self._connection, ssl.SSLSocket) and self._connection.pending():
            return
        if left > 0:
            watched = [self._connection]
            ready = select.select(watched, watched if writing else [], [], left)
        if not ready[0] and not ready[1]:
            raise StreamSilent("the sandbox's supervisor did not answer in time")

    def _collect(self) -> None:
        """Everything that can be read without waiting."""
        try:
            while True:
                data = self._connection.recv(READ_BYTES)
                if not data:
                    raise StreamBroken("the sandbox's container has ended", self._said())
                self._raw += data
                self._split()
                if len(data) < READ_BYTES:
                    return
        except _WOULD_BLOCK:
            return
        except OSError as error:
            raise StreamBroken(str(error), self._said()) from error

    def _split(self) -> None:
        start = 0
        while len(self._raw) - start >= _CHUNK.size:
            source, size = _CHUNK.unpack_from(self._raw, start)
            end = start + _CHUNK.size + size
            if len(self._raw) < end:
                break
            chunk = memoryview(self._raw)[start + _CHUNK.size : end]
            if source == 1:
                self._out += chunk
            else:
                self._complaint = (self._complaint + chunk)[-COMPLAINT_BYTES:]
            chunk.release()
            start = end
        del self._raw[:start]

    def _said(self) -> str:
        return self._complaint.decode("utf-8", "replace").strip()
