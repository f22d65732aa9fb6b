"""Versions are stored once, numbered, and never change."""

from __future__ import annotations

import threading
from datetime import datetime

import pytest
import sqlalchemy as sa
from catalogue_cast import Cast
from sample_packages import package

from assessor.catalogue.checking import PackageRefused, check, receive_zip, slug_of
from assessor.catalogue.models import Challenge, ChallengeVersion, VersionState
from assessor.catalogue.storing import create_version, store_version
from assessor.catalogue.versions import load_package, load_problem
from assessor.database import Database
from assessor.errors import BadInput, Broken, NotFound


def test_a_stored_version_comes_back_as_it_was(database: Database, cast: Cast, now: datetime) -> None:
    original = package()
    with database.writing() as session:
        version_id = create_version(session, original, cast.astrid_id, cast.organisation_id, now).id
    with database.reading() as session:
        version = session.get_one(ChallengeVersion, version_id)
        assert (version.number, version.state, version.digest) == (1, VersionState.DRAFT, original.digest)
        assert version.created_by == cast.astrid_id
        assert load_package(session, version_id).files == original.files
        assert load_problem(session, version_id).names["sv"] == "Addera två tal"


def test_the_summary_spares_pages_the_package(database: Database, cast: Cast, now: datetime) -> None:
    with database.writing() as session:
        summary = create_version(session, package(), cast.astrid_id, None, now).summary
    assert sorted(summary["locales"]) == ["ar", "en", "sv"]
    assert (summary["difficulty"], summary["skills"]) == ("first-program", ["python", "task-algorithmisation"])
    assert [(s["input"], s["answer"]) for s in summary["samples"]] == [("1 2\n", "3\n")]
    groups = [(g["name"], g["max_score"], g["tests"], g["title"].get("en")) for g in summary["groups"]]
    assert groups == [("secret/group1", 40, 2, "Small numbers"), ("secret/group2", 60, 1, "Negative numbers")]
    assert summary["groups"][1]["hint"]["ar"] == "قد يكون العدد أقل من الصفر."
    assert list(summary["starters"]) == ["python3"] == summary["languages"]


def test_the_same_package_is_the_same_version(database: Database, cast: Cast, now: datetime) -> None:
    for _ in range(2):
        with database.writing() as session:
            create_version(session, package(), cast.astrid_id, None, now)
    with database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(ChallengeVersion)) == 1


def test_a_changed_package_is_the_next_version(database: Database, cast: Cast, now: datetime) -> None:
    changed = {"statement/problem.en.md": "Print the sum of two numbers.\n"}
    with database.writing() as session:
        first = create_version(session, package(), cast.astrid_id, None, now)
        second = create_version(session, package(changes=changed), cast.astrid_id, None, now)
        assert (first.number, second.number) == (1, 2)
        assert first.challenge_id == second.challenge_id


def test_organisations_and_the_library_keep_their_names_apart(database: Database, cast: Cast, now: datetime) -> None:
    with database.writing() as session:
        library = create_version(session, package(), None, None, now)
        own = create_version(session, package(), cast.astrid_id, cast.organisation_id, now)
        assert library.challenge_id != own.challenge_id


def test_two_uploads_at_once_make_one_challenge_and_two_numbers(database: Database, now: datetime) -> None:
    checked = [check(package(changes={"statement/problem.en.md": f"Version {i}.\n"})) for i in range(6)]
    faults: list[Exception] = []

    def upload(index: int) -> None:
        try:
            with database.writing() as session:
                store_version(session, checked[index], None, None, now)
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=upload, args=(index,)) for index in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    with database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Challenge)) == 1
        assert sorted(session.scalars(sa.select(ChallengeVersion.number))) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"problem.yaml": "name: [unfinished\n"}, "problem.yaml"),
        ({"data/secret/group1/2.ans": None}, "data/secret/group1/2.ans"),
        ({"problem.yaml": None}, "problem.yaml"),
    ],
)
def test_a_package_with_errors_is_refused_with_its_findings_and_nothing_is_stored(
    database: Database, now: datetime, changes: dict[str, str | None], path: str
) -> None:
    with pytest.raises(PackageRefused) as refused, database.writing() as session:
        create_version(session, package(changes=changes), None, None, now)
    assert path in {finding.path for finding in refused.value.findings}
    with database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Challenge)) == 0


def test_damaged_bytes_are_our_fault_and_said_so(database: Database, now: datetime) -> None:
    changed = {"statement/problem.en.md": "A package that was damaged on its way to the disk.\n"}
    with database.writing() as session:
        version = create_version(session, package(changes=changed), None, None, now)
        version.package = version.package[:-200]
    with database.reading() as session, pytest.raises(Broken, match="backup"):
        load_problem(session, version.id)


def test_a_version_that_is_not_there(database: Database) -> None:
    with database.reading() as session, pytest.raises(NotFound):
        load_problem(session, "chv_0000000000000000")


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Two Trains.zip", "two-trains"), ("C:\\work\\sum_up.zip", "sum_up"), ("a/b/first.zip", "first"), ("Ünicode.zip", "nicode")],
)
def test_short_names_are_made_from_file_names(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_a_name_without_letters_is_refused() -> None:
    with pytest.raises(BadInput, match="letter or a digit"):
        slug_of("---.zip")


@pytest.mark.parametrize("data", [b"", b"not a zip at all", b"PK\x05\x06" + b"\0" * 18])
def test_an_upload_that_is_no_package(data: bytes) -> None:
    with pytest.raises(BadInput):
        check(receive_zip("x.zip", data))
