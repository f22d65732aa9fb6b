"""Work that was not judged goes back into the queue when a person says so, once, its failures forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sample_packages import package

from assessor.catalogue.models import Proof
from assessor.catalogue.versions import create_version, request_proof
from assessor.database import Database
from assessor.errors import Conflict, NotAllowed, NotFound
from assessor.judging import turns
from assessor.judging.leases import Priority, WorkState
from assessor.judging.models import WorkerRow
from assessor.judging.retrying import not_judged, retry, retry_all
from assessor.judging.watching import watch_queue
from assessor.people.models import AuditEvent
from assessor.people.permissions import Actor

ADAM = Actor("acc_adam", is_admin=True)


@pytest.fixture
def failed(database: Database, now: datetime) -> str:
    """A proof that failed on our side three times."""
    with database.writing() as session:
        version = create_version(session, package(), None, None, now)
        proof = request_proof(session, version.id, now, publish=False)
        proof.state, proof.tries, proof.failures = WorkState.NOT_JUDGED, 3, 3
        proof.failure, proof.finished_at = "The image is missing.", now
        return proof.id


def test_what_was_not_judged_is_listed_with_its_reason(database: Database, failed: str, now: datetime) -> None:
    with database.reading() as session:
        (line,) = not_judged(session)
    assert (line.kind, line.id, line.challenge, line.version) == ("proof", failed, "add-two", 1)
    assert (line.failure, line.tries, line.failed_at) == ("The image is missing.", 3, now)


def test_a_retry_queues_it_without_its_failures_and_is_written_down(database: Database, failed: str, now: datetime) -> None:
    later = now + timedelta(hours=1)
    with database.writing() as session:
        bell = retry(session, "proof", failed, ADAM, later)
    assert (bell.kind, bell.row_id, bell.priority) == ("proof", failed, Priority.PROOF)
    with database.writing() as session:
        proof = session.get_one(Proof, failed)
        assert (proof.state, proof.failures, proof.queued_at, proof.failure) == (WorkState.QUEUED, 0, later, None)
        event = session.scalars(sa.select(AuditEvent).where(AuditEvent.action == "proof.retry")).one()
        assert (event.actor, event.object_id) == ("acc_adam", failed)
        lease = turns.claim(session, (Proof,), "worker", timedelta(seconds=15))
        assert lease is not None
        assert lease.fence == 4, "a worker that lost the row before must not be able to write into it"


def test_a_second_retry_changes_nothing(database: Database, failed: str, now: datetime) -> None:
    with database.writing() as session:
        retry(session, "proof", failed, ADAM, now)
    with pytest.raises(Conflict), database.writing() as session:
        retry(session, "proof", failed, ADAM, now)


@pytest.mark.parametrize(("kind", "row_id"), [("proof", "prf_nothing"), ("submission", "sub_nothing"), ("attempt", "x")])
def test_there_is_nothing_to_retry(database: Database, now: datetime, kind: str, row_id: str) -> None:
    with pytest.raises(NotFound), database.writing() as session:
        retry(session, kind, row_id, ADAM, now)


def test_retry_all_takes_everything_and_says_how_much(database: Database, failed: str, now: datetime) -> None:
    with database.writing() as session:
        assert [bell.row_id for bell in retry_all(session, ADAM, now)] == [failed]
    with database.writing() as session:
        assert retry_all(session, ADAM, now) == []
    with database.reading() as session:
        assert not_judged(session) == []


def test_the_queue_is_watched(database: Database, failed: str, now: datetime) -> None:
    with database.writing() as session:
        for name, beat, stopped in (("alive:1", now, None), ("silent:2", now - timedelta(minutes=5), None), ("gone:3", now, now)):
            session.add(
                WorkerRow(name=name, host="h", slots=2, busy=1, started_at=now, beat_at=beat, stopped_at=stopped, detail={})
            )
    with database.reading() as session:
        view = watch_queue(session, ADAM, now)
    assert [load.kind for load in view.loads] == ["run", "submission", "proof", "regrade"]
    assert (view.total("queued"), view.total("running"), view.total("not_judged"), view.oldest) == (0, 0, 1, None)
    assert {worker.name: worker.alive for worker in view.workers} == {"alive:1": True, "silent:2": False, "gone:3": False}
    assert (view.alive, view.free_slots) == (1, 1)


def test_what_waits_is_counted_with_its_age(database: Database, failed: str, now: datetime) -> None:
    with database.writing() as session:
        retry(session, "proof", failed, ADAM, now)
    with database.reading() as session:
        view = watch_queue(session, ADAM, now + timedelta(minutes=3))
    assert (view.total("queued"), view.oldest) == (1, now)


def test_only_administrators_watch(database: Database, now: datetime) -> None:
    with database.reading() as session, pytest.raises(NotAllowed):
        watch_queue(session, Actor("acc_stig"), now)
