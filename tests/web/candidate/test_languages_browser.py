"""The candidate's pages in every language: the switch in mid-test, the letters, the words explained, both directions."""

from __future__ import annotations

import re

import pytest
from candidate_browser import Service, check_axe, enter, no_sideways_scroll, open_page, saved, whole_save_line, write
from candidate_cast import put_library_first
from playwright.sync_api import Browser, Page, expect

from web.languages import LANGUAGES, TABLE, Language

pytestmark = pytest.mark.browser

EVERY_LANGUAGE = pytest.mark.parametrize("language", TABLE, ids=lambda language: language.code)


def switch_to(page: Page, code: str) -> None:
    page.locator(".languages > summary").click()
    page.locator(f".languages a[hreflang='{code}']").first.click()
    page.locator(f"html[lang='{code}']").wait_for()
    page.locator(".cm-editor").wait_for(state="attached")


def deadline(page: Page) -> str:
    return str(page.locator("#desk-config").evaluate("(element) => JSON.parse(element.dataset.config).deadline"))


def letters_asked_for(page: Page) -> list[str]:
    names: list[str] = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    return sorted({name.rsplit("/", 1)[1].rsplit("-", 1)[0] for name in names if name.endswith(".woff2")})


def test_the_language_changes_in_mid_test_and_nothing_else(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    attempt_id = enter(page, service)
    with page.expect_response("**/clock"):
        pass
    ends = deadline(page)
    for place, code in enumerate(("fa-AF", "ti", "ar", "kmr", "en")):
        text = f"print('kept')  # {place}\n"
        write(page, text)  # and away with it: what is not saved yet must come along
        switch_to(page, code)
        html, editor = page.locator("html"), page.locator(".cm-content")
        assert html.get_attribute("dir") == LANGUAGES[code].direction
        assert editor.get_attribute("dir") == "ltr"
        expect(editor).to_contain_text(text.strip())
        assert deadline(page) == ends
        expect(page.locator("#clock")).to_contain_text(re.compile("60|5[5-9]"))
        assert f"/a/{attempt_id}/" in page.url
        saved(page)
        assert service.texts() == {1: text}
    write(page, "print('and goes on')\n")
    saved(page)


@EVERY_LANGUAGE
def test_every_page_turns_and_fits_a_phone(service: Service, browser: Browser, language: Language) -> None:
    page = open_page(service, browser, 360)
    page.goto(f"{service.link}?lang={language.code}")
    html = page.locator("html")
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == (language.code, language.direction)
    no_sideways_scroll(page)
    page.locator("main form button.go").click()
    page.locator(".start-bar button").wait_for()
    no_sideways_scroll(page)
    page.locator(".start-bar button").click()
    page.locator(".cm-editor").wait_for(state="attached")
    no_sideways_scroll(page)
    write(page, "print('fits')\n")
    saved(page)
    assert whole_save_line(page, r"\d\d:\d\d:\d\d")
    no_sideways_scroll(page)
    assert page.evaluate("Math.abs(document.scrollingElement.scrollLeft)") == 0
    assert page.locator(".cm-content").get_attribute("dir") == "ltr"
    assert page.locator(".samples pre").first.evaluate("(pre) => getComputedStyle(pre).direction") == "ltr"


def test_eleven_languages_fit_the_menu_of_a_phone(service: Service, browser: Browser) -> None:
    page = open_page(service, browser, 360)
    enter(page, service, "ckb")
    page.locator(".languages > summary").click()
    links = page.locator(".languages li > a[lang]")
    expect(links).to_have_count(len(TABLE))
    for language, link in zip(TABLE, links.all(), strict=True):
        link.scroll_into_view_if_needed()
        expect(link).to_contain_text(language.name)
        box = link.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        assert box["y"] + box["height"] <= 740
    check_axe(page, "menu")


@pytest.mark.parametrize(
    ("code", "letters"),
    [("en", []), ("uk", []), ("ckb", ["arabic"]), ("fa-AF", ["arabic"]), ("ti", ["ethiopic"])],
)
def test_letters_are_fetched_by_the_pages_that_need_them_alone(
    service: Service, browser: Browser, code: str, letters: list[str]
) -> None:
    page = open_page(service, browser)
    page.goto(f"{service.link}?lang={code}")
    page.evaluate("document.fonts.ready")
    assert [name for name in letters_asked_for(page) if name != "mono"] == letters
    page.locator(".languages > summary").click()
    page.wait_for_function("() => performance.getEntriesByType('resource').some(({ name }) => name.includes('names-ethiopic'))")


def test_a_word_is_explained_beside_it_in_the_readers_language(service: Service, browser: Browser) -> None:
    page = open_page(service, browser, 360, locale="ar")
    page.goto(f"{service.link}?lang=ar")
    page.locator("main form button.go").click()
    page.locator(".start-bar button").click()
    page.locator(".cm-editor").wait_for(state="attached")
    page.goto(page.url.split("?")[0] + "?statement=en")
    word = page.locator(".statement a.term[href='#term-integer']")
    word.click()
    card = page.locator("#term-card")
    expect(card).to_be_visible()
    expect(card).to_contain_text("عدد صحيح")
    box = card.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    check_axe(page, "card")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(word).to_be_focused()
    page.keyboard.press("Enter")
    expect(card).to_be_visible()


def test_without_a_script_the_word_leads_to_the_list(service: Service, browser: Browser) -> None:
    page = open_page(service, browser, java_script_enabled=False)
    page.goto(service.link)
    page.locator("main form button.go").click()
    page.locator(".start-bar button").click()
    page.locator(".statement a.term[href='#term-line']").click()
    expect(page.locator("#term-line dd")).to_be_visible()
    expect(page.locator("#term-line")).to_contain_text("One row of text")


def test_a_task_that_lacks_the_language_says_which_one_it_shows(service: Service, browser: Browser) -> None:
    page = open_page(service, browser, locale="sv")
    enter(page, service, "so")
    expect(page.locator("#other-language")).to_contain_text("Svenska")
    assert page.locator(".statement").get_attribute("lang") == "sv"
    page.locator(".texts > summary").click()
    page.locator(".locales a[lang=en]").click()
    expect(page.locator("#other-language")).to_have_count(0)
    assert page.locator(".statement").get_attribute("lang") == "en"


@pytest.mark.parametrize("code", ["ti", "ps", "en"])
def test_a_task_in_eleven_languages_fits_a_phone(service: Service, browser: Browser, code: str) -> None:
    put_library_first(service.cast)
    page = open_page(service, browser, 360)
    enter(page, service, code)
    page.locator(".texts > summary").click()
    no_sideways_scroll(page)
    links = page.locator(".locales a")
    assert links.count() == len(TABLE)
    assert page.locator(".locales").evaluate("(element) => element.scrollWidth <= element.clientWidth")
    assert page.locator(".statement").get_attribute("lang") == code
    check_axe(page, code)
    links.last.click()
    page.locator(".statement[lang=uk]").wait_for()
