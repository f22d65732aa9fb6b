"""Every way through a link, and every way in which a link fails."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from candidate_cast import Cast

from assessor.assessments import attempts, entering
from assessor.assessments.invitations import invitation_token
from assessor.assessments.models import Assessment, Attempt, AttemptState, Invitation
from assessor.assessments.returning import find_by_return_key, hash_return_key, new_return_key, renew_return_key
from assessor.errors import BadInput, Conflict, NotFound

SECRET = "a secret for tests only"


def test_the_open_link_lets_many_in(cast: Cast, now: datetime) -> None:
    with cast.database.writing() as session:
        door = entering.door_of_open_link(session, cast.open_token)
        first = entering.enter(session, SECRET, door, "  Cyrus \n the  first ", "en", now)
        second = entering.enter(session, SECRET, door, "", "ar", now)
    assert first.attempt.state is AttemptState.OPENED
    assert first.attempt.candidate_name == "Cyrus the first"
    assert first.attempt.started_at is None
    assert first.attempt.id != second.attempt.id
    assert first.return_key != second.return_key


def test_an_invitation_is_used_once(cast: Cast, now: datetime) -> None:
    token = invitation_token(SECRET, cast.invite(label="Cyrus", locale="sv", extra_time_percent=25))
    with cast.database.writing() as session:
        door = entering.door_of_invitation(session, SECRET, token, now)
        entered = entering.enter(session, SECRET, door, "", door.locale or "en", now)
        attempts.start(session, entered.attempt.id, now)
    assert (entered.attempt.candidate_name, entered.attempt.locale) == ("Cyrus", "sv")
    assert entered.attempt.deadline_at == now + timedelta(minutes=75)
    with cast.database.reading() as session, pytest.raises(Conflict) as refused:
        entering.door_of_invitation(session, SECRET, token, now)
    assert refused.value.code == "invitation_used"


def test_looking_at_an_invitation_uses_nothing_up(cast: Cast, now: datetime) -> None:
    token = invitation_token(SECRET, cast.invite())
    for _ in range(3):
        with cast.database.reading() as session:
            assert entering.door_of_invitation(session, SECRET, token, now).invitation is not None


@pytest.mark.parametrize(("change", "code"), [("revoked_at", "invitation_revoked"), ("expires_at", "invitation_expired")])
def test_a_withdrawn_or_expired_invitation_says_which(cast: Cast, now: datetime, change: str, code: str) -> None:
    token = invitation_token(SECRET, cast.invite(**{change: now - timedelta(seconds=1)}))
    with cast.database.reading() as session, pytest.raises(Conflict) as refused:
        entering.door_of_invitation(session, SECRET, token, now)
    assert refused.value.code == code


@pytest.mark.parametrize("token", ["", "x", "inv_123.AAAA", "ImludiI.forged"])
def test_a_forged_invitation_is_not_found(cast: Cast, now: datetime, token: str) -> None:
    with cast.database.reading() as session, pytest.raises(NotFound):
        entering.door_of_invitation(session, SECRET, token, now)


def test_a_token_signed_with_another_secret_is_not_found(cast: Cast, now: datetime) -> None:
    token = invitation_token("another secret", cast.invite())
    with cast.database.reading() as session, pytest.raises(NotFound):
        entering.door_of_invitation(session, SECRET, token, now)


def test_a_closed_assessment_lets_nobody_in_or_begin(cast: Cast, now: datetime) -> None:
    with cast.database.writing() as session:
        entered = entering.enter(session, SECRET, entering.door_of_open_link(session, cast.open_token), "Cyrus", "en", now)
        session.get_one(Assessment, cast.assessment_id).closed_at = now
    with cast.database.reading() as session, pytest.raises(Conflict, match="closed"):
        entering.door_of_open_link(session, cast.open_token)
    with cast.database.writing() as session, pytest.raises(Conflict, match="closed"):
        attempts.start(session, entered.attempt.id, now)


def test_an_invitation_that_expires_before_start_cannot_begin(cast: Cast, now: datetime) -> None:
    token = invitation_token(SECRET, cast.invite(expires_at=now + timedelta(hours=1)))
    with cast.database.writing() as session:
        entered = entering.enter(session, SECRET, entering.door_of_invitation(session, SECRET, token, now), "", "en", now)
    with cast.database.writing() as session, pytest.raises(Conflict) as refused:
        attempts.start(session, entered.attempt.id, now + timedelta(hours=2))
    assert refused.value.code == "invitation_expired"


def test_a_cancelled_attempt_cannot_begin(cast: Cast, now: datetime) -> None:
    invitation_id = cast.invite()
    with cast.database.writing() as session:
        door = entering.Door(session.get_one(Assessment, cast.assessment_id), session.get_one(Invitation, invitation_id))
        entered = entering.enter(session, SECRET, door, "", "en", now)
        entered.attempt.state = AttemptState.CANCELLED
    with cast.database.writing() as session, pytest.raises(Conflict, match="cancelled"):
        attempts.start(session, entered.attempt.id, now)


def test_a_second_start_keeps_the_first_clock(cast: Cast, attempt_id: str, now: datetime) -> None:
    with cast.database.writing() as session:
        again = attempts.start(session, attempt_id, now + timedelta(minutes=30))
    assert again.started_at == now
    assert again.deadline_at == now + timedelta(minutes=60)


def test_a_name_that_is_too_long_is_refused(cast: Cast, now: datetime) -> None:
    with cast.database.writing() as session, pytest.raises(BadInput, match="200"):
        entering.enter(session, SECRET, entering.door_of_open_link(session, cast.open_token), "C" * 201, "en", now)


def test_the_return_key_leads_back_and_only_its_slow_hash_is_kept(cast: Cast, now: datetime) -> None:
    with cast.database.writing() as session:
        entered = entering.enter(session, SECRET, entering.door_of_open_link(session, cast.open_token), "Cyrus", "en", now)
    key = entered.return_key
    assert len(key.replace(" ", "")) == 16
    assert key.replace(" ", "") not in entered.attempt.key_hash
    eastern = key.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    for written in (key, key.replace(" ", ""), key.replace(" ", "-"), eastern):
        with cast.database.reading() as session:
            assert find_by_return_key(session, SECRET, written).id == entered.attempt.id
    with cast.database.reading() as session, pytest.raises(NotFound):
        find_by_return_key(session, SECRET, new_return_key())


def test_a_renewed_key_replaces_the_old_one(cast: Cast, attempt_id: str) -> None:
    with cast.database.writing() as session:
        old_hash = session.get_one(Attempt, attempt_id).key_hash
        key = renew_return_key(session, SECRET, attempt_id)
    with cast.database.reading() as session:
        assert find_by_return_key(session, SECRET, key).id == attempt_id
        assert session.get_one(Attempt, attempt_id).key_hash == hash_return_key(SECRET, key) != old_hash
