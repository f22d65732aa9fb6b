"""Uploading packages in the browser: what is taken, what is refused and with which words, that nothing is stored by halves."""

from __future__ import annotations

import io
import stat
import zipfile

import pytest
import sqlalchemy as sa
from sample_packages import FILES, zipped
from staff_client import Bells, Person, Staff

from assessor.catalogue.models import Challenge, ChallengeVersion, Proof, VersionState
from assessor.database import Database
from assessor.judging.leases import Priority


def versions(database: Database) -> list[ChallengeVersion]:
    with database.reading() as session:
        return list(session.scalars(sa.select(ChallengeVersion).options(sa.orm.joinedload(ChallengeVersion.challenge))))


def zip_of(*entries: tuple[zipfile.ZipInfo | str, bytes]) -> bytes:
    """The sample package with further entries, or others in the place of its own."""
    replaced = {entry if isinstance(entry, str) else entry.filename for entry, _ in entries}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in FILES.items():
            if path not in replaced:
                archive.writestr(path, text)
        for entry, content in entries:
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def link(path: str, target: bytes) -> tuple[zipfile.ZipInfo, bytes]:
    entry = zipfile.ZipInfo(path)
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry, target


def test_a_sound_package_becomes_a_version_that_is_being_proved(
    astrid: Person, staff: Staff, sqlite_database: Database, bells: Bells
) -> None:
    answer = astrid.upload(zipped(), organisation=staff.alder, publish="1")
    assert answer.status_code == 303
    (version,) = versions(sqlite_database)
    assert (version.state, version.challenge.slug, version.challenge.organisation_id) == (
        VersionState.PROVING,
        "add-two",
        staff.alder,
    )
    with sqlite_database.reading() as session:
        proof = session.scalars(sa.select(Proof)).one()
        assert proof.publish_when_proved
    assert bells.rung == [("proof", proof.id, Priority.PROOF)]
    page = astrid.get(answer.location)
    assert page.status_code == 200
    assert "Waiting for a worker." in page.text


def test_the_same_file_again_leads_to_the_same_version(astrid: Person, staff: Staff, sqlite_database: Database) -> None:
    first = astrid.upload(zipped(), organisation=staff.alder)
    again = astrid.upload(zipped(), organisation=staff.alder)
    assert again.location == first.location
    assert len(versions(sqlite_database)) == 1


def test_the_next_version_keeps_the_challenge_whatever_the_file_is_called(
    astrid: Person, staff: Staff, sqlite_database: Database
) -> None:
    astrid.upload(zipped(), organisation=staff.alder)
    challenge_id = versions(sqlite_database)[0].challenge_id
    changed = zipped({"statement/problem.en.md": "Print the sum of two numbers.\n"})
    answer = astrid.upload(changed, "another-name.zip", challenge=challenge_id)
    assert answer.location == f"/author/challenges/{challenge_id}/versions/2"


def test_a_short_name_of_ones_own(astrid: Person, staff: Staff, sqlite_database: Database) -> None:
    astrid.upload(zipped(), organisation=staff.alder, slug="Sum of Two")
    assert versions(sqlite_database)[0].challenge.slug == "sum-of-two"


@pytest.mark.parametrize(
    ("data", "where", "what"),
    [
        pytest.param(zipped({"problem.yaml": "name: [unfinished\n"}), "problem.yaml", "YAML", id="broken yaml"),
        pytest.param(zipped({"data/secret/group1/2.ans": None}), "data/secret/group1/2.ans", "", id="missing answer"),
        pytest.param(zip_of(("../../outside.py", b"x")), "../../outside.py", "", id="path outside"),
        pytest.param(zip_of(("/etc/cron.d/evil", b"x")), "/etc/cron.d/evil", "", id="absolute path"),
        pytest.param(zip_of(link("data/secret/group1/1.ans", b"/etc/passwd")), "1.ans", "", id="link"),
        pytest.param(zip_of(link("submissions/accepted/x.py", b"/etc/passwd")), "x.py", "this is a link", id="link elsewhere"),
        pytest.param(zip_of(("data/secret/bomb.in", b"\0" * 101 * 2**20)), "bomb.in", "", id="bomb"),
        pytest.param(zipped({"problem.yaml": "&a [*a]\n"}), "problem.yaml", "", id="yaml that refers to itself"),
        pytest.param(zipped({"problem.yaml": "!!python/object/apply:os.system [id]\n"}), "problem.yaml", "", id="yaml tag"),
        pytest.param(b"PK\x03\x04 not really", "add-two.zip", "zip", id="damaged zip"),
        pytest.param(b"%PDF-1.7 a paper about packages", "add-two.zip", "zip", id="not a zip"),
    ],
)
def test_a_broken_package_is_refused_with_its_findings_and_nothing_is_stored(
    astrid: Person, staff: Staff, sqlite_database: Database, bells: Bells, data: bytes, where: str, what: str
) -> None:
    answer = astrid.upload(data, organisation=staff.alder, slug="kept-name")
    assert answer.status_code == 422
    assert "Nothing was stored" in answer.text
    assert where in answer.text
    assert what in answer.text
    assert 'value="kept-name"' in answer.text
    with sqlite_database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Challenge)) == 0
    assert not bells.rung


def test_findings_name_file_and_line(astrid: Person, staff: Staff) -> None:
    broken = "problem_format_version: 2025-09\ntype: scoring\nname: [unfinished\n"
    answer = astrid.upload(zipped({"problem.yaml": broken}), organisation=staff.alder)
    assert "problem.yaml:3" in answer.text or "problem.yaml:4" in answer.text


def test_no_file_at_all(astrid: Person, staff: Staff) -> None:
    answer = astrid.post("/author/upload", {"organisation": staff.alder})
    assert answer.status_code == 422
    assert "Choose the zip file of a package." in answer.text


def test_a_hostile_finding_cannot_speak_html(astrid: Person, staff: Staff) -> None:
    answer = astrid.upload(zip_of(("../<script>alert(1)</script>", b"x")), organisation=staff.alder)
    assert answer.status_code == 422
    assert "<script>alert(1)" not in answer.text


@pytest.mark.parametrize("place", ["library", "birch", "org_0000000000000000", ""])
def test_nobody_puts_challenges_where_they_do_not_belong(
    astrid: Person, staff: Staff, sqlite_database: Database, place: str
) -> None:
    answer = astrid.upload(zipped(), organisation=staff.birch if place == "birch" else place)
    assert answer.status_code == 403
    assert not versions(sqlite_database)


def test_a_reviewer_cannot_upload(rakel: Person, staff: Staff) -> None:
    assert rakel.get("/author/upload").status_code == 403
    assert rakel.upload(zipped(), organisation=staff.alder).status_code == 403


def test_an_administrator_uploads_to_the_library(adam: Person, sqlite_database: Database) -> None:
    assert adam.upload(zipped(), organisation="library").status_code == 303
    assert versions(sqlite_database)[0].challenge.organisation_id is None


def test_an_upload_without_the_token_is_refused(astrid: Person, staff: Staff, sqlite_database: Database) -> None:
    data = {"package": (io.BytesIO(zipped()), "add-two.zip"), "organisation": staff.alder}
    assert astrid.client.post("/author/upload", data=data).status_code == 400
    assert not versions(sqlite_database)
