"""Statements in the reader's language, and the pictures in them."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import pytest
from sample_packages import FILES, package

from assessor.catalogue.models import ChallengeVersion
from assessor.catalogue.versions import create_version, picture_for, statement_for
from assessor.database import Database
from assessor.errors import NotFound
from challenges.package import Package, open_zip

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def illustrated(**pictures: bytes) -> Package:
    """The sample package with files beside its statement, whose English text shows each of them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        shown = "".join(f"![A picture]({name.replace('__', '.')})\n\n" for name in pictures)
        for path, text in {**FILES, "statement/problem.en.md": "Look at this.\n\n" + shown}.items():
            archive.writestr(path, text)
        for name, content in pictures.items():
            archive.writestr("statement/" + name.replace("__", "."), content)
    return open_zip("illustrated.zip", buffer.getvalue())


def stored(database: Database, what: Package, now: datetime) -> ChallengeVersion:
    with database.writing() as session:
        return create_version(session, what, None, None, now)


@pytest.mark.parametrize(
    ("asked", "given", "name"),
    [
        ("sv", "sv", "Addera två tal"),
        ("ar", "ar", "اجمع عددين"),
        ("sv-FI", "sv", "Addera två tal"),
        ("ar_EG", "ar", "اجمع عددين"),
        ("fi", "en", "Add two numbers"),
        ("", "en", "Add two numbers"),
    ],
)
def test_a_statement_falls_back_to_the_language_then_to_english(
    database: Database, now: datetime, asked: str, given: str, name: str
) -> None:
    version = stored(database, package(), now)
    with database.reading() as session:
        view = statement_for(session, version.id, asked)
    assert (view.locale, view.name) == (given, name)


def test_without_english_the_first_statement_is_shown(database: Database, now: datetime) -> None:
    changes = {"statement/problem.en.md": None, "problem.yaml": FILES["problem.yaml"].replace("  en: Add two numbers\n", "")}
    extras = {"assessor.yaml": "skills: [python]\n"}
    version = stored(database, package("without-english", {**changes, **extras}), now)
    with database.reading() as session:
        assert statement_for(session, version.id, "fi").locale in ("ar", "sv")


def test_mathematics_and_headings_are_rendered(database: Database, now: datetime) -> None:
    version = stored(database, package(), now)
    with database.reading() as session:
        html = statement_for(session, version.id, "en").html
    assert "<math" in html
    assert "Input</h" in html


def test_a_picture_is_addressed_by_its_version_and_comes_back(database: Database, now: datetime) -> None:
    version = stored(database, illustrated(map__png=PNG), now)
    with database.reading() as session:
        assert f'src="/pictures/{version.id}/map.png"' in statement_for(session, version.id, "en").html
        picture = picture_for(session, version.id, "map.png")
    assert (picture.content, picture.media_type) == (PNG, "image/png")


def test_what_a_picture_is_tells_its_content_not_its_name(database: Database, now: datetime) -> None:
    version = stored(database, illustrated(page__png=b"<html><script>alert(1)</script></html>"), now)
    with database.reading() as session, pytest.raises(NotFound):
        picture_for(session, version.id, "page.png")


@pytest.mark.parametrize("name", ["problem.yaml", "../problem.yaml", "data/secret/group1/1.ans", "problem.en.md"])
def test_nothing_but_pictures_leaves_a_package(database: Database, now: datetime, name: str) -> None:
    version = stored(database, illustrated(map__png=PNG), now)
    with database.reading() as session, pytest.raises(NotFound):
        picture_for(session, version.id, name)


def test_a_drawing_keeps_its_type(database: Database, now: datetime) -> None:
    version = stored(database, illustrated(map__svg=SVG), now)
    with database.reading() as session:
        assert picture_for(session, version.id, "map.svg").media_type == "image/svg+xml"
