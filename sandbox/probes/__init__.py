"""Programs that prove the sandbox, as data: ordinary ones, unlucky ones and hostile ones, each with its safe outcome."""

from __future__ import annotations

from dataclasses import dataclass, field

from sandbox.spec import Ending, Limits

CPU_MS, WALL_MS, MEMORY_KIB, OUTPUT_KIB = 1000, 3000, 256 * 1024, 1024
STOPPED = frozenset({Ending.CPU_LIMIT, Ending.WALL_LIMIT})
FINISHED = frozenset({Ending.EXITED})
DIED = frozenset({Ending.EXITED, Ending.SIGNALLED})


@dataclass(frozen=True, slots=True)
class Probe:
    """One program, and what must come of it.

    `threats` are numbers of the list in `docs/threats.md`. `runs` are the command-line arguments of each run; every run must
    end in one of `endings`, with an exit status of 0 if `succeeds` (of something else if it is false, either if null), and
    print exactly `stdout` where that is given. `compiles` false means that the program must be refused by the compiler.
    `path` is the name of its file where that is the attack; `compiler` a command to compile it with instead of the
    language's own, for what a compiler might be talked into.
    """

    name: str
    language: str
    source: str | bytes
    endings: frozenset[Ending] = FINISHED
    threats: tuple[int, ...] = ()
    stdin: bytes = b""
    runs: tuple[tuple[str, ...], ...] = ((),)
    stdout: bytes | None = None
    succeeds: bool | None = True
    compiles: bool | None = True
    path: str = ""
    compiler: tuple[str, ...] = ()
    limits: Limits = field(default_factory=lambda: Limits(CPU_MS, WALL_MS, MEMORY_KIB, OUTPUT_KIB))


def limits(*, cpu_ms: int = CPU_MS, wall_ms: int = 0, memory_kib: int = MEMORY_KIB, output_kib: int = OUTPUT_KIB) -> Limits:
    """The probes' usual limits, with the differences that matter."""
    return Limits(cpu_ms, wall_ms or 3 * cpu_ms, memory_kib, output_kib)
