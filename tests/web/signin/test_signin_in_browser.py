"""Signing in, choosing an organisation and every page that says no, in a real browser: both directions and colours."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from pages import look_at
from playwright.sync_api import Browser, Page, expect
from staff_client import Bells, Staff, hire, signin_path
from staff_pages import NARROW, WIDE, chromium, served

from assessor.clock import utc_now
from assessor.database import Database
from assessor.errors import Broken, NotAllowed, TooMany
from assessor.people.models import Role
from assessor.people.organisations import add_member
from assessor.settings import Settings
from web.app import create_app

pytestmark = pytest.mark.browser

WAYS = [("en", "light", WIDE), ("en", "dark", NARROW), ("ar", "light", NARROW), ("ar", "dark", WIDE)]
REFUSALS = {403: NotAllowed("Only an owner may."), 429: TooMany("That was a lot at once."), 503: Broken("The disk is full.")}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def app(settings: Settings, sqlite_database: Database) -> Flask:
    """With three addresses that refuse whatever is asked of them."""
    made = create_app(settings, sqlite_database, Bells())
    for status, error in REFUSALS.items():
        made.add_url_rule(f"/refuses/{status}", f"refuses_{status}", _refuse(error))
    return made


def _refuse(error: Exception) -> Callable[[], str]:
    def view() -> str:
        raise error

    return view


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    with served(app) as opened:
        yield opened


@pytest.fixture
def staff(sqlite_database: Database) -> Staff:
    """Rakel works for both organisations."""
    found = hire(sqlite_database)
    with sqlite_database.writing() as session:
        add_member(session, "service", found.birch, found.rakel, Role.REVIEWER, utc_now())
    return found


@pytest.fixture(params=WAYS, ids=["-".join((language, scheme, str(size[0]))) for language, scheme, size in WAYS])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A browser that reads one language, in one colour scheme and width."""
    language, scheme, (width, height) = request.param
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, locale=language, java_script_enabled=True
    )
    yield context.new_page()
    context.close()


def test_the_sign_in_page_is_accessible_also_when_it_says_no(page: Page, address: str, staff: Staff) -> None:
    page.goto(f"{address}/sign-in")
    look_at(page, "sign-in")
    page.locator("input[name=login]").fill("olga")
    page.locator("input[name=password]").fill("not her password")
    page.locator("main form button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    look_at(page, "sign-in-refused")


def test_the_one_time_link_and_the_choice_of_an_organisation_are_accessible(
    page: Page, address: str, sqlite_database: Database, staff: Staff
) -> None:
    page.goto(address + signin_path(sqlite_database, staff.rakel))
    look_at(page, "one-time-link")
    page.locator("main form button").click()
    page.goto(f"{address}/sign-in/organisation")
    expect(page.locator("main button")).to_have_count(2)
    look_at(page, "organisation")


@pytest.mark.parametrize("status", [404, *REFUSALS])
def test_pages_that_say_no_are_accessible(page: Page, address: str, status: int) -> None:
    answer = page.goto(f"{address}/refuses/{status}")
    assert answer is not None
    assert answer.status == status
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    look_at(page, f"refused-{status}")
