"""How much a program may use: the table of defaults, and what a package or a caller asks for instead.

The time limit is the first of: the one passed in (derived when the challenge was proven, or an operator's), the package's own,
the default. Deriving needs the example submissions, so a package that has never been verified gets the default; see
`assessor.judging.verifying`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from challenges.problem import Problem
from sandbox.languages import Language
from sandbox.spec import Limits

DEFAULT_TIME_MS = 2000
DEFAULT_MEMORY_MIB = 1024
DEFAULT_OUTPUT_MIB = 8
DEFAULT_CODE_KIB = 128
DEFAULT_COMPILE_TIME_S = 60
DEFAULT_COMPILE_MEMORY_MIB = 2048
COMPILE_OUTPUT_MIB = 64
DEFAULT_VALIDATION_TIME_S = 60
DEFAULT_VALIDATION_MEMORY_MIB = 2048
DEFAULT_VALIDATION_OUTPUT_MIB = 8
DEFAULT_VALIDATION_PASSES = 2

NEAR = 0.10
"""A test that needs up to this share more than the time limit is run again before it counts as too slow."""


@dataclass(frozen=True, slots=True)
class JudgeLimits:
    """The limits of one judging. `time_ms` is CPU time per test, `wall_ms` elapsed time, `code_kib` all source files together.

    `slowdown` says by how much the time is longer here than on the host that proved the limit.
    """

    time_ms: int
    wall_ms: int
    memory_kib: int
    output_kib: int
    code_kib: int
    compile_time_ms: int
    compile_memory_kib: int
    processes: int = 64
    slowdown: float = 1.0

    def of_run(self) -> Limits:
        """The sandbox's limits for one test: a little above the time limit, so that "just over" can be told from "endless"."""
        return Limits(
            cpu_ms=self.time_ms + math.ceil(self.time_ms * NEAR),
            wall_ms=self.wall_ms,
            memory_kib=self.memory_kib,
            output_kib=self.output_kib,
            processes=self.processes,
        )

    def of_compile(self) -> Limits:
        """The sandbox's limits for compiling."""
        return Limits(
            cpu_ms=self.compile_time_ms,
            wall_ms=2 * self.compile_time_ms,
            memory_kib=self.compile_memory_kib,
            output_kib=COMPILE_OUTPUT_MIB * 1024,
            processes=max(self.processes, 64),
        )

    def with_time(self, time_ms: int) -> JudgeLimits:
        """The same with another time limit."""
        return replace(self, time_ms=time_ms, wall_ms=wall_ms_for(time_ms))

    def on_slower_host(self, slowdown: float) -> JudgeLimits:
        """The same for a host that needs `slowdown` times as long, see `assessor.judging.speeds`."""
        return replace(self.with_time(math.ceil(self.time_ms * slowdown)), slowdown=slowdown)


def wall_ms_for(time_ms: int) -> int:
    """Elapsed time that catches sleepers and stopped processes without failing a busy program on a busy machine."""
    return max(3 * time_ms, time_ms + 2000)


def limits_for(
    problem: Problem, language: Language, time_limit_ms: int | None = None, memory_mib: int | None = None
) -> JudgeLimits:
    """The limits for one program in `language`; `time_limit_ms` and `memory_mib` overrule the package."""
    given = problem.limits
    time_ms = math.ceil((time_limit_ms or given.time_limit_ms or DEFAULT_TIME_MS) * time_multiplier(problem, language))
    return JudgeLimits(
        time_ms=time_ms,
        wall_ms=wall_ms_for(time_ms),
        memory_kib=(memory_mib or given.memory_mib or DEFAULT_MEMORY_MIB) * 1024,
        output_kib=(given.output_mib or DEFAULT_OUTPUT_MIB) * 1024,
        code_kib=given.code_kib or DEFAULT_CODE_KIB,
        compile_time_ms=(given.compilation_time_s or DEFAULT_COMPILE_TIME_S) * 1000,
        compile_memory_kib=(given.compilation_memory_mib or DEFAULT_COMPILE_MEMORY_MIB) * 1024,
        processes=language.processes,
    )


def time_multiplier(problem: Problem, language: Language) -> float:
    """How many times the time limit a program in this language gets: as the package says, or as the language's table does."""
    return problem.extras.time_multipliers.get(language.id, language.time_multiplier)


def validation_limits(problem: Problem) -> Limits:
    """What the package's output validator may use for one output."""
    given = problem.limits
    cpu_ms = math.ceil((given.validation_time_s or DEFAULT_VALIDATION_TIME_S) * 1000)
    return Limits(
        cpu_ms=cpu_ms,
        wall_ms=wall_ms_for(cpu_ms),
        memory_kib=(given.validation_memory_mib or DEFAULT_VALIDATION_MEMORY_MIB) * 1024,
        output_kib=(given.validation_output_mib or DEFAULT_VALIDATION_OUTPUT_MIB) * 1024,
    )
