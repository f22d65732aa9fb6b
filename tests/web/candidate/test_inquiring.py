"""Asking about a task by plain forms, the author's answer, and what a reviewer has released."""

from __future__ import annotations

import sqlalchemy as sa
from candidate_cast import Cast
from flask.testing import FlaskClient

from assessor.assessments.models import Inquiry
from assessor.clock import utc_now
from assessor.people.models import Account
from assessor.results.models import Note


def test_a_question_is_sent_and_its_answer_found(cyrus: FlaskClient, cast: Cast, attempt_id: str) -> None:
    url = f"/a/{attempt_id}/task/1/ask"
    assert "The clock goes on" in cyrus.get(url).text
    assert url in cyrus.get(f"/a/{attempt_id}/task/1").text
    sent = cyrus.post(url, data={"kind": "question", "text": "Is <b>zero</b> allowed?"}, follow_redirects=True)
    assert "An answer will stand here" in sent.text
    assert "Is &lt;b&gt;zero&lt;/b&gt; allowed?" in sent.text
    with cast.database.writing() as session:
        asked = session.scalars(sa.select(Inquiry)).one()
        asked.answer, asked.answered_at = "Yes, it is.", utc_now()
    assert "Yes, it is." in cyrus.get(url).text
    assert "Yes, it is." not in cyrus.get(f"/a/{attempt_id}/task/2/ask").text


def test_what_is_refused_is_kept_in_the_form(cyrus: FlaskClient, attempt_id: str) -> None:
    answer = cyrus.post(f"/a/{attempt_id}/task/1/ask", data={"kind": "defect", "text": "x" * 2001})
    assert answer.status_code == 422
    assert "Use at most 2000 characters." in answer.text
    assert "x" * 2001 in answer.text


def test_strangers_ask_nothing(stig: FlaskClient, cast: Cast, attempt_id: str) -> None:
    assert stig.get(f"/a/{attempt_id}/task/1/ask").status_code == 302
    assert stig.post(f"/a/{attempt_id}/task/1/ask", data={"kind": "question", "text": "?"}).status_code == 403
    with cast.database.reading() as session:
        assert session.scalars(sa.select(Inquiry)).all() == []


def test_only_released_notes_are_in_the_report(cyrus: FlaskClient, cast: Cast, attempt_id: str) -> None:
    with cast.database.writing() as session:
        rakel = session.scalars(sa.select(Account)).first()
        assert rakel is not None
        for text, released in (("For us alone.", None), ("Well explained.", utc_now())):
            session.add(Note(attempt_id=attempt_id, account_id=rakel.id, text=text, at=utc_now(), released_at=released))
    cyrus.post(f"/a/{attempt_id}/finish")
    report = cyrus.get(f"/a/{attempt_id}/report").text
    assert "Well explained." in report
    assert "For us alone." not in report
