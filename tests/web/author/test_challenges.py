"""The pages of challenges: what they show, who may see and do what."""

from __future__ import annotations

import io
import zipfile

import pytest
import sqlalchemy as sa
from flask import Flask
from sample_packages import package, report, zipped
from staff_client import Bells, Person, Staff

from assessor.catalogue.models import ChallengeVersion, Proof, VersionState
from assessor.catalogue.versions import create_version, record_proof, request_proof
from assessor.clock import utc_now
from assessor.database import Database
from assessor.judging.leases import WorkState


def store(database: Database, organisation_id: str | None, ok: bool | None = True, publish: bool = False) -> ChallengeVersion:
    """Alder's or the library's challenge, proved (`ok` true), refused (false) or a draft (null)."""
    now = utc_now()
    with database.writing() as session:
        version = create_version(session, package(), None, organisation_id, now)
        if ok is not None:
            record_proof(session, request_proof(session, version.id, now, publish), report(ok=ok), now)
        session.refresh(version)
        return version


def page_of(version: ChallengeVersion) -> str:
    return f"/author/challenges/{version.challenge_id}/versions/{version.number}"


@pytest.fixture
def proved(sqlite_database: Database, staff: Staff) -> ChallengeVersion:
    return store(sqlite_database, staff.alder)


def state_of(database: Database, version: ChallengeVersion) -> VersionState:
    with database.reading() as session:
        return session.get_one(ChallengeVersion, version.id).state


def test_an_empty_list_says_what_to_do_next(astrid: Person) -> None:
    page = astrid.get("/author/")
    assert "No challenges yet" in page.text
    assert "/author/upload" in page.text


def test_the_list_has_ones_own_challenges_and_the_library_only(
    astrid: Person, stig: Person, staff: Staff, sqlite_database: Database
) -> None:
    store(sqlite_database, staff.alder)
    assert "add-two" in astrid.get("/author/").text
    assert "add-two" not in stig.get("/author/").text
    store(sqlite_database, None)
    assert "The library" in stig.get("/author/").text


def test_the_page_shows_statement_samples_groups_and_the_matrix(astrid: Person, proved: ChallengeVersion) -> None:
    text = astrid.get(page_of(proved)).text
    for expected in ("Read two numbers and print their sum.", "1 2", "Small numbers", "A number may be below zero.", "add.py"):
        assert expected in text
    assert "All 2 example submissions earned what they must." in text
    assert 'aria-label="wrong answer"' in text
    assert "14 ms" in text


def test_a_statement_in_arabic_runs_from_right_to_left_in_an_english_page(astrid: Person, proved: ChallengeVersion) -> None:
    text = astrid.get(page_of(proved) + "?text=ar").text
    assert '<div class="text" lang="ar" dir="rtl">' in text
    assert "اقرأ عددين واطبع مجموعهما." in text


def test_a_refused_version_says_so_and_cannot_be_published(astrid: Person, staff: Staff, sqlite_database: Database) -> None:
    refused = store(sqlite_database, staff.alder, ok=False)
    assert "1 of 2 example submissions earned what they must." in astrid.get(page_of(refused)).text
    assert astrid.post(page_of(refused) + "/publish").status_code == 303
    assert "Only a proved version can be published" in astrid.get(page_of(refused)).text
    assert state_of(sqlite_database, refused) is VersionState.REFUSED


def test_publishing_and_withdrawing(astrid: Person, proved: ChallengeVersion, sqlite_database: Database) -> None:
    astrid.post(page_of(proved) + "/publish")
    assert state_of(sqlite_database, proved) is VersionState.PUBLISHED
    assert "Version 1 is published." in astrid.get(page_of(proved)).text
    astrid.post(page_of(proved) + "/withdraw")
    assert state_of(sqlite_database, proved) is VersionState.WITHDRAWN


def test_proving_a_draft_rings_the_bell(astrid: Person, staff: Staff, sqlite_database: Database, bells: Bells) -> None:
    draft = store(sqlite_database, staff.alder, ok=None)
    astrid.post(page_of(draft) + "/prove")
    assert [kind for kind, _, _ in bells.rung] == ["proof"]
    assert state_of(sqlite_database, draft) is VersionState.PROVING


