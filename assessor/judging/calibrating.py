"""How fast this host is: the CPU time of a fixed program, run in the sandbox as a candidate's would be.

A time limit is proven on one host and kept on another. Where a host needs longer for the reference program than the host did
that proved the limit, limits are longer in proportion (`assessor.judging.speeds`). The program counts, hashes and looks things
up in a table larger than the nearest caches, in about equal parts: what judged programs mostly do. The fastest of several runs
counts, which whatever else the machine does disturbs least.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import structlog

from sandbox.languages import LANGUAGES
from sandbox.spec import Ending, Limits, RunOutcome, RunSpec, Sandbox, SandboxFailure, SourceFile

log = structlog.get_logger(__name__)

RUNS = 5
BUDGET_S = 10.0
AGAIN_AFTER_S = 60.0
LIMITS = Limits(cpu_ms=20_000, wall_ms=60_000, memory_kib=256 * 1024, output_kib=64)
ANSWER = b"1130236976 2999725\n"
REFERENCE = r"""
#include <stdint.h>
#include <stdio.h>

static uint32_t table[1 << 19];

int main(void) {
    uint64_t x = 88172645463325252ull;
    uint32_t sum = 0, met = 0;
    for (uint32_t i = 0; i < 1u << 19; i++) { x ^= x << 13; x ^= x >> 7; x ^= x << 17; table[i] = (uint32_t)x; }
    for (uint32_t i = 0; i < 10000000u; i++) { x ^= x << 13; x ^= x >> 7; x ^= x << 17; sum = sum * 31u + (uint32_t)(x >> 32); }
    for (uint32_t i = 0; i < 10000000u; i++) { sum ^= table[(sum * 2654435761u + i) >> 13]; }
    for (uint32_t i = 2; i < 6000000u; i++) { if ((i * 2654435761u & 0xffffu) % 7u == 3u) met += i & 7u; }
    printf("%u %u\n", sum, met);
    return 0;
}
"""


def measure(sandbox: Sandbox, budget_s: float = BUDGET_S) -> int:
    """CPU milliseconds of the reference program on this host. Raises `SandboxFailure`.

    On a host that is so busy that the runs take longer than `budget_s`, no more are begun.
    """
    language = LANGUAGES["c"]
    with sandbox.box(language, LIMITS.memory_kib) as box:
        compiled = box.compile((SourceFile(language.source_name, REFERENCE.encode()),), LIMITS)
        if not compiled.ok:
            raise SandboxFailure(f"the reference program does not compile: {compiled.output[:500]}", retry=False)
        outcomes = list(box.run(_runs(time.monotonic() + budget_s)))
    if not all(_is_right(outcome) for outcome in outcomes):
        raise SandboxFailure("the reference program did not do what it must", retry=True)
    return max(1, min(outcome.cpu_ms for outcome in outcomes))


class Calibration:
    """This host's speed, measured once in the life of a process."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._measuring = threading.Lock()
        self.known_ms: int | None = None

    def reference_ms(self) -> int:
        """Measured now unless it is known. Raises `SandboxFailure`."""
        with self._measuring:
            if self.known_ms is None:
                self.known_ms = measure(self._sandbox)
                log.info("calibrated", reference_ms=self.known_ms)
            return self.known_ms

    def measure_in_background(self, stopping: threading.Event) -> threading.Thread:
        """Measure without keeping anybody waiting; again after a while where the sandbox fails."""
        thread = threading.Thread(target=self._until_known, args=(stopping,), name="calibration", daemon=True)
        thread.start()
        return thread

    def _until_known(self, stopping: threading.Event) -> None:
        while not stopping.is_set():
            try:
                self.reference_ms()
            except SandboxFailure as failure:
                log.warning("not calibrated", failure=str(failure))
            else:
                return
            stopping.wait(AGAIN_AFTER_S)


def _runs(until: float) -> Iterator[RunSpec]:
    for number in range(RUNS):
        if number == 0 or time.monotonic() < until:
            yield RunSpec(b"", LIMITS)


def _is_right(outcome: RunOutcome) -> bool:
    return outcome.ending is Ending.EXITED and outcome.exit_code == 0 and outcome.stdout == ANSWER
