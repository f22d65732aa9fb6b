"""Packages from this machine into the database: by command with a sandbox at hand, or the sample library at the first start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import structlog

import challenges
from assessor.catalogue.checking import CheckedPackage, PackageRefused, check
from assessor.catalogue.models import ChallengeVersion, VersionState
from assessor.catalogue.proving import record_finished_proof, request_proof
from assessor.catalogue.publishing import publish
from assessor.catalogue.storing import find_version, store_version
from assessor.database import Database
from assessor.people.audit import SERVICE
from challenges.package import Package, PackageError, open_package

log = structlog.get_logger(__name__)

Prove = Callable[[Package], dict[str, Any]]
"""Judges every example submission of a package and returns the verify document."""

LIBRARY = Path(challenges.__file__).parent / "library"


class Outcome(StrEnum):
    """What importing one package came to."""

    STORED = "stored"
    QUEUED = "queued"
    PUBLISHED = "published"
    REFUSED = "refused"
    UNCHANGED = "unchanged"
    ERRORS = "errors"


@dataclass(frozen=True, slots=True)
class Imported:
    """One package after importing; `report` is the verify document when it was proved just now."""

    slug: str
    version_id: str
    number: int
    digest: str
    outcome: Outcome
    report: dict[str, Any] | None = None
    proof_id: str | None = None


def open_checked(path: Path) -> CheckedPackage:
    """A folder or zip, opened and checked. Raises PackageRefused with every finding."""
    try:
        return check(open_package(path))
    except PackageError as error:
        raise PackageRefused(error.findings) from error


def import_package(
    database: Database, checked: CheckedPackage, organisation_id: str | None, now: datetime, prove: Prove | None
) -> Imported:
    """Store a checked package; with `prove`, prove it first and publish it in the same transaction.

    What was proved before with the same digest is not proved again. A package that does not hold is stored as `refused`, so
    that its author can look at what happened; it is not published.
    """
    with database.reading() as session:
        known = find_version(session, checked.package, organisation_id)
        proved = known is not None and known.state in (VersionState.PROVED, VersionState.PUBLISHED, VersionState.WITHDRAWN)
    report = None if prove is None or proved else prove(checked.package)
    with database.writing() as session:
        version = store_version(session, checked, None, organisation_id, now)
        if prove is None:
            return _imported(version, Outcome.STORED if known is None else Outcome.UNCHANGED)
        if version.state is VersionState.PUBLISHED:
            return _imported(version, Outcome.UNCHANGED)
        if report is not None:
            record_finished_proof(session, version, report, now)
            session.refresh(version)
        if version.state is VersionState.REFUSED:
            return _imported(version, Outcome.REFUSED, report)
        publish(session, version.id, SERVICE, now)
        return _imported(version, Outcome.PUBLISHED, report)


def import_library(database: Database, prove: Prove | None, now: datetime, folder: Path = LIBRARY) -> list[Imported]:
    """Bring the sample library in. Without `prove` the worker proves and publishes: ring for every `proof_id` returned.

    Quick on every start but the first: a package stored before is only compared by digest. One with errors is logged and left
    out (`outcome` is `errors`), so that it keeps nobody from starting the service.
    """
    return [_import_or_log(database, path, prove, now) for path in library_folders(folder)]


def library_folders(folder: Path = LIBRARY) -> Iterator[Path]:
    """The packages in a folder of packages, by name."""
    return (path.parent for path in sorted(folder.glob("*/problem.yaml")))


def _import_or_log(database: Database, path: Path, prove: Prove | None, now: datetime) -> Imported:
    try:
        return _import_one(database, path, prove, now)
    except PackageRefused as refused:
        log.error("library_package_refused", package=path.name, findings=[str(finding) for finding in refused.findings])
        return Imported(path.name, "", 0, "", Outcome.ERRORS)


def _import_one(database: Database, path: Path, prove: Prove | None, now: datetime) -> Imported:
    try:
        package = open_package(path)
    except PackageError as error:
        raise PackageRefused(error.findings) from error
    with database.reading() as session:
        known = find_version(session, package, None)
    if known is not None and known.state is not VersionState.DRAFT:
        return _imported(known, Outcome.UNCHANGED)
    checked = check(package)
    if prove is not None:
        return import_package(database, checked, None, now, prove)
    with database.writing() as session:
        version = store_version(session, checked, None, None, now)
        proof = request_proof(session, version.id, now, publish=True)
        return _imported(version, Outcome.QUEUED, proof_id=proof.id)


def _imported(
    version: ChallengeVersion, outcome: Outcome, report: dict[str, Any] | None = None, proof_id: str | None = None
) -> Imported:
    return Imported(version.challenge.slug, version.id, version.number, version.digest, outcome, report, proof_id)
