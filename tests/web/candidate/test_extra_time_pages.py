"""The card on the start page, without JavaScript: choosing, asking, and what the page says of it."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest
import sqlalchemy as sa
from candidate_cast import Cast
from flask.testing import FlaskClient

from assessor.assessments import attempts, granting
from assessor.assessments.invitations import invitation_token
from assessor.assessments.models import AssessmentVersion, Attempt, ExtraTimeWish
from assessor.clock import utc_now
from assessor.people.accounts import add_account
from assessor.people.permissions import Actor


@pytest.fixture
def opened(cyrus: FlaskClient, cast: Cast) -> str:
    """The start page's address."""
    return cyrus.post(f"/t/{cast.open_token}", data={"name": "Cyrus"}).headers["Location"]


def allow(cast: Cast) -> None:
    with cast.database.writing() as session:
        session.scalars(sa.select(AssessmentVersion)).one().own_extra_time = True


def decide(cast: Cast, granted: bool) -> None:
    with cast.database.writing() as session:
        adam = add_account(session, "service", "adam", "Adam", utc_now(), is_admin=True)
        wish = session.scalars(sa.select(ExtraTimeWish)).one()
        granting.decide(session, Actor(adam.id, is_admin=True), wish.id, granted, utc_now())


def end(cast: Cast) -> None:
    """The time was over five minutes ago."""
    with cast.database.writing() as session:
        session.scalars(sa.select(Attempt)).one().deadline_at = utc_now() - timedelta(minutes=5)
        attempts.close_overdue(session, utc_now())


def test_extra_time_is_taken_without_a_reason(cyrus: FlaskClient, cast: Cast, opened: str) -> None:
    allow(cast)
    assert "You need no reason, and nobody at Alder AB learns of it." in cyrus.get(opened).text
    page = cyrus.post(opened + "extra-time", data={"percent": "50"}, follow_redirects=True).text
    assert "You have extra time: 90 minutes in all." in page
    assert "with your extra time of 50%" in page
    page = cyrus.post(opened + "extra-time", data={"percent": "0"}, follow_redirects=True).text
    assert "60 minutes, from now" in page


@pytest.mark.parametrize("percent", ["", "lots", "-25", "33", "²", "99999"])
def test_what_is_not_offered_is_refused(cyrus: FlaskClient, cast: Cast, opened: str, percent: str) -> None:
    allow(cast)
    assert cyrus.post(opened + "extra-time", data={"percent": percent}).status_code == 422


@pytest.mark.parametrize(("granted", "told"), [(True, "You have extra time: 120 minutes in all."), (False, "was declined")])
def test_a_wish_and_its_answer(cyrus: FlaskClient, cast: Cast, opened: str, granted: bool, told: str) -> None:
    page = cyrus.post(opened + "extra-time", data={"percent": "100"}, follow_redirects=True).text
    assert "You have asked for 2 times the time." in page
    assert cyrus.get(opened + "clock").json["extra_time"] == "asked"
    decide(cast, granted)
    assert cyrus.get(opened + "clock").json["extra_time"] == ("granted" if granted else "declined")
    assert told in cyrus.get(opened).text


def test_only_more_than_the_invitation_gives_is_offered(cyrus: FlaskClient, cast: Cast) -> None:
    token = invitation_token("a secret for tests only", cast.invite(extra_time_percent=50))
    page = cyrus.post(f"/i/{token}", data={}, follow_redirects=True).text
    assert 'value="100"' in page
    assert 'value="25"' not in page


def test_a_stranger_takes_no_time_for_somebody(stig: FlaskClient, cast: Cast, opened: str) -> None:
    allow(cast)
    assert stig.post(opened + "extra-time", data={"percent": "100"}).status_code == 403


def test_the_candidates_own_data_tells_it(cyrus: FlaskClient, cast: Cast, opened: str) -> None:
    cyrus.post(opened + "extra-time", data={"percent": "25"})
    archive = zipfile.ZipFile(io.BytesIO(cyrus.get(opened + "data.zip").data))
    held = json.loads(archive.read("data.json"))
    assert held["attempt"]["own_extra_time_percent"] == 0
    assert [(wish["percent"], wish["granted"]) for wish in held["extra_time_asked_for"]] == [(25, None)]


def test_a_wish_that_is_answered_after_the_end_opens_the_test_again(cyrus: FlaskClient, cast: Cast, opened: str) -> None:
    cyrus.post(opened + "extra-time", data={"percent": "50"})
    cyrus.post(opened + "start")
    end(cast)
    assert "Your wish for extra time has no answer yet." in cyrus.get(opened + "report").text
    decide(cast, granted=True)
    assert cyrus.get(opened + "clock").json["state"] == "started"
    assert cyrus.get(opened + "report").headers["Location"] == opened
    assert "/task/1" in cyrus.get(opened).headers["Location"]


def test_a_wish_that_is_declined_after_the_end_says_so(cyrus: FlaskClient, cast: Cast, opened: str) -> None:
    cyrus.post(opened + "extra-time", data={"percent": "50"})
    cyrus.post(opened + "start")
    end(cast)
    decide(cast, granted=False)
    assert "Your wish for extra time was declined." in cyrus.get(opened + "report").text


def test_the_end_does_not_repeat_what_was_declined_before_it(cyrus: FlaskClient, cast: Cast, opened: str) -> None:
    cyrus.post(opened + "extra-time", data={"percent": "50"})
    decide(cast, granted=False)
    with cast.database.writing() as session:
        session.scalars(sa.select(ExtraTimeWish)).one().decided_at = utc_now() - timedelta(hours=1)
    cyrus.post(opened + "start")
    end(cast)
    assert "Your wish for extra time" not in cyrus.get(opened + "report").text


def test_a_wish_that_cannot_be_granted_any_more_is_not_spoken_of(cyrus: FlaskClient, cast: Cast, opened: str) -> None:
    cyrus.post(opened + "extra-time", data={"percent": "50"})
    cyrus.post(opened + "start")
    cyrus.post(opened + "finish")
    assert "Your wish for extra time" not in cyrus.get(opened + "report").text
