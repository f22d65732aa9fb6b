"""The workspace in a real browser: both directions, both widths, a lost connection, plain text, languages."""

from __future__ import annotations

from typing import Any

import pytest
from candidate_browser import Service, check_axe, enter, no_sideways_scroll, open_page, saved, show, write
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("locale", ["en", "ar"])
def test_from_the_link_to_the_report(service: Service, browser: Browser, locale: str, width: int) -> None:
    page = open_page(service, browser, width, locale)
    page.goto(f"{service.link}?lang={locale}")
    check_axe(page, "door")
    page.locator("input[name=name]").fill("Cyrus")
    page.locator("main form button.go").click()
    check_axe(page, "start")
    no_sideways_scroll(page)
    page.locator(".start-bar button").click()
    page.locator(".cm-editor").wait_for(state="attached")
    assert page.locator("html").get_attribute("dir") == ("rtl" if locale == "ar" else "ltr")
    assert page.locator(".cm-content").get_attribute("dir") == "ltr"
    check_axe(page, "workspace")
    write(page, "print(1)  # some\n")
    saved(page)
    check_axe(page, "code")
    no_sideways_scroll(page)
    page.reload()
    show(page, "code")
    expect(page.locator(".cm-content")).to_contain_text("print(1)")
    page.locator("#run").click()
    page.locator("#panel [data-state=graded] mark").first.wait_for()
    check_axe(page, "run")
    no_sideways_scroll(page)
    show(page, "code")
    page.locator("#submit").click()
    page.locator("#panel .groups").wait_for()
    check_axe(page, "result")
    assert page.locator('[data-step="1"]').get_attribute("data-mark") == "part"
    assert "very-secret" not in page.content()
    page.goto(page.url.split("/task")[0] + "/finish")
    check_axe(page, "finish")
    page.locator("main form button.go").click()
    page.locator("main.report").wait_for()
    check_axe(page, "report")
    no_sideways_scroll(page)


def test_dark_is_as_readable(service: Service, browser: Browser) -> None:
    page = open_page(service, browser, color_scheme="dark")
    enter(page, service)
    write(page, "print('good')  # words\nfor i in range(3): pass\n")
    page.locator("#submit").click()
    page.locator("#panel .groups").wait_for()
    check_axe(page, "dark")
    page.locator("[data-theme-switch]").click()
    assert page.locator("html").get_attribute("data-theme") == "light"
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "light"


def test_a_compile_error_marks_its_line(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    enter(page, service)
    write(page, "first\nbad\n")
    page.locator("#run").click()
    page.locator(".cm-lintRange-error").wait_for()
    assert page.locator(".cm-lintRange-error").inner_text() == "bad"


def test_a_lost_connection_loses_nothing_and_submits_once(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    enter(page, service)
    page.context.set_offline(True)
    write(page, "print('good')\n")
    expect(page.locator("#save-line")).to_have_attribute("data-state", "offline")
    page.locator("#submit").click()
    expect(page.locator("#panel")).to_contain_text("The connection was lost. Your code is kept")
    page.context.set_offline(False)
    expect(page.locator("#panel")).to_contain_text("All tests passed")
    saved(page)
    assert [row.source for row in service.submissions()] == ["print('good')\n"]


def test_a_reply_that_is_lost_after_the_server_took_it_is_no_second_submission(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    enter(page, service)
    write(page, "print('good')\n")
    calls = []

    def lose_the_first(route: Any) -> None:
        calls.append(1)
        if len(calls) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/submissions", lose_the_first)
    page.locator("#submit").click()
    expect(page.locator("#panel")).to_contain_text("All tests passed")
    assert len(calls) == 2
    assert len(service.submissions()) == 1


def test_text_that_never_arrived_is_found_again(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    enter(page, service)
    page.route("**/draft", lambda route: route.abort())
    write(page, "print('kept')\n")
    expect(page.locator("#save-line")).to_have_attribute("data-state", "offline")
    page.unroute("**/draft")
    page.reload()
    expect(page.locator(".cm-content")).to_contain_text("kept")
    saved(page)


def test_plain_text_keeps_the_text_and_the_wish(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    enter(page, service)
    write(page, "print('good')\n")
    page.locator("#plain").click()
    expect(page.locator("#source")).to_have_value("print('good')\n")
    page.locator("#source").fill("print('good plain')\n")
    saved(page)
    page.reload()
    expect(page.locator("#source")).to_be_visible()
    expect(page.locator("#source")).to_have_value("print('good plain')\n")
    check_axe(page, "plain")


def test_each_language_has_its_own_text(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    enter(page, service)
    write(page, "print('python')\n")
    saved(page)
    page.locator("#language").select_option("cpp")
    expect(page.locator(".cm-content")).not_to_contain_text("python")
    write(page, "int main() {}\n")
    saved(page)
    page.locator("#language").select_option("python3")
    expect(page.locator(".cm-content")).to_contain_text("python")
    page.reload()
    expect(page.locator(".cm-content")).to_contain_text("python")


def test_reset_asks_first(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    enter(page, service)
    write(page, "mine\n")
    saved(page)
    page.locator("#reset").click()
    page.locator("#reset-dialog form button.go").click()
    expect(page.locator(".cm-content")).to_contain_text("mine")
    page.locator("#reset").click()
    page.locator("#reset-now").click()
    expect(page.locator(".cm-content")).to_contain_text("read the trips")
