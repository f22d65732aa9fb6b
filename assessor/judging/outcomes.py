"""From what one execution did to a verdict: the first that applies of TLE, MLE, OLE, RTE, then the comparison with the answer."""

from __future__ import annotations

from dataclasses import replace

from assessor.judging.limits import JudgeLimits
from assessor.judging.tokens import show
from assessor.judging.validating import Check, by_comparing
from assessor.judging.verdicts import TestResult, Verdict
from challenges.problem import Test
from sandbox.spec import Ending, RunOutcome

KEPT_BYTES = 64 * 1024


def failure_of(outcome: RunOutcome, limits: JudgeLimits) -> Verdict | None:
    """The verdict of an execution that did not end well, or nothing when its output is to be compared.

    Too much memory needs the sandbox's evidence (the kernel's kill, a peak above the limit); any other death is RTE.
    """
    if is_too_slow(outcome, limits):
        return Verdict.TLE
    died = outcome.ending is Ending.SIGNALLED or (outcome.exit_code is not None and outcome.exit_code != 0)
    if outcome.ending is Ending.MEMORY_LIMIT:
        return Verdict.MLE
    if outcome.ending is Ending.OUTPUT_LIMIT or outcome.output_bytes > limits.output_kib * 1024:
        return Verdict.OLE
    return Verdict.RTE if died else None


def is_too_slow(outcome: RunOutcome, limits: JudgeLimits) -> bool:
    """Whether the time limit was passed, by the CPU's clock or by the one on the wall."""
    return outcome.ending in (Ending.CPU_LIMIT, Ending.WALL_LIMIT) or outcome.cpu_ms > limits.time_ms


def is_near(outcome: RunOutcome, limits: JudgeLimits) -> bool:
    """Whether a program was just over the time limit and no limit stopped it: another run may be just under."""
    return outcome.ending not in (Ending.CPU_LIMIT, Ending.WALL_LIMIT) and outcome.cpu_ms > limits.time_ms


def judge_test(
    test: Test, outcome: RunOutcome, limits: JudgeLimits, *, keep_streams: bool, check: Check = by_comparing
) -> TestResult:
    """The result of one test. Raises `JudgeError` when the package's validator, or its flags, are wrong."""
    verdict = failure_of(outcome, limits)
    if verdict is not None:
        return result_of(test.name, test.group, verdict, describe(verdict, outcome, limits), outcome, keep_streams)
    checked = check(test, outcome.stdout)
    verdict = Verdict.AC if checked.accepted else Verdict.WA
    result = result_of(test.name, test.group, verdict, checked.message, outcome, keep_streams)
    return replace(result, points=checked.given.points, multiplier=checked.given.multiplier)


def run_result(name: str, outcome: RunOutcome, limits: JudgeLimits) -> TestResult:
    """The result of a run that is compared with nothing: AC when it ends well."""
    verdict = failure_of(outcome, limits)
    message = "" if verdict is None else describe(verdict, outcome, limits)
    return result_of(name, "", verdict or Verdict.AC, message, outcome, keep_streams=True)


def result_of(name: str, group: str, verdict: Verdict, message: str, outcome: RunOutcome, keep_streams: bool) -> TestResult:
    """One test's result, with the streams where they are to be kept."""
    return TestResult(
        name=name,
        group=group,
        verdict=verdict,
        cpu_ms=outcome.cpu_ms,
        wall_ms=outcome.wall_ms,
        memory_kib=outcome.memory_kib,
        exit_code=outcome.exit_code,
        signal=outcome.signal,
        output_bytes=outcome.output_bytes,
        message=message,
        stdout=outcome.stdout[:KEPT_BYTES] if keep_streams else None,
        stderr=outcome.stderr[:KEPT_BYTES] if keep_streams else None,
    )


def describe(verdict: Verdict, outcome: RunOutcome, limits: JudgeLimits) -> str:
    """What happened, for staff."""
    match verdict:
        case Verdict.TLE if outcome.ending is Ending.WALL_LIMIT and outcome.cpu_ms <= limits.time_ms:
            return f"Stopped after {outcome.wall_ms} ms without ending; it had used {outcome.cpu_ms} ms of CPU time."
        case Verdict.TLE:
            return f"Used {outcome.cpu_ms} ms of CPU time; the limit is {limits.time_ms} ms."
        case Verdict.MLE:
            return f"Needed more memory than the limit of {limits.memory_kib} KiB."
        case Verdict.OLE:
            return f"Wrote {outcome.output_bytes} bytes or more; the limit is {limits.output_kib} KiB."
        case _:
            how = f"Ended by {outcome.signal}." if outcome.signal else f"Exited with status {outcome.exit_code}."
            lines = outcome.stderr[-2000:].split(b"\n")
            last = next((line for line in reversed(lines) if line.strip()), b"")
            return f"{how} {show(last.strip())}".strip()
