"""A row is leased to one worker at a time, and who lost the lease writes nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from assessor.catalogue.models import Challenge, ChallengeVersion, Proof
from assessor.database import Database
from assessor.judging import leases, turns
from assessor.judging.leases import Lease, WorkState

LEASE = timedelta(seconds=15)


@pytest.fixture
def version_id(database: Database, now: datetime) -> str:
    with database.writing() as session:
        challenge = Challenge(id="chl_x", slug="x", created_at=now)
        version = ChallengeVersion(
            id="chv_x", challenge=challenge, number=1, digest="0" * 64, package=b"", names={}, summary={}, created_at=now
        )
        session.add_all([challenge, version])
    return "chv_x"


def queue_proofs(database: Database, version_id: str, now: datetime, *priorities: int) -> list[str]:
    with database.writing() as session:
        rows = [
            Proof(version_id=version_id, priority=priority, queued_at=now + timedelta(seconds=place))
            for place, priority in enumerate(priorities)
        ]
        session.add_all(rows)
        session.flush()
        return [row.id for row in rows]


def claim(database: Database, worker: str = "w") -> Lease | None:
    with database.writing() as session:
        return turns.claim(session, (Proof,), worker, LEASE)


def state_of(database: Database, row_id: str) -> WorkState:
    with database.reading() as session:
        row = session.get(Proof, row_id)
        assert row is not None
        return row.state


def test_the_most_urgent_row_is_claimed_first_and_the_older_of_equals(database: Database, version_id: str, now: datetime) -> None:
    late, urgent, second = queue_proofs(database, version_id, now, 0, 100, 100)
    claimed = [claim(database) for _ in range(4)]
    assert [lease and lease.row_id for lease in claimed] == [urgent, second, late, None]


def test_many_workers_never_get_the_same_row(database: Database, version_id: str, now: datetime) -> None:
    rows = queue_proofs(database, version_id, now, *[50] * 20)
    with ThreadPoolExecutor(8) as pool:
        claimed = [lease.row_id for lease in pool.map(lambda n: claim(database, f"w{n}"), range(20)) if lease]
    while (lease := claim(database)) is not None:
        claimed.append(lease.row_id)
    assert sorted(claimed) == sorted(rows)


def test_a_silent_worker_loses_its_row_and_its_fence(database: Database, version_id: str, now: datetime) -> None:
    (row,) = queue_proofs(database, version_id, now, 50)
    with database.writing() as session:
        stale = turns.claim(session, (Proof,), "dead", timedelta(seconds=-1))
    with database.writing() as session:
        assert leases.sweep(session, Proof, max_tries=3) == 1
    fresh = claim(database, "alive")
    assert stale is not None
    assert fresh is not None
    assert fresh.fence == stale.fence + 1
    with database.writing() as session:
        assert not leases.beat(session, stale, LEASE)
        assert not leases.give_up(session, stale, "late")
        assert leases.beat(session, fresh, LEASE)
    assert state_of(database, row) == WorkState.RUNNING


def test_after_the_last_try_it_is_not_judged(database: Database, version_id: str, now: datetime) -> None:
    (row,) = queue_proofs(database, version_id, now, 50)
    for _ in range(2):
        lease = claim(database)
        assert lease is not None
        with database.writing() as session:
            assert leases.give_back(session, lease, "docker fell over", max_tries=2, pause=timedelta(0))
    assert state_of(database, row) == WorkState.NOT_JUDGED
    assert claim(database) is None


def test_an_outage_of_the_engine_is_not_held_against_the_row(database: Database, version_id: str, now: datetime) -> None:
    (row,) = queue_proofs(database, version_id, now, 50)
    for _ in range(5):
        lease = claim(database)
        assert lease is not None
        with database.writing() as session:
            assert leases.give_back_after_outage(session, lease, "docker does not answer", timedelta(0))
    assert state_of(database, row) == WorkState.QUEUED


def test_a_row_given_back_rests_before_it_is_tried_again(database: Database, version_id: str, now: datetime) -> None:
    queue_proofs(database, version_id, now, 50)
    lease = claim(database)
    assert lease is not None
    with database.writing() as session:
        leases.give_back(session, lease, "busy", max_tries=3, pause=timedelta(minutes=1))
        assert leases.queued(session, Proof) == 0
    assert claim(database) is None


def test_what_a_dead_worker_held_is_taken_back_at_once(database: Database, version_id: str, now: datetime) -> None:
    (row,) = queue_proofs(database, version_id, now, 50)
    claim(database, "dead")
    with database.writing() as session:
        assert leases.take_back(session, Proof, "dead") == 1
        leases.sweep(session, Proof, max_tries=3)
    assert state_of(database, row) == WorkState.QUEUED
