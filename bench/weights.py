"""What pages weigh: recorded loads of a candidate's first page and of the workspace, in a browser that has kept nothing.

Counted are the bytes of the bodies as they came over the line, compressed as the browser asked for them.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bench.measuring import BenchFailure
from bench.programs import tiny
from bench.serving import serving_pages
from web.ui import assets

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Request, StorageState

LOCALES = ("en", "ar", "ti")
TARGETS = {"first page": 60_000, "workspace": 150_000}
"""Bytes, compressed; the workspace's before the editor's language pack."""

_IMPORT = re.compile(r"(?:from|import)\s*\"\./([\w.-]+\.js)\"")
_HAS_COME = "(part) => performance.getEntriesByType('resource').some(({ name }) => name.includes(part))"
_LETTERS = ("arabic", "ethiopic")


class Part(StrEnum):
    """What a file is for. The page can be written and handed in on from the first on; the editor takes the text area's place."""

    PAGE = "page"
    LETTERS = "letters"
    EDITOR = "editor"
    PACK = "language pack"
    EQUIPMENT = "equipment"


_SCRIPTS = ((Part.PAGE, ("shell-", "workspace-")), (Part.EDITOR, ("codemirror-",)), (Part.EQUIPMENT, ("equipment-",)))


@dataclass(frozen=True, slots=True)
class Fetched:
    """One answer of a recorded load."""

    name: str
    bytes: int
    part: Part


@dataclass(frozen=True, slots=True)
class Weight:
    """One page in one language."""

    page: str
    locale: str
    files: tuple[Fetched, ...]

    def of(self, *parts: Part) -> int:
        """Bytes of these parts."""
        return sum(file.bytes for file in self.files if file.part in parts)

    @property
    def counted(self) -> int:
        """What the target is about: all until one can work with the editor, before its language pack comes."""
        return self.of(Part.PAGE, Part.LETTERS, Part.EDITOR)

    @property
    def target(self) -> int | None:
        return TARGETS.get(self.page)


def weigh() -> Iterator[Weight]:
    """The pages of a service that is started for it, one after the other. Raises BenchFailure without Playwright and Chromium."""
    try:
        from playwright.sync_api import sync_playwright  # of the development tools
    except ImportError as missing:
        raise BenchFailure("weights needs Playwright: install the development requirements") from missing
    path = shutil.which("chromium")
    if path is None:
        raise BenchFailure("weights needs Chromium: install the package chromium")
    with (
        tempfile.TemporaryDirectory() as folder,
        serving_pages(Path(folder), tiny("python3", 1)) as service,
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for locale in LOCALES:
            yield from weigh_candidate_pages(browser, f"{service.address}{service.link}", locale)
        browser.close()


def as_rows(weights: Sequence[Weight]) -> list[tuple[str, ...]]:
    """For a table: page, language, KB of each part, of all that counts, and the target."""
    return [
        (
            weight.page,
            weight.locale,
            *(_kb(weight.of(part)) for part in Part),
            _kb(weight.counted),
            _kb(weight.target) if weight.target else "",
        )
        for weight in weights
    ]


def as_documents(weights: Sequence[Weight]) -> list[dict[str, Any]]:
    """For `--json`: bytes, with every file."""
    return [asdict(weight) | {"counted": weight.counted, "target": weight.target} for weight in weights]


def _kb(size: int) -> str:
    return f"{size / 1000:.1f}" if size else "–"


def weigh_candidate_pages(browser: Browser, link: str, locale: str) -> tuple[Weight, ...]:
    """A candidate enters by the link and starts; each page they see is loaded by a browser that has kept only their cookies."""
    weights = [_weigh(browser, None, Weight("first page", locale, ()), f"{link}?lang={locale}", "shell")]
    with closing(browser.new_context(locale=locale, service_workers="block")) as context:
        page = context.new_page()
        page.goto(f"{link}?lang={locale}")
        page.locator("main form button.go").click()
        page.locator(".start-bar button").wait_for()
        weights.append(_weigh(browser, context.storage_state(), Weight("start page", locale, ()), page.url, "shell"))
        page.locator(".start-bar button").click()
        page.locator(".cm-editor").wait_for(state="attached")
        weights.append(_weigh(browser, context.storage_state(), Weight("workspace", locale, ()), page.url, "equipment"))
    return tuple(weights)


def _weigh(browser: Browser, kept: StorageState | None, weight: Weight, address: str, last: str) -> Weight:
    """Load the address until the script called `last` and the fonts have come, and nothing more does."""
    requests: list[Request] = []
    with closing(browser.new_context(locale=weight.locale, storage_state=kept, service_workers="block")) as context:
        page = context.new_page()
        page.on("requestfinished", lambda request: requests.append(request))  # a listener that can be marked
        page.goto(address)
        page.wait_for_function(_HAS_COME, arg=f"/{last}-")
        page.evaluate("document.fonts.ready.then(() => null)")
        page.wait_for_load_state("networkidle")
        files = [_fetched(request) for request in requests if request.url.startswith("http")]
    return replace(weight, files=tuple(sorted(files, key=lambda file: -file.bytes)))


def _fetched(request: Request) -> Fetched:
    name = PurePosixPath(urlsplit(request.url).path).name
    return Fetched(name, request.sizes()["responseBodySize"], part_of(name))


def part_of(name: str) -> Part:
    """What the answer of this name is for. A script belongs to what imports it first, in the order in which a page needs them."""
    if name.endswith(".woff2") and name.partition("-")[0] in _LETTERS:
        return Part.LETTERS
    if not name.endswith(".js") or name not in assets.manifest().values():
        return Part.PAGE
    return next((part for part, entries in _SCRIPTS if name in _with_imports(entries)), Part.PACK)


@cache
def _with_imports(entries: tuple[str, ...]) -> frozenset[str]:
    """The built files whose names begin so, and what they cannot begin without."""
    wanted = [name for name in assets.manifest().values() if name.startswith(entries)]
    found: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name not in found:
            found.add(name)
            wanted += _IMPORT.findall((assets.DIST / name).read_text(encoding="utf-8"))
    return frozenset(found)
