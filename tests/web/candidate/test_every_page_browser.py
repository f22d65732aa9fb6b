"""Every page of the candidate in three scripts: for people who see badly, in light and dark, at four widths, with a thumb."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from candidate_browser import Service, show
from every_page import NOT_PAGES, WALKS, Place, Walk, addresses
from flask import Flask
from pages import RULES
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

HEIGHTS = {320: 640, 360: 740, 768: 1024, 1440: 900}
WITH_A_THUMB = 360

# What sticks out: the page itself, its panes, and whatever one can press that is not in something made to scroll sideways.
STICKS_OUT = """() => {
  const width = document.documentElement.clientWidth;
  const scrolls = (element) => {
    for (let up = element.parentElement; up; up = up.parentElement) {
      if (['auto', 'scroll'].includes(getComputedStyle(up).overflowX)) return true;
    }
    return false;
  };
  const inside = [document.documentElement, ...document.querySelectorAll('main, .task, .work, .out, dialog[open]')]
    .filter((element) => element.checkVisibility() && element.scrollWidth > Math.max(element.clientWidth, 1))
    .map((element) => `${element.tagName}.${element.className} is ${element.scrollWidth - element.clientWidth} px too wide`);
  const cut = [...document.querySelectorAll('a, button, input, select, summary, textarea, h1, h2, .save, .clock')]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !scrolls(element) && !element.matches('.skip'))
    .filter((element) => {
      const { left, right, width: own } = element.getBoundingClientRect();
      return own > 1 && (left < -1 || right > width + 1);
    })
    .map((element) => `${element.outerHTML.slice(0, 100)} is cut off`);
  return [...inside, ...cut];
}"""

# A link within a sentence is as high as its line; for a choice, its label is pressed.
TOO_SMALL = """() => [...document.querySelectorAll('a[href], button, input, select, summary, textarea, label.choice')]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.matches('.skip, .visually-hidden'))
  .filter((element) => !element.matches('label.choice input, .past-list input, .cm-content'))
  .filter((element) => getComputedStyle(element).display !== 'inline'
    || element.parentElement.textContent.trim() === element.textContent.trim())
  .map((element) => [element, element.getBoundingClientRect()])
  .filter(([, { width, height }]) => width < 43.5 || height < 43.5)
  .map(([element, { width, height }]) => `${element.outerHTML.slice(0, 100)}: ${Math.round(width)} × ${Math.round(height)} px`)"""


def resized(page: Page, width: int) -> Iterator[str]:
    """The page at a width; on a narrow one its panes, one after the other."""
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    if not page.locator("#pane-tabs").is_visible() or page.locator("dialog[open], details.menu[open]").count():
        yield f"{width} px"
        return
    for pane in ("task", "result", "code"):
        show(page, pane)
        yield f"{width} px, {pane}"


def unreadable(page: Page) -> list[str]:
    menu = "details.menu[open]"  # it lies over the page, and covers half of this and half of that
    found = Axe().run(page, context=menu if page.locator(menu).count() else None, options=RULES).response["violations"]
    return [f"{broken['id']}: {node['html'][:160]}" for broken in found for node in broken["nodes"][:2]]


def faults(place: Place) -> list[str]:
    """Everything that is wrong with a page, in words."""
    page, found = place.page, []
    page.wait_for_load_state()  # what a pressed button leads to may not have its styles yet
    for width in HEIGHTS:
        for where in resized(page, width):
            found += [f"{where}: {what}" for what in page.evaluate(STICKS_OUT)]
            if width == WITH_A_THUMB:
                found += [f"{where}: {what}" for what in page.evaluate(TOO_SMALL)]
        if width == WITH_A_THUMB:
            page.emulate_media(color_scheme="dark")
            found += [f"{width} px, dark: {what}" for what in unreadable(page)]
            page.emulate_media(color_scheme="light")
    found += [f"1440 px, light: {what}" for what in unreadable(page)]
    return [f"{place.address} ({place.state}), {fault}" for fault in dict.fromkeys(found)]


@pytest.mark.parametrize("locale", ["en", "ar", "ti"])
@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
def test_every_page_can_be_used_by_everybody(
    service: Service, app: Flask, browser: Browser, first_program: str, walk: Walk, locale: str
) -> None:
    seen, found = set(), []
    for place in walk(service, app, browser, locale):
        assert place.page.locator("html").get_attribute("lang") == locale, place
        seen.add(place.address)
        found += faults(place)
    assert found == [], "\n".join(found)
    assert seen == WALKS[walk]


def test_no_page_is_left_out(app: Flask) -> None:
    assert set().union(*WALKS.values()) == addresses(app), "a walk of every_page.py must lead to every page"
    assert {f"candidate.{name}" for name in NOT_PAGES} <= set(app.view_functions)
