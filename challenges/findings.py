"""What a checker has to say about a package: every finding names its file, its line where there is one, and the way out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """`path` is relative to the package, `line` counts from 1 and is null when the finding is about the whole file."""

    severity: Severity
    path: str
    line: int | None
    message: str

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{where}: {self.severity}: {self.message}"


class Report:
    """Collects findings while a package is read, so that an author hears everything at once and not the first fault only."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def error(self, path: str, message: str, line: int | None = None) -> None:
        """Something the package cannot be used with."""
        self.findings.append(Finding(Severity.ERROR, path, line, message))

    def warning(self, path: str, message: str, line: int | None = None) -> None:
        """Something an author should know; the package can be used all the same."""
        self.findings.append(Finding(Severity.WARNING, path, line, message))

    @property
    def has_errors(self) -> bool:
        """Whether anything was found that makes the package unusable."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)
