"""Looking at pages: accessibility by axe, no sideways scrolling, no console errors, and a picture kept for people to look at."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PICTURES = Path(__file__).parent / "artifacts"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}
OURS = ("http://127.0.0.1:", "data:", "blob:")


def look_at(page: Page, name: str) -> None:
    """Keep a picture, then hold the page to WCAG 2.2 AA and to its width."""
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")
    found = Axe().run(page, options=RULES).response["violations"]
    problems = [f"{v['id']}: {[node['html'][:160] for node in v['nodes'][:3]]}" for v in found]
    assert not problems, "\n".join([name, *problems])
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"{name} scrolls sideways by {overflow} px"


def watch(page: Page) -> list[str]:
    """Collect what the page complains of: script errors, refused content, requests to anybody else."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith(("http://127.0.0.1:", "data:", "blob:")) else complaints.append(request.url)
        ),
    )
    return complaints


def power_off(page: Page) -> None:
    """The page ends as with an empty battery: unlike a closed one it has no last moment in which to save."""
    browser = page.context.browser
    assert browser is not None
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    with page.expect_event("crash"):
        for process in processes:
            if process["type"] == "renderer":
                os.kill(process["id"], signal.SIGKILL)
