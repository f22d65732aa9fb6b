"""What authors and administrators see of challenges: lists and one challenge's page, as values without a session."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from assessor.catalogue.models import Challenge, ChallengeVersion, Proof, VersionState
from assessor.errors import NotFound
from assessor.judging.leases import WorkState
from assessor.people.models import Account, Organisation
from assessor.wording import N_


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version in a list. `proof_ok` is null until a proof was finished."""

    id: str
    number: int
    state: VersionState
    created_at: datetime
    published_at: datetime | None
    created_by: str | None
    digest: str
    time_limit_ms: int | None
    max_score: float | None
    proof_ok: bool | None


@dataclass(frozen=True, slots=True)
class ChallengeLine:
    """One challenge in a list, described by its newest version. `organisation` is null for the library."""

    id: str
    slug: str
    organisation_id: str | None
    organisation: str | None
    names: dict[str, str]
    summary: dict[str, Any]
    versions: tuple[VersionLine, ...]

    @property
    def newest(self) -> VersionLine:
        return self.versions[0]

    @property
    def published(self) -> VersionLine | None:
        """The newest published version: what a new assessment uses."""
        return next((version for version in self.versions if version.state is VersionState.PUBLISHED), None)


@dataclass(frozen=True, slots=True)
class ProofView:
    """A version's last proof: how far it is, what it showed, why it could not be made."""

    id: str
    state: WorkState
    done: int
    total: int | None
    publish_when_proved: bool
    report: dict[str, Any] | None
    failure: str | None
    queued_at: datetime
    finished_at: datetime | None

    @property
    def open(self) -> bool:
        """Whether there is something to wait for."""
        return self.state in (WorkState.QUEUED, WorkState.RUNNING)


@dataclass(frozen=True, slots=True)
class ChallengePage:
    """One version of one challenge, with all that its page shows but the statement."""

    challenge: ChallengeLine
    version: VersionLine
    names: dict[str, str]
    summary: dict[str, Any]
    proof: ProofView | None


def list_challenges(session: Session, organisation_ids: Collection[str], *, everything: bool = False) -> list[ChallengeLine]:
    """The library and the challenges of these organisations, or of all of them, by short name; the library last."""
    mine = sa.or_(Challenge.organisation_id.is_(None), Challenge.organisation_id.in_(organisation_ids))
    query = sa.select(Challenge, Organisation.name).outerjoin(Organisation, Organisation.id == Challenge.organisation_id)
    query = query.options(selectinload(Challenge.versions).selectinload(ChallengeVersion.proofs).defer(Proof.report))
    query = query.where(Challenge.versions.any())
    rows = session.execute(query if everything else query.where(mine)).all()
    lines = [_line(challenge, organisation, {}) for challenge, organisation in rows]
    return sorted(lines, key=lambda line: (line.organisation is None, line.organisation or "", line.slug))


def owner_of(session: Session, challenge_id: str) -> str | None:
    """The organisation a challenge belongs to, null for the library: what permissions are asked about. Raises NotFound."""
    row = session.execute(sa.select(Challenge.organisation_id).where(Challenge.id == challenge_id)).one_or_none()
    if row is None:
        raise NotFound(N_("There is no such challenge."))
    owner: str | None = row[0]
    return owner


def challenge_page(session: Session, challenge_id: str, number: int | None = None) -> ChallengePage:
    """One version (the newest without `number`) of a challenge. Raises NotFound."""
    found = session.execute(
        sa.select(Challenge, Organisation.name)
        .outerjoin(Organisation, Organisation.id == Challenge.organisation_id)
        .where(Challenge.id == challenge_id)
    ).one_or_none()
    if found is None or not found[0].versions:
        raise NotFound(N_("There is no such challenge."))
    challenge, organisation = found
    line = _line(challenge, organisation, _names_of_authors(session, challenge.versions))
    by_number = {version.number: version for version in challenge.versions}
    version = by_number.get(line.newest.number if number is None else number)
    if version is None:
        raise NotFound(N_("There is no such version of this challenge."))
    shown = next(item for item in line.versions if item.number == version.number)
    return ChallengePage(line, shown, version.names, version.summary, _proof(version.proofs[-1]) if version.proofs else None)


def _names_of_authors(session: Session, versions: Sequence[ChallengeVersion]) -> dict[str, str]:
    ids = {version.created_by for version in versions if version.created_by}
    rows = session.execute(sa.select(Account.id, Account.name).where(Account.id.in_(ids))).all()
    return {row.id: row.name for row in rows}


def _line(challenge: Challenge, organisation: str | None, people: dict[str, str]) -> ChallengeLine:
    newest = challenge.versions[-1]
    return ChallengeLine(
        id=challenge.id,
        slug=challenge.slug,
        organisation_id=challenge.organisation_id,
        organisation=organisation,
        names=newest.names,
        summary=newest.summary,
        versions=tuple(_version(version, people) for version in reversed(challenge.versions)),
    )


def _version(version: ChallengeVersion, people: dict[str, str]) -> VersionLine:
    return VersionLine(
        id=version.id,
        number=version.number,
        state=version.state,
        created_at=version.created_at,
        published_at=version.published_at,
        created_by=people.get(version.created_by or ""),
        digest=version.digest,
        time_limit_ms=version.time_limit_ms,
        max_score=version.max_score,
        proof_ok=_outcome(version),
    )


def _outcome(version: ChallengeVersion) -> bool | None:
    """What the last finished proof came to; the state says it, so the report need not be opened."""
    match version.state:
        case VersionState.PROVED | VersionState.PUBLISHED | VersionState.WITHDRAWN:
            return True
        case VersionState.REFUSED:
            return False
        case VersionState.DRAFT | VersionState.PROVING:
            return None


def _proof(proof: Proof) -> ProofView:
    return ProofView(
        id=proof.id,
        state=proof.state,
        done=proof.done,
        total=proof.total,
        publish_when_proved=proof.publish_when_proved,
        report=proof.report,
        failure=proof.failure,
        queued_at=proof.queued_at,
        finished_at=proof.finished_at,
    )
