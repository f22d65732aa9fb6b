"""JavaScript off: the whole test by forms, from the link to what comes after it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from candidate_browser import Service, open_page
from playwright.sync_api import Browser, Locator, Page, expect

from assessor.assessments.models import AssessmentVersion, Inquiry

pytestmark = pytest.mark.browser


@pytest.fixture
def page(service: Service, browser: Browser) -> Page:
    return open_page(service, browser, 360, java_script_enabled=False)


def press(page: Page, what: Locator) -> None:
    """Every press is a request and a new page."""
    with page.expect_navigation():
        what.click()


def choose(page: Page, language: str) -> None:
    page.locator("#language").select_option(language)
    press(page, page.locator("button[value=language]"))
    expect(page.locator("#language")).to_have_value(language)


def test_the_whole_test_works_by_forms(service: Service, page: Page, first_program: str) -> None:
    with service.cast.database.writing() as session:
        version = session.scalars(sa.select(AssessmentVersion)).one()
        version.own_extra_time, version.pause_minutes = True, 10
    page.goto(service.link)
    page.locator("input[name=name]").fill("Cyrus")
    press(page, page.locator("main form button.go"))
    key = "".join(page.locator(".digits span").all_inner_texts())
    before_the_clock(page)
    press(page, page.locator(".start-bar button"))
    expect(page.locator("#clock")).to_contain_text("75 minutes left")
    first_task(page)
    press(page, page.locator("[data-step='2']"))
    second_task(page)
    ask(page)
    pause(page)
    come_back(page, service, key)
    finish(page)
    with service.cast.database.reading() as session:
        assert session.scalars(sa.select(Inquiry.text)).one() == "May n be zero?"
    delete(page)


def before_the_clock(page: Page) -> None:
    page.get_by_label("1.25 times the time").check()
    press(page, page.get_by_role("button", name="Take this time"))
    expect(page.locator("#wish")).to_contain_text("You have extra time: 75 minutes in all.")
    press(page, page.get_by_role("button", name="Try the practice task"))
    page.locator("#source").fill("print('good')\n")
    press(page, page.locator("#run"))
    page.locator("#panel [data-state=graded]").wait_for()
    press(page, page.get_by_role("link", name="End practice").last)


def first_task(page: Page) -> None:
    """Save, run on the examples and on an own input, write in two languages, submit."""
    page.locator("#source").fill("print('half')\n")
    press(page, page.get_by_role("button", name="Save"))
    expect(page.locator("#save-line")).to_contain_text("Saved")
    page.reload()
    expect(page.locator("#source")).to_have_value("print('half')\n")
    press(page, page.locator("#run"))
    page.locator("#panel [data-state=graded] mark").first.wait_for()
    page.locator("#own-input").fill("1\n5 9\n")
    press(page, page.locator("#run-own"))
    page.locator("#panel [data-state=graded]").wait_for()
    choose(page, "cpp")
    expect(page.locator("#source")).not_to_have_value("print('half')\n")
    page.locator("#source").fill("// not saved by hand\n" + "int main() { return 0; }\n" * 400)
    choose(page, "python3")
    expect(page.locator("#source")).to_have_value("print('half')\n")
    choose(page, "cpp")
    expect(page.locator("#source")).to_contain_text("not saved by hand")
    choose(page, "python3")
    page.locator("#source").fill("print('good')\n")
    press(page, page.locator("#submit"))
    expect(page.locator("#panel")).to_contain_text("All tests passed")
    expect(page.locator("#source")).to_have_value("print('good')\n")


def second_task(page: Page) -> None:
    """A compile error is explained; what is not submitted is handed in at the end."""
    page.locator("#source").fill("bad\n")
    press(page, page.locator("#submit"))
    expect(page.locator("#panel")).to_contain_text("does not compile")
    page.locator("#source").fill("print('good, only saved')\n")
    press(page, page.get_by_role("button", name="Save"))
    expect(page.locator("#save-line")).to_contain_text("Saved")


def ask(page: Page) -> None:
    press(page, page.get_by_role("link", name="Ask about this task"))
    page.get_by_label("Your words").fill("May n be zero?")
    press(page, page.get_by_role("button", name="Send"))
    expect(page.locator("main")).to_contain_text("An answer will stand here.")
    press(page, page.get_by_role("link", name="Back to the task"))


def pause(page: Page) -> None:
    press(page, page.get_by_role("button", name="Pause").locator("visible=true").first)
    expect(page.locator("h1")).to_contain_text("Your test is paused")
    press(page, page.get_by_role("button", name="Go on with the test"))


def come_back(page: Page, service: Service, key: str) -> None:
    press(page, page.get_by_role("link", name="Leave this device").first)
    press(page, page.get_by_role("button", name="Leave this device"))
    expect(page.locator("h1")).to_contain_text("has forgotten your test")
    press(page, page.get_by_role("link", name="Enter your return key"))
    page.locator("input[name=key]").fill(key)
    press(page, page.locator("main form button.go"))
    expect(page.locator("#source")).to_have_value("print('good')\n")


def finish(page: Page) -> None:
    press(page, page.get_by_role("link", name="Finish").locator("visible=true").first)
    expect(page.locator("main")).to_contain_text("your latest code is not handed in yet")
    press(page, page.get_by_role("button", name="Finish now"))
    expect(page.locator("main.report").get_by_text("All tests passed.")).to_have_count(2)
    expect(page.locator("main.report")).to_contain_text("50")


def delete(page: Page) -> None:
    press(page, page.get_by_role("link", name="Your data"))
    press(page, page.get_by_role("button", name="Delete my data"))
    expect(page.locator("main")).to_contain_text("Nothing was deleted.")
    page.get_by_label("I understand that this cannot be undone").check()
    press(page, page.get_by_role("button", name="Delete my data"))
    expect(page.locator("h1")).to_contain_text("Everything is deleted")


def test_what_is_refused_stays_in_the_field(service: Service, page: Page) -> None:
    page.goto(service.link)
    press(page, page.locator("main form button.go"))
    press(page, page.locator(".start-bar button"))
    page.locator("#source").fill("")
    press(page, page.locator("#submit"))
    expect(page.locator(".notice.bad")).to_contain_text("There is no code yet.")
    long = "x = 1\n" * 30_000
    page.locator("#source").evaluate("(field, text) => (field.value = text)", long)
    page.locator("#language").select_option("cpp")
    press(page, page.locator("button[value=language]"))
    expect(page.locator(".notice.bad")).to_contain_text("larger than 128 KiB")
    expect(page.locator("#source")).to_have_value(long)
    expect(page.locator("#language")).to_have_value("python3")
