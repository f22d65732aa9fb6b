"""The employer's pages in a real browser: accessible in both directions and both widths, by keyboard, with scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
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
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        assert not rakel.complaints


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
