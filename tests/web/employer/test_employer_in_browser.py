"""The employer's pages in a real browser: accessible in both directions and both widths, by keyboard, with scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from pages import look_at
from playwright.sync_api import Browser, expect
from results_cast import Employer
from staff_pages import NARROW, WIDE, chromium, served, visiting

from assessor.assessments.models import Attempt
from assessor.database import Database

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    with served(app) as opened:
        yield opened


def pages(employer: Employer) -> list[str]:
    """Every page of an owner."""
    assessment, attempt = f"/o/assessments/{employer.assessment}", f"/o/attempts/{employer.attempts[0]}"
    return [
        "/o/assessments",
        "/o/assessments/new",
        assessment,
        f"{assessment}/edit",
        f"{assessment}/invitations",
        f"{assessment}/results",
        f"{assessment}/results?stage=hired&q=nobody",
        attempt,
        f"/o/attempts/{employer.attempts[9]}",
        "/o/members",
        "/account",
    ]


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_is_accessible(
    browser: Browser, address: str, sqlite_database: Database, employer: Employer, size: tuple[int, int], language: str
) -> None:
    with visiting(browser, address, sqlite_database, employer.olga, size) as olga:
        for path in pages(employer):
            olga.check(path, language)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_dark_list_and_report_are_accessible(
    browser: Browser, address: str, sqlite_database: Database, employer: Employer, language: str
) -> None:
    with visiting(browser, address, sqlite_database, employer.rakel, color_scheme="dark") as rakel:
        rakel.check(f"/o/assessments/{employer.assessment}/results", language)
        rakel.check(f"/o/attempts/{employer.attempts[0]}", language)


def test_a_candidate_is_shortlisted_from_the_list_by_keyboard(
    browser: Browser, address: str, sqlite_database: Database, employer: Employer
) -> None:
    with visiting(browser, address, sqlite_database, employer.rakel) as rakel:
        page = rakel.open(f"/o/assessments/{employer.assessment}/results?sort=name")
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("k")
        expect(page.locator("tr.selected")).to_have_count(1)
        name = page.locator("tr.selected th").inner_text()
        page.keyboard.press("s")
        dialog = page.get_by_role("dialog", name=f"Stage of {name}")
        dialog.get_by_text("interviewing").click()
        dialog.get_by_role("button", name="Save stage").click()
        expect(page.locator("tr", has_text=name)).to_contain_text("interviewing")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        expect(page.get_by_role("region", name=name).get_by_role("heading", name=name)).to_be_visible()
        assert not rakel.complaints


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("ar", "dark")])
def test_a_report_opens_beside_the_list_and_the_keyboard_walks_on(
    browser: Browser, address: str, sqlite_database: Database, employer: Employer, language: str, scheme: Literal["light", "dark"]
) -> None:
    with visiting(browser, address, sqlite_database, employer.rakel, color_scheme=scheme) as rakel:
        page = rakel.open(f"/o/assessments/{employer.assessment}/results?sort=name", language)
        side, rows = page.locator("[data-side]"), page.locator("tr[data-row]")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        expect(side.locator("h2").first).to_have_text(rows.nth(0).locator("th").inner_text())
        expect(side).to_be_focused()
        look_at(page, f"beside-{language}")
        page.keyboard.press("j")
        expect(side.locator("h2").first).to_have_text(rows.nth(1).locator("th").inner_text())
        expect(page.locator("tr.selected")).to_have_count(1)
        expect(page).to_have_url(address + (rows.nth(1).locator("a").get_attribute("href") or ""))
        page.keyboard.press("Escape")
        expect(side).to_be_hidden()
        expect(page).to_have_url(re.compile("/results"))
        expect(rows.nth(1).locator("a")).to_be_focused()
        assert not rakel.complaints


def test_what_is_decided_beside_the_list_is_seen_in_it(
    browser: Browser, address: str, sqlite_database: Database, employer: Employer
) -> None:
    with visiting(browser, address, sqlite_database, employer.rakel) as rakel:
        page = rakel.open(f"/o/assessments/{employer.assessment}/results?sort=name")
        row, side = page.locator("tr[data-row]").nth(2), page.locator("[data-side]")
        row.get_by_role("link").click()
        side.locator("#stage").get_by_text("declined").click()
        side.get_by_role("button", name="Save stage").click()
        expect(side.locator("#stage .form-error")).to_contain_text("why you decline")
        side.get_by_label("Reason (needed to decline)").fill("Looks for another kind of work.")
        side.get_by_role("button", name="Save stage").click()
        expect(side.locator("#stage .history")).to_contain_text("Looks for another kind of work.")
        expect(row).to_contain_text("declined")
        side.get_by_placeholder("A note for your colleagues").fill("Ask again in a year.")
        side.get_by_role("button", name="Add note").click()
        expect(side.locator("#notes .history")).to_contain_text("Ask again in a year.")


def test_a_report_beside_the_list_can_be_loaded_again_and_left_by_back(
    browser: Browser, address: str, sqlite_database: Database, employer: Employer
) -> None:
    with visiting(browser, address, sqlite_database, employer.rakel) as rakel:
        page = rakel.open(f"/o/assessments/{employer.assessment}/results")
        link = page.locator("tr[data-row] a").first
        name = link.inner_text()
        link.click()
        expect(page.locator("[data-side] h2").first).to_have_text(name)
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        page.go_back()
        expect(page.get_by_role("region", name="Candidates", exact=True)).to_be_visible()
        expect(page.locator("[data-side]")).to_be_hidden()


@pytest.mark.parametrize("options", [{"java_script_enabled": False}, {"size": NARROW}], ids=["without scripts", "narrow"])
def test_elsewhere_a_report_is_a_page_of_its_own(
    browser: Browser, address: str, sqlite_database: Database, employer: Employer, options: dict[str, Any]
) -> None:
    with visiting(browser, address, sqlite_database, employer.rakel, **options) as rakel:
        page = rakel.open(f"/o/assessments/{employer.assessment}/results")
        link = page.locator("tr[data-row] a").first
        name = link.inner_text()
        link.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_times_are_the_readers_own_and_said_to_be_utc_without_scripts(
    browser: Browser, address: str, sqlite_database: Database, employer: Employer
) -> None:
    path = f"/o/attempts/{employer.attempts[0]}"
    with visiting(browser, address, sqlite_database, employer.rakel, java_script_enabled=False) as rakel:
        started = rakel.open(path).locator(".summary time").first
        at = datetime.fromisoformat(started.get_attribute("datetime") or "")
        expect(started).to_have_text(f"{at.day} {at:%b %Y}, {at:%H:%M} UTC")
    with visiting(browser, address, sqlite_database, employer.rakel, timezone_id="Asia/Kolkata") as rakel:
        there = at.astimezone(ZoneInfo("Asia/Kolkata"))
        expect(rakel.open(path).locator(".summary time").first).to_contain_text(re.compile(rf"^{there.day} .*, {there:%H:%M}$"))


def test_a_printed_report_has_the_evidence_and_no_forms(
    browser: Browser, address: str, sqlite_database: Database, employer: Employer
) -> None:
    with visiting(browser, address, sqlite_database, employer.rakel) as rakel:
        page = rakel.open(f"/o/attempts/{employer.attempts[0]}")
        page.emulate_media(media="print")
        expect(page.locator(".bar, .breadcrumb, .report form, .report .btn").locator("visible=true")).to_have_count(0)
        expect(page.locator(".numbered").first).to_be_visible()


def test_declining_asks_for_a_reason_and_keeps_it_in_the_history(
    browser: Browser, address: str, sqlite_database: Database, employer: Employer
) -> None:
    with visiting(browser, address, sqlite_database, employer.rakel, NARROW) as rakel:
        page = rakel.open(f"/o/attempts/{employer.attempts[2]}")
        page.locator("#stage").get_by_text("declined").click()
        page.locator("#stage").get_by_role("button", name="Save stage").click()
        expect(page.locator("#stage .form-error")).to_contain_text("why you decline")
        page.get_by_label("Reason (needed to decline)").fill("Looks for another kind of work.")
        page.locator("#stage").get_by_role("button", name="Save stage").click()
        expect(page.locator("#stage .history")).to_contain_text("Looks for another kind of work.")
    with sqlite_database.reading() as session:
        assert session.get_one(Attempt, employer.attempts[2]).stage == "declined"


def test_the_assessment_form_searches_while_one_types_and_numbers_what_is_chosen(
    browser: Browser, address: str, sqlite_database: Database, employer: Employer
) -> None:
    with visiting(browser, address, sqlite_database, employer.olga) as olga:
        page = olga.open("/o/assessments/new")
        page.get_by_label("Title").fill("Typed in a browser")
        page.get_by_label("Overlapping bookings", exact=True).check()
        page.get_by_label("Search challenges").fill("trains")
        expect(page.get_by_label("Change at the till", exact=True)).to_be_hidden()
        expect(page.get_by_label("Overlapping bookings", exact=True)).to_be_visible()
        page.get_by_label("Two trains", exact=True).check()
        expect(page.get_by_label("Order of Two trains")).to_have_value("2")
        page.get_by_role("button", name="Make the assessment").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Typed in a browser")
        expect(page.locator("ol.tasks li")).to_contain_text(["Overlapping bookings", "Two trains"])
        expect(page.get_by_role("img", name="The link as a QR code")).to_be_visible()
        assert not olga.complaints
