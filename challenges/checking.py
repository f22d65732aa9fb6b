"""Everything that is wrong with a package, without a database and without running anything.

`check_all` reads the package and looks at how its parts fit together. `findings_before_publishing` adds what a package may
lack while it is written, but not when candidates are to meet it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from challenges.extras_checks import check_extras
from challenges.findings import Finding, Report, Severity
from challenges.latex_commands import DRAWINGS
from challenges.package import Package
from challenges.paths import is_surprising, printable
from challenges.problem import Problem, Statement, StatementFormat, TestGroup
from challenges.problem_yaml import PATH
from challenges.reading import read_problem
from challenges.statement_files import FOLDERS
from challenges.validators import folder_of

_LATEX_PICTURE = re.compile(
    r"\\includegraphics\s*(?:\[[^\]]{0,300}\])?\s*\{([^{}]{1,300})\}|\\illustration\s*\{[^{}]{0,50}\}\s*\{([^{}]{1,300})\}"
)
_MARKDOWN_PICTURE = re.compile(r"!\[[^\]]{0,1000}\]\(\s*<?([^)\s>]{1,1000})")
_DRAWING = re.compile(r"\\begin\{(" + "|".join(sorted(DRAWINGS - {"comment"})) + r")\}")
_SAMPLE_NAMES = re.compile(r"(?i)(^|[/_.-])(sample|example)s?([_.-]?\d*)\Z")


def check_all(package: Package) -> tuple[Problem | None, list[Finding]]:
    """The problem, null when it cannot be read, and every finding."""
    problem, findings = read_problem(package)
    report = Report()
    _check_ignored(package, report)
    if problem is not None:
        _check_tests(problem, report)
        _check_statements(problem, report)
        _check_submissions(package, problem, report)
        check_extras(package, problem, {group.name for group in _groups(problem.root)} - {""}, report)
        for feature in problem.unsupported:
            report.warning(PATH, f"the package has {feature}: not supported yet, so it cannot be published")
    return problem, findings + report.findings


def findings_before_publishing(problem: Problem) -> list[Finding]:
    """Errors that stop a readable package from being published."""
    report = Report()
    for feature in problem.unsupported:
        report.error(PATH, f"the package has {feature}, which cannot be judged here yet; it cannot be published")
    if problem.custom_validator and problem.validator is None and not problem.unsupported:
        report.error(folder_of(problem.format_version), "the program of the custom output validator is missing; add it")
    if not any(submission.permitted == {"AC"} for submission in problem.submissions):
        report.error("submissions/accepted", "there is no example submission that must be accepted; add one to be published")
    if not problem.statements:
        report.error("statement", "there is no statement; add one, such as statement/problem.en.md")
    if not _secret_tests(problem):
        report.error("data/secret", "there are no secret tests; add at least one")
    return report.findings


def errors_of(findings: list[Finding]) -> list[Finding]:
    """The findings a package cannot be used with."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def _check_ignored(package: Package, report: Report) -> None:
    for path in package.ignored:
        if is_surprising(path):
            message = "is ignored, as the format asks for names with other characters than letters, digits, `_`, `.` and `-`"
            report.warning(printable(path), message + "; rename it if it is needed")


def _check_tests(problem: Problem, report: Report) -> None:
    if not _secret_tests(problem):
        report.error("data/secret", "there are no secret tests; add at least one `.in` with its `.ans`")
    if not problem.samples and not problem.interactions:
        report.warning("data/sample", "there are no samples; show candidates at least one example")
    for test in _secret_tests(problem):
        if _SAMPLE_NAMES.search(test):
            report.warning(f"data/{test}.in", "is called a sample but lies among the secret tests; samples belong in data/sample")
    for group in _groups(problem.root):
        if group.name.count("/") and not group.all_tests():
            report.warning(f"data/{group.name}", "the group has no tests; add some or remove the folder")
    for name, first in _repeated(problem):
        report.warning(f"data/{name}.in", f"has the same input as {first} in the same group; one of them tells nothing new")


def _secret_tests(problem: Problem) -> list[str]:
    return [test.name for test in problem.root.all_tests() if test.name.startswith("secret/")]


def _groups(group: TestGroup) -> Iterator[TestGroup]:
    yield group
    for below in group.groups:
        yield from _groups(below)


def _repeated(problem: Problem) -> Iterator[tuple[str, str]]:
    for group in _groups(problem.root):
        seen: dict[tuple[bytes, tuple[str, ...]], str] = {}
        for test in group.tests:
            key = (test.input, test.args)
            if key in seen and not problem.interactive:
                yield test.name, seen[key]
            seen.setdefault(key, test.name)


def _check_statements(problem: Problem, report: Report) -> None:
    folder = FOLDERS[problem.format_version][0]
    if not problem.statements:
        report.error(folder, f"there is no statement; add one, such as {folder}/problem.en.md")
    for statement in problem.statements:
        _check_pictures(statement, report)
        _check_drawings(statement, report)


def _check_pictures(statement: Statement, report: Report) -> None:
    present = {name for name, _ in statement.images}
    path = statement.path
    for picture, line in _pictures(statement):
        if picture.startswith(("http://", "https://", "//")):
            report.warning(path, f"shows `{picture}` of another site, which is not loaded; put it beside the statement", line)
        elif picture not in present and not any(name.rpartition(".")[0] == picture for name in present):
            report.warning(path, f"shows the picture `{picture}`, which is not beside the statement; add it", line)


def _check_drawings(statement: Statement, report: Report) -> None:
    if statement.format is StatementFormat.LATEX:
        for number, line in enumerate(statement.source.splitlines(), start=1):
            match = _DRAWING.search(line.partition("%")[0])
            if match is not None:
                report.warning(statement.path, f"draws with `{match[1]}`, which is not shown; put a picture in its place", number)


def _pictures(statement: Statement) -> Iterator[tuple[str, int]]:
    latex = statement.format is StatementFormat.LATEX
    for number, line in enumerate(statement.source.splitlines(), start=1):
        text = re.sub(r"(?<!\\)%.*", "", line) if latex else line
        for match in (_LATEX_PICTURE if latex else _MARKDOWN_PICTURE).finditer(text):
            yield next(name for name in match.groups() if name).strip().removeprefix("./"), number


def _check_submissions(package: Package, problem: Problem, report: Report) -> None:
    if not any(path.startswith("submissions/") for path in package.files):
        message = "there is no example submission; publishing needs at least one in submissions/accepted"
        report.warning("submissions", message)
    elif not any(submission.permitted == {"AC"} for submission in problem.submissions):
        report.warning("submissions/accepted", "there is no example submission that must be accepted; publishing needs one")
    for submission in problem.submissions:
        if not any(content.strip() for _, content in submission.files):
            report.error(submission.path, "the example submission is empty; write it or remove it")
