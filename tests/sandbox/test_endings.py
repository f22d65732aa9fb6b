"""From the supervisor's figures to how a run ended."""

from __future__ import annotations

import errno
import signal

import pytest

from sandbox import endings, protocol
from sandbox.protocol import Report, read_report
from sandbox.spec import Ending, Limits
from tests.sandbox.test_protocol import report

LIMITS = Limits(cpu_ms=1000, wall_ms=3000, memory_kib=1000, output_kib=1)


def measured(stderr: bytes = b"", **numbers: int) -> Report:
    return read_report(report(b"", stderr, **numbers))


@pytest.mark.parametrize(
    ("numbers", "ending"),
    [
        ({}, Ending.EXITED),
        ({"wait_status": 1 << 8}, Ending.EXITED),
        ({"wait_status": signal.SIGSEGV}, Ending.SIGNALLED),
        ({"wait_status": signal.SIGXFSZ}, Ending.OUTPUT_LIMIT),
        ({"flags": protocol.FLAG_OUTPUT}, Ending.OUTPUT_LIMIT),
        ({"oom_kills": 1}, Ending.MEMORY_LIMIT),
        ({"process_peak_kib": 1000}, Ending.EXITED),
        ({"process_peak_kib": 1001}, Ending.MEMORY_LIMIT),
        ({"total_peak_kib": 1001}, Ending.MEMORY_LIMIT),
        ({"exec_errno": errno.ENOMEM}, Ending.MEMORY_LIMIT),
        ({"flags": protocol.FLAG_WALL}, Ending.WALL_LIMIT),
        ({"flags": protocol.FLAG_CPU}, Ending.CPU_LIMIT),
        ({"rusage_cpu_us": 1_000_000}, Ending.EXITED),
        ({"rusage_cpu_us": 1_000_001}, Ending.CPU_LIMIT),
        ({"cgroup_cpu_us": 1_000_001}, Ending.CPU_LIMIT),
        ({"flags": protocol.FLAG_LEFTOVERS}, Ending.EXITED),
    ],
)
def test_each_evidence_has_its_ending(numbers: dict[str, int], ending: Ending) -> None:
    assert endings.ending_of(measured(**numbers), LIMITS) is ending


def test_the_first_that_applies_wins() -> None:
    everything = {"oom_kills": 1, "wait_status": signal.SIGKILL}
    order = [Ending.CPU_LIMIT, Ending.WALL_LIMIT, Ending.MEMORY_LIMIT]
    flags = [
        protocol.FLAG_CPU | protocol.FLAG_WALL | protocol.FLAG_OUTPUT,
        protocol.FLAG_WALL | protocol.FLAG_OUTPUT,
        protocol.FLAG_OUTPUT,
    ]
    assert [endings.ending_of(measured(flags=flag, **everything), LIMITS) for flag in flags] == order


def test_a_heap_that_is_used_up_counts_only_when_the_program_failed() -> None:
    said = b"Exception in thread main java.lang.OutOfMemoryError"
    marker = b"java.lang.OutOfMemoryError"
    assert endings.ending_of(measured(said, wait_status=256), LIMITS, marker) is Ending.MEMORY_LIMIT
    assert endings.ending_of(measured(said), LIMITS, marker) is Ending.EXITED
    assert endings.ending_of(measured(said, wait_status=256), LIMITS) is Ending.EXITED


def test_exit_status_and_signal_are_told_apart() -> None:
    assert (endings.exit_code(measured(wait_status=3 << 8)), endings.signal_number(measured(wait_status=3 << 8))) == (3, 0)
    assert (endings.exit_code(measured(wait_status=9)), endings.signal_number(measured(wait_status=9))) == (None, 9)
    assert (endings.signal_name(11), endings.signal_name(40)) == ("SIGSEGV", "SIG40")
