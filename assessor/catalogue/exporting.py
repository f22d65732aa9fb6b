"""A version's package back out of the database, as a folder or a zip."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from assessor.catalogue.loading import load_package
from assessor.catalogue.models import Challenge, ChallengeVersion, VersionState
from assessor.errors import BadInput, NotFound
from challenges.package import Package, to_zip


@dataclass(frozen=True, slots=True)
class Exported:
    """What was taken out: the package with its version's number."""

    slug: str
    number: int
    package: Package


def find_exported(session: Session, slug: str, *, number: int | None = None, organisation_id: str | None = None) -> Exported:
    """The package of a challenge by short name: that version, or the newest published, or the newest.

    Without `organisation_id` the library comes first, then the only organisation that has such a challenge. Raises NotFound,
    or BadInput when several organisations have one.
    """
    found = session.scalars(sa.select(Challenge).where(Challenge.slug == slug)).all()
    owned = [challenge for challenge in found if challenge.organisation_id == organisation_id]
    if not owned and organisation_id is None:
        owned = list(found)
    if not owned:
        raise NotFound(f"There is no challenge called {slug}.")
    if len(owned) > 1:
        owners = ", ".join(sorted(str(challenge.organisation_id) for challenge in owned))
        raise BadInput(f"Several organisations have a challenge called {slug}: {owners}. Name one with --organisation.")
    version = _pick(owned[0].versions, number)
    if version is None:
        raise NotFound(f"The challenge {slug} has no version {number}.")
    return Exported(slug, version.number, load_package(session, version.id))


def zipped_version(session: Session, version_id: str) -> bytes:
    """A version's package as the zip to download."""
    return to_zip(load_package(session, version_id))


def write_package(package: Package, target: Path) -> None:
    """Write a zip when the target's name ends in `.zip`, a folder otherwise. Never overwrites: raises BadInput instead."""
    if target.exists() and (target.is_file() or any(target.iterdir())):
        raise BadInput(f"{target} exists already; name another place with --to.")
    try:
        if target.suffix == ".zip":
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(to_zip(package))
            return
        for path, content in package.files.items():
            file = target / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    except OSError as error:
        raise BadInput(f"{target} cannot be written: {error.strerror}.") from error


def _pick(versions: list[ChallengeVersion], number: int | None) -> ChallengeVersion | None:
    if number is not None:
        return next((version for version in versions if version.number == number), None)
    published = [version for version in versions if version.state is VersionState.PUBLISHED]
    return (published or versions)[-1]
