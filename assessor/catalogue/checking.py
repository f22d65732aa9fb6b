"""From bytes or a folder to a package that holds: everything that can be said without a sandbox is said here, all at once."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assessor.errors import BadInput, Broken
from assessor.wording import N_
from challenges.checking import check_all
from challenges.findings import Finding, Severity
from challenges.package import Package, PackageError, open_zip, to_zip
from challenges.problem import Problem

MAX_UPLOAD_MIB = 64
"""The largest zip taken by upload; what it may unpack to is the package reader's to limit."""

SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")


class PackageRefused(BadInput):
    """A package with errors. `findings` has all of them, warnings too, in the order of the files."""

    code = "package_refused"

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        errors = [finding for finding in findings if finding.severity is Severity.ERROR]
        rest = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        super().__init__(f"The package was refused. {errors[0]}{rest}", field="package")
        self.findings = findings


@dataclass(frozen=True, slots=True)
class CheckedPackage:
    """A package without errors, what it says, the warnings about it, and the zip to keep."""

    package: Package
    problem: Problem
    warnings: tuple[Finding, ...]
    zipped: bytes


def slug_of(name: str) -> str:
    """A short name made from a file's or folder's: small letters, digits, `-` and `_`. Raises BadInput when nothing is left."""
    stem = name.replace("\\", "/").rstrip("/").rpartition("/")[2].lower().removesuffix(".zip").removesuffix(".kpp")
    slug = re.sub(r"[^a-z0-9_]+", "-", stem).strip("-_")[:100]
    if not SLUG.fullmatch(slug):
        raise BadInput(N_("The short name needs a letter or a digit, such as two-trains."), field="slug")
    return slug


def receive_zip(name: str, data: bytes) -> Package:
    """Open an uploaded zip. Raises BadInput when it is empty or too large, PackageRefused when it is no sound package."""
    if not data:
        raise BadInput(N_("Choose the zip file of a package."), field="package")
    if len(data) > MAX_UPLOAD_MIB * 1024 * 1024:
        raise BadInput(N_("The file is larger than 64 MiB. Make the tests smaller and try again."), field="package")
    try:
        return open_zip(name, data)
    except PackageError as error:
        raise PackageRefused(error.findings) from error


def check(package: Package) -> CheckedPackage:
    """Every check that needs neither database nor Docker. Raises PackageRefused when a finding is an error."""
    problem, findings = check_all(package)
    if problem is None or any(finding.severity is Severity.ERROR for finding in findings):
        raise PackageRefused(tuple(findings))
    return CheckedPackage(package, problem, tuple(findings), _zipped(package))


def _zipped(package: Package) -> bytes:
    """The package as a zip that was proved to open again: what cannot be read back is not taken in."""
    zipped = to_zip(package)
    try:
        again = open_zip(package.name, zipped)
    except PackageError as error:
        raise PackageRefused(error.findings) from error
    if again.digest != package.digest:
        raise Broken(f"The package {package.name} does not survive being zipped; this is a fault of ours, please report it.")
    return zipped
