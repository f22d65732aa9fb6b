"""The programming language is changed by a form: what was typed is kept under the language it was typed in."""

from __future__ import annotations

from candidate_cast import Cast
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from assessor.assessments.models import Draft


def change(client: FlaskClient, attempt_id: str, source: str, before: str, after: str, base: int = 0) -> TestResponse:
    form = {"do": "language", "source": source, "written_in": before, "language": after, "base": str(base)}
    return client.post(f"/a/{attempt_id}/task/1", data=form, follow_redirects=True)


def draft(cast: Cast, attempt_id: str, language: str) -> str | None:
    with cast.database.reading() as session:
        kept = session.get(Draft, (attempt_id, cast.versions[0], language))
        return None if kept is None else kept.source


def test_what_was_typed_is_kept_and_found_again(cyrus: FlaskClient, attempt_id: str, cast: Cast) -> None:
    page = change(cyrus, attempt_id, "print(1)\r\n", "python3", "cpp")
    assert 'name="written_in" value="cpp"' in page.text
    assert "print(1)" not in page.text.split('id="source"')[1].split("</textarea>")[0]
    assert (draft(cast, attempt_id, "python3"), draft(cast, attempt_id, "cpp")) == ("print(1)\n", None)
    page = change(cyrus, attempt_id, "int main() {}\r\n", "cpp", "python3")
    assert "print(1)" in page.text.split('id="source"')[1].split("</textarea>")[0]
    assert draft(cast, attempt_id, "cpp") == "int main() {}\n"


def test_no_text_stands_in_an_address(cyrus: FlaskClient, attempt_id: str) -> None:
    page = change(cyrus, attempt_id, "a secret of mine", "python3", "cpp")
    assert page.request.query_string == b"language=cpp"


def test_what_is_newer_elsewhere_stays_and_the_text_stays_in_the_form(cyrus: FlaskClient, attempt_id: str, cast: Cast) -> None:
    change(cyrus, attempt_id, "print(1)", "python3", "cpp")
    page = change(cyrus, attempt_id, "print(2)", "python3", "cpp")
    assert page.status_code == 409
    assert "print(2)" in page.text
    assert 'name="written_in" value="python3"' in page.text
    assert draft(cast, attempt_id, "python3") == "print(1)"
