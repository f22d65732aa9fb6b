"""A long silence ends a session of staff; the page says so in time, and one press keeps it. The browser's clock is ours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from pages import look_at
from playwright.sync_api import Browser, Page, expect
from staff_client import Bells, Person, hire, signin_path
from staff_pages import chromium, served

from assessor.database import Database
from assessor.settings import Settings
from web.app import create_app

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def app(settings: Settings, sqlite_database: Database) -> Flask:
    return create_app(settings, sqlite_database, Bells())


@pytest.fixture(params=[(1440, "en"), (360, "ar")], ids=["wide-en", "narrow-ar"])
def page(request: pytest.FixtureRequest, browser: Browser, app: Flask, sqlite_database: Database) -> Iterator[Page]:
    """Olga is signed in and looks at her account."""
    width, locale = request.param
    link = signin_path(sqlite_database, hire(sqlite_database).olga)
    context = browser.new_context(viewport={"width": width, "height": 800}, locale=locale)
    page = context.new_page()
    with served(app) as address:
        page.clock.install()
        page.goto(address + link)
        page.locator("main form button").click()
        page.goto(f"{address}/account")
        expect(page.locator("#idle")).to_be_hidden()
        yield page
        context.close()


def test_the_warning_comes_before_the_end_and_one_press_takes_it_away(page: Page) -> None:
    page.clock.fast_forward("11:45:00")
    expect(page.locator("#idle")).to_be_hidden()
    page.clock.fast_forward("06:00")
    expect(page.locator("#idle [data-part=soon]")).to_be_visible()
    look_at(page, "idle-warning")
    page.locator("#stay").click()
    expect(page.locator("#idle")).to_be_hidden()
    page.clock.fast_forward("11:45:00")
    expect(page.locator("#idle")).to_be_hidden()


def test_a_press_that_does_not_arrive_is_said_and_the_end_too(page: Page) -> None:
    page.clock.fast_forward("11:51:00")
    page.route("**/account/awake", lambda route: route.abort())
    page.locator("#stay").click()
    expect(page.locator("#idle [data-part=failed]")).to_be_visible()
    page.clock.fast_forward("10:00")
    expect(page.locator("#idle [data-part=over]")).to_be_visible()
    expect(page.locator("#stay")).to_be_hidden()


def test_only_who_is_signed_in_stays_so(app: Flask, sqlite_database: Database) -> None:
    olga = Person(app, sqlite_database, hire(sqlite_database).olga)
    assert olga.post("/account/awake").json == {"awake": True}
    olga.post("/sign-out")
    assert olga.post("/account/awake").status_code != 200
