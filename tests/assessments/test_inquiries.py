"""Questions and reports of defects reach the author, and the answer reaches who asked, and nobody else."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from results_cast import Employer, fill

from assessor.assessments import inquiries
from assessor.assessments.inquiries import NewInquiry, answer, ask, inquiries_about, inquiries_of, open_inquiries
from assessor.assessments.models import Attempt, AttemptState
from assessor.catalogue.models import Challenge
from assessor.database import Database, Session
from assessor.errors import AssessorError, BadInput, Conflict, NotAllowed, NotFound, TooMany

QUESTION = NewInquiry("question", "Is zero allowed?\r\n")


@pytest.fixture
def employer(database: Database, now: datetime) -> Employer:
    with database.writing() as session:
        return fill(session, now, candidates=4)


def started(session: Session, employer: Employer) -> str:
    return next(a for a in employer.attempts if session.get_one(Attempt, a).started_at is not None)


def first_challenge(session: Session, attempt_id: str) -> tuple[str, str]:
    version = session.get_one(Attempt, attempt_id).assessment_version.tasks[0].challenge_version
    return version.id, version.challenge_id


def owned_by(session: Session, challenge_id: str, organisation_id: str | None) -> None:
    session.get_one(Challenge, challenge_id).organisation_id = organisation_id


def test_a_question_reaches_the_author_and_the_answer_who_asked(database: Database, employer: Employer, now: datetime) -> None:
    with database.writing() as session:
        attempt = started(session, employer)
        version, challenge = first_challenge(session, attempt)
        owned_by(session, challenge, employer.organisation)
        ask(session, attempt, version, QUESTION, now)
    with database.writing() as session:
        astrid = employer.actor(session, "astrid")
        (asked,) = inquiries_about(session, astrid, challenge)
        assert (asked.text, asked.answer) == ("Is zero allowed?", None)
        assert open_inquiries(session, [challenge]) == {challenge: 1}
        assert answer(session, astrid, asked.id, " Yes. ", now + timedelta(minutes=1)) == challenge
    with database.reading() as session:
        (asked,) = inquiries_of(session, attempt, version)
        assert (asked.answer, asked.answered_by) == ("Yes.", employer.astrid)
        assert open_inquiries(session, [challenge]) == {}
        others = [a for a in employer.attempts if a != attempt]
        assert all(list(inquiries_of(session, other)) == [] for other in others)


@pytest.mark.parametrize(
    ("who", "owner", "refused"),
    [
        ("astrid", "organisation", None),
        ("rakel", "organisation", NotAllowed),
        ("stig", "organisation", NotFound),
        ("astrid", "library", NotAllowed),
        ("stig", "library", NotAllowed),
        ("adam", "library", None),
    ],
)
def test_only_those_who_may_change_the_challenge_read_and_answer(
    database: Database, employer: Employer, now: datetime, who: str, owner: str, refused: type[AssessorError] | None
) -> None:
    with database.writing() as session:
        attempt = started(session, employer)
        version, challenge = first_challenge(session, attempt)
        owned_by(session, challenge, employer.organisation if owner == "organisation" else None)
        asked = ask(session, attempt, version, QUESTION, now).id
    with database.writing() as session:
        actor = employer.actor(session, who)
        if refused is None:
            assert len(inquiries_about(session, actor, challenge)) == 1
            answer(session, actor, asked, "Yes.", now)
            return
        with pytest.raises(refused):
            inquiries_about(session, actor, challenge)
        with pytest.raises(refused):
            answer(session, actor, asked, "Yes.", now)


@pytest.mark.parametrize("new", [NewInquiry("praise", "x"), NewInquiry("question", " \n"), NewInquiry("defect", "x" * 2001)])
def test_what_makes_no_sense_is_refused(database: Database, employer: Employer, now: datetime, new: NewInquiry) -> None:
    with database.writing() as session:
        attempt = started(session, employer)
        with pytest.raises(BadInput):
            ask(session, attempt, first_challenge(session, attempt)[0], new, now)


def test_not_before_the_start_nor_about_a_foreign_challenge(database: Database, employer: Employer, now: datetime) -> None:
    with database.writing() as session:
        attempt = started(session, employer)
        version, _ = first_challenge(session, attempt)
        with pytest.raises(NotFound):
            ask(session, attempt, "chv_of_somebody_else", QUESTION, now)
        session.get_one(Attempt, attempt).state = AttemptState.OPENED
        with pytest.raises(Conflict):
            ask(session, attempt, version, QUESTION, now)


def test_one_attempt_cannot_flood_an_author(
    database: Database, employer: Employer, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inquiries, "MOST_OF_ONE", 2)
    with database.writing() as session:
        attempt = started(session, employer)
        version, _ = first_challenge(session, attempt)
        ask(session, attempt, version, QUESTION, now)
        ask(session, attempt, version, QUESTION, now)
        with pytest.raises(TooMany):
            ask(session, attempt, version, QUESTION, now)
