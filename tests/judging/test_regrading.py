"""An administrator has submissions judged again: behind everything else, nothing lost, every change written down."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from crowd import RECORDS, Crowd

from assessor.assessments.closing import settle, unsettled
from assessor.assessments.models import Attempt, AttemptState
from assessor.database import Database
from assessor.errors import Conflict, NotAllowed, NotFound
from assessor.judging import leases
from assessor.judging.leases import Priority, WorkState
from assessor.judging.models import Kind, Submission
from assessor.judging.recording import record_grade
from assessor.judging.regrading import old_grade, record_change, regradable, regrade_submission, regrade_version
from assessor.judging.turns import claim
from assessor.judging.verdicts import CompileResult, Grade, Verdict
from assessor.people.models import AuditEvent, Role
from assessor.people.permissions import Actor

ADAM = Actor("acc_adam", is_admin=True)
OLGA = Actor("acc_olga", roles={"org_alder": Role.OWNER})
RAKEL = Actor("acc_rakel", roles={"org_alder": Role.REVIEWER})
ASTRID = Actor("acc_astrid", roles={"org_alder": Role.AUTHOR})
STIG = Actor("acc_stig")


@pytest.fixture
def crowd(database: Database, now: datetime) -> Crowd:
    return Crowd(database, now)


@pytest.fixture
def graded(crowd: Crowd) -> list[str]:
    """Two submissions of Cyrus, whose test is over, graded WA with 40 points; one that waits, of Stig."""
    cyrus = crowd.attempt("cyrus")
    rows = crowd.hand_in(cyrus, 0, 1, times=2)
    with crowd.database.writing() as session:
        done = {"state": WorkState.GRADED, "verdict": Verdict.WA, "score": 40.0, "max_score": 100.0, "tries": 1}
        session.execute(sa.update(Submission).values(**done, finished_at=crowd.at(5)))
        session.execute(sa.update(Attempt).values(state=AttemptState.GRADED))
    return rows


def events(crowd: Crowd, action: str) -> list[AuditEvent]:
    with crowd.database.reading() as session:
        return list(session.scalars(sa.select(AuditEvent).where(AuditEvent.action == action)))


def test_one_submission_goes_to_the_end_of_the_queue_and_keeps_its_time(crowd: Crowd, graded: list[str]) -> None:
    with crowd.database.writing() as session:
        regrade_submission(session, graded[0], ADAM, crowd.at(100))
    with crowd.database.reading() as session:
        row = session.get_one(Submission, graded[0])
        assert (row.state, row.priority, row.queued_at) == (WorkState.QUEUED, Priority.REJUDGE, crowd.at(0))
        assert (row.verdict, row.score) == (Verdict.WA, 40.0), "until there is a new one"
        assert session.get_one(Attempt, row.attempt_id).state is AttemptState.GRADING
        assert session.get_one(Submission, graded[1]).state is WorkState.GRADED
    (event,) = events(crowd, "submission.regrade")
    assert (event.actor, event.object_id, event.organisation_id) == ("acc_adam", graded[0], "org_alder")


def test_all_of_a_version_and_only_what_is_graded(crowd: Crowd, graded: list[str]) -> None:
    (waiting,) = crowd.hand_in(crowd.attempt("stig"), 1, 1)
    with crowd.database.reading() as session:
        (line,) = regradable(session, ADAM)
        assert (line.version_id, line.challenge, line.number, line.submissions) == ("chv_x", "x", 1, 2)
    with crowd.database.writing() as session:
        assert regrade_version(session, "chv_x", ADAM, crowd.at(100)) == 2
    with crowd.database.reading() as session:
        assert session.get_one(Submission, waiting).priority == Priority.SUBMISSION
        assert regradable(session, ADAM) == []
    (event,) = events(crowd, "challenge.regrade")
    assert (event.object_id, event.detail) == ("chv_x", {"submissions": 2})


def test_a_grade_that_changes_is_written_down_beside_the_old_one(crowd: Crowd, graded: list[str]) -> None:
    with crowd.database.writing() as session:
        regrade_version(session, "chv_x", ADAM, crowd.at(100))
    for verdict, score in ((Verdict.AC, 100.0), (Verdict.WA, 40.0)):
        with crowd.database.writing() as session:
            lease = claim(session, RECORDS, "w", timedelta(hours=1), now=crowd.at(101))
            assert lease is not None
            claimed = session.get_one(Submission, lease.row_id)
            old = old_grade(claimed.priority, claimed.verdict, claimed.score)
            assert old is not None
            new = Grade(verdict, score, 100.0, CompileResult(Verdict.AC, "", 1, 1), (), ())
            assert record_grade(session, lease, new)
            record_change(session, lease.row_id, old, new, crowd.at(102))
    (event,) = events(crowd, "submission.regraded")
    assert event.object_id == graded[0]
    assert event.detail == {"old_verdict": "WA", "old_score": 40.0, "verdict": "AC", "score": 100.0}


@pytest.mark.parametrize("actor", [OLGA, RAKEL, ASTRID, STIG], ids=["owner", "reviewer", "author", "stranger"])
def test_nobody_but_administrators(crowd: Crowd, graded: list[str], actor: Actor) -> None:
    with crowd.database.writing() as session:
        with pytest.raises(NotAllowed):
            regrade_submission(session, graded[0], actor, crowd.at(100))
        with pytest.raises(NotAllowed):
            regrade_version(session, "chv_x", actor, crowd.at(100))
        with pytest.raises(NotAllowed):
            regradable(session, actor)


def test_what_is_not_graded_cannot_be_judged_again(crowd: Crowd, graded: list[str]) -> None:
    with crowd.database.writing() as session:
        regrade_submission(session, graded[0], ADAM, crowd.at(100))
        session.execute(sa.update(Submission).where(Submission.id == graded[1]).values(kind=Kind.RUN))
    with crowd.database.writing() as session:
        with pytest.raises(Conflict):
            regrade_submission(session, graded[0], ADAM, crowd.at(101))
        for nothing in (graded[1], "sub_nothing"):
            with pytest.raises(NotFound):
                regrade_submission(session, nothing, ADAM, crowd.at(101))
        with pytest.raises(NotFound):
            regrade_version(session, "chv_nothing", ADAM, crowd.at(101))


@pytest.mark.parametrize("way", ["given up", "given back for the last time", "a silent worker"])
def test_what_is_judged_again_in_vain_keeps_its_grade(crowd: Crowd, graded: list[str], way: str) -> None:
    with crowd.database.writing() as session:
        regrade_submission(session, graded[0], ADAM, crowd.at(100))
        waiting = sa.update(Submission).where(Submission.id != graded[0], Submission.state == WorkState.QUEUED)
        session.execute(waiting.values(state=WorkState.GRADED))
    with crowd.database.writing() as session:
        lease = claim(session, RECORDS, "w", timedelta(seconds=30), turn=1)
        assert lease is not None
        assert lease.row_id == graded[0]
    with crowd.database.writing() as session:
        match way:
            case "given up":
                assert leases.give_up(session, lease, "the image is missing")
            case "given back for the last time":
                assert leases.give_back(session, lease, "the image is missing", 1, timedelta(0))
            case _:
                session.execute(sa.update(Submission).values(lease_until=crowd.at(-10_000)))
                assert leases.sweep(session, Submission, 1) == 1
    with crowd.database.writing() as session:
        row = session.get_one(Submission, graded[0])
        assert (row.state, row.verdict, row.score) == (WorkState.GRADED, Verdict.WA, 40.0)
        assert row.failure
        attempt = session.get_one(Attempt, row.attempt_id)
        assert attempt.state is AttemptState.GRADING
        assert unsettled(session) == [attempt.id]
        settle(session, attempt.id)
        assert attempt.state is AttemptState.GRADED
        assert unsettled(session) == []
