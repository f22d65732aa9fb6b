"""A browser for pages of people who sign in: a server on a port of its own, Chromium, axe."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from staff_client import signin_path
from werkzeug.serving import make_server

from assessor.database import Database

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDE, NARROW = (1440, 900), (360, 780)


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The application on a free port; its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()


@contextmanager
def chromium() -> Iterator[Browser]:
    driver: Playwright
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=list(ARGUMENTS))
        yield browser
        browser.close()


@dataclass
class Visitor:
    """Somebody signed in, and everything their browser complained about."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str, language: str = "en") -> Page:
        self.page.goto(f"{self.address}{path}{'&' if '?' in path else '?'}lang={language}")
        return self.page

    def check(self, path: str, language: str) -> None:
        """The page is accessible, fits its width, runs in its direction, and the browser has nothing to say against it."""
        page = self.open(path, language)
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        found = [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in _violations(page)]
        assert not found, f"{path} in {language}: {found}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} in {language} is too wide"
        assert not self.complaints, f"{path} in {language}: {self.complaints}"


@contextmanager
def visiting(
    browser: Browser, address: str, database: Database, account_id: str, size: tuple[int, int] = WIDE, **options: Any
) -> Iterator[Visitor]:
    """A fresh browser context, signed in by a one-time link."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
    page = context.new_page()
    visitor = Visitor(page, address)
    page.on("console", lambda said: visitor.complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
    page.goto(address + signin_path(database, account_id))
    page.locator("main form button").click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    yield visitor
    context.close()


def _violations(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return found
