"""The author's pages in a real browser: accessible in both directions and both widths, with scripts and without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Browser, expect
from sample_packages import package, report, zipped
from staff_client import Staff
from staff_pages import NARROW, WIDE, chromium, served, visiting

from assessor.catalogue.models import Proof
from assessor.catalogue.versions import create_version, record_proof, request_proof
from assessor.clock import utc_now
from assessor.database import Database
from assessor.judging.leases import WorkState

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    with served(app) as opened:
        yield opened


@pytest.fixture
def pages(sqlite_database: Database, staff: Staff) -> list[str]:
    """Every page of an author, each state of a version once."""
    now = utc_now()
    paths = ["/author/", "/author/upload"]
    with sqlite_database.writing() as session:
        for number, ok in enumerate((False, True, None)):
            changes = {"statement/problem.en.md": f"Version {number}.\n"}
            version = create_version(session, package(changes=changes), staff.astrid, staff.alder, now)
            proof = request_proof(session, version.id, now, publish=False)
            if ok is not None:
                record_proof(session, proof, report(ok=ok), now)
            paths.append(f"/author/challenges/{version.challenge_id}/versions/{version.number}")
    return paths


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_is_accessible(
    browser: Browser,
    address: str,
    sqlite_database: Database,
    staff: Staff,
    pages: list[str],
    size: tuple[int, int],
    language: str,
) -> None:
    with visiting(browser, address, sqlite_database, staff.astrid, size) as astrid:
        for path in pages:
            astrid.check(path, language)


def test_a_refused_upload_is_accessible_and_keeps_what_was_typed(
    browser: Browser, address: str, sqlite_database: Database, staff: Staff, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.zip"
    broken.write_bytes(zipped({"problem.yaml": "name: [\n"}))
    with visiting(browser, address, sqlite_database, staff.astrid) as astrid:
        page = astrid.open("/author/upload")
        page.get_by_label("Package").set_input_files(broken)
        page.get_by_label("Short name").fill("kept")
        page.get_by_role("button", name="Check and upload").click()
        expect(page.get_by_role("alert")).to_contain_text("Nothing was stored")
        expect(page.get_by_role("region", name="Findings")).to_contain_text("problem.yaml:")
        expect(page.get_by_label("Short name")).to_have_value("kept")


def test_a_package_is_dropped_on_the_form(browser: Browser, address: str, sqlite_database: Database, staff: Staff) -> None:
    with visiting(browser, address, sqlite_database, staff.astrid) as astrid:
        page = astrid.open("/author/upload")
        dropped = page.evaluate_handle(
            """bytes => { const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(bytes)], "dropped.zip", {type: "application/zip"})); return data; }""",
            list(zipped()),
        )
        page.locator("[data-dropzone]").dispatch_event("drop", {"dataTransfer": dropped})
        page.get_by_role("button", name="Check and upload").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Add two numbers")
        assert "dropped" in page.locator(".breadcrumb").inner_text()


def finish(database: Database) -> None:
    """What the worker does when the last example submission is judged."""
    with database.writing() as session:
        proof = session.scalars(sa.select(Proof).where(Proof.state.in_((WorkState.QUEUED, WorkState.RUNNING)))).one()
        record_proof(session, proof, report(), utc_now())


def test_the_proof_is_seen_growing_and_then_published_by_a_button(
    browser: Browser, address: str, sqlite_database: Database, staff: Staff, pages: list[str]
) -> None:
    with visiting(browser, address, sqlite_database, staff.astrid) as astrid:
        page = astrid.open(pages[-1])
        expect(page.get_by_text("Waiting for a worker.")).to_be_visible()
        with sqlite_database.writing() as session:
            proof = session.scalars(sa.select(Proof).where(Proof.state == WorkState.QUEUED)).one()
            proof.state, proof.done, proof.total = WorkState.RUNNING, 1, 2
        expect(page.get_by_text("1 of 2 judged")).to_be_visible()
        finish(sqlite_database)
        expect(page.get_by_text("All 2 example submissions earned what they must.")).to_be_visible()
        page.get_by_role("button", name="Publish").click()
        expect(page.get_by_text("Version 3 is published.")).to_be_visible()
        assert not astrid.complaints


def test_without_scripts_everything_works_by_loading_again(
    browser: Browser, address: str, sqlite_database: Database, staff: Staff, pages: list[str]
) -> None:
    with visiting(browser, address, sqlite_database, staff.astrid, java_script_enabled=False) as astrid:
        page = astrid.open(pages[-1])
        finish(sqlite_database)
        page.get_by_role("link", name="Load again to see how far it is").click()
        page.get_by_role("button", name="Publish").click()
        expect(page.get_by_text("Version 3 is published.")).to_be_visible()
