"""Small packages for tests, as files by path: a whole one of each version, changed by the test at the one place it is about."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from challenges.checking import check_all
from challenges.findings import Finding, Severity
from challenges.package import Package, open_zip
from challenges.problem import Problem
from challenges.reading import read_problem

PROBLEM_2025 = """\
problem_format_version: 2025-09
uuid: 0b0c2f5e-3f4f-4f0a-9a1d-6f2d3c4b5a69
type: pass-fail
name:
  en: Double it
"""

PLAIN_2025: Mapping[str, str] = {
    "problem.yaml": PROBLEM_2025,
    "statement/problem.en.md": "Print twice the number.\n",
    "data/sample/1.in": "2\n",
    "data/sample/1.ans": "4\n",
    "data/secret/1.in": "21\n",
    "data/secret/1.ans": "42\n",
    "submissions/accepted/double.py": "print(2 * int(input()))\n",
}

SCORING_2025: Mapping[str, str] = {
    **{path: text for path, text in PLAIN_2025.items() if not path.startswith("data/secret/")},
    "problem.yaml": PROBLEM_2025.replace("pass-fail", "scoring"),
    "data/secret/large/test_group.yaml": "max_score: 60\nrequire_pass: secret/basic\n",
    "data/secret/large/1.in": "1000000\n",
    "data/secret/large/1.ans": "2000000\n",
    "data/secret/basic/test_group.yaml": "max_score: 40\n",
    "data/secret/basic/2.in": "5\n",
    "data/secret/basic/2.ans": "10\n",
    "data/secret/basic/1.in": "4\n",
    "data/secret/basic/1.ans": "8\n",
}

PLAIN_LEGACY: Mapping[str, str] = {
    "problem.yaml": "name: Double it\n",
    "problem_statement/problem.en.tex": "\\problemname{Double it}\nPrint twice the number.\n",
    "data/sample/1.in": "2\n",
    "data/sample/1.ans": "4\n",
    "data/secret/1.in": "21\n",
    "data/secret/1.ans": "42\n",
    "submissions/accepted/double.py": "print(2 * int(input()))\n",
}

SCORING_LEGACY: Mapping[str, str] = {
    **{path: text for path, text in PLAIN_LEGACY.items() if not path.startswith("data/secret/")},
    "problem.yaml": "name: Double it\ntype: scoring\n",
    "data/testdata.yaml": "on_reject: continue\nrange: 0 100\ngrader_flags: ignore_sample\n",
    "data/secret/testdata.yaml": "grader_flags: first_error accept_if_any_accepted\n",
    "data/secret/group1/testdata.yaml": "on_reject: break\naccept_score: 40\nrange: 0 40\ngrader_flags: min\n",
    "data/secret/group1/1.in": "1\n",
    "data/secret/group1/1.ans": "2\n",
    "data/secret/group2/testdata.yaml": "accept_score: 60\ngrader_flags: min\n",
    "data/secret/group2/1.in": "3\n",
    "data/secret/group2/1.ans": "6\n",
}


def zipped(files: Mapping[str, str | bytes], top: str = "") -> bytes:
    """The files as an ordinary zip, below a folder `top` when it is given."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(f"{top}/{path}" if top else path, content)
    return buffer.getvalue()


def in_folder(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """The files written below `root`."""
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def package(files: Mapping[str, str | bytes], changes: Mapping[str, str | bytes | None] | None = None) -> Package:
    """A package of `files` with some of them changed, added, or (null) left out."""
    wanted = {**files, **(changes or {})}
    return open_zip("double.zip", zipped({path: content for path, content in wanted.items() if content is not None}))


def read(files: Mapping[str, str | bytes], changes: Mapping[str, str | bytes | None] | None = None) -> Problem:
    """The problem of a package that must be without errors."""
    problem, findings = read_problem(package(files, changes))
    assert problem is not None, [str(finding) for finding in findings]
    return problem


def findings_of(files: Mapping[str, str | bytes], changes: Mapping[str, str | bytes | None] | None = None) -> list[Finding]:
    """Everything `check_all` has to say."""
    return check_all(package(files, changes))[1]


def errors_of(files: Mapping[str, str | bytes], changes: Mapping[str, str | bytes | None] | None = None) -> list[str]:
    """The errors, each as `path:line: message`."""
    found = [finding for finding in findings_of(files, changes) if finding.severity is Severity.ERROR]
    return [f"{finding.path}:{finding.line}: {finding.message}" for finding in found]


def warnings_of(files: Mapping[str, str | bytes], changes: Mapping[str, str | bytes | None] | None = None) -> list[str]:
    """The warnings, each as `path:line: message`."""
    found = [finding for finding in findings_of(files, changes) if finding.severity is Severity.WARNING]
    return [f"{finding.path}:{finding.line}: {finding.message}" for finding in found]
