"""The clock in a real browser: the server's alone decides, and more time shows by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from candidate_browser import Service, check_axe, end_now, enter, give, open_page, running, saved, show, sweep, write
from playwright.sync_api import Browser, Page, expect

from assessor.assessments import faults, granting
from assessor.assessments.models import AssessmentVersion, Attempt, ExtraTimeWish
from assessor.people.accounts import add_account
from assessor.people.permissions import Actor

pytestmark = pytest.mark.browser

DAY = timedelta(days=1)


@pytest.mark.parametrize("off", [DAY, -DAY], ids=["ahead", "behind"])
def test_a_device_whose_clock_is_a_day_off_changes_nothing(service: Service, browser: Browser, off: timedelta) -> None:
    page = open_page(service, browser)
    page.clock.install(time=datetime.now(UTC) + off)
    attempt_id = enter(page, service)
    expect(page.locator("#clock")).to_contain_text("60 min left")
    write(page, "print('half')\n")
    saved(page)
    page.clock.fast_forward("10:00")
    page.reload()
    page.locator(".cm-editor").wait_for()
    expect(page.locator("#clock")).to_contain_text("60 min left")
    page.locator("#submit").click()
    expect(page.locator("#panel")).to_contain_text("1 of 3 hidden tests passed")
    write(page, "print('good, and last')\n")
    saved(page)
    end_now(service, attempt_id)
    with running(lambda: sweep(service)):
        expect(page.locator("#over-text")).to_contain_text("What you wrote last is handed in for you")
        page.locator("#over-on a").click()
        expect(page.locator("main.report")).to_contain_text("Handed in for you at the end of time.")
    assert [row.source for row in service.submissions()] == ["print('half')\n", "print('good, and last')\n"]


@pytest.mark.parametrize("off", [DAY, -DAY], ids=["ahead", "behind"])
def test_a_clock_that_is_set_in_mid_test_changes_nothing(service: Service, browser: Browser, off: timedelta) -> None:
    page = open_page(service, browser)
    page.clock.install()
    enter(page, service)
    write(page, "print('before')\n")
    saved(page)
    page.clock.set_system_time(datetime.now(UTC) + off)
    with page.expect_response("**/clock"):
        write(page, "print('after')\n")
        saved(page)
    expect(page.locator("#clock")).to_contain_text("60 min left")
    expect(page.locator("#over-dialog")).to_be_hidden()
    assert service.texts() == {1: "print('after')\n"}


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


def stand_still(page: Page) -> None:
    """Stop the page's clock just after it has asked for the time; from here it goes on by `run_for` alone."""
    with page.expect_response("**/clock"):
        pass
    page.clock.pause_at(datetime.now(UTC) + timedelta(seconds=1))


def grant_wish(service: Service) -> None:
    with service.cast.database.writing() as session:
        adam = add_account(session, "service", "adam", "Adam", datetime.now(UTC), is_admin=True)
        wish = session.scalars(sa.select(ExtraTimeWish)).one()
        granting.decide(session, Actor(adam.id, is_admin=True), wish.id, True, datetime.now(UTC))


def ask_for_a_quarter_more(page: Page, service: Service) -> str:
    """From the link to the workspace, with a wish; the attempt's id."""
    page.goto(service.link)
    page.locator("main form button.go").click()
    page.get_by_label("1.25 times the time").check()
    page.get_by_role("button", name="Ask for it").click()
    expect(page.locator("#wish")).to_contain_text("You have asked for 1.25 times the time.")
    page.locator(".start-bar button").click()
    page.locator(".cm-editor").wait_for()
    return page.url.split("/a/")[1].split("/")[0]


def test_a_wish_that_is_granted_after_the_end_leads_back_into_the_test(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    attempt_id = ask_for_a_quarter_more(page, service)
    end_now(service, attempt_id)
    sweep(service)
    page.goto(f"{service.url}/a/{attempt_id}/report")
    expect(page.locator("#wish")).to_contain_text("Your wish for extra time has no answer yet.")
    check_axe(page, "the end, with a wish")
    grant_wish(service)
    page.locator("#goes-on a").click()
    expect(page.locator("#clock")).to_contain_text("15 min left")


def test_a_quarter_more_that_is_granted_while_one_works_shows_within_five_seconds(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    page.clock.install()
    ask_for_a_quarter_more(page, service)
    page.evaluate("window.sameLoad = true")
    stand_still(page)
    expect(page.locator("#clock")).to_contain_text("60 min left")
    grant_wish(service)
    page.clock.run_for(5000)
    expect(page.locator("#clock")).to_contain_text("75 min left")
    assert page.evaluate("window.sameLoad")


def test_a_quarter_more_reopens_what_has_just_ended_within_five_seconds(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    page.clock.install()
    attempt_id = enter(page, service)
    write(page, "print('good')\n")
    saved(page)
    end_now(service, attempt_id)
    sweep(service)
    expect(page.locator("#over-dialog")).to_be_visible()
    stand_still(page)
    give(service, attempt_id, 15)
    page.clock.run_for(5000)
    expect(page.locator("#over-dialog")).to_be_hidden()
    expect(page.locator("#clock")).to_contain_text("15 min left")
    page.clock.resume()
    write(page, "print('good, and more')\n")
    page.locator("#submit").click()
    expect(page.locator("#panel")).to_contain_text("All tests passed")
    assert [row.source for row in service.submissions()] == ["print('good')\n", "print('good, and more')\n"]


def test_the_end_is_taken_back_when_time_is_given(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    attempt_id = enter(page, service)
    write(page, "print('good')\n")
    saved(page)
    end_now(service, attempt_id)
    with running(lambda: sweep(service)):
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
    end_now(service, attempt_id)
    sweep(service)
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
