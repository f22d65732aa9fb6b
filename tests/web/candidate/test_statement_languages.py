"""A task of our library is there in the language of the candidate's interface, without anything being chosen."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from candidate_cast import Cast
from flask.testing import FlaskClient

from assessor.assessments.models import AssessmentTask
from assessor.catalogue.importing import LIBRARY
from assessor.catalogue.versions import create_version
from challenges.checking import check_all
from challenges.package import open_package
from web.languages import LANGUAGES

WISHES = {"prs": "fa-AF", "fa-AF": "fa-AF", "fa-IR": "fa", "ku-TR": "kmr", "ku-IQ": "ckb", "ti-ER": "ti", "fi": "en"}


@pytest.fixture
def first_task(cast: Cast, attempt_id: str) -> str:
    """The attempt's first task is the first challenge of the library."""
    with cast.database.writing() as session:
        version = create_version(session, open_package(LIBRARY / "hello-you"), None, None, cast.now)
        task = session.scalars(sa.select(AssessmentTask).where(AssessmentTask.position == 1)).one()
        task.challenge_version = version
    return f"/a/{attempt_id}/task/1"


def test_the_statement_is_in_the_language_the_browser_asks_for(cyrus: FlaskClient, first_task: str) -> None:
    names = _names()
    for asked, code in WISHES.items():
        page = cyrus.get(first_task, headers={"Accept-Language": asked}).text
        assert f'<div class="statement" lang="{code}" dir="{LANGUAGES[code].direction}">' in page, asked
        assert names[code] in page, asked


def test_the_statement_follows_the_language_that_is_chosen(cyrus: FlaskClient, first_task: str) -> None:
    names = _names()
    for code, language in LANGUAGES.items():
        page = cyrus.get(first_task, query_string={"lang": code}).text
        assert f'<div class="statement" lang="{code}" dir="{language.direction}">' in page, code
        assert names[code] in page, code
        assert 'id="other-language"' not in page, code


def _names() -> dict[str, str]:
    problem, _findings = check_all(open_package(LIBRARY / "hello-you"))
    assert problem is not None
    return dict(problem.names)
