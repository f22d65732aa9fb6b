"""The language spoken with the supervisor: the same on both sides, and strict."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sandbox
from sandbox import protocol
from sandbox.protocol import Order, ProtocolError, SupervisorError

HEADER = Path(sandbox.__file__).parent / "supervisor" / "protocol.h"


def report(stdout: bytes = b"", stderr: bytes = b"", kind: bytes = protocol.ENDED, **numbers: int) -> bytes:
    """What a supervisor would answer, without the frame's length."""
    names = ("wait_status", "flags", "exec_errno", "oom_kills", "wall_us", "rusage_cpu_us", "cgroup_cpu_us", "process_peak_kib")
    names += ("total_peak_kib", "stdout_size", "stderr_size")
    head = struct.pack("<IIIIQQQQQQQ", *(numbers.get(name, 0) for name in names))
    return kind + head + struct.pack("<I", len(stdout)) + stdout + struct.pack("<I", len(stderr)) + stderr


def order(**changes: object) -> Order:
    usual: dict[str, object] = {
        "uid": 20_000,
        "cpu_ms": 1,
        "wall_ms": 2,
        "memory_bytes": 3,
        "output_bytes": 4,
        "file_bytes": 5,
        "processes": 6,
        "command": ("/bin/x", "é"),
        "environment": ("A=b",),
        "stdin": b"in",
    }
    return Order(**(usual | changes))  # type: ignore[arg-type]


def test_every_number_in_the_header_is_the_same_in_python() -> None:
    text = HEADER.read_text()
    numbers = dict(re.findall(r"^#define (\w+) ('.'|\d+|\"[^\"]*\")", text, re.MULTILINE))
    python = {"PROTOCOL_VERSION": protocol.VERSION}
    for name in numbers:
        if name.startswith("KIND_"):
            python[name] = getattr(protocol, name.removeprefix("KIND_"))
        elif name != "PROTOCOL_VERSION":
            python[name] = getattr(protocol, name)
    assert {name: read(value) for name, value in numbers.items()} == python
    assert len(numbers) >= 20


def read(value: str) -> object:
    if value.startswith("'"):
        return value[1].encode()
    return value.strip('"') if value.startswith('"') else int(value)


def test_an_order_is_laid_out_as_the_header_says() -> None:
    sent = protocol.order(protocol.RUN, order())
    size, kind, uid, cpu, wall, memory, output, files, *rest = struct.unpack_from("<IcIIIQQQIBHH", sent)
    assert (size, kind) == (len(sent) - 4, b"R")
    assert (uid, cpu, wall, memory, output, files) == (20_000, 1, 2, 3, 4, 5)
    assert rest == [6, False, 2, 1]
    assert sent.endswith(b"\x06\x00/bin/x\x02\x00\xc3\xa9\x03\x00A=b\x02\x00\x00\x00in")


@pytest.mark.parametrize("command", [("x" * 40_000,), ("a\0b",), ("x",) * 2000])
def test_a_command_that_cannot_be_passed_on_is_refused(command: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"too long|zero byte"):
        protocol.order(protocol.RUN, order(command=command))


def test_a_report_is_read_whole() -> None:
    found = protocol.read_report(report(b"out", b"err", wait_status=256, oom_kills=1, stdout_size=3, total_peak_kib=77))
    assert (found.wait_status, found.oom_kills, found.total_peak_kib, found.stdout, found.stderr) == (256, 1, 77, b"out", b"err")


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_a_report_carries_any_bytes(stdout: bytes, stderr: bytes) -> None:
    found = protocol.read_report(report(stdout, stderr))
    assert (found.stdout, found.stderr) == (stdout, stderr)


@given(st.integers(0, 70))
def test_a_report_that_is_cut_short_is_refused(size: int) -> None:
    with pytest.raises(ProtocolError):
        protocol.read_report(report(b"out", b"err")[:size])


def test_an_answer_of_another_kind_is_refused() -> None:
    with pytest.raises(ProtocolError, match="expected a reply"):
        protocol.read_done(report())


def test_the_supervisors_own_failure_says_why() -> None:
    with pytest.raises(SupervisorError, match="no room") as caught:
        protocol.read_done(b"e" + struct.pack("<IH", 28, 7) + b"no room")
    assert caught.value.errno == 28


def test_a_file_for_the_working_directory_names_its_user() -> None:
    assert protocol.place(20_001, "a/b", b"xyz") == protocol.frame(
        b"W" + (20_001).to_bytes(4, "little") + b"\3\0a/b" + b"\3\0\0\0xyz"
    )


def checked(**files: bytes) -> bytes:
    """A report of a program that judges, with the feedback it left."""
    parts = [
        struct.pack("<H", len(name)) + name.encode() + struct.pack("<QI", 99, len(text)) + text for name, text in files.items()
    ]
    return report(b"out", b"err", kind=protocol.CHECKED) + struct.pack("<H", len(files)) + b"".join(parts)


def test_feedback_comes_with_the_report() -> None:
    found, feedback = protocol.read_checked(checked(message=b"no", score=b""))
    assert (found.stdout, found.stderr, feedback) == (b"out", b"err", {"message": b"no", "score": b""})


@given(st.integers(0, len(checked(message=b"no")) - 1))
def test_feedback_that_is_cut_short_is_refused(size: int) -> None:
    with pytest.raises(ProtocolError):
        protocol.read_checked(checked(message=b"no")[:size])


def test_what_a_check_asks_for_stands_before_its_input() -> None:
    sent = protocol.check(order(), ("score.txt",), fresh=True)
    assert sent[4:6] == b"V\x01"
    assert sent.endswith(b"A=b\x01\x00\x09\x00score.txt\x02\x00\x00\x00in")
    with pytest.raises(ValueError, match="too many files"):
        protocol.check(order(), ["x"] * 17, fresh=False)
