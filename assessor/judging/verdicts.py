"""The verdicts and what carries them: one test's result, one group's, and the grade of a submission."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What the judge says of a program. `JE` is ours or the author's, never the candidate's, and never becomes a grade."""

    AC = "AC"
    WA = "WA"
    TLE = "TLE"
    MLE = "MLE"
    OLE = "OLE"
    RTE = "RTE"
    CE = "CE"
    JE = "JE"


@dataclass(frozen=True, slots=True)
class TestResult:
    """What one test showed. `message` is for staff; `stdout` and `stderr` are kept (bounded) for samples and runs only.

    `score` is the test's own points in a scoring challenge, null in a pass-fail one. `points` (absolute) or `multiplier` (a
    share of what the test can earn) is what a validator that scores has given; most give neither.
    """

    __test__ = False

    name: str
    group: str
    verdict: Verdict
    cpu_ms: int
    wall_ms: int
    memory_kib: int
    exit_code: int | None
    signal: str | None
    output_bytes: int
    message: str = ""
    score: float | None = None
    stdout: bytes | None = None
    stderr: bytes | None = None
    points: float | None = None
    multiplier: float | None = None


@dataclass(frozen=True, slots=True)
class GroupResult:
    """What one group earned; `score` and `max_score` are null in a pass-fail challenge."""

    name: str
    verdict: Verdict
    passed: int
    total: int
    score: float | None
    max_score: float | None


@dataclass(frozen=True, slots=True)
class CompileResult:
    """What compiling showed; `verdict` is AC or CE."""

    verdict: Verdict
    output: str
    cpu_ms: int
    wall_ms: int


@dataclass(frozen=True, slots=True)
class Grade:
    """Verdict and score of one submission: the verdict of the first failing test in order, the score from the groups.

    `time_limit_ms` is the limit that was kept, `slowdown` by how much it is longer on this host than where it was proven.
    """

    verdict: Verdict
    score: float | None
    max_score: float | None
    compile: CompileResult
    tests: tuple[TestResult, ...]
    groups: tuple[GroupResult, ...]
    runtime: str = ""
    acquire_ms: int = 0
    total_ms: int = 0
    time_limit_ms: int | None = None
    slowdown: float = 1.0
