"""Stages and notes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from results_cast import Employer

from assessor.assessments.models import Attempt
from assessor.database import Database
from assessor.errors import BadInput, Conflict, NotAllowed, NotFound
from assessor.people.models import AuditEvent
from assessor.results.models import Note, StageChange
from assessor.results.shortlisting import add_note, change_stage, delete_note, release_note


def test_a_stage_change_is_kept_with_its_reason_and_in_the_audit_log(
    database: Database, employer: Employer, now: datetime
) -> None:
    attempt = employer.attempts[2]
    with database.writing() as session:
        change_stage(session, employer.actor(session, "rakel"), attempt, "shortlisted", " Clear code. ", now, seen="new")
    with database.reading() as session:
        assert session.get_one(Attempt, attempt).stage == "shortlisted"
        change = session.scalars(sa.select(StageChange).where(StageChange.attempt_id == attempt)).one()
        assert (change.before, change.after, change.reason, change.account_id) == (
            "new",
            "shortlisted",
            "Clear code.",
            employer.rakel,
        )
        event = session.scalars(sa.select(AuditEvent).where(AuditEvent.action == "stage.change")).one()
        assert event.organisation_id == employer.organisation


@pytest.mark.parametrize("reason", ["", "   \n "])
def test_declining_needs_a_reason(database: Database, employer: Employer, now: datetime, reason: str) -> None:
    with database.writing() as session:
        rakel = employer.actor(session, "rakel")
        with pytest.raises(BadInput) as refused:
            change_stage(session, rakel, employer.attempts[2], "declined", reason, now)
        assert refused.value.field == "reason"
        assert session.get_one(Attempt, employer.attempts[2]).stage == "new"
        change_stage(session, rakel, employer.attempts[2], "declined", "Needs more practice first.", now)


def test_what_a_colleague_did_in_the_meantime_is_not_overwritten(database: Database, employer: Employer, now: datetime) -> None:
    with database.writing() as session:
        change_stage(session, employer.actor(session, "olga"), employer.attempts[2], "hired", "", now, seen="new")
        with pytest.raises(Conflict):
            change_stage(session, employer.actor(session, "rakel"), employer.attempts[2], "shortlisted", "", now, seen="new")


def test_an_unknown_stage_and_a_novel_of_a_reason_are_refused(database: Database, employer: Employer, now: datetime) -> None:
    with database.writing() as session:
        rakel = employer.actor(session, "rakel")
        with pytest.raises(BadInput):
            change_stage(session, rakel, employer.attempts[2], "president", "", now)
        with pytest.raises(BadInput):
            change_stage(session, rakel, employer.attempts[2], "hired", "x" * 5001, now)


def test_the_same_stage_again_makes_no_history(database: Database, employer: Employer, now: datetime) -> None:
    with database.writing() as session:
        change_stage(session, employer.actor(session, "rakel"), employer.attempts[2], "new", "", now)
        assert session.scalars(sa.select(StageChange).where(StageChange.attempt_id == employer.attempts[2])).all() == []


def test_only_who_wrote_a_note_deletes_it(database: Database, employer: Employer, now: datetime) -> None:
    with database.writing() as session:
        note = add_note(session, employer.actor(session, "rakel"), employer.attempts[3], "Call on Monday.", now).id
        with pytest.raises(NotAllowed):
            delete_note(session, employer.actor(session, "olga"), note, now)
        delete_note(session, employer.actor(session, "rakel"), note, now)
        assert session.get(Note, note) is None
        with pytest.raises(BadInput):
            add_note(session, employer.actor(session, "rakel"), employer.attempts[3], "  ", now)


@pytest.mark.parametrize(("who", "refusal"), [("stig", NotFound), ("adam", NotFound), ("astrid", NotAllowed)])
def test_nobody_else_writes_about_candidates(
    database: Database, employer: Employer, now: datetime, who: str, refusal: type[Exception]
) -> None:
    with database.writing() as session:
        note = add_note(session, employer.actor(session, "rakel"), employer.attempts[3], "Ours.", now).id
        actor = employer.actor(session, who)
        with pytest.raises(refusal):
            change_stage(session, actor, employer.attempts[0], "hired", "", now)
        with pytest.raises(refusal):
            add_note(session, actor, employer.attempts[0], "Hello", now)
        with pytest.raises(refusal):
            delete_note(session, actor, note, now)


def test_a_note_is_released_by_who_wrote_it_and_stays_so(database: Database, employer: Employer, now: datetime) -> None:
    with database.writing() as session:
        rakel, olga = employer.actor(session, "rakel"), employer.actor(session, "olga")
        note = add_note(session, rakel, employer.attempts[0], "Well explained.", now)
        assert note.released_at is None
        with pytest.raises(NotAllowed):
            release_note(session, olga, note.id, now)
        release_note(session, rakel, note.id, now)
        release_note(session, rakel, note.id, now + timedelta(hours=1))
        assert note.released_at == now
        with pytest.raises(NotFound):
            release_note(session, employer.actor(session, "stig"), note.id, now)
