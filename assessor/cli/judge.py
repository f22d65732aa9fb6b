"""`assessor judge PACKAGE SOURCE`: one program against one package, without a database."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from assessor.cli.options import json_option
from assessor.errors import AssessorError, BadInput, Broken
from assessor.judging.grading import check_judgeable, grade
from assessor.judging.including import with_included
from assessor.judging.limits import DEFAULT_CODE_KIB, JudgeLimits, limits_for
from assessor.judging.sources import check_allowed, check_source, language_of, read_source, starting_in
from assessor.judging.verdicts import Grade, TestResult
from assessor.settings import load_settings
from challenges.checking import check_all, errors_of
from challenges.findings import Finding
from challenges.limits_yaml import GREATEST, LONGEST_TIME_LIMIT_S, SHORTEST_TIME_LIMIT_S
from challenges.package import PackageError, open_package
from challenges.problem import Problem
from sandbox.containers import DockerSandbox
from sandbox.languages import Language
from sandbox.spec import Box, Sandbox, SandboxFailure, SourceFile

SHOWN_FINDINGS = 20


@dataclass(frozen=True, slots=True)
class Work:
    """Everything the sandbox needs."""

    problem: Problem
    files: tuple[SourceFile, ...]
    language: Language
    limits: JudgeLimits
    all_tests: bool


class ReadyBox:
    """A sandbox whose first box was made beforehand; whoever made that one destroys it. Any other is made when asked for."""

    def __init__(self, box: Box, sandbox: Sandbox) -> None:
        self._box: Box | None = box
        self._sandbox = sandbox

    @contextlib.contextmanager
    def box(self, language: Language, memory_kib: int) -> Iterator[Box]:
        """The box that is ready, the first time; it is for the program that is judged."""
        ready, self._box = self._box, None
        if ready is None:
            with self._sandbox.box(language, memory_kib) as other:
                yield other
        else:
            ready.acquire_ms = 0
            yield ready


@click.command()
@click.argument("package", type=click.Path(path_type=Path))
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--language", metavar="ID", help="Language of the source; told by the file names without it.")
@click.option("--entry-point", metavar="NAME", help="The file or class a program of several files starts in.")
@click.option(
    "--time-limit",
    type=click.FloatRange(SHORTEST_TIME_LIMIT_S, LONGEST_TIME_LIMIT_S),
    metavar="SECONDS",
    help="CPU time for one test, instead of the package's own limit.",
)
@click.option(
    "--memory", type=click.IntRange(1, GREATEST["memory"]), metavar="MIB", help="Memory, instead of the package's own limit."
)
@click.option("--all-tests", is_flag=True, help="Run every test, also those that a failure makes pointless.")
@json_option
def command(
    package: Path,
    source: Path,
    language: str | None,
    entry_point: str | None,
    time_limit: float | None,
    memory: int | None,
    all_tests: bool,
    as_json: bool,
) -> None:
    """Judge SOURCE (a file, or a folder of files) against PACKAGE (a folder or a zip).

    Exit status: 0 whatever the verdict; 2 the package or the source cannot be used; 3 we could not judge. Times do not include
    making the container, which a worker keeps ready.
    """
    try:
        work = _prepare(package, source, language, entry_point, time_limit, memory, all_tests)
        document = _judge(work, quiet=as_json)
    except AssessorError as error:
        if as_json:
            click.echo(json.dumps({"error": str(error)}, ensure_ascii=False))
        raise
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False))
    else:
        _show(document)


def _prepare(
    package: Path,
    source: Path,
    language_id: str | None,
    entry_point: str | None,
    time_limit: float | None,
    memory: int | None,
    all_tests: bool,
) -> Work:
    """Read and check both inputs. Raises `BadInput`, or `JudgeError` for a package that uses what we cannot run."""
    problem = _problem(package)
    check_judgeable(problem)
    files = read_source(source, problem.limits.code_kib or DEFAULT_CODE_KIB)
    language = language_of(files, language_id)
    check_allowed(problem, language)
    time_ms = None if time_limit is None else round(time_limit * 1000)
    limits = limits_for(problem, language, time_ms, memory)
    check_source(files, language, limits.code_kib)
    whole = with_included(problem, starting_in(files, entry_point, language), language)
    return Work(problem, whole, language, limits, all_tests)


def _problem(path: Path) -> Problem:
    try:
        problem, findings = check_all(open_package(path))
    except PackageError as refused:
        raise BadInput(_told(path, list(refused.findings)), code="bad_package", field="package") from refused
    if problem is None or errors_of(findings):
        raise BadInput(_told(path, errors_of(findings)), code="bad_package", field="package")
    return problem


def _told(path: Path, findings: list[Finding]) -> str:
    lines = [f"  {finding}" for finding in findings[:SHOWN_FINDINGS]]
    return "\n".join([f"The package {path} cannot be used ({len(findings)} findings):", *lines])


def _judge(work: Work, *, quiet: bool) -> dict[str, Any]:
    """Judge in a sandbox of our own. A failure of the sandbox becomes `Broken`."""

    def say(result: TestResult, done: int, total: int) -> None:
        if not quiet:
            click.echo(f"{done}/{total} {result.name} {result.verdict} {result.cpu_ms} ms", err=True)

    try:
        with (
            DockerSandbox(runtime=load_settings().runtime, warm_boxes=0, owner=f"judge-{os.getpid()}") as sandbox,
            sandbox.box(work.language, work.limits.memory_kib) as box,
        ):
            ready = ReadyBox(box, sandbox)
            found = grade(work.problem, work.files, work.language, ready, work.limits, all_tests=work.all_tests, on_result=say)
    except SandboxFailure as failure:
        raise Broken(f"Could not judge: {failure}") from failure
    return document_of(found, work.language, work.limits)


def document_of(found: Grade, language: Language, limits: JudgeLimits) -> dict[str, Any]:
    """The document that `--json` prints."""
    return {
        "verdict": found.verdict.value,
        "score": found.score,
        "max_score": found.max_score,
        "language": language.id,
        "compile": {
            "verdict": found.compile.verdict.value,
            "output": found.compile.output,
            "cpu_ms": found.compile.cpu_ms,
            "wall_ms": found.compile.wall_ms,
        },
        "limits": {"time_ms": limits.time_ms, "memory_kib": limits.memory_kib, "output_kib": limits.output_kib},
        "tests": [_test(result) for result in found.tests],
        "groups": [
            {
                "name": group.name,
                "verdict": group.verdict.value,
                "passed": group.passed,
                "total": group.total,
                "score": group.score,
                "max_score": group.max_score,
            }
            for group in found.groups
        ],
        "sandbox": {"runtime": found.runtime, "acquire_ms": found.acquire_ms, "total_ms": found.total_ms},
    }


def _test(result: TestResult) -> dict[str, Any]:
    return {
        "name": result.name,
        "group": result.group,
        "verdict": result.verdict.value,
        "cpu_ms": result.cpu_ms,
        "wall_ms": result.wall_ms,
        "memory_kib": result.memory_kib,
        "exit_code": result.exit_code,
        "signal": result.signal,
        "output_bytes": result.output_bytes,
        "score": result.score,
        "message": result.message,
    }


def _show(document: dict[str, Any]) -> None:
    """For people: compiler output, one line a test that failed, one line to sum up."""
    if document["compile"]["output"]:
        click.echo(document["compile"]["output"].rstrip())
    for test in document["tests"]:
        if test["message"]:
            click.echo(f"{test['name']}: {test['verdict']}: {test['message']}")
    passed = sum(test["verdict"] == "AC" for test in document["tests"])
    points = "" if document["score"] is None else f", {document['score']:g} of {document['max_score']:g} points"
    click.echo(f"{document['verdict']}{points}, {passed} of {len(document['tests'])} tests run were passed")
