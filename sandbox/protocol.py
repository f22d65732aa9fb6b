"""The language spoken with the supervisor inside a box: frames over one byte stream.

`supervisor/protocol.h` describes every message and holds the same numbers; a test compares the two files.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

VERSION = 6

PING, PRELOAD, FILE, COMPILE, KEEP, DROP = b"P", b"L", b"F", b"C", b"K", b"D"
RUN, GIVE, PLACE, CHECK = b"R", b"G", b"W", b"V"
HEAR, CLOSE, MORE, PULSE, STOP = b"H", b"Q", b"M", b"U", b"S"
READY, DONE, ENDED, CHECKED, FAILED = b"p", b"d", b"r", b"v", b"e"
SAID, TOOK, ALIVE = b"s", b"t", b"u"
FETCH, BRING, PROGRAM = b"A", b"B", b"a"
FOLDER = 2**32 - 1

CHECK_FRESH, CHECK_TALK, CHECK_TAKE = 1, 2, 4

FLAG_WALL, FLAG_CPU, FLAG_MEMORY, FLAG_OUTPUT, FLAG_LEFTOVERS, FLAG_UNCLEAN, FLAG_PRELOADED = (1 << bit for bit in range(7))

WALL_STRETCH = 10
STDERR_BYTES = 65536
STRING_BYTES = 32768
ARGUMENTS = 1024
FEEDBACK_FILES = 16
WINDOW = 65536
FRAME_BYTES = 2**32 - 1

SOURCE_DIR = "/box/source"
BUILD_DIR = "/box/build"
PROGRAM_DIR = "/box/program"
WORK_DIR = "/box/work"
GIVEN_DIR = "/box/given"
FEEDBACK_DIR = "/box/feedback"

_ORDER = struct.Struct("<IIIQQQIBHH")
_REPORT = struct.Struct("<IIIIQQQQQQQI")
_READY = struct.Struct("<IIB")


class ProtocolError(Exception):
    """What came over the stream is no message of this protocol."""


class SupervisorError(Exception):
    """The supervisor answered that it could not do what it was asked. `errno` is the system's number for why."""

    def __init__(self, errno: int, what: str) -> None:
        super().__init__(what)
        self.errno = errno


@dataclass(frozen=True, slots=True)
class Order:
    """One execution: `uid` inside the box, limits, command, environment and standard input. With `preloaded` by the interpreter
    that was started beforehand, where it can."""

    uid: int
    cpu_ms: int
    wall_ms: int
    memory_bytes: int
    output_bytes: int
    file_bytes: int
    processes: int
    command: tuple[str, ...]
    environment: tuple[str, ...]
    stdin: bytes = b""
    preloaded: bool = False


@dataclass(frozen=True, slots=True)
class Ready:
    """The answer to a ping: the supervisor's protocol version, the processors it sees and its cgroup version (0: none)."""

    version: int
    cores: int
    cgroup: int


@dataclass(frozen=True, slots=True)
class Report:
    """What the supervisor measured. `wait_status` is that of wait(2); times in microseconds, peaks in KiB."""

    wait_status: int
    flags: int
    exec_errno: int
    oom_kills: int
    wall_us: int
    rusage_cpu_us: int
    cgroup_cpu_us: int
    process_peak_kib: int
    total_peak_kib: int
    stdout_size: int
    stderr_size: int
    stdout: bytes
    stderr: bytes


def frame(payload: bytes) -> bytes:
    """The payload with its length in front."""
    if len(payload) > FRAME_BYTES:
        raise ValueError(f"a message of {len(payload)} bytes is larger than a frame can be")
    return struct.pack("<I", len(payload)) + payload


def ping() -> bytes:
    return frame(PING)


def preload(command: Sequence[str], environment: Sequence[str]) -> bytes:
    """Start an interpreter by the command that programs will be run with; before any file."""
    strings = [_string(text) for text in (*command, *environment)]
    return frame(PRELOAD + struct.pack("<HH", len(command), len(environment)) + b"".join(strings))


def keep() -> bytes:
    return frame(KEEP)


def drop() -> bytes:
    return frame(DROP)


def put_file(path: str, content: bytes) -> bytes:
    return frame(FILE + _string(path) + struct.pack("<I", len(content)) + content)


def give(name: str, content: bytes) -> bytes:
    """A file that the next program to be checked with can read in GIVEN_DIR."""
    return frame(GIVE + _string(name) + struct.pack("<I", len(content)) + content)


def place(uid: int, path: str, content: bytes) -> bytes:
    """A file that the next program, run with this user id, finds in its working directory."""
    return frame(PLACE + struct.pack("<I", uid) + _string(path) + struct.pack("<I", len(content)) + content)


def fetch(most: int) -> bytes:
    """Ask for the compiled program, if it is no more than so many bytes."""
    return frame(FETCH + struct.pack("<I", most))


def bring(path: str, content: bytes | None) -> bytes:
    """A file of the compiled program, or a folder (without content), in place of compiling it."""
    size = FOLDER if content is None else len(content)
    return frame(BRING + _string(path) + struct.pack("<I", size) + (content or b""))


def order(kind: bytes, order: Order) -> bytes:
    """A COMPILE or RUN request."""
    return frame(b"".join((kind, _head(order), _stdin(order))))


