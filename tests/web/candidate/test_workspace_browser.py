"""The workspace in a real browser: both directions, both widths, two windows, a lost connection, the end of time, no script."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from candidate_cast import Cast, half_solved, not_compiling, solved
from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server

from assessor.assessments.attempts import close_overdue
from assessor.assessments.models import Attempt
from assessor.judging.leases import WorkState
from assessor.judging.models import Submission

pytestmark = pytest.mark.browser

ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SIZES = {1440: {"width": 1440, "height": 900}, 360: {"width": 360, "height": 740}}


@dataclass
class Service:
    """The pages, served for real; `complaints` collects what a browser should never have to say."""

    url: str
    cast: Cast
    complaints: list[str] = field(default_factory=list)

    @property
    def link(self) -> str:
        return f"{self.url}/t/{self.cast.open_token}"

    def submissions(self) -> list[Submission]:
        with self.cast.database.reading() as session:
            return list(session.scalars(sa.select(Submission).order_by(Submission.queued_at)))

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


@pytest.fixture
def service(app: Flask, cast: Cast) -> Iterator[Service]:
    app.config["WTF_CSRF_ENABLED"] = True
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    opened = Service(f"http://127.0.0.1:{server.port}", cast)
    with running(lambda: judge_one(opened)):
        yield opened
    server.shutdown()
    thread.join()
    assert opened.complaints == []


def judge_one(service: Service) -> None:
    """The verdict depends on a word in the source; `wait` is not judged yet."""
    for row in service.submissions():
        if row.state is WorkState.QUEUED and "wait" not in row.source:
            grade = not_compiling("main.py:2: oh") if "bad" in row.source else solved() if "good" in row.source else half_solved()
            service.cast.judge(row.id, grade)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        yield opened
        opened.close()


def open_page(service: Service, browser: Browser, width: int = 1440, locale: str = "en", **options: Any) -> Page:
    context = browser.new_context(viewport=SIZES[width], locale=locale, has_touch=width < 700, **options)
    context.set_default_timeout(15_000)
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


def check_axe(page: Page, where: str) -> None:
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
    problems = [(broken["id"], _faults(broken["nodes"])) for broken in found.response["violations"]]
    assert problems == [], where


def _faults(nodes: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(node["html"][:160], node["any"][0]["message"] if node["any"] else "") for node in nodes]


def no_sideways_scroll(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


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


def test_two_windows_ask_which_text_to_keep(service: Service, browser: Browser) -> None:
    first = open_page(service, browser)
    enter(first, service)
    second = service.watch(first.context.new_page())
    second.goto(first.url)
    second.locator(".cm-editor").wait_for()
    write(first, "print('one')\n")
    saved(first)
    write(second, "print('two')\n")
    expect(second.locator("#conflict-dialog")).to_be_visible()
    expect(second.locator("#conflict-text")).to_contain_text("one")
    check_axe(second, "conflict")
    second.locator("#conflict-mine").click()
    saved(second)
    write(first, "print('three')\n")
    expect(first.locator("#conflict-text")).to_contain_text("two")
    first.locator("#conflict-theirs").click()
    expect(first.locator(".cm-content")).to_contain_text("two")


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


def test_at_the_end_of_time_the_text_is_handed_in(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    attempt_id = enter(page, service)
    with service.cast.database.writing() as session:
        session.get_one(Attempt, attempt_id).deadline_at = datetime.now(UTC) + timedelta(seconds=6)
    page.reload()
    page.locator(".cm-editor").wait_for()
    expect(page.locator("#clock")).to_have_attribute("data-near", "")
    write(page, "print('good at the end')\n")

    def sweep() -> None:
        with service.cast.database.writing() as session:
            close_overdue(session, datetime.now(UTC))

    with running(sweep):
        expect(page.locator("#over-dialog")).to_be_visible(timeout=20_000)
        page.locator("#over-dialog a").click()
        page.locator("main.report").wait_for()
        deadline = time.monotonic() + 5
        while not service.submissions() and time.monotonic() < deadline:
            time.sleep(0.05)
    assert [(row.source, row.by_clock) for row in service.submissions()] == [("print('good at the end')\n", True)]


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


def test_the_editor_can_be_left_by_keyboard(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    enter(page, service)
    page.locator(".cm-content").focus()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('.cm-editor')")


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


def test_without_javascript_everything_works(service: Service, browser: Browser) -> None:
    page = open_page(service, browser, 360, java_script_enabled=False)
    page.goto(service.link)
    page.locator("main form button.go").click()
    page.locator(".start-bar button").click()
    page.locator("#source").fill("print('good')\n")
    page.locator("#run").click()
    page.locator("#panel [data-state=graded]").wait_for()
    expect(page.locator("#source")).to_have_value("print('good')\n")
    page.locator("#submit").click()
    expect(page.locator("#panel")).to_contain_text("All tests passed")
