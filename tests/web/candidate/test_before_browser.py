"""The start page in Chromium: what happens on it before the clock runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sqlalchemy as sa
from candidate_browser import Service, check_axe, open_page, saved, write
from playwright.sync_api import Browser, Locator, Page, expect

from assessor.assessments import granting
from assessor.assessments.models import AssessmentVersion, ExtraTimeWish
from assessor.clock import utc_now
from assessor.people.accounts import add_account
from assessor.people.permissions import Actor

ARTIFACTS = Path(__file__).parents[2] / "artifacts" / "before"


def to_start_page(page: Page, service: Service, locale: str = "en", *, scripted: bool = True) -> None:
    page.goto(f"{service.link}?lang={locale}")
    page.locator("main form button.go").click()
    page.locator(".start-bar button").wait_for()
    if scripted:
        page.locator("#checks").wait_for()
        page.keyboard.press("Shift")  # the editor is tried at the first sign of life


def keep_picture(page: Page, name: str) -> None:
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=ARTIFACTS / f"{name}.png", full_page=True)


def test_a_granted_wish_shows_itself_without_a_reload(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    to_start_page(page, service)
    page.get_by_label("1.5 times the time").check()
    page.get_by_role("button", name="Ask for it").click()
    expect(page.locator("#wish")).to_contain_text("You have asked for 1.5 times the time.")
    page.evaluate("window.sameDocument = true")
    with service.cast.database.writing() as session:
        adam = add_account(session, "service", "adam", "Adam", utc_now(), is_admin=True)
        wish = session.scalars(sa.select(ExtraTimeWish)).one()
        granting.decide(session, Actor(adam.id, is_admin=True), wish.id, True, utc_now())
    expect(page.locator("#wish")).to_contain_text("You have extra time: 90 minutes in all.")
    expect(page.locator("#from-now")).to_have_text("90 minutes, from now")
    assert page.evaluate("window.sameDocument")


@pytest.mark.parametrize("locale", ["en", "ar"])
@pytest.mark.parametrize("width", [1440, 360])
def test_the_start_page_can_be_read_by_everybody(service: Service, browser: Browser, width: int, locale: str) -> None:
    with service.cast.database.writing() as session:
        session.scalars(sa.select(AssessmentVersion)).one().own_extra_time = True
    page = open_page(service, browser, width)
    to_start_page(page, service, locale)
    expect(found(page, "editor")).to_have_attribute("data-found", "good")
    keep_picture(page, f"start-{locale}-{width}")
    check_axe(page, f"start page, {locale}, {width}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("width", "locale"), [(1440, "en"), (360, "ar")])
def test_practice_is_the_real_workspace_without_a_clock(
    service: Service, browser: Browser, first_program: str, width: int, locale: str
) -> None:
    page = open_page(service, browser, width)
    to_start_page(page, service, locale)
    start = page.url
    page.locator("#practice button").click()
    page.locator(".cm-editor").wait_for(state="attached")
    expect(page.locator("#clock")).to_be_hidden()
    write(page, "print('good')")
    saved(page)
    page.locator("#run").click()
    expect(page.locator("#result [data-state=graded]")).to_be_visible()
    keep_picture(page, f"practice-{locale}-{width}")
    check_axe(page, f"practice, {locale}, {width}")
    page.locator("header a[href$='/']").last.click()
    expect(page.locator(".start-bar button")).to_be_visible()
    assert page.url == start


def found(page: Page, name: str) -> Locator:
    return page.locator(f"#checks [data-check={name}]")


def test_the_device_is_checked_and_the_page_says_so(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    to_start_page(page, service)
    expect(found(page, "storage")).to_have_attribute("data-found", "good")
    expect(found(page, "connection")).to_have_attribute("data-found", re.compile("good|slow"))
    expect(found(page, "editor")).to_contain_text("It works.")


def test_a_server_that_cannot_be_reached_is_told_and_tried_again(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    page.route("**/clock", lambda route: route.abort())
    to_start_page(page, service)
    expect(found(page, "connection")).to_contain_text("Our server cannot be reached.")
    page.unroute("**/clock")
    expect(found(page, "connection")).to_have_attribute("data-found", re.compile("good|slow"))


def test_a_browser_that_keeps_nothing_and_an_editor_that_does_not_come(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    page.add_init_script("indexedDB.open = () => { throw new Error('private') }")
    page.route("**/codemirror-*.js", lambda route: route.abort())
    to_start_page(page, service)
    expect(found(page, "storage")).to_contain_text("This browser keeps nothing")
    expect(found(page, "editor")).to_contain_text("The editor did not load.")
    expect(page.locator(".start-bar button")).to_be_enabled()


def test_without_javascript_the_page_says_that_forms_do(service: Service, browser: Browser) -> None:
    page = open_page(service, browser, java_script_enabled=False)
    to_start_page(page, service, scripted=False)
    expect(page.locator("#check noscript p")).to_be_visible()
    assert "The whole test works with plain forms" in page.content()
    expect(page.locator("#checks")).to_be_hidden()
