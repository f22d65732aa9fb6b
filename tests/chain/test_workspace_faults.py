"""In the browser, on the whole service: pages killed, no connection, a full disk, the end of time; one press, one submission."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator

import pytest
from candidates import RIGHT, check_graded_once, fill, let_time_run_out, open_link, submissions, wait_until_graded
from pages import PHONE, WIDE, look_at, power_off
from playwright.sync_api import Browser, Page, expect
from service import Service, running_service, wait_for

from assessor.assessments.models import Attempt, AttemptState
from assessor.judging.models import Submission

pytestmark = [pytest.mark.docker, pytest.mark.browser]

SLOW_MS = 60_000
GRADED = "#panel [data-state=graded] .headline.good"
DISK_MIB = 40


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The whole service, on a small file system of its own where we may mount one."""
    folder = tmp_path_factory.mktemp("small")
    mounted = os.geteuid() == 0
    if mounted:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MIB}m", "tmpfs", folder], check=True)
    with running_service(folder / "data") as running:
        yield running
    if mounted:
        subprocess.run(["umount", "-l", folder], check=True)


@pytest.fixture(scope="module")
def link(service: Service) -> str:
    return open_link(service)


@pytest.fixture
def page(chromium: Browser, link: str) -> Iterator[Page]:
    """Cyrus at the first task."""
    context = chromium.new_context(viewport=WIDE, locale="en-GB")  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto(link)
    page.locator("main form button.go").click()
    page.locator(".start-bar button").click()
    page.wait_for_url(re.compile(r"/task/1"))
    yield page
    context.close()


def write(page: Page, source: str) -> None:
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(source)


def attempt_at(page: Page) -> str:
    return page.url.split("/a/")[1].split("/")[0]


def mine(service: Service, attempt_id: str) -> list[Submission]:
    return [row for row in submissions(service) if row.attempt_id == attempt_id]


def test_five_presses_while_the_pages_are_killed_are_one_submission(service: Service, page: Page) -> None:
    write(page, RIGHT)
    expect(page.locator("#save-line")).to_have_attribute("data-state", "saved")
    service.kill("web")
    page.evaluate("for (let n = 0; n < 5; n++) document.getElementById('submit').click()")
    expect(page.locator("#panel")).to_contain_text("The connection was lost. Your code is kept and is being sent again.")
    expect(page.locator(GRADED)).to_be_visible(timeout=SLOW_MS)
    assert len(mine(service, attempt_at(page))) == 1
    check_graded_once(service)


def test_a_submission_on_its_way_survives_a_closed_page(service: Service, page: Page) -> None:
    write(page, RIGHT)
    page.context.set_offline(True)
    page.locator("#submit").click()
    expect(page.locator("#panel")).to_contain_text("is being sent again")
    address, attempt_id = page.url, attempt_at(page)
    context = page.context
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    expect(again.locator(".cm-content")).to_contain_text("print(a + b)")
    expect(again.locator(GRADED)).to_be_visible(timeout=SLOW_MS)
    assert [row.source for row in mine(service, attempt_id)] == [RIGHT]


def test_a_full_disk_is_said_and_the_text_is_kept(service: Service, page: Page) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small file system to fill")
    filler = service.settings.data_dir.parent / "filler"
    text = f"# {'x' * 60}\n" * 1000 + RIGHT
    fill(filler)
    write(page, text)
    expect(page.locator("#save-line")).to_have_attribute("data-state", "save_waits", timeout=30_000)
    expect(page.locator("#save-line")).to_contain_text("Our server cannot save now. Kept on this device; trying again")
    page.locator("#submit").click()
    expect(page.locator("#panel")).to_contain_text("is sent again by itself. This could not be saved: the server's disk is full.")
    look_at(page, "fault-disk-full-1440")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    look_at(page, "fault-disk-full-360")
    assert mine(service, attempt_at(page)) == []
    filler.unlink()
    page.evaluate("dispatchEvent(new Event('online'))")  # rather than to wait for the next of ever rarer tries
    expect(page.locator("#save-line")).to_have_attribute("data-state", "saved", timeout=60_000)
    wait_for(lambda: [row.score for row in mine(service, attempt_at(page))] == [100.0], 60, "the submission to be graded")


def test_the_end_of_time_with_the_browser_closed_and_unsaved_text_elsewhere(service: Service, page: Page) -> None:
    write(page, RIGHT)
    expect(page.locator("#save-line")).to_have_attribute("data-state", "saved")
    attempt_id = attempt_at(page)
    page.context.set_offline(True)
    write(page, "print('never saved')")
    expect(page.locator("#save-line")).to_have_attribute("data-state", "offline")
    before = len(submissions(service))
    power_off(page)
    let_time_run_out(service, attempt_id, 0.5)
    wait_until_graded(service, before + 1)
    (row,) = mine(service, attempt_id)
    assert (row.source, row.by_clock, row.score) == (RIGHT, True, 100.0)
    wait_for(lambda: state_of(service, attempt_id) is AttemptState.GRADED, 10, "the attempt to be graded")
    with service.database.reading() as session:
        attempt = session.get_one(Attempt, attempt_id)
        assert (attempt.ended_by_clock, attempt.submitted_at) == (True, attempt.deadline_at)


def state_of(service: Service, attempt_id: str) -> AttemptState:
    with service.database.reading() as session:
        return session.get_one(Attempt, attempt_id).state
