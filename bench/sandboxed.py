"""The contender that is ours: a submission judged in the sandbox, with the time that each stage of it took."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import cast

from assessor.judging.grading import grade
from assessor.judging.limits import limits_for
from assessor.judging.verdicts import Verdict
from bench.measuring import BenchFailure
from bench.programs import Submission
from sandbox.containers import DockerSandbox
from sandbox.languages import Language
from sandbox.spec import Box, CompileOutcome, Limits, RunOutcome, RunSpec, Sandbox, SourceFile

SETTLE_S = 30.0


class Stages:
    """A sandbox that notes how long each stage took: `acquire`, `compile`, `tests` and, among these, `programs`.

    `programs` is what the supervisor measured around the programs themselves: the rest of `tests` is the sandbox's own.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self.seconds: dict[str, float] = {}

    @contextlib.contextmanager
    def box(self, language: Language, memory_kib: int) -> Iterator[Box]:
        """A box of the sandbox's own, timed."""
        began = time.perf_counter()
        with self._sandbox.box(language, memory_kib) as box:
            self.seconds["acquire"] = time.perf_counter() - began
            yield cast(Box, _TimedBox(box, self.seconds))


class _TimedBox:
    """As much of a box as grading these programs uses."""

    def __init__(self, box: Box, seconds: dict[str, float]) -> None:
        self.runtime = box.runtime
        self.acquire_ms = box.acquire_ms
        self._box = box
        self._seconds = seconds

    def compile(self, files: tuple[SourceFile, ...], limits: Limits) -> CompileOutcome:
        began = time.perf_counter()
        outcome = self._box.compile(files, limits)
        self._seconds["compile"] = time.perf_counter() - began
        self._seconds["compiler"] = outcome.wall_ms / 1000
        return outcome

    def run(self, specs: Iterable[RunSpec]) -> Iterator[RunOutcome]:
        began = time.perf_counter()
        programs_ms = 0
        for outcome in self._box.run(specs):
            programs_ms += outcome.wall_ms
            self._seconds["tests"] = time.perf_counter() - began
            self._seconds["programs"] = programs_ms / 1000
            yield outcome


def judge(sandbox: Sandbox, submission: Submission) -> Mapping[str, float]:
    """Judge it once: seconds of the whole as `total`, and of each stage. Raises `BenchFailure` unless it is accepted."""
    stages = Stages(sandbox)
    problem = submission.problem
    limits = limits_for(problem, submission.language)
    began = time.perf_counter()
    found = grade(problem, submission.files, submission.language, stages, limits)
    total = time.perf_counter() - began
    if found.verdict is not Verdict.AC:
        said = found.compile.output or next((test.message for test in found.tests if test.message), "")
        raise BenchFailure(f"the sandbox judged the program in {submission.language.name} {found.verdict}: {said}")
    return {"total": total, **stages.seconds}


def judge_many(sandbox: Sandbox, submission: Submission, times: int, slots: int) -> float:
    """Seconds for judging it `times`, `slots` at the same time."""
    began = time.perf_counter()
    with ThreadPoolExecutor(slots) as pool:
        for _ in pool.map(lambda _number: judge(sandbox, submission), range(times)):
            pass
    return time.perf_counter() - began


def settle(sandbox: DockerSandbox, language: Language, boxes: int) -> None:
    """Wait until the boxes that were used are gone and the next ones are ready: neither may load the next measurement."""
    deadline = time.monotonic() + SETTLE_S
    while sandbox.ready(language) < boxes or sandbox.leftovers(SETTLE_S):
        if time.monotonic() > deadline:
            raise BenchFailure("the sandbox's pool is not filled again: see `assessor doctor`")
        time.sleep(0.02)
