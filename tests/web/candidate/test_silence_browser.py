"""After the test a long silence closes the candidate's pages; the page says so in time. The browser's clock is ours."""

from __future__ import annotations

import re

import pytest
from candidate_browser import Service, enter, open_page
from pages import look_at
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


def ended(service: Service, browser: Browser, width: int, locale: str) -> Page:
    page = open_page(service, browser, width, locale)
    page.clock.install()
    attempt = enter(page, service, locale)
    expect(page.locator("#idle")).to_have_count(0)
    page.goto(f"{service.url}/a/{attempt}/finish")
    page.locator("main form button").last.click()
    page.wait_for_url("**/report")
    return page


@pytest.mark.parametrize(("width", "locale"), [(1440, "en"), (360, "ar")])
def test_a_silent_page_warns_and_one_press_keeps_it(service: Service, browser: Browser, width: int, locale: str) -> None:
    page = ended(service, browser, width, locale)
    page.clock.fast_forward("40:00")
    expect(page.locator("#idle")).to_be_hidden()
    page.clock.fast_forward("12:00")
    expect(page.locator("#idle [data-part=soon]")).to_be_visible()
    look_at(page, f"silence-{width}")
    with page.expect_response("**/keep") as kept:
        page.locator("#stay").click()
    assert kept.value.ok
    expect(page.locator("#idle")).to_be_hidden()
    page.reload()
    expect(page.locator("#idle")).to_have_count(0)


def test_after_the_silence_what_was_read_goes_from_the_screen_and_cannot_be_had_again(service: Service, browser: Browser) -> None:
    page = ended(service, browser, 1440, "en")
    report = page.url
    page.clock.fast_forward("01:00:00")
    page.wait_for_url(re.compile("/return"))
    expect(page.get_by_text("This device has no access to that test.")).to_be_visible()
    page.goto(report)
    expect(page).to_have_url(re.compile("/return"))
