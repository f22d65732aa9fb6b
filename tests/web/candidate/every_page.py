"""A walk through every page a candidate can meet, in each state in which it looks different: for checks that hold everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from candidate_browser import Service, end_now, enter, give, open_page, saved, sweep, until, write
from candidate_cast import solved
from flask import Flask
from playwright.sync_api import Browser, Page

from assessor.assessments.models import Assessment, AssessmentVersion, Draft, Inquiry
from assessor.judging.leases import WorkState
from assessor.people.models import Account
from assessor.results.models import Note

NOT_PAGES = {
    "clock": "read by the page's script",
    "panel": "read by the page's script",
    "follow": "a stream, read by the page's script",
    "offline_worker": "a script",
    "download": "saved as a file",
}


@dataclass(frozen=True)
class Place:
    """One page in one state; `address` is the name of its address in the table of routes."""

    address: str
    state: str
    page: Page


def addresses(app: Flask) -> set[str]:
    """The candidate's addresses that are looked at in a browser."""
    rules = [
        rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("candidate.") and "GET" in (rule.methods or ())
    ]
    return {rule.endpoint.removeprefix("candidate.") for rule in rules} - set(NOT_PAGES)


def way_in(service: Service, app: Flask, browser: Browser, locale: str) -> Iterator[Place]:
    page = open_page(service, browser, locale=locale, reduced_motion="reduce")
    yield from _ways_in(service, page, locale)
    yield from _start(service, page)


def work(service: Service, app: Flask, browser: Browser, locale: str) -> Iterator[Place]:
    page = open_page(service, browser, locale=locale, reduced_motion="reduce")
    enter(page, service, locale)
    yield Place("workspace", "fresh", page)
    yield from _working(service, page)
    yield from _dialogs(service, page)


def beside_the_work(service: Service, app: Flask, browser: Browser, locale: str) -> Iterator[Place]:
    with service.cast.database.writing() as session:
        session.scalars(sa.select(AssessmentVersion)).one().pause_minutes = 10
    page = open_page(service, browser, locale=locale, reduced_motion="reduce")
    enter(page, service, locale)
    yield from _beside_the_work(service, page)


def end(service: Service, app: Flask, browser: Browser, locale: str) -> Iterator[Place]:
    page = open_page(service, browser, locale=locale, reduced_motion="reduce")
    enter(page, service, locale)
    for source, there in (("print('half')\n", ".groups"), ("print('wait')\n", "[data-state=queued]")):
        write(page, source)
        page.locator("#submit").click()
        page.locator(f"#panel {there}").wait_for()
    yield from _end(service, page)
    yield from _after(service, app, page)


Walk = Callable[[Service, Flask, Browser, str], Iterator[Place]]

WALKS: dict[Walk, set[str]] = {
    way_in: {"welcome", "come_back", "look", "begin", "workspace"},
    work: {"workspace"},
    beside_the_work: {"inquire", "ask_to_finish", "begin", "ask_to_leave"},
    end: {"workspace", "report", "data", "deleted", "come_back", "left", "look"},
}
"""In the order in which a candidate goes, and where each leads. What is looked at may be resized, but is left as it was."""


def _ways_in(service: Service, page: Page, locale: str) -> Iterator[Place]:
    page.goto(f"{service.url}/?lang={locale}")
    yield Place("welcome", "", page)
    page.locator("input[name=code]").fill("ZZZZZZ")
    page.locator("main form button.go").click()
    page.locator("[aria-invalid]").wait_for()
    yield Place("welcome", "unknown code", page)
    page.goto(f"{service.url}/return")
    yield Place("come_back", "", page)
    page.locator("input[name=key]").fill("1234567890123456")
    page.locator("main form button.go").click()
    page.locator("[aria-invalid]").wait_for()
    yield Place("come_back", "wrong key", page)
    page.goto(f"{service.url}/t/nothing")
    yield Place("look", "not found", page)
    page.goto(service.link)
    yield Place("look", "", page)


def _start(service: Service, page: Page) -> Iterator[Place]:
    page.locator("input[name=name]").fill("Cyrus")
    page.locator("main form button.go").click()
    page.locator("#checks").wait_for()
    yield Place("begin", "before the start", page)
    page.locator("#extra-time input[type=radio]").first.check()
    page.locator("#extra-time .btn").click()
    page.locator("#wish p").first.wait_for()
    yield Place("begin", "extra time asked for", page)
    page.locator("#practice button").click()
    page.locator(".cm-editor").wait_for(state="attached")
    yield Place("workspace", "practice", page)


def _working(service: Service, page: Page) -> Iterator[Place]:
    for state, source, button, there in (
        ("does not compile", "first\nbad\n", "#run", "[data-state=graded] .code-block"),
        ("examples", "print('half')\n", "#run", ".io mark"),
        ("all passed", "print('good')\n", "#submit", ".headline.good"),
        ("groups", "print('half again')\n", "#submit", ".groups .hint-line"),
        ("waiting", "print('wait')\n", "#submit", "[data-state=queued]"),
    ):
        write(page, source)
        saved(page)
        page.locator(button).click()
        page.locator(f"#panel {there}").first.wait_for(state="attached")
        yield Place("workspace", state, page)
    page.reload()
    page.locator("#earlier").wait_for(state="attached")
    page.locator(".cm-editor").wait_for(state="attached")
    page.locator("#earlier").evaluate("(element) => element.open = true")
    page.locator("#own-toggle").click()
    yield Place("workspace", "own input", page)
    page.context.set_offline(True)
    write(page, "print('offline')\n")
    page.locator("#save-line[data-state=offline]").wait_for()
    yield Place("workspace", "offline", page)
    page.context.set_offline(False)
    saved(page)
    page.locator("#plain").click()
    page.locator("#source").wait_for()
    yield Place("workspace", "plain text", page)
    page.locator("#plain").click()
    page.locator(".cm-editor").wait_for()


