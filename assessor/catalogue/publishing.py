"""The publish gate: `proved → published → withdrawn`. Nothing whose last proof is not sound is ever published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from assessor.catalogue.models import ChallengeVersion, Proof, VersionState
from assessor.errors import Conflict, NotFound
from assessor.judging.leases import WorkState
from assessor.people.audit import record
from assessor.people.permissions import Actor
from assessor.wording import N_

PUBLISHABLE = (VersionState.PROVED, VersionState.WITHDRAWN)


def publish(session: Session, version_id: str, actor: Actor | str, now: datetime) -> ChallengeVersion:
    """Let assessments use a version. Publishing what is published changes nothing.

    Raises NotFound, or Conflict when the version is not proved or somebody was quicker.
    """
    version = _version(session, version_id)
    if version.state is VersionState.PUBLISHED:
        return version
    if version.state not in PUBLISHABLE or not is_proved(session, version_id):
        raise Conflict(
            N_("Only a proved version can be published: every example submission has to earn its declared verdict first."),
            code="not_proved",
        )
    published = {"state": VersionState.PUBLISHED, "published_at": now}
    return _move(session, version, PUBLISHABLE, published, actor, "challenge.publish", now)


def withdraw(session: Session, version_id: str, actor: Actor | str, now: datetime) -> ChallengeVersion:
    """Keep a version out of new assessments; those that use it, and attempts under way, go on with it."""
    version = _version(session, version_id)
    if version.state is VersionState.WITHDRAWN:
        return version
    if version.state is not VersionState.PUBLISHED:
        raise Conflict(N_("Only a published version can be withdrawn."))
    withdrawn = {"state": VersionState.WITHDRAWN}
    return _move(session, version, (VersionState.PUBLISHED,), withdrawn, actor, "challenge.withdraw", now)


def is_proved(session: Session, version_id: str) -> bool:
    """Whether the version's last finished proof holds."""
    last = session.scalar(
        sa.select(Proof)
        .where(Proof.version_id == version_id, Proof.state == WorkState.GRADED)
        .order_by(Proof.finished_at.desc(), Proof.queued_at.desc())
        .limit(1)
    )
    return last is not None and last.report is not None and last.report.get("ok") is True


def _version(session: Session, version_id: str) -> ChallengeVersion:
    version = session.get(ChallengeVersion, version_id)
    if version is None:
        raise NotFound(N_("There is no such version of a challenge."))
    return version


def _move(
    session: Session,
    version: ChallengeVersion,
    before: tuple[VersionState, ...],
    values: Mapping[str, object],
    actor: Actor | str,
    action: str,
    now: datetime,
) -> ChallengeVersion:
    """Change the state if it is still one of `before`; believe the row count."""
    still = sa.and_(ChallengeVersion.id == version.id, ChallengeVersion.state.in_(before))
    update = sa.update(ChallengeVersion).where(still).values(**values).execution_options(synchronize_session=False)
    if session.execute(update).rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict(N_("Somebody changed this version a moment ago. Load the page again."))
    session.refresh(version)
    place = {"object_id": version.id, "organisation_id": version.challenge.organisation_id}
    record(session, actor, action, now, **place, slug=version.challenge.slug, number=version.number)
    return version
