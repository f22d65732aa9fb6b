"""The end of time with something unsaved: every task's last text is handed in and judged, and the report says so."""

from __future__ import annotations

import pytest
from candidate_browser import Service, check_axe, end_now, enter, open_page, running, saved, sweep, write
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


def read_report(page: Page) -> None:
    expect(page.locator("#over-dialog")).to_be_visible(timeout=60_000)
    page.locator("#over-on a").click()
    page.locator("main.report").wait_for()


def test_the_last_text_of_every_task_is_handed_in_and_judged(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    attempt_id = enter(page, service)
    write(page, "print('good, in the first')\n")
    saved(page)
    page.locator("[data-step='2']").click()
    page.wait_for_url("**/task/2")
    page.locator(".cm-editor").wait_for()
    write(page, "print('good, at the last moment')\n")
    end_now(service, attempt_id, 1)
    with running(lambda: sweep(service)):
        read_report(page)
        report = page.locator("main.report")
        expect(report).to_contain_text("The time is over and everything you wrote last is handed in.")
        expect(report.get_by_text("Handed in for you at the end of time.").first).to_be_visible()
        expect(report.get_by_text("All tests passed.")).to_have_count(2)
        expect(report).to_contain_text("can see your results now")
    sources = sorted(row.source for row in service.submissions())
    assert sources == ["print('good, at the last moment')\n", "print('good, in the first')\n"]


def test_a_failed_autosave_swallows_nothing_at_the_end(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    attempt_id = enter(page, service)
    write(page, "print('an earlier text')\n")
    saved(page)
    page.route("**/draft", lambda route: route.abort())
    write(page, "print('good, and never saved')\n")
    expect(page.locator("#save-line")).to_have_attribute("data-state", "offline")
    end_now(service, attempt_id, 1)
    with running(lambda: sweep(service)):
        expect(page.locator("#over-dialog")).to_be_visible(timeout=60_000)
        page.unroute("**/draft")
        expect(page.locator("#over-text")).to_contain_text("has reached us and counts", timeout=60_000)
        check_axe(page, "late")
        read_report(page)
        report = page.locator("main.report")
        expect(report).to_contain_text("The time is over and everything you wrote last is handed in.")
        expect(report).to_contain_text("Written before the end. The connection was lost")
        expect(report).to_contain_text("All tests passed.")
    assert "print('good, and never saved')\n" in [row.source for row in service.submissions()]
    assert service.texts()[1] == "print('an earlier text')\n"
