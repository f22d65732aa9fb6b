"""The clock in a real browser: the server's alone decides, and more time shows by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from candidate_browser import Service, check_axe, enter, open_page, running, saved, show, write
from playwright.sync_api import Browser, expect

from assessor.assessments import extending, faults
from assessor.assessments.attempts import close_overdue
from assessor.assessments.models import AssessmentVersion, Attempt
from assessor.people.models import Account, Role
from assessor.people.permissions import Actor

pytestmark = pytest.mark.browser

DAY = timedelta(days=1)


def give(service: Service, attempt_id: str, minutes: int) -> None:
    with service.cast.database.writing() as session:
        account = session.scalars(sa.select(Account)).one()
        rakel = Actor(account.id, roles={service.cast.organisation_id: Role.REVIEWER})
        extending.give_time(session, rakel, attempt_id, minutes, "The fire alarm rang.", datetime.now(UTC))


@pytest.mark.parametrize("off", [DAY, -DAY], ids=["ahead", "behind"])
def test_a_device_whose_clock_is_a_day_off_changes_nothing(service: Service, browser: Browser, off: timedelta) -> None:
    page = open_page(service, browser)
    page.clock.install(time=datetime.now(UTC) + off)
    enter(page, service)
    expect(page.locator("#clock")).to_contain_text("60 min left")
    write(page, "print('good')\n")
    saved(page)
    page.clock.fast_forward("10:00")
    page.reload()
    page.locator(".cm-editor").wait_for()
    expect(page.locator("#clock")).to_contain_text("60 min left")
    page.locator("#submit").click()
    expect(page.locator("#panel")).to_contain_text("All tests passed")


def test_time_given_while_one_works_shows_by_itself_with_its_reason(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    attempt_id = enter(page, service)
    expect(page.locator("#clock")).to_contain_text("60 min left")
    page.evaluate("window.sameLoad = true")
    give(service, attempt_id, 15)
    expect(page.locator("#clock")).to_contain_text("75 min left")
    expect(page.locator("#credits")).to_contain_text("You were given 15 minutes more: The fire alarm rang.")
    assert page.evaluate("window.sameLoad")
    check_axe(page, "credits")
    page.reload()
    expect(page.locator("#credits")).to_contain_text("The fire alarm rang.")


def test_the_end_is_taken_back_when_time_is_given(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    attempt_id = enter(page, service)
    write(page, "print('good')\n")
    saved(page)
    with service.cast.database.writing() as session:
        session.get_one(Attempt, attempt_id).deadline_at = datetime.now(UTC)

    def sweep() -> None:
        with service.cast.database.writing() as session:
            close_overdue(session, datetime.now(UTC))

    with running(sweep):
        expect(page.locator("#over-dialog")).to_be_visible()
        expect(page.locator("#over-text")).to_contain_text("What you wrote last is handed in for you")
        give(service, attempt_id, 5)
        expect(page.locator("#over-dialog")).to_be_hidden()
        expect(page.locator("#clock")).to_contain_text("left")
        write(page, "print('good, and more')\n")
        saved(page)


def test_the_end_page_says_when_there_is_more_time(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    attempt_id = enter(page, service)
    with service.cast.database.writing() as session:
        session.get_one(Attempt, attempt_id).deadline_at = datetime.now(UTC)
    with service.cast.database.writing() as session:
        close_overdue(session, datetime.now(UTC))
    page.goto(page.url.split("/task")[0] + "/report")
    page.locator("main.report").wait_for()
    give(service, attempt_id, 5)
    expect(page.locator("#goes-on")).to_be_visible()
    page.locator("#goes-on a").click()
    page.locator(".cm-editor").wait_for()


def test_an_outage_of_ours_is_given_back_and_shown(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    enter(page, service)
    with service.cast.database.writing() as session:
        now = datetime.now(UTC)
        began = now - timedelta(minutes=3)
        session.scalars(sa.select(Attempt)).one().started_at = began - timedelta(minutes=1)
        faults.beat(session, began)
        faults.beat(session, now)
    expect(page.locator("#credits")).to_contain_text("You have 3 minutes more: our service did not answer for that long.")
    expect(page.locator("#clock")).to_contain_text("63 min left")


def test_a_pause_stops_the_clock_and_hides_the_tasks(service: Service, browser: Browser) -> None:
    with service.cast.database.writing() as session:
        session.scalars(sa.select(AssessmentVersion)).one().pause_minutes = 10
    page = open_page(service, browser, 360)
    enter(page, service)
    write(page, "print('before the pause')\n")
    other = service.watch(page.context.new_page())
    other.goto(page.url)
    show(page, "task")
    page.locator(".pause.in-task button").click()
    expect(page.locator("h1")).to_contain_text("Your test is paused")
    check_axe(page, "pause")
    expect(other.locator("h1")).to_contain_text("Your test is paused")
    other.close()
    address = page.url
    page.goto(f"{address.rstrip('/')}/task/1")
    expect(page.locator("h1")).to_contain_text("Your test is paused")
    page.locator("main form button.go").click()
    show(page, "code")
    expect(page.locator(".cm-content")).to_contain_text("before the pause")
    saved(page)
