"""From what the supervisor measured to how a run ended. Pure."""

from __future__ import annotations

import errno
import os
import signal

from sandbox import protocol
from sandbox.protocol import Report
from sandbox.spec import Ending, Limits

NO_MEMORY = (errno.ENOMEM, errno.E2BIG, errno.EAGAIN)


def ending_of(report: Report, limits: Limits, out_of_memory: bytes = b"") -> Ending:
    """The first that applies, in the order of `Ending`.

    `out_of_memory` is what the language's runtime writes to standard error when the heap that we gave it is used up.
    """
    if report.flags & protocol.FLAG_CPU or cpu_us(report) > limits.cpu_ms * 1000:
        return Ending.CPU_LIMIT
    if report.flags & protocol.FLAG_WALL:
        return Ending.WALL_LIMIT
    if _out_of_memory(report, limits, out_of_memory):
        return Ending.MEMORY_LIMIT
    if report.flags & protocol.FLAG_OUTPUT or signal_number(report) == signal.SIGXFSZ:
        return Ending.OUTPUT_LIMIT
    return Ending.SIGNALLED if signal_number(report) else Ending.EXITED


def cpu_us(report: Report) -> int:
    """CPU time of everything the run started. The kernel's count for the whole container includes what a process that
    does not wait for its children hides from the other one."""
    return max(report.rusage_cpu_us, report.cgroup_cpu_us)


def memory_kib(report: Report) -> int:
    """The highest of the largest process and of all together."""
    return max(report.process_peak_kib, report.total_peak_kib)


def signal_number(report: Report) -> int:
    """The signal that ended the program, or 0."""
    return os.WTERMSIG(report.wait_status) if os.WIFSIGNALED(report.wait_status) else 0


def signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"SIG{number}"


def exit_code(report: Report) -> int | None:
    return os.WEXITSTATUS(report.wait_status) if os.WIFEXITED(report.wait_status) else None


def _out_of_memory(report: Report, limits: Limits, marker: bytes) -> bool:
    if report.oom_kills or report.flags & protocol.FLAG_MEMORY or report.exec_errno in NO_MEMORY:
        return True
    if memory_kib(report) > limits.memory_kib:
        return True
    return bool(marker) and report.wait_status != 0 and marker in report.stderr
