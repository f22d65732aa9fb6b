"""What verifying a package showed, as values and as the JSON document that commands and pages share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assessor.judging.timing import TimePicture
from assessor.judging.verdicts import GroupResult, Verdict
from challenges.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class SubmissionReport:
    """One example submission: what it may earn and what it earned. `verdict` and `ok` are null when it was not judged.

    `observed` are the verdicts of all its tests; `slowest_cpu_ms` is the CPU time of the slowest.
    """

    path: str
    language: str | None
    expected: tuple[str, ...]
    required: tuple[str, ...]
    verdict: Verdict | None = None
    observed: tuple[Verdict, ...] = ()
    score: float | None = None
    max_score: float | None = None
    ok: bool | None = None
    slowest_cpu_ms: int | None = None
    groups: tuple[GroupResult, ...] = ()


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """One package. `time` is null when nothing could be judged."""

    name: str
    findings: tuple[Finding, ...]
    submissions: tuple[SubmissionReport, ...] = ()
    time: TimePicture | None = None

    @property
    def ok(self) -> bool:
        """Whether the package may be published: no error found, and every submission judged earned what it must."""
        sound = not any(finding.severity is Severity.ERROR for finding in self.findings)
        return sound and all(submission.ok is not False for submission in self.submissions)

    def as_document(self, path: str | None = None) -> dict[str, Any]:
        """The report as JSON values; `path` is how the caller named the package."""
        return {
            "path": path or self.name,
            "ok": self.ok,
            "time_limit_ms": None if self.time is None else self.time.limit_ms,
            "time": None if self.time is None else _time(self.time),
            "findings": [_finding(finding) for finding in self.findings],
            "submissions": [_submission(submission) for submission in self.submissions],
        }


def _time(time: TimePicture) -> dict[str, Any]:
    return {
        "limit_ms": time.limit_ms,
        "explicit": time.explicit,
        "slowest_accepted_ms": time.slowest_accepted_ms,
        "fastest_too_slow_ms": time.fastest_too_slow_ms,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {"severity": finding.severity.value, "path": finding.path, "line": finding.line, "message": finding.message}


def _submission(report: SubmissionReport) -> dict[str, Any]:
    return {
        "path": report.path,
        "language": report.language,
        "expected": list(report.expected),
        "required": list(report.required),
        "verdict": None if report.verdict is None else report.verdict.value,
        "observed": [verdict.value for verdict in report.observed],
        "score": report.score,
        "max_score": report.max_score,
        "ok": report.ok,
        "slowest_cpu_ms": report.slowest_cpu_ms,
        "groups": [
            {
                "name": group.name,
                "verdict": group.verdict.value,
                "passed": group.passed,
                "total": group.total,
                "score": group.score,
                "max_score": group.max_score,
            }
            for group in report.groups
        ],
    }
