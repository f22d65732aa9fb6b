"""Storing a package as an immutable version of a challenge, pinned by the digest of its content."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from assessor.catalogue.checking import CheckedPackage, check, slug_of
from assessor.catalogue.models import Challenge, ChallengeVersion
from assessor.catalogue.summaries import summarise
from assessor.people.audit import SERVICE, record
from challenges.package import Package


def create_version(
    session: Session, package: Package, account_id: str | None, organisation_id: str | None, now: datetime
) -> ChallengeVersion:
    """Check a package and store it as the next version of the challenge of its name.

    `organisation_id` is null for the operator's library. A package already stored there, byte for byte, is that version.
    Raises PackageRefused with every finding, and then stores nothing.
    """
    return store_version(session, check(package), account_id, organisation_id, now)


def store_version(
    session: Session, checked: CheckedPackage, account_id: str | None, organisation_id: str | None, now: datetime
) -> ChallengeVersion:
    """`create_version` for a package that was checked before the transaction began."""
    package, problem = checked.package, checked.problem
    challenge = _challenge(session, slug_of(package.name), organisation_id, now)
    same = _same(session, challenge, package.digest)
    if same is not None:
        return same
    newest = session.scalar(sa.select(sa.func.max(ChallengeVersion.number)).where(ChallengeVersion.challenge_id == challenge.id))
    version = ChallengeVersion(
        challenge=challenge,
        number=(newest or 0) + 1,
        digest=package.digest,
        package=checked.zipped,
        names=dict(problem.names),
        summary=summarise(problem, checked.warnings),
        time_limit_ms=problem.limits.time_limit_ms,
        max_score=problem.max_score,
        created_by=account_id,
        created_at=now,
    )
    session.add(version)
    session.flush()
    place = {"object_id": version.id, "organisation_id": organisation_id}
    record(session, account_id or SERVICE, "challenge.upload", now, **place, slug=challenge.slug, number=version.number)
    return version


def find_challenge(session: Session, slug: str, organisation_id: str | None) -> Challenge | None:
    """The challenge of that short name in the organisation, or in the library."""
    owner = Challenge.organisation_id
    here = owner.is_(None) if organisation_id is None else owner == organisation_id
    return session.scalar(sa.select(Challenge).where(Challenge.slug == slug, here))


def find_version(session: Session, package: Package, organisation_id: str | None) -> ChallengeVersion | None:
    """The version that holds exactly this package, if it is stored there; with its challenge loaded."""
    challenge = find_challenge(session, slug_of(package.name), organisation_id)
    return None if challenge is None else _same(session, challenge, package.digest)


def _same(session: Session, challenge: Challenge, digest: str) -> ChallengeVersion | None:
    return session.scalar(
        sa.select(ChallengeVersion)
        .options(joinedload(ChallengeVersion.challenge))
        .where(ChallengeVersion.challenge_id == challenge.id, ChallengeVersion.digest == digest)
        .order_by(ChallengeVersion.number.desc())
        .limit(1)
    )


def _challenge(session: Session, slug: str, organisation_id: str | None, now: datetime) -> Challenge:
    """The challenge, made when missing, locked: two uploads at once get two numbers, one after the other."""
    found = find_challenge(session, slug, organisation_id)
    if found is None:
        found = Challenge(slug=slug, organisation_id=organisation_id, created_at=now)
        try:
            with session.begin_nested():
                session.add(found)
        except IntegrityError:  # somebody made it between the look and the insert
            found = find_challenge(session, slug, organisation_id)
            assert found is not None
    session.execute(sa.select(Challenge.id).where(Challenge.id == found.id).with_for_update())
    return found
