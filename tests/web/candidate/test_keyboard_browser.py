"""By keyboard alone, from the link to the report: no mouse, and it is always seen where one is."""

from __future__ import annotations

import pytest
from candidate_browser import Service, enter, open_page
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

MOST_STEPS = 60
SHOWS_FOCUS = """() => {
  const here = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(here);
  return here.closest('.cm-editor') !== null || (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0);
}"""


def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Walk to an element; every stop on the way must show itself."""
    for _ in range(MOST_STEPS):
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
        if page.evaluate("document.activeElement.closest('.cm-editor') !== null"):
            page.keyboard.press("Escape")
        page.keyboard.press(key)
        where = page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        if page.evaluate("document.activeElement === document.body"):
            continue  # past the last element, on the way round
        assert page.evaluate(SHOWS_FOCUS), f"the focus is not to be seen on {where}"
    raise AssertionError(f"{selector} cannot be reached by {key}")


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_from_the_link_to_the_report_without_a_mouse(service: Service, browser: Browser, locale: str) -> None:
    page = open_page(service, browser, locale=locale)
    page.goto(f"{service.link}?lang={locale}")
    tab_to(page, "input[name=name]")
    page.keyboard.type("Cyrus")
    tab_to(page, "main form button.go")
    page.keyboard.press("Enter")
    page.locator(".start-bar").wait_for()
    tab_to(page, ".start-bar button")
    page.keyboard.press("Enter")
    write_by_keyboard(page)
    tab_to(page, "#run")
    page.keyboard.press("Enter")
    expect(page.locator("#panel [data-state=graded]")).to_be_visible()
    assert page.locator("#panel").get_attribute("aria-live") == "polite"
    assert page.evaluate("document.activeElement.id") == "run", "the press has taken the focus away"
    tab_to(page, "#submit")
    page.keyboard.press("Enter")
    expect(page.locator("#panel .groups")).to_be_visible()
    tab_to(page, "#result")
    tab_to(page, "a[href$='/finish']", "Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/finish")
    tab_to(page, "main form button.go")
    page.keyboard.press("Enter")
    expect(page.locator("main.report .groups")).to_be_visible()


def write_by_keyboard(page: Page) -> None:
    """Into the editor, an indented line, and out again as the page says."""
    page.locator(".cm-editor").wait_for()
    expect(page.locator("#editor-help")).to_be_visible()
    expect(page.locator("#editor-help")).to_contain_text("Esc")
    tab_to(page, ".cm-content")
    page.keyboard.press("Control+a")
    page.keyboard.type("# half")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("pass")
    assert page.locator(".cm-line").all_inner_texts() == ["# half", "    pass"]
    page.keyboard.press("Control+Enter")
    expect(page.locator("#panel [data-state=graded]")).to_be_visible()
    assert page.locator(".cm-line").all_inner_texts() == ["# half", "    pass"], "running has changed the code"
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('.cm-editor')"), "there is no way out of the editor"


def test_the_editor_can_be_left_backwards_too(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    enter(page, service)
    page.locator(".cm-content").focus()
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("!document.activeElement.closest('.cm-editor')")


def test_dialogs_and_menus_close_by_escape_and_give_the_focus_back(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    enter(page, service)
    for button, opened in (("#reset", "#reset-dialog"), ("#history", "#history-dialog")):
        page.locator(button).focus()
        page.keyboard.press("Enter")
        expect(page.locator(opened)).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(opened)).to_be_hidden()
        expect(page.locator(button)).to_be_focused()
    page.locator(".languages > summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".languages > ul")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".languages > ul")).to_be_hidden()
    expect(page.locator(".languages > summary")).to_be_focused()
