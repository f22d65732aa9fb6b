"""A candidate's data goes as a whole, and nothing that names anybody stays."""

from __future__ import annotations

from datetime import datetime

import pytest
import sqlalchemy as sa
from results_cast import Employer, fill

from assessor.assessments.erasing import erase, erased_count
from assessor.assessments.invitations import InvitationTerms, invite
from assessor.assessments.models import Attempt, Draft, Invitation
from assessor.database import Database
from assessor.errors import NotFound
from assessor.judging.models import ResultRow, Submission
from assessor.people.models import AuditEvent
from assessor.results.models import Note, StageChange
from assessor.results.reviewer import candidate_rows
from assessor.results.shortlisting import add_note, change_stage


@pytest.fixture
def employer(database: Database, now: datetime) -> Employer:
    with database.writing() as session:
        return fill(session, now)


def rows_of(database: Database, attempt_id: str) -> dict[str, int]:
    with database.reading() as session:
        mine = sa.select(Submission.id).where(Submission.attempt_id == attempt_id)
        counts = {
            record.__tablename__: session.scalar(sa.select(sa.func.count()).where(record.attempt_id == attempt_id)) or 0
            for record in (Draft, Submission, StageChange, Note)
        }
        counts["test_result"] = session.scalar(sa.select(sa.func.count()).where(ResultRow.submission_id.in_(mine))) or 0
        return counts


def test_everything_goes_and_everybody_else_stays(database: Database, employer: Employer, now: datetime) -> None:
    gone, stays = employer.attempts[0], employer.attempts[1]
    with database.writing() as session:
        rakel = employer.actor(session, "rakel")
        for attempt in (gone, stays):
            add_note(session, rakel, attempt, "Reads the task first.", now)
            change_stage(session, rakel, attempt, "interviewing", "", now)
    before = rows_of(database, stays)
    assert rows_of(database, gone)["submission"] > 0
    with database.writing() as session:
        erase(session, gone, now)
    assert set(rows_of(database, gone).values()) == {0}
    assert rows_of(database, stays) == before
    with database.reading() as session:
        assert session.get(Attempt, gone) is None
        _, rows = candidate_rows(session, employer.actor(session, "rakel"), employer.assessment)
        assert gone not in {row.attempt_id for row in rows}
        assert erased_count(session, employer.assessment) == 1
        assert session.scalar(sa.select(sa.func.count()).where(AuditEvent.object_id == gone)) == 0
        kept = session.scalars(sa.select(AuditEvent).where(AuditEvent.action == "attempt.erase")).one()
        assert (kept.actor, kept.object_id, kept.detail) == ("candidate", employer.assessment, {})


def test_an_invitation_stays_used_and_forgets_its_label(database: Database, employer: Employer, now: datetime) -> None:
    with database.writing() as session:
        (invited,) = invite(session, employer.actor(session, "rakel"), employer.assessment, ["Cyrus"], InvitationTerms(), now)
        invited.used_at = now
        attempt = session.get_one(Attempt, employer.attempts[0])
        attempt.invitation_id = invited.id
        invitation_id = invited.id
    with database.writing() as session:
        erase(session, employer.attempts[0], now)
    with database.reading() as session:
        kept = session.get_one(Invitation, invitation_id)
        assert (kept.label, kept.locale, kept.used_at) == ("", None, now)
        assert session.scalar(sa.select(sa.func.count()).where(AuditEvent.object_id == invitation_id)) == 0


def test_twice_is_not_found(database: Database, employer: Employer, now: datetime) -> None:
    with database.writing() as session:
        erase(session, employer.attempts[0], now)
    with database.writing() as session, pytest.raises(NotFound):
        erase(session, employer.attempts[0], now)
