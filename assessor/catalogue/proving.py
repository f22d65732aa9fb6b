"""Proving: every example submission of a version must earn its declared verdicts before anybody is judged by it.

`draft → proving → proved | refused`. A proof is leased work like a submission: the row is the truth, the bell is rung by the
edge after its commit. What fails on our side leaves the version `proving` and the proof `not_judged`, never `refused`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from assessor.catalogue.models import ChallengeVersion, Proof, VersionState
from assessor.catalogue.publishing import publish
from assessor.errors import Conflict, NotFound
from assessor.judging.leases import Priority, WorkState
from assessor.people.audit import SERVICE, record
from assessor.people.permissions import Actor
from assessor.wording import N_

OPEN = (WorkState.QUEUED, WorkState.RUNNING)
PROVABLE = (VersionState.DRAFT, VersionState.PROVED, VersionState.REFUSED, VersionState.PROVING)


def request_proof(session: Session, version_id: str, now: datetime, publish: bool, *, actor: Actor | str = SERVICE) -> Proof:
    """Queue the proving of a version; with `publish` it is published when proved. A proof under way is that proof.

    Ring `("proof", proof.id, Priority.PROOF)` after the commit. Raises NotFound, or Conflict once the version was published.
    """
    version = session.get(ChallengeVersion, version_id, with_for_update=True)
    if version is None:
        raise NotFound(N_("There is no such version of a challenge."))
    under_way = session.scalar(sa.select(Proof).where(Proof.version_id == version_id, Proof.state.in_(OPEN)))
    if under_way is not None:
        under_way.publish_when_proved = under_way.publish_when_proved or publish
        return under_way
    if version.state not in PROVABLE:
        raise Conflict(N_("This version was published. It never changes; upload a new version instead."))
    version.state = VersionState.PROVING
    proof = Proof(version=version, priority=Priority.PROOF, queued_at=now, publish_when_proved=publish)
    session.add(proof)
    session.flush()
    place = {"object_id": version.id, "organisation_id": version.challenge.organisation_id}
    record(session, actor, "challenge.prove", now, **place, publish=publish)
    return proof


def record_proof(session: Session, proof: Proof, report: dict[str, Any], now: datetime) -> None:
    """Keep what proving showed, once: the report, the version's new state, its derived time limit; publish when asked to.

    `report` is the verify document of one package: `ok`, `time_limit_ms`, `findings`, `submissions`; and `reference_ms`, how
    fast the host was, where that is known. A second call for the same proof changes nothing.
    """
    done = {"state": WorkState.GRADED, "report": report, "finished_at": now, "lease_until": None, "failure": None}
    if not _changed(session, sa.update(Proof).where(Proof.id == proof.id, Proof.state.in_(OPEN)).values(**done)):
        return
    session.refresh(proof)
    holds = bool(report["ok"])
    after = {
        "state": VersionState.PROVED if holds else VersionState.REFUSED,
        "time_limit_ms": report.get("time_limit_ms") or ChallengeVersion.time_limit_ms,
        "reference_ms": report.get("reference_ms"),
    }
    awaited = sa.and_(ChallengeVersion.id == proof.version_id, ChallengeVersion.state == VersionState.PROVING)
    if not _changed(session, sa.update(ChallengeVersion).where(awaited).values(**after)):
        return
    version = session.get_one(ChallengeVersion, proof.version_id, populate_existing=True)
    place = {"object_id": version.id, "organisation_id": version.challenge.organisation_id}
    record(session, SERVICE, "challenge.proved" if holds else "challenge.refused", now, **place)
    if holds and proof.publish_when_proved:
        publish(session, version.id, SERVICE, now)


def record_finished_proof(session: Session, version: ChallengeVersion, report: dict[str, Any], now: datetime) -> Proof:
    """A proof that was made outside the queue, by a command on this machine: requested and recorded in one transaction."""
    proof = request_proof(session, version.id, now, publish=False)
    record_proof(session, proof, report, now)
    return proof


def _changed(session: Session, statement: sa.Update) -> bool:
    result = session.execute(statement.execution_options(synchronize_session=False))
    return bool(result.rowcount == 1)  # type: ignore[attr-defined]
