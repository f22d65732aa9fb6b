"""Does a package's data stand its own validators? Every input, and the outputs it brings to try the output validator on.

Each input validator runs in a box of its own on every input: exit status 42 accepts, everything else refuses. Invalid inputs
must be refused by at least one of them. The output validator must accept the answers that are shown with samples and the
outputs that are valid, and reject the invalid ones. The grader must have something to say of every group it grades.

Sources: "Input validators", "Invalid test cases", "Valid output" and "Samples" of
https://icpc.io/problem-package-format/spec/2025-09.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assessor.errors import BadInput
from assessor.judging.executing import given_files
from assessor.judging.failures import JudgeError
from assessor.judging.graders import grader_of
from assessor.judging.limits import validation_limits
from assessor.judging.programs import limits_of_compiling
from assessor.judging.scoring import Points, all_groups
from assessor.judging.sources import in_one_file, language_of
from assessor.judging.tokens import show
from assessor.judging.validating import ACCEPTED, Check, check_of
from assessor.judging.verdicts import Verdict
from challenges.findings import Finding, Severity
from challenges.problem import FormatVersion, InputValidator, Problem, Test
from sandbox.spec import Box, Limits, RunOutcome, RunSpec, Sandbox, SourceFile

SHOWN_REFUSALS = 10
GRADER_RUNS = 2
"""A grader is asked so often about the same sub-results while a package is verified, and must say the same each time."""


def data_findings(problem: Problem, sandbox: Sandbox) -> list[Finding]:
    """Everything that the package's own programs say against its data.

    Raises `SandboxFailure`, and `JudgeError` for a grader with which nothing can be judged.
    """
    inputs, outputs = _input_findings(problem, sandbox), _output_findings(problem, sandbox)
    return [*inputs, *outputs, *_grading_findings(problem, sandbox)]


# --- inputs


def _input_findings(problem: Problem, sandbox: Sandbox) -> Iterator[Finding]:
    proofs = problem.proofs
    own = tuple(test for test in problem.root.all_tests() if not test.static)
    valid = own + proofs.valid_outputs + proofs.invalid_outputs
    let_through = {test.name for test in proofs.invalid_inputs}
    ran = False
    for validator in proofs.input_validators:
        try:
            refusals = _refusals(validator, (*valid, *proofs.invalid_inputs), sandbox, validation_limits(problem))
        except BadInput as error:
            yield Finding(Severity.WARNING, validator.path, None, f"was not run: {error}")
            continue
        except JudgeError as error:
            yield Finding(Severity.ERROR, validator.path, None, str(error))
            continue
        ran = True
        let_through -= set(refusals)
        yield from _told(validator, [(test.name, refusals[test.name]) for test in valid if test.name in refusals])
    for name in sorted(let_through) if ran else ():
        message = "must be refused, but every input validator accepts it; mend a validator or move the input"
        yield Finding(Severity.ERROR, f"data/{name}.in", None, message)


def _told(validator: InputValidator, refused: list[tuple[str, str]]) -> Iterator[Finding]:
    for name, why in refused[:SHOWN_REFUSALS]:
        yield Finding(Severity.ERROR, f"data/{name}.in", None, f"is refused by {validator.path}: {why}")
    if len(refused) > SHOWN_REFUSALS:
        yield Finding(Severity.ERROR, validator.path, None, f"refuses {len(refused) - SHOWN_REFUSALS} more inputs")


def _refusals(validator: InputValidator, tests: tuple[Test, ...], sandbox: Sandbox, limits: Limits) -> dict[str, str]:
    """The tests that a validator does not accept, each with the reason. Raises `BadInput` for a language that is unknown here
    and `JudgeError` for a program that does not compile.
    """
    files = tuple(SourceFile(path, content) for path, content in validator.files)
    language = language_of(files)
    with sandbox.box(language, limits.memory_kib) as box:
        compiled = box.compile(in_one_file(files, language), limits_of_compiling(limits))
        if not compiled.ok:
            raise JudgeError(f"does not compile: {compiled.output.strip()[:2000]}")
        outcomes = _run(box, validator, tests, limits)
        return {
            test.name: _reason(outcome) for test, outcome in zip(tests, outcomes, strict=True) if outcome.exit_code != ACCEPTED
        }


def _run(box: Box, validator: InputValidator, tests: tuple[Test, ...], limits: Limits) -> Iterator[RunOutcome]:
    """Its own files and those of the test are in the working directory."""
    own = {path: SourceFile(path, content) for path, content in validator.files}

    def spec(test: Test) -> RunSpec:
        beside = own | {file.path: file for file in given_files(test)}
        return RunSpec(test.input, limits, validator_args(validator, test), tuple(beside.values()))

    return box.run(map(spec, tests))


def validator_args(validator: InputValidator, test: Test) -> tuple[str, ...]:
    """The arguments meant for the validator, then those of the program."""
    return (*test.input_args.of(validator.name), *test.args)


def _reason(outcome: RunOutcome) -> str:
    said = outcome.stderr.strip() or outcome.stdout.strip()
    how = f"ended by {outcome.signal}" if outcome.signal else f"exit status {outcome.exit_code}"
    return f"{how}. {show(said.splitlines()[-1][:200])}".strip() if said else f"{how}."


# --- outputs


def _output_findings(problem: Problem, sandbox: Sandbox) -> Iterator[Finding]:
    if problem.interactive or problem.multi_pass or (problem.custom_validator and problem.validator is None):
        return
    proofs = problem.proofs
    # Legacy says of an answer file only that the validator may make of it what it likes.
    shown_severity = Severity.WARNING if problem.format_version is FormatVersion.LEGACY else Severity.ERROR
    with check_of(problem, sandbox) as check:
        for test in problem.samples:
            shown = test.answer if test.output is None else test.output
            if test.output is not None or test.shown_answer is None:
                found = _output_finding(check, test, shown, "out" if test.output is not None else "ans", wanted=True)
                yield from (replace(one, severity=shown_severity) for one in found)
        for test in proofs.valid_outputs:
            yield from _output_finding(check, test, test.output or b"", "out", wanted=True)
        for test in proofs.invalid_outputs:
            yield from _output_finding(check, test, test.output or b"", "out", wanted=False)


def _output_finding(check: Check, test: Test, output: bytes, suffix: str, *, wanted: bool) -> Iterator[Finding]:
    path = f"data/{test.name}.{suffix}"
    try:
        checked = check(test, output)
    except JudgeError as error:
        yield Finding(Severity.ERROR, path, None, str(error))
        return
    if wanted and not checked.accepted:
        yield Finding(Severity.ERROR, path, None, f"is not accepted by the output validator: {checked.message[:500]}")
    if not wanted and checked.accepted:
        yield Finding(Severity.ERROR, path, None, "must be rejected, but the output validator accepts it")


# --- groups


def _grading_findings(problem: Problem, sandbox: Sandbox) -> Iterator[Finding]:
    """What the grader makes of groups in which everything is accepted: groups that no example submission reaches count too."""
    if problem.grader is None:
        return
    points = Points(problem)
    with grader_of(problem, sandbox, runs=GRADER_RUNS) as grade_group:
        for group in all_groups(problem.root):
            if group.custom is None or not group.all_tests():
                continue
            decided = grade_group(
                group, tuple(points.best_of(child) for child in group.children if isinstance(child, Test) or child.all_tests())
            )
            if decided.verdict is not Verdict.AC:
                message = (
                    f"decides {decided.verdict} on data/{group.name}, where everything is accepted; check that this is meant"
                )
                yield Finding(Severity.WARNING, problem.grader.path, None, message)
