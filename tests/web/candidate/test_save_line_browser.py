"""When the work was last saved: all of it can be read on every screen, beside one task and many."""

from __future__ import annotations

import pytest
from candidate_browser import Service, enter, open_page, saved, show, whole_save_line, write
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

HEIGHTS = {320: 640, 360: 740, 768: 1024, 1440: 900}
SENTENCES = {
    "saved": "saved_testing", "kept": "kept", "unsaved": "unsaved", "saving": "saving", "offline": "offline",
    "offline_open": "offline_open", "save_waits": "save_waits",
}  # fmt: skip
"""By the line's state, the name of the longest sentence it then says."""

SAY = """([state, name]) => {
  const line = document.getElementById("save-line"), config = document.getElementById("desk-config").dataset.config
  line.dataset.state = state
  line.querySelector("span").textContent = JSON.parse(config).words[name].replace("{time}", "23:59:59")
}"""


@pytest.mark.parametrize("locale", ["en", "ar", "ti"])
@pytest.mark.parametrize("cast", [1, 3, 10], indirect=True, ids=lambda tasks: f"{tasks} tasks")
def test_the_whole_line_can_be_read(service: Service, browser: Browser, locale: str) -> None:
    page = open_page(service, browser, 360, locale)
    enter(page, service, locale)
    write(page, "print(1)\n")
    saved(page)
    for width, height in HEIGHTS.items():
        page.set_viewport_size({"width": width, "height": height})
        for pane in ("task", "code"):
            show(page, pane)
            for state, name in SENTENCES.items():
                page.evaluate(SAY, [state, name])
                whole_save_line(page)


def test_a_phone_says_the_second_and_nothing_moves_while_one_writes(service: Service, browser: Browser) -> None:
    page = open_page(service, browser, 360)
    enter(page, service)
    show(page, "code")
    top = page.locator("#editor").bounding_box()
    write(page, "print(1)\n")
    saved(page)
    assert page.locator("#editor").bounding_box() == top
    assert whole_save_line(page, r"^Saved \d\d:\d\d:\d\d$")