def check(order: Order, wanted: Sequence[str], *, fresh: bool, talk: bool = False, take: bool = False) -> bytes:
    """A CHECK request; `wanted` names the files of the feedback folder to bring back, `fresh` empties it before; with `talk`
    input and output go to and fro in frames until the program has ended; with `take` the last of the files is removed."""
    if len(wanted) > FEEDBACK_FILES:
        raise ValueError("too many files are asked for")
    names = struct.pack("<H", len(wanted)) + b"".join(map(_string, wanted))
    return frame(
        b"".join(
            (
                CHECK,
                bytes([fresh * CHECK_FRESH | talk * CHECK_TALK | take * CHECK_TAKE]),
                _head(order, len(names)),
                names,
                _stdin(order),
            )
        )
    )


def hear(data: bytes) -> bytes:
    """Input for the program that talks."""
    return frame(HEAR + data)


def more(size: int) -> bytes:
    """Allow so many bytes more to be said."""
    return frame(MORE + struct.pack("<I", size))


def close() -> bytes:
    """The end of the input of the program that talks."""
    return frame(CLOSE)


def pulse() -> bytes:
    """Ask how long the program that talks was busy."""
    return frame(PULSE)


def stop() -> bytes:
    """End the program that talks."""
    return frame(STOP)


def _head(order: Order, beside: int = 0) -> bytes:
    strings = [_string(text) for text in (*order.command, *order.environment)]
    if sum(map(len, strings)) + beside >= STRING_BYTES or max(len(order.command), len(order.environment)) > ARGUMENTS:
        raise ValueError("the command line is too long")
    head = _ORDER.pack(
        order.uid,
        order.cpu_ms,
        order.wall_ms,
        order.memory_bytes,
        order.output_bytes,
        order.file_bytes,
        order.processes,
        order.preloaded,
        len(order.command),
        len(order.environment),
    )
    return b"".join((head, *strings))


def _stdin(order: Order) -> bytes:
    return struct.pack("<I", len(order.stdin)) + order.stdin


def read_ready(payload: bytes) -> Ready:
    _expect(payload, READY)
    return Ready(*_unpack(_READY, payload, 1))


def read_done(payload: bytes) -> None:
    _expect(payload, DONE)


def read_report(payload: bytes) -> Report:
    _expect(payload, ENDED)
    return _report(payload)[0]


def read_checked(payload: bytes) -> tuple[Report, dict[str, bytes]]:
    """The report of a CHECK and the files that were found of those asked for, each cut at the order's output limit."""
    _expect(payload, CHECKED)
    report, at = _report(payload)
    (number,) = _unpack(struct.Struct("<H"), payload, at)
    at += 2
    found: dict[str, bytes] = {}
    for _ in range(number):
        (length,) = _unpack(struct.Struct("<H"), payload, at)
        name = payload[at + 2 : at + 2 + length].decode("utf-8", "replace")
        at += 2 + length
        _size, kept = _unpack(struct.Struct("<QI"), payload, at)
        at += 12
        found[name] = payload[at : at + kept]
        at += kept
    if at != len(payload):
        raise ProtocolError("a reply whose files are not as long as it says")
    return report, found


def read_program(payload: bytes) -> dict[str, bytes | None]:
    """The compiled program by path, folders (without content) before what is in them."""
    _expect(payload, PROGRAM)
    found: dict[str, bytes | None] = {}
    at = 1
    while at < len(payload):
        (length,) = _unpack(struct.Struct("<H"), payload, at)
        path = payload[at + 2 : at + 2 + length].decode("utf-8", "surrogateescape")
        at += 2 + length
        (size,) = _unpack(struct.Struct("<I"), payload, at)
        at += 4
        found[path] = None if size == FOLDER else payload[at : at + size]
        at += 0 if size == FOLDER else size
    if at != len(payload):
        raise ProtocolError("a program that is shorter than it says")
    return found


def read_took(payload: bytes) -> int:
    _expect(payload, TOOK)
    return _unpack(struct.Struct("<I"), payload, 1)[0]


def read_alive(payload: bytes) -> int:
    """How many microseconds the program was busy, or kept waiting for a processor."""
    _expect(payload, ALIVE)
    return _unpack(struct.Struct("<Q"), payload, 1)[0]


def _report(payload: bytes) -> tuple[Report, int]:
    """The report at the start of a reply, and where it ends."""
    numbers = _unpack(_REPORT, payload, 1)
    stdout_kept = numbers[-1]
    start = 1 + _REPORT.size
    stdout, rest = payload[start : start + stdout_kept], payload[start + stdout_kept :]
    (stderr_kept,) = _unpack(struct.Struct("<I"), rest, 0)
    stderr = rest[4 : 4 + stderr_kept]
    if len(stdout) != stdout_kept or len(stderr) != stderr_kept:
        raise ProtocolError("a report that is shorter than it says")
    report = Report(*numbers[:11], stdout=stdout, stderr=stderr)  # type: ignore[misc, arg-type]
    return report, start + stdout_kept + 4 + stderr_kept


def _expect(payload: bytes, kind: bytes) -> None:
    if payload[:1] == FAILED:
        errno, size = _unpack(struct.Struct("<IH"), payload, 1)
        raise SupervisorError(errno, payload[7 : 7 + size].decode("utf-8", "replace"))
    if payload[:1] != kind:
        raise ProtocolError(f"expected a reply of kind {kind!r}, got {payload[:1]!r}")


def _unpack(layout: struct.Struct, payload: bytes, offset: int) -> Sequence[int]:
    try:
        return layout.unpack_from(payload, offset)
    except struct.error:
        raise ProtocolError("a reply that is shorter than its kind needs") from None


def _string(text: str) -> bytes:
    raw = text.encode("utf-8", "surrogateescape")
    if b"\0" in raw or len(raw) > 0xFFFF:
        raise ValueError("a string with a zero byte, or a too long one, cannot be passed to a program")
    return struct.pack("<H", len(raw)) + raw
