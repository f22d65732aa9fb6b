"""The administrator's pages in a real browser: accessible in both directions and both widths."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from crowd import Crowd
from flask import Flask
from playwright.sync_api import Browser, expect
from sample_packages import package, report
from staff_client import Staff
from staff_pages import NARROW, WIDE, chromium, served, visiting

from assessor.assessments.models import Attempt, AttemptState, ExtraTimeWish
from assessor.catalogue.models import ChallengeVersion, Proof, VersionState
from assessor.catalogue.versions import create_version, record_proof, request_proof
from assessor.clock import utc_now
from assessor.database import Database
from assessor.judging.leases import WorkState
from assessor.judging.models import Submission, WorkerRow
from assessor.judging.verdicts import Verdict

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    with served(app) as opened:
        yield opened


def wish(database: Database, attempt_id: str, left: timedelta) -> None:
    """The candidate of an attempt has asked for twice the time; so much of the first is left."""
    with database.writing() as session:
        attempt = session.get_one(Attempt, attempt_id)
        attempt.started_at, attempt.deadline_at = utc_now() - timedelta(hours=3), utc_now() + left
        if left < timedelta(0):
            attempt.state, attempt.submitted_at, attempt.ended_by_clock = AttemptState.GRADED, attempt.deadline_at, True
        session.add(ExtraTimeWish(attempt_id=attempt_id, percent=100, asked_at=attempt.started_at))


@pytest.fixture
def busy(sqlite_database: Database, staff: Staff) -> str:
    """A service in which something has happened; the id of the proof that was not judged."""
    now = utc_now()
    crowd = Crowd(sqlite_database, now)
    crowd.hand_in(crowd.attempt("cyrus"), 0, 1, times=2)
    for name, minutes_left in (("runs", 30), ("is_just_over", -20), ("is_long_over", -90)):
        wish(sqlite_database, crowd.attempt(name), timedelta(minutes=minutes_left))
    with sqlite_database.writing() as session:
        session.execute(sa.update(Submission).values(state=WorkState.GRADED, verdict=Verdict.WA))
        sound = create_version(session, package("sound"), None, None, now)
        record_proof(session, request_proof(session, sound.id, now, publish=True), report(), now)
        lame = create_version(session, package("lame"), None, staff.alder, now)
        proof = request_proof(session, lame.id, now, publish=False)
        proof.state, proof.tries, proof.failure, proof.finished_at = WorkState.NOT_JUDGED, 3, "The disk is full.", now
        common = {"host": "judge", "slots": 4, "started_at": now, "detail": {"runtime": "runc"}}
        session.add(WorkerRow(name="judge:1", busy=3, beat_at=now + timedelta(hours=1), **common))
        session.add(WorkerRow(name="judge:2", busy=0, beat_at=now - timedelta(minutes=9), **common))
        return proof.id


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_is_accessible(
    browser: Browser, address: str, sqlite_database: Database, staff: Staff, busy: str, size: tuple[int, int], language: str
) -> None:
    paths = ["", "people", "organisations", f"organisations/{staff.alder}", "challenges", "extra-time", "audit", "system"]
    with visiting(browser, address, sqlite_database, staff.adam, size) as adam:
        for path in paths:
            adam.check(f"/admin/{path}", language)


def test_a_new_person_is_made_and_the_link_can_be_copied(
    browser: Browser, address: str, sqlite_database: Database, staff: Staff
) -> None:
    with visiting(browser, address, sqlite_database, staff.adam) as adam:
        page = adam.open("/admin/people")
        page.get_by_label("Name", exact=True).fill("Nora")
        page.get_by_label("Login").fill("nora")
        page.get_by_role("button", name="Create and show the link").click()
        link = page.get_by_label("Sign-in link", exact=True).input_value()
        assert link.startswith(f"{address}/sign-in/link/")
        page.goto(link)
        expect(page.get_by_role("heading", name="Welcome, Nora")).to_be_visible()


def test_failed_work_is_tried_again_by_a_button(
    browser: Browser, address: str, sqlite_database: Database, staff: Staff, busy: str
) -> None:
    with visiting(browser, address, sqlite_database, staff.adam) as adam:
        page = adam.open("/admin/")
        expect(page.get_by_text("The disk is full.")).to_be_visible()
        page.get_by_role("button", name="Retry", exact=True).click()
        expect(page.get_by_text("It is in the queue again.")).to_be_visible()
        expect(page.get_by_text("The disk is full.")).to_have_count(0)
    with sqlite_database.reading() as session:
        proof = session.get_one(Proof, busy)
        assert proof.state is WorkState.QUEUED
        assert session.get_one(ChallengeVersion, proof.version_id).state is VersionState.PROVING
