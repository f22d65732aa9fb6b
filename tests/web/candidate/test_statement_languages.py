"""A task of our library is there in the language of the candidate's interface, without anything being chosen."""

from __future__ import annotations

import pytest
from candidate_cast import Cast, put_library_first
from flask import Flask
from flask.testing import FlaskClient

from assessor.catalogue.importing import LIBRARY
from assessor.catalogue.samples import samples_beside
from challenges.checking import check_all
from challenges.package import open_package
from web.languages import LANGUAGES

WISHES = {"prs": "fa-AF", "fa-AF": "fa-AF", "fa-IR": "fa", "ku-TR": "kmr", "ku-IQ": "ckb", "ti-ER": "ti", "fi": "en"}


@pytest.fixture
def open_token(cast: Cast) -> str:
    """The open link of an assessment whose first task is the first challenge of the library."""
    put_library_first(cast)
    return cast.open_token


def first_task(client: FlaskClient, open_token: str) -> str:
    """Enter and start; the address of the first task."""
    attempt_id = client.post(f"/t/{open_token}", data={"name": "Cyrus"}).headers["Location"].split("/")[2]
    client.post(f"/a/{attempt_id}/start")
    return f"/a/{attempt_id}/task/1"


@pytest.mark.parametrize(("asked", "code"), WISHES.items())
def test_the_statement_is_in_the_language_the_browser_asks_for(app: Flask, open_token: str, asked: str, code: str) -> None:
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = asked
    _check(client.get(first_task(client, open_token)).text, code)


def test_the_statement_follows_the_language_that_is_chosen(cyrus: FlaskClient, open_token: str) -> None:
    task = first_task(cyrus, open_token)
    for code in LANGUAGES:
        page = cyrus.get(task, query_string={"lang": code}).text
        _check(page, code)
        assert 'id="other-language"' not in page, code


def _check(page: str, code: str) -> None:
    problem, _findings = check_all(open_package(LIBRARY / "hello-you"))
    assert problem is not None
    assert f'<div class="statement" lang="{code}" dir="{LANGUAGES[code].direction}">' in page, code
    assert problem.names[code] in page, code


def test_a_sample_is_described_in_the_language_of_the_statement(cyrus: FlaskClient, cast: Cast) -> None:
    put_library_first(cast, "temperature-week")
    task = first_task(cyrus, cast.open_token)
    described = '<p class="small muted" lang="{}" dir="{}">{}'
    assert described.format("ar", "rtl", "المجموع 46،") in cyrus.get(task, query_string={"lang": "ar"}).text
    assert described.format("sv", "ltr", "Summan är 46,") in cyrus.get(task, query_string={"lang": "ar", "statement": "sv"}).text
    assert described.format("en", "ltr", "The sum is 46,") in cyrus.get(task, query_string={"lang": "en"}).text


def test_a_version_stored_before_descriptions_had_languages_keeps_its_own() -> None:
    (sample,) = samples_beside({"samples": [{"name": "1", "input": "1", "answer": "2", "description": "Old."}]}, "ar")
    assert (sample.description, sample.locale) == ("Old.", None)