def test_a_waiting_page_learns_when_the_proof_is_there(astrid: Person, staff: Staff, sqlite_database: Database) -> None:
    draft = store(sqlite_database, staff.alder, ok=None)
    astrid.post(page_of(draft) + "/prove")
    with sqlite_database.writing() as session:
        proof = session.scalars(sa.select(Proof)).one()
        proof.state, proof.done, proof.total = WorkState.RUNNING, 1, 2
    answer = astrid.get(page_of(draft) + "/proof")
    assert "1 of 2 judged" in answer.text
    assert answer.headers["Assessor-Finished"] == "0"
    with sqlite_database.writing() as session:
        record_proof(session, session.scalars(sa.select(Proof)).one(), report(), utc_now())
    assert astrid.get(page_of(draft) + "/proof").headers["Assessor-Finished"] == "1"


def test_a_proof_that_failed_on_our_side_blames_nobody(astrid: Person, staff: Staff, sqlite_database: Database) -> None:
    draft = store(sqlite_database, staff.alder, ok=None)
    astrid.post(page_of(draft) + "/prove")
    with sqlite_database.writing() as session:
        proof = session.scalars(sa.select(Proof)).one()
        proof.state, proof.failure = WorkState.NOT_JUDGED, "The image is missing."
    text = astrid.get(page_of(draft)).text
    assert "Proving failed on our side" in text
    assert "The image is missing." in text
    assert "/prove" in text


def test_the_package_comes_back_as_it_was(astrid: Person, proved: ChallengeVersion) -> None:
    answer = astrid.get(page_of(proved) + "/package.zip")
    assert answer.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert set(archive.namelist()) == set(package().files)


@pytest.mark.parametrize("path", ["", "/proof", "/package.zip"])
def test_a_stranger_sees_nothing_of_another_organisations_challenge(stig: Person, proved: ChallengeVersion, path: str) -> None:
    assert stig.get(page_of(proved) + path).status_code == 404


@pytest.mark.parametrize("deed", ["prove", "publish", "withdraw"])
def test_a_stranger_does_nothing_to_another_organisations_challenge(
    stig: Person, proved: ChallengeVersion, sqlite_database: Database, deed: str
) -> None:
    assert stig.post(f"{page_of(proved)}/{deed}").status_code == 404
    assert state_of(sqlite_database, proved) is VersionState.PROVED


def test_a_stranger_cannot_add_a_version(stig: Person, proved: ChallengeVersion) -> None:
    assert stig.upload(zipped(), challenge=proved.challenge_id).status_code == 404


def test_a_reviewer_sees_no_challenges(rakel: Person, proved: ChallengeVersion) -> None:
    assert rakel.get("/author/").status_code == 403
    assert rakel.get(page_of(proved)).status_code == 403


def test_the_library_is_looked_at_by_all_authors_and_changed_by_administrators(
    astrid: Person, adam: Person, staff: Staff, sqlite_database: Database
) -> None:
    shared = store(sqlite_database, None)
    assert astrid.get(page_of(shared)).status_code == 200
    assert astrid.post(page_of(shared) + "/publish").status_code == 403
    assert astrid.get(page_of(shared) + "/package.zip").status_code == 404
    assert adam.post(page_of(shared) + "/publish").status_code == 303
    assert state_of(sqlite_database, shared) is VersionState.PUBLISHED
    assert adam.get(page_of(shared) + "/package.zip").status_code == 200


def test_visitors_are_asked_to_sign_in(app: Flask, proved: ChallengeVersion) -> None:
    answer = app.test_client().get(page_of(proved))
    assert answer.status_code in (302, 303)
    assert answer.location.startswith("/sign-in?next=")


@pytest.mark.parametrize("path", ["/author/challenges/chl_nothing", "/author/challenges/chl_nothing/versions/1"])
def test_a_challenge_that_is_not_there(astrid: Person, path: str) -> None:
    assert astrid.get(path).status_code == 404


def test_a_version_that_is_not_there(astrid: Person, proved: ChallengeVersion) -> None:
    assert astrid.get(f"/author/challenges/{proved.challenge_id}/versions/7").status_code == 404
    assert astrid.get(f"/author/challenges/{proved.challenge_id}/versions/0").status_code == 404


def test_a_drawing_in_a_statement_can_run_nothing_even_when_opened_alone(app: Flask, sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        drawing = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
        files = {"statement/map.svg": drawing, "statement/problem.en.md": "![A map](map.svg)\n"}
        version = create_version(session, package(changes=files), None, None, utc_now())
    answer = app.test_client().get(f"/pictures/{version.id}/map.svg")
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "script" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert app.test_client().get(f"/pictures/{version.id}/../problem.yaml").status_code == 404
