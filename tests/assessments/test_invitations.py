"""Invitations: signed links, states, revoking."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from results_cast import Employer, make_assessment, make_attempt, make_challenge, make_people

from assessor.assessments.invitations import (
    InvitationState,
    InvitationTerms,
    invitation_token,
    invitations_of,
    invite,
    read_invitation_token,
    revoke,
)
from assessor.assessments.models import Assessment, Attempt, AttemptState, Invitation
from assessor.database import Database
from assessor.errors import BadInput, Conflict, NotAllowed, NotFound

SECRET = "a secret for tests only"


@pytest.fixture
def employer(database: Database, now: datetime) -> Employer:
    with database.writing() as session:
        cast = make_people(session, now)
        make_challenge(session, cast, "two-trains", now)
        make_assessment(session, cast, now, ("two-trains",))
        return cast


def test_a_token_names_its_invitation_and_nothing_else_does() -> None:
    token = invitation_token(SECRET, "inv_abc")
    assert read_invitation_token(SECRET, token) == "inv_abc"
    assert invitation_token(SECRET, "inv_abc") == token


@pytest.mark.parametrize("spoil", ["{cut}", "x{whole}", "", "{name}", "a.b.c", "å\x00"])
def test_a_forged_or_cut_link_is_not_ours(spoil: str) -> None:
    whole = invitation_token(SECRET, "inv_abc")
    with pytest.raises(NotFound):
        read_invitation_token(SECRET, spoil.format(whole=whole, cut=whole[:-1], name=whole.split(".")[0]))


def test_a_link_signed_by_another_service_is_not_ours() -> None:
    with pytest.raises(NotFound):
        read_invitation_token("another secret", invitation_token(SECRET, "inv_abc"))


def test_states_follow_the_candidate(database: Database, employer: Employer, now: datetime) -> None:
    with database.writing() as session:
        olga, assessment = employer.actor(session, "olga"), session.get_one(Assessment, employer.assessment)
        terms = InvitationTerms(expires_at=now + timedelta(days=1))
        made = invite(session, olga, employer.assessment, ["Waits", "Opened", "Works", "Finished", "Revoked"], terms, now)
        for invitation, values in zip(
            made[1:4],
            (
                {"state": AttemptState.OPENED, "started_at": None, "submitted_at": None},
                {"state": AttemptState.STARTED, "submitted_at": None},
                {},
            ),
            strict=True,
        ):
            make_attempt(session, assessment, "", now, invitation_id=invitation.id, **values)
        session.flush()
        revoke(session, olga, made[4].id, now)
    with database.reading() as session:
        rakel = employer.actor(session, "rakel")
        states = {row.label: row.state for row in invitations_of(session, rakel, employer.assessment, now)}
        later = {row.label: row.state for row in invitations_of(session, rakel, employer.assessment, now + timedelta(days=2))}
    assert states == {
        "Waits": InvitationState.WAITING,
        "Opened": InvitationState.OPENED,
        "Works": InvitationState.STARTED,
        "Finished": InvitationState.FINISHED,
        "Revoked": InvitationState.REVOKED,
    }
    assert later["Waits"] is InvitationState.EXPIRED
    assert later["Works"] is InvitationState.STARTED


def test_revoking_cancels_what_has_not_begun_and_leaves_what_has(database: Database, employer: Employer, now: datetime) -> None:
    with database.writing() as session:
        olga, assessment = employer.actor(session, "olga"), session.get_one(Assessment, employer.assessment)
        looked, works = invite(session, olga, employer.assessment, ["Looked", "Works"], InvitationTerms(), now)
        opened = make_attempt(
            session, assessment, "", now, invitation_id=looked.id, state=AttemptState.OPENED, started_at=None, submitted_at=None
        )
        make_attempt(session, assessment, "", now, invitation_id=works.id, state=AttemptState.STARTED, submitted_at=None)
        session.flush()
        revoke(session, olga, looked.id, now)
        with pytest.raises(Conflict):
            revoke(session, olga, works.id, now)
        assert session.get_one(Attempt, opened.id).state is AttemptState.CANCELLED
        assert session.get_one(Invitation, works.id).revoked_at is None


def test_a_closed_assessment_invites_nobody(database: Database, employer: Employer, now: datetime) -> None:
    with database.writing() as session:
        session.get_one(Assessment, employer.assessment).closed_at = now
        with pytest.raises(Conflict):
            invite(session, employer.actor(session, "olga"), employer.assessment, ["Late"], InvitationTerms(), now)


def test_invitations_cannot_begin_in_the_past_or_be_for_nobody(database: Database, employer: Employer, now: datetime) -> None:
    with database.writing() as session:
        olga = employer.actor(session, "olga")
        for labels, terms in (
            ([], InvitationTerms()),
            (["x"], InvitationTerms(expires_at=now)),
            (["x" * 201], InvitationTerms()),
        ):
            with pytest.raises(BadInput):
                invite(session, olga, employer.assessment, labels, terms, now)
    with pytest.raises(BadInput):
        InvitationTerms(extra_time_percent=-1)


@pytest.mark.parametrize(("who", "refusal"), [("astrid", NotAllowed), ("stig", NotFound), ("adam", NotFound)])
def test_nobody_else_invites_or_revokes(
    database: Database, employer: Employer, now: datetime, who: str, refusal: type[Exception]
) -> None:
    with database.writing() as session:
        made = invite(session, employer.actor(session, "rakel"), employer.assessment, ["Ada"], InvitationTerms(), now)
        actor = employer.actor(session, who)
        with pytest.raises(refusal):
            invite(session, actor, employer.assessment, ["Eve"], InvitationTerms(), now)
        with pytest.raises(refusal):
            revoke(session, actor, made[0].id, now)
        assert invitations_of(session, actor, employer.assessment, now) == []
