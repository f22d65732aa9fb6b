"""The main job, end to end, as people do it: browser, gunicorn, worker, Docker. Nothing is simulated.

Author Astrid uploads and publishes; employer Rakel makes an assessment and hands out its link; candidate Cyrus solves it in
Arabic on a phone, candidate Salma in English on a desk; Rakel sees both and shortlists one.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from packages import SUM, zipped
from pages import PHONE, WIDE, look_at, watch
from playwright.sync_api import Browser, Page, expect
from service import Service, signin_link

pytestmark = [pytest.mark.docker, pytest.mark.browser]

RIGHT = "a, b = map(int, input().split())\nprint(a + b)\n"
HALF = "a, b = map(int, input().split())\nprint(abs(a) + abs(b))\n"
SLOW_S = 60_000


def open_page(chromium: Browser, size: dict[str, int], locale: str) -> tuple[Page, list[str]]:
    context = chromium.new_context(viewport=size, locale=locale, has_touch=size is PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(20_000)
    return page, watch(page)


def sign_in(page: Page, service: Service, who: str) -> None:
    page.goto(signin_link(service, who))
    page.get_by_role("button", name=re.compile("^Sign in")).click()
    page.wait_for_url(lambda url: "/sign-in/link/" not in url)


def write(page: Page, source: str) -> None:
    """Replace what is in the editor by typing, as a person does."""
    editor = page.locator(".cm-content")
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(source)


def upload_and_publish(chromium: Browser, service: Service, package: Path) -> None:
    page, complaints = open_page(chromium, WIDE, "en-GB")
    sign_in(page, service, "admin")
    page.goto(service.address + "/author/upload")
    look_at(page, "chain-1-upload")
    page.get_by_label("Package").set_input_files(package)
    page.get_by_role("button", name="Check and upload").click()
    expect(page.locator(".title .chip", has_text="published")).to_be_visible(timeout=SLOW_S)
    look_at(page, "chain-2-published")
    assert complaints == []
    page.context.close()


def make_assessment(page: Page, service: Service) -> str:
    sign_in(page, service, "employer")
    page.goto(service.address + "/o/assessments/new")
    page.get_by_label("Title").fill("Backend trainee, Växjö")
    page.get_by_label("Minutes", exact=True).fill("45")
    page.get_by_role("checkbox", name=re.compile("Sum of two")).check()
    page.get_by_role("checkbox", name="Python", exact=True).check()
    look_at(page, "chain-3-new-assessment")
    page.get_by_role("button", name="Make the assessment").click()
    page.wait_for_url(re.compile(r"/o/assessments/asm_\w+$"))
    look_at(page, "chain-4-assessment")
    return page.locator(".link-share code").inner_text()


def begin(page: Page, link: str, name: str) -> None:
    """From the link through the rules to the first task, in whatever language the page is."""
    page.goto(link)
    page.locator("input[name=name]").fill(name)
    page.locator("main form button.go").click()
    page.wait_for_url(re.compile(r"/a/att_"))
    page.locator(".start-bar button").click()
    page.wait_for_url(re.compile(r"/task/1"))


@pytest.fixture(scope="module")
def link(chromium: Browser, service: Service, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Page]:
    package = tmp_path_factory.mktemp("package") / "sum-of-two.zip"
    package.write_bytes(zipped(SUM))
    upload_and_publish(chromium, service, package)
    page, complaints = open_page(chromium, WIDE, "en-GB")
    address = make_assessment(page, service)
    assert complaints == []
    return address, page


def test_from_package_to_shortlist(chromium: Browser, service: Service, link: tuple[str, Page]) -> None:
    address, employer = link
    solve_in_arabic_on_a_phone(chromium, address)
    solve_half_in_english(chromium, address)
    shortlist(employer)


def solve_in_arabic_on_a_phone(chromium: Browser, address: str) -> None:
    page, complaints = open_page(chromium, PHONE, "ar")
    begin(page, address, "Cyrus")
    assert page.locator("html").get_attribute("dir") == "rtl"
    look_at(page, "chain-5-task-ar-360")
    page.locator(".pane-tabs a[data-pane=code]").click()
    write(page, RIGHT)
    look_at(page, "chain-6-code-ar-360")
    page.locator("#run").click()
    expect(page.locator("#panel .headline.good")).to_be_visible(timeout=SLOW_S)
    page.locator(".pane-tabs a[data-pane=code]").click()
    page.locator("#submit").click()
    expect(page.locator("#panel [data-state=graded] .headline.good")).to_be_visible(timeout=SLOW_S)
    expect(page.locator("#panel")).to_contain_text("100")
    look_at(page, "chain-7-result-ar-360")
    assert complaints == []
    page.context.close()


def solve_half_in_english(chromium: Browser, address: str) -> None:
    page, complaints = open_page(chromium, WIDE, "en-GB")
    begin(page, address, "Salma")
    write(page, HALF)
    expect(page.locator("#save-line")).to_have_attribute("data-state", "saved", timeout=10_000)
    page.reload()
    expect(page.locator(".cm-content")).to_contain_text("abs(a)")
    page.locator("#submit").click()
    expect(page.locator("#panel [data-state=graded] .headline.bad")).to_be_visible(timeout=SLOW_S)
    expect(page.locator("#panel")).to_contain_text("Negative numbers")
    expect(page.locator("#panel")).to_contain_text("A number may be below zero.")
    assert "-5" not in page.locator("#panel").inner_text()
    look_at(page, "chain-8-result-en-1440")
    page.get_by_role("link", name="Finish", exact=True).click()
    page.get_by_role("button", name="Finish now").click()
    page.wait_for_url(re.compile("/report"))
    look_at(page, "chain-9-report-en-1440")
    assert complaints == []
    page.context.close()


def shortlist(page: Page) -> None:
    page.get_by_role("link", name=re.compile("^Results")).click()
    rows = page.locator("table.list tbody tr")
    expect(rows.filter(has_text="Cyrus")).to_contain_text("100")
    expect(rows.filter(has_text="Salma")).to_contain_text("40")
    look_at(page, "chain-10-results")
    rows.filter(has_text="Salma").get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text("abs(a) + abs(b)")
    look_at(page, "chain-11-report")
    page.locator("#stage label", has_text="shortlisted").click()
    page.get_by_role("button", name="Save stage").click()
    expect(page.locator("#stage .history")).to_contain_text("shortlisted")
    look_at(page, "chain-12-shortlisted")