def _dialogs(service: Service, page: Page) -> Iterator[Place]:
    for button, dialog in (("#history", "#history-dialog"), ("#reset", "#reset-dialog")):
        page.locator(button).click()
        page.locator(dialog).wait_for()
        yield Place("workspace", dialog, page)
        page.keyboard.press("Escape")
    page.locator(".languages > summary").click()
    yield Place("workspace", "languages", page)
    page.keyboard.press("Escape")
    with service.cast.database.writing() as session:
        draft = session.scalars(sa.select(Draft).order_by(Draft.saved_at.desc()).limit(1)).one()
        draft.source, draft.writer, draft.sequence = "print('elsewhere')\n", "another", draft.sequence + 1
    write(page, "print('here')\n")
    page.locator("#conflict-dialog").wait_for()
    yield Place("workspace", "two texts", page)
    page.locator("#conflict-mine").click()
    saved(page)
    attempt_id = page.url.split("/a/")[1].split("/")[0]
    give(service, attempt_id, 5)
    page.locator("#credits li").wait_for(state="attached")
    yield Place("workspace", "more time", page)


def _beside_the_work(service: Service, page: Page) -> Iterator[Place]:
    task, attempt = page.url.split("?")[0].split("#")[0], page.url.split("/task")[0]
    page.goto(f"{task}/ask")
    yield Place("inquire", "", page)
    page.locator("#ask .btn.go").click()
    page.locator("[aria-invalid]").wait_for()
    yield Place("inquire", "refused", page)
    page.locator("textarea").fill("May n be zero?")
    page.locator("#ask .btn.go").click()
    page.locator(".card .pre").wait_for()
    with service.cast.database.writing() as session:
        asked = session.scalars(sa.select(Inquiry)).one()
        asked.answer, asked.answered_at = "Yes, it is.", datetime.now(UTC)
    page.reload()
    yield Place("inquire", "answered", page)
    page.goto(f"{attempt}/finish")
    yield Place("ask_to_finish", "", page)
    page.goto(task)
    page.locator(".pause.in-bar button").click()
    page.locator("form[action$='/go-on']").wait_for()
    yield Place("begin", "paused", page)
    page.locator("main form button.go").click()
    page.wait_for_url("**/task/**")
    page.goto(f"{attempt}/leave")
    yield Place("ask_to_leave", "", page)
    page.locator("main section form button").click()
    page.locator(".digits").wait_for()
    yield Place("ask_to_leave", "a new key", page)
    page.goto(task)
    page.locator(".cm-editor").wait_for(state="attached")


def _end(service: Service, page: Page) -> Iterator[Place]:
    end_now(service, page.url.split("/a/")[1].split("/")[0])
    sweep(service)
    page.locator("#over-dialog").wait_for()
    page.locator("#over-on").wait_for()
    yield Place("workspace", "the time is over", page)
    page.locator("#over-on a").click()
    page.locator("main.report").wait_for()
    page.locator("#results[data-judged=no]").wait_for(state="attached")
    yield Place("report", "being judged", page)
    for row in service.submissions():
        if row.state is WorkState.QUEUED and "wait" in row.source:
            service.cast.judge(row.id, solved())
    with service.cast.database.writing() as session:
        rakel = session.scalars(sa.select(Account.id).where(Account.login == "rakel")).one()
        attempt_id = page.url.split("/a/")[1].split("/")[0]
        released = datetime.now(UTC)
        session.add(Note(attempt_id=attempt_id, account_id=rakel, text="Well explained.", at=released, released_at=released))
    until(page, lambda: all(row.state is WorkState.GRADED for row in service.submissions()), "everything to be judged")
    page.locator("main.report dl.figures").wait_for()  # by itself
    page.reload()
    yield Place("report", "judged", page)
    give(service, attempt_id, 5)
    page.locator("#goes-on").wait_for()
    yield Place("report", "it goes on", page)
    end_now(service, attempt_id)
    sweep(service)


def _after(service: Service, app: Flask, page: Page) -> Iterator[Place]:
    attempt = page.url.split("/report")[0]
    page.goto(f"{attempt}/data")
    yield Place("data", "", page)
    page.locator("#delete .btn").click()
    page.locator("#delete .notice").wait_for()
    yield Place("data", "not sure", page)
    page.locator("#delete input[type=checkbox]").check()
    page.locator("#delete .btn").click()
    page.wait_for_url("**/deleted*")
    yield Place("deleted", "", page)
    page.goto(f"{attempt}/report")
    page.wait_for_url("**/return?why=no_pass")
    yield Place("come_back", "no access", page)
    page.goto(f"{service.url}/left")
    yield Place("left", "", page)
    with service.cast.database.writing() as session:
        session.get_one(Assessment, service.cast.assessment_id).closed_at = datetime.now(UTC)
    page.goto(service.link)
    yield Place("look", "closed", page)
    view = app.view_functions["candidate.left"]
    app.view_functions["candidate.left"] = lambda: 1 // 0
    page.goto(f"{service.url}/left")
    app.view_functions["candidate.left"] = view
    yield Place("left", "broken", page)
