"""A candidate's browser at the workspace, the pages served for real, and a judge in a thread whose word is ours."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from candidate_cast import Cast, half_solved, not_compiling, solved
from playwright.sync_api import Browser, Page, expect

from assessor.assessments import extending
from assessor.assessments.attempts import close_overdue
from assessor.assessments.models import Attempt, Draft
from assessor.judging.leases import WorkState
from assessor.judging.models import Submission
from assessor.people.models import Account, Role
from assessor.people.permissions import Actor

ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SIZES = {1440: {"width": 1440, "height": 900}, 360: {"width": 360, "height": 740}}

# What keeps an element's text from being seen: too little room, the edge of the screen, something over it or under it.
HIDDEN = """(element) => {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  if (element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight) return 'is cut off';
  if (left < 0 || right > innerWidth || top < 0 || bottom > innerHeight) return 'is not on the screen';
  const over = [[left + 1, top + 1], [right - 1, top + 1], [left + 1, bottom - 1], [right - 1, bottom - 1]]
    .map(([x, y]) => document.elementFromPoint(x, y)).find((found) => found !== element);
  return over ? `is covered by ${over.outerHTML.slice(0, 80)}` : '';
}"""


@dataclass
class Service:
    """The pages, served for real; `complaints` collects what a browser should never have to say, `asked` what reached us."""

    url: str
    cast: Cast
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    @property
    def link(self) -> str:
        return f"{self.url}/t/{self.cast.open_token}"

    def submissions(self) -> list[Submission]:
        with self.cast.database.reading() as session:
            return list(session.scalars(sa.select(Submission).order_by(Submission.queued_at)))

    def texts(self) -> dict[int, str]:
        """The drafts that are saved, by task."""
        with self.cast.database.reading() as session:
            drafts = session.scalars(sa.select(Draft))
            return {self.cast.versions.index(draft.challenge_version_id) + 1: draft.source for draft in drafts}

    def times_asked(self, what: str) -> int:
        """How many requests like `POST /submissions` have arrived: their method, and what their path ends with."""
        method, ending = what.split()
        return sum(one.startswith(method) and one.endswith(ending) for one in self.asked)

    def watch(self, page: Page) -> Page:
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("request", lambda request: self._check(request.url))
        page.on("console", lambda said: self.complaints.append(said.text) if "Content Security Policy" in said.text else None)
        return page

    def _check(self, url: str) -> None:
        if not url.startswith((self.url, "data:", "blob:")):
            self.complaints.append(f"third party: {url}")


@contextmanager
def running(act: Callable[[], Any]) -> Iterator[None]:
    """`act`, twenty times a second, in a thread."""
    stop = threading.Event()

    def loop() -> None:
        while not stop.wait(0.05):
            act()

    thread = threading.Thread(target=loop)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def end_now(service: Service, attempt_id: str, seconds: float = 0) -> None:
    """Move the end of the attempt to now, or to so many seconds from now."""
    with service.cast.database.writing() as session:
        session.get_one(Attempt, attempt_id).deadline_at = datetime.now(UTC) + timedelta(seconds=seconds)


def sweep(service: Service) -> None:
    """End what is overdue, as the worker does every second."""
    with service.cast.database.writing() as session:
        close_overdue(session, datetime.now(UTC))


def give(service: Service, attempt_id: str, minutes: int) -> None:
    """More time, from the employer."""
    with service.cast.database.writing() as session:
        account = session.scalars(sa.select(Account).where(Account.login == "rakel")).one()
        rakel = Actor(account.id, roles={service.cast.organisation_id: Role.REVIEWER})
        extending.give_time(session, rakel, attempt_id, minutes, "The fire alarm rang.", datetime.now(UTC))


def until(page: Page, holds: Callable[[], bool], what: str) -> None:
    """Wait, while the browser goes on, for something that no page shows."""
    for _ in range(600):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"waited in vain for {what}")


def judge_one(service: Service) -> None:
    """The verdict depends on a word in the source; `wait` is not judged yet."""
    for row in service.submissions():
        if row.state is WorkState.QUEUED and "wait" not in row.source:
            grade = not_compiling("main.py:2: oh") if "bad" in row.source else solved() if "good" in row.source else half_solved()
            service.cast.judge(row.id, grade)


def open_page(service: Service, browser: Browser, width: int = 1440, locale: str = "en", **options: Any) -> Page:
    context = browser.new_context(viewport=SIZES[width], locale=locale, has_touch=width < 700, **options)
    context.set_default_timeout(20_000)
    expect.set_options(timeout=20_000)
    return service.watch(context.new_page())


def enter(page: Page, service: Service, locale: str = "en") -> str:
    """From the link to the workspace; the attempt's id."""
    page.goto(f"{service.link}?lang={locale}")
    page.locator("main form button.go").click()
    page.locator(".start-bar button").click()
    page.locator(".cm-editor").wait_for(state="attached")
    return page.url.split("/a/")[1].split("/")[0]


def show(page: Page, pane: str) -> None:
    if page.locator("#pane-tabs").is_visible():
        page.locator(f"#pane-tabs [data-pane={pane}]").click()


def write(page: Page, text: str) -> None:
    show(page, "code")
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(text)


def saved(page: Page) -> None:
    expect(page.locator("#save-line")).to_have_attribute("data-state", "saved")


def whole_save_line(page: Page, says: str = "") -> bool:
    """Fail unless all that the save line says can be seen; whether it says something that fits."""
    line = page.locator("#save-line > span")
    hidden = line.evaluate(HIDDEN)
    assert not hidden, f"{page.viewport_size}, {page.url}: {line.text_content()!r} {hidden}"
    return re.search(says, line.text_content() or "") is not None


def check_axe(page: Page, where: str) -> None:
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
    problems = [(broken["id"], _faults(broken["nodes"])) for broken in found.response["violations"]]
    assert problems == [], where


def _faults(nodes: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(node["html"][:160], node["any"][0]["message"] if node["any"] else "") for node in nodes]


def no_sideways_scroll(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
