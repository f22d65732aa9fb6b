"""A phone on a slow line that breaks: pressed five times or cut in the middle, it is one submission, and its verdict arrives."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from candidate_browser import Service, enter, open_page, saved, until, write
from playwright.sync_api import Browser, Page, Request, expect
from wire import BACK, UP, wired

pytestmark = pytest.mark.browser

THREE_G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 25_000}
LONG = "print('good')  # " + "x" * 20_000
SLOW_MS = 90_000


class Line:
    """The page's line to us, as its browser makes it."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("Network.enable")
        self.be()

    def be(self, **otherwise: Any) -> None:
        """A 3G line, but for what is given otherwise."""
        self._session.send("Network.emulateNetworkConditions", {**THREE_G, **otherwise})


def hands_in(request: Request) -> bool:
    return request.method == "POST" and request.url.endswith("/submissions")


def press(page: Page, way: str) -> None:
    """Five times, as fast as a hand or a script can."""
    match way:
        case "finger":
            box = page.locator("#submit").bounding_box()
            assert box is not None
            for _ in range(5):
                page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        case "keys":
            for _ in range(5):
                page.keyboard.press("Control+Shift+Enter")
        case _:
            page.evaluate("for (let n = 0; n < 5; n++) document.getElementById('submit').click()")


@pytest.mark.parametrize("way", ["finger", "keys", "script"])
def test_five_presses_on_a_slow_line_are_one_submission(service: Service, browser: Browser, way: str) -> None:
    page = open_page(service, browser, 360)
    enter(page, service)
    Line(page)
    write(page, LONG)
    press(page, way)
    expect(page.locator("#panel")).to_contain_text("All tests passed", timeout=SLOW_MS)
    assert service.times_asked("POST /submissions") == 1
    assert [row.source for row in service.submissions()] == [LONG]


def test_five_presses_without_a_script_are_one_submission(service: Service, browser: Browser) -> None:
    page = open_page(service, browser, 360, java_script_enabled=False)
    page.goto(service.link)
    page.locator("main form button.go").click()
    page.locator(".start-bar button").click()
    line = Line(page)
    line.be(latency=10_000)
    page.locator("#source").fill("print('good')\n")
    page.locator("#submit").scroll_into_view_if_needed()
    press(page, "finger")
    until(page, lambda: service.times_asked("POST /task/1") >= 1, "the form to arrive")
    line.be()
    expect(page.locator("#panel")).to_contain_text("All tests passed", timeout=SLOW_MS)
    assert len(service.submissions()) == 1


@pytest.mark.parametrize("way", [UP, BACK])
def test_a_line_that_breaks_while_handing_in_is_one_submission_and_its_verdict_arrives(
    service: Service, browser: Browser, way: str
) -> None:
    """The code is lost on its way to us, or our answer is on its way back."""
    with wired(service.url) as wire:
        there = replace(service, url=wire.url)
        page = open_page(there, browser, 360)
        enter(page, there)
        Line(page)
        write(page, LONG)
        expect(page.locator("#save-line")).to_have_attribute("data-state", "saved", timeout=SLOW_MS)
        with page.expect_event("requestfailed", hands_in, timeout=SLOW_MS):
            wire.squeeze(way)
            with page.expect_request(hands_in):
                page.locator("#submit").tap()
            if way == BACK:
                until(page, lambda: len(service.submissions()) == 1, "the submission to arrive")
            wire.pull()
        expect(page.locator("#panel")).to_contain_text("The connection was lost. Your code is kept")
        assert len(service.submissions()) == (0 if way == UP else 1)
        wire.plug()
        expect(page.locator("#panel")).to_contain_text("All tests passed", timeout=SLOW_MS)
        saved(page)
        assert [row.source for row in service.submissions()] == [LONG]
        page.context.close()
