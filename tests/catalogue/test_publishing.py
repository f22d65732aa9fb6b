"""From draft to published: what proves a version, what the gate lets through, what happens twice."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sample_packages import package, report

from assessor.catalogue.models import ChallengeVersion, Proof, VersionState
from assessor.catalogue.versions import create_version, publish, record_proof, request_proof, withdraw
from assessor.database import Database
from assessor.errors import Conflict
from assessor.judging.leases import Priority, WorkState
from assessor.people.models import AuditEvent


@pytest.fixture
def version_id(database: Database, now: datetime) -> str:
    """A draft in the library."""
    with database.writing() as session:
        return create_version(session, package(), None, None, now).id


def state_of(database: Database, version_id: str) -> VersionState:
    with database.reading() as session:
        return session.get_one(ChallengeVersion, version_id).state


def prove(database: Database, version_id: str, now: datetime, *, ok: bool = True, publish: bool = False) -> str:
    with database.writing() as session:
        proof = request_proof(session, version_id, now, publish)
        record_proof(session, proof, report(ok=ok, time_limit_ms=3000), now)
        return proof.id


def test_asking_for_a_proof_queues_it_once(database: Database, version_id: str, now: datetime) -> None:
    with database.writing() as session:
        first = request_proof(session, version_id, now, publish=False)
        assert (first.state, first.priority) == (WorkState.QUEUED, Priority.PROOF)
    with database.writing() as session:
        second = request_proof(session, version_id, now, publish=True)
        assert second.id == first.id
        assert second.publish_when_proved
    assert state_of(database, version_id) is VersionState.PROVING


def test_a_sound_proof_makes_the_version_publishable_with_its_time_limit(
    database: Database, version_id: str, now: datetime
) -> None:
    prove(database, version_id, now)
    assert state_of(database, version_id) is VersionState.PROVED
    with database.writing() as session:
        published = publish(session, version_id, "acc_astrid", now)
        assert (published.state, published.published_at, published.time_limit_ms) == (VersionState.PUBLISHED, now, 3000)


def test_publish_when_proved(database: Database, version_id: str, now: datetime) -> None:
    prove(database, version_id, now, publish=True)
    assert state_of(database, version_id) is VersionState.PUBLISHED


def test_a_failing_example_refuses_the_version_and_publishes_nothing(database: Database, version_id: str, now: datetime) -> None:
    prove(database, version_id, now, ok=False, publish=True)
    assert state_of(database, version_id) is VersionState.REFUSED
    with pytest.raises(Conflict, match="proved version"), database.writing() as session:
        publish(session, version_id, "acc_astrid", now)


@pytest.mark.parametrize("state", [VersionState.DRAFT, VersionState.PROVING, VersionState.PROVED])
def test_nothing_without_a_sound_proof_is_published_whatever_the_state_says(
    database: Database, version_id: str, now: datetime, state: VersionState
) -> None:
    with database.writing() as session:
        session.get_one(ChallengeVersion, version_id).state = state
    with pytest.raises(Conflict), database.writing() as session:
        publish(session, version_id, "acc_astrid", now)
    assert state_of(database, version_id) is state


def test_a_proof_is_recorded_once(database: Database, version_id: str, now: datetime) -> None:
    proof_id = prove(database, version_id, now)
    with database.writing() as session:
        record_proof(session, session.get_one(Proof, proof_id), report(ok=False), now + timedelta(hours=1))
    with database.reading() as session:
        proof = session.get_one(Proof, proof_id)
        assert proof.report is not None
        assert proof.report["ok"] is True
        assert proof.finished_at == now
    assert state_of(database, version_id) is VersionState.PROVED


def test_a_refused_version_can_be_proved_again(database: Database, version_id: str, now: datetime) -> None:
    prove(database, version_id, now, ok=False)
    prove(database, version_id, now + timedelta(minutes=5))
    assert state_of(database, version_id) is VersionState.PROVED


def test_a_later_failing_proof_closes_the_gate_again(database: Database, version_id: str, now: datetime) -> None:
    prove(database, version_id, now)
    prove(database, version_id, now + timedelta(minutes=5), ok=False)
    with pytest.raises(Conflict), database.writing() as session:
        publish(session, version_id, "acc_astrid", now)


def test_our_failure_leaves_the_version_open_and_a_new_proof_possible(database: Database, version_id: str, now: datetime) -> None:
    with database.writing() as session:
        failed = request_proof(session, version_id, now, publish=False)
        failed.state, failed.failure = WorkState.NOT_JUDGED, "The image is missing."
    assert state_of(database, version_id) is VersionState.PROVING
    with database.writing() as session:
        again = request_proof(session, version_id, now, publish=False)
        assert again.id != failed.id


def test_a_published_version_is_not_proved_again(database: Database, version_id: str, now: datetime) -> None:
    prove(database, version_id, now, publish=True)
    with pytest.raises(Conflict, match="new version"), database.writing() as session:
        request_proof(session, version_id, now, publish=False)


def test_withdrawing_and_publishing_again(database: Database, version_id: str, now: datetime) -> None:
    prove(database, version_id, now, publish=True)
    with database.writing() as session:
        withdraw(session, version_id, "acc_astrid", now)
        withdraw(session, version_id, "acc_astrid", now)
    assert state_of(database, version_id) is VersionState.WITHDRAWN
    with database.writing() as session:
        publish(session, version_id, "acc_astrid", now)
    assert state_of(database, version_id) is VersionState.PUBLISHED
    with database.reading() as session:
        actions = session.scalars(sa.select(AuditEvent.action).order_by(AuditEvent.id)).all()
    assert actions[-2:] == ["challenge.withdraw", "challenge.publish"]
    assert actions.count("challenge.withdraw") == 1


def test_a_draft_cannot_be_withdrawn(database: Database, version_id: str, now: datetime) -> None:
    with pytest.raises(Conflict), database.writing() as session:
        withdraw(session, version_id, "acc_astrid", now)
