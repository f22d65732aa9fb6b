"""Pages stay light: recorded loads beside the targets."""

from __future__ import annotations

import pytest
from candidate_browser import Service
from playwright.sync_api import Browser

from bench.weights import LOCALES, TARGETS, Part, Weight, part_of, weigh_candidate_pages
from web.ui import assets


@pytest.mark.parametrize("locale", LOCALES)
def test_pages_weigh_no_more_than_they_may(service: Service, browser: Browser, locale: str) -> None:
    first, start, workspace = weigh_candidate_pages(browser, service.link, locale)
    assert 0 < first.counted <= TARGETS["first page"], first
    assert 0 < start.counted <= TARGETS["first page"], start
    letters = workspace.of(Part.LETTERS)
    assert (letters > 0) == (locale != "en")
    # One can work before the editor is there. A script's letters have come with the first page; who begins here has both.
    assert workspace.of(Part.PAGE, Part.LETTERS) <= 100_000, workspace
    assert workspace.counted - letters <= TARGETS["workspace"], workspace
    _check_parts(workspace)


def _check_parts(workspace: Weight) -> None:
    """Nothing of the editor is counted as something that comes later, and formulas alone bring their font."""
    for part in (Part.EDITOR, Part.PACK, Part.EQUIPMENT):
        assert workspace.of(part) > 0, part
    names = {file.name.partition("-")[0]: file.part for file in workspace.files}
    assert (names["workspace"], names["codemirror"], names["equipment"]) == (Part.PAGE, Part.EDITOR, Part.EQUIPMENT)
    assert ("math" in names) == (workspace.locale != "ar"), "the Arabic statement alone has no formula"


def test_a_built_file_has_the_part_of_who_imports_it() -> None:
    built = assets.manifest()
    assert part_of(built["app.css"]) is Part.PAGE
    assert part_of(built["arabic.woff2"]) is Part.LETTERS
    assert part_of(built["mono.woff2"]) is Part.PAGE
    assert part_of("task") is Part.PAGE
