"""The workspace by plain forms and by its script's requests: the same answers, and nothing hidden in either."""

from __future__ import annotations

import json
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from candidate_cast import Cast, half_solved, not_compiling, solved
from flask import Flask
from flask.testing import FlaskClient

from assessor.assessments.attempts import close_overdue
from assessor.assessments.models import AssessmentVersion, Attempt, AttemptState, Draft, FeedbackPolicy
from assessor.judging.models import Submission

SECRETS = ("very-secret", "4242", "4243")
FETCH = {"Accept": "application/json", "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "empty"}


def send(client: FlaskClient, attempt_id: str, **changes: object) -> dict[str, object]:
    given = {"kind": "submission", "language": "python3", "source": "print(2)", "client_key": "key-00000001", **changes}
    answer = client.post(f"/a/{attempt_id}/task/1/submissions", json=given, headers=FETCH)
    return {"status": answer.status_code, **(answer.json or {})}


def set_policy(cast: Cast, policy: FeedbackPolicy) -> None:
    with cast.database.writing() as session:
        session.scalars(sa.select(AssessmentVersion)).one().feedback_policy = policy


def test_the_page_shows_statement_samples_and_starter(cyrus: FlaskClient, attempt_id: str) -> None:
    page = cyrus.get(f"/a/{attempt_id}/task/1").text
    for shown in ("A single track joins two stations", "<math", "0 30", "# read the trips", "Task 1 of 2"):
        assert shown in page
    assert not any(secret in page for secret in SECRETS)
    assert "ett enkelspår" in cyrus.get(f"/a/{attempt_id}/task/1?statement=sv").text.lower()


def test_a_task_that_is_not_there(cyrus: FlaskClient, attempt_id: str) -> None:
    assert cyrus.get(f"/a/{attempt_id}/task/9").status_code == 404


def test_forms_alone_save_run_and_submit(cyrus: FlaskClient, attempt_id: str, cast: Cast, bell: object) -> None:
    url = f"/a/{attempt_id}/task/1"
    form = {"language": "python3", "source": "print(3)\r\n", "base": "0", "client_key": "form-0000001"}
    saved = cyrus.post(url, data={**form, "do": "save"}, follow_redirects=True)
    assert "print(3)" in saved.text
    run = cyrus.post(url, data={**form, "base": "1", "do": "run_own", "custom_input": "7\n", "source": "print(4)"})
    assert run.status_code == 302
    submitted = cyrus.post(url, data={**form, "base": "2", "client_key": "form-0000002", "do": "submit"}, follow_redirects=True)
    assert "You are next" in submitted.text or "before you" in submitted.text
    assert 'http-equiv="refresh"' in submitted.text
    with cast.database.reading() as session:
        rows = session.scalars(sa.select(Submission).order_by(Submission.queued_at)).all()
        assert [(row.kind.value, row.custom_input) for row in rows] == [("run", "7\n"), ("submission", None)]
        assert session.scalars(sa.select(Draft)).one().source == "print(3)\n"
        assert {row.id for row in rows} <= set(bell.rung)  # type: ignore[attr-defined]


def test_a_refused_form_keeps_what_was_typed(cyrus: FlaskClient, attempt_id: str) -> None:
    big = "x = 1\n" * 30000
    form = {"language": "python3", "source": big, "base": "0", "client_key": "form-0000001", "do": "submit"}
    answer = cyrus.post(f"/a/{attempt_id}/task/1", data=form)
    assert answer.status_code == 422
    assert "larger than 128 KiB" in answer.text
    assert big.strip() in answer.text


def test_a_submission_by_script_and_its_repetition(cyrus: FlaskClient, attempt_id: str, cast: Cast) -> None:
    first = send(cyrus, attempt_id)
    again = send(cyrus, attempt_id)
    assert (first["status"], first["finished"]) == (202, False)
    assert again["id"] == first["id"]
    cast.judge(str(first["id"]), solved())
    panel = cyrus.get(f"/a/{attempt_id}/submissions/{first['id']}", headers=FETCH).json
    assert panel is not None
    assert panel["finished"] is True
    assert panel["tasks"]["1"] == "done"
    assert "All tests passed" in panel["html"]


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"source": ""}, 422, "source_empty"),
        ({"source": "\0"}, 422, "not_text"),
        ({"source": "x" * 200_000}, 422, "source_too_large"),
        ({"language": "cobol"}, 422, "language"),
        ({"language": None}, 422, "missing"),
        ({"client_key": "x"}, 422, "client_key"),
    ],
)
def test_bad_input_by_script_is_a_problem_that_says_what(
    cyrus: FlaskClient, attempt_id: str, changes: dict[str, object], status: int, code: str
) -> None:
    answer = send(cyrus, attempt_id, **changes)
    assert (answer["status"], answer["code"]) == (status, code)
    assert answer["detail"]


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"x"', b"\xff"])
def test_a_body_that_is_no_object_is_refused(cyrus: FlaskClient, attempt_id: str, body: bytes) -> None:
    for path in ("submissions", "draft"):
        url = f"/a/{attempt_id}/task/1/{path}"
        assert cyrus.post(url, data=body, content_type="application/json", headers=FETCH).status_code == 422


def test_hidden_tests_never_leave_whatever_the_policy(cyrus: FlaskClient, attempt_id: str, cast: Cast) -> None:
    made = str(send(cyrus, attempt_id)["id"])
    cast.judge(made, half_solved())
    for policy in FeedbackPolicy:
        set_policy(cast, policy)
        for url in (f"/a/{attempt_id}/submissions/{made}", f"/a/{attempt_id}/task/1"):
            text = cyrus.get(url, headers=FETCH).text
            assert not any(secret in text for secret in SECRETS), (policy, url)


def test_groups_are_told_with_hints(cyrus: FlaskClient, attempt_id: str, cast: Cast) -> None:
    made = str(send(cyrus, attempt_id)["id"])
    cast.judge(made, half_solved())
    html = cyrus.get(f"/a/{attempt_id}/submissions/{made}?lang=en", headers=FETCH).json["html"]
    for shown in ("1 of 3 hidden tests", "Few trips", "0 of 2", "Read the last sentence again.", "out of time", "15 of 25"):
        assert shown in html
    assert "Sort by the end" not in html
    assert "رحلات قليلة" in cyrus.get(f"/a/{attempt_id}/submissions/{made}?lang=ar", headers=FETCH).json["html"]


def test_a_total_tells_no_groups(cyrus: FlaskClient, attempt_id: str, cast: Cast) -> None:
    set_policy(cast, FeedbackPolicy.TOTAL)
    made = str(send(cyrus, attempt_id)["id"])
    cast.judge(made, half_solved())
    html = cyrus.get(f"/a/{attempt_id}/submissions/{made}", headers=FETCH).json["html"]
    assert "1 of 3 hidden tests" in html
    assert "Few trips" not in html
    assert "out of time" not in html


def test_nothing_is_told_before_the_end_and_a_total_after_it(cyrus: FlaskClient, attempt_id: str, cast: Cast) -> None:
    set_policy(cast, FeedbackPolicy.NONE)
    made = str(send(cyrus, attempt_id)["id"])
    cast.judge(made, solved())
    panel = cyrus.get(f"/a/{attempt_id}/submissions/{made}", headers=FETCH).json
    assert "Received" in panel["html"]
    assert "All tests passed" not in panel["html"]
    assert "points" not in panel["html"]
    assert panel["tasks"]["1"] == "received"
    cyrus.post(f"/a/{attempt_id}/finish")
    report = cyrus.get(f"/a/{attempt_id}/report").text
    assert "25 of 25 points" in report
    assert "Few trips" not in report


def test_a_compile_error_marks_its_line(cyrus: FlaskClient, attempt_id: str, cast: Cast) -> None:
    set_policy(cast, FeedbackPolicy.NONE)
    made = str(send(cyrus, attempt_id, source="a\nb(\nc")["id"])
    cast.judge(made, not_compiling("  File \"main.py\", line 2\n    b(\n     ^\nSyntaxError: '(' was never closed\n"))
    panel = cyrus.get(f"/a/{attempt_id}/submissions/{made}", headers=FETCH).json
    assert panel["marks"] == [{"line": 2, "message": "SyntaxError: '(' was never closed"}]
    assert "does not compile" in panel["html"]


def test_output_is_escaped(cyrus: FlaskClient, attempt_id: str, cast: Cast) -> None:
    made = str(send(cyrus, attempt_id)["id"])
    cast.judge(made, not_compiling("<script>alert(1)</script>"))
    html = cyrus.get(f"/a/{attempt_id}/submissions/{made}", headers=FETCH).json["html"]
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_another_candidates_submission_is_not_found(cyrus: FlaskClient, stig: FlaskClient, attempt_id: str, cast: Cast) -> None:
    made = send(cyrus, attempt_id)["id"]
    entered = stig.post(f"/t/{cast.open_token}", data={}).headers["Location"]
    stig.post(entered + "start")
    assert stig.get(f"{entered}submissions/{made}", headers=FETCH).status_code == 404
    assert stig.get(f"{entered}submissions/{made}/events", headers=FETCH).status_code == 404
    assert stig.get(f"{entered}task/1?result={made}").status_code == 404


def test_drafts_by_script_with_a_choice_for_the_second_window(cyrus: FlaskClient, attempt_id: str) -> None:
    url = f"/a/{attempt_id}/task/1/draft"
    given = {"language": "python3", "source": "one", "base": 0, "sequence": 1, "writer": "w1"}
    assert cyrus.post(url, json=given, headers=FETCH).json["sequence"] == 1
    answer = cyrus.post(url, json={**given, "source": "two", "writer": "w2"}, headers=FETCH)
    assert (answer.status_code, answer.json["code"]) == (409, "newer_draft")
    assert answer.json["newer"]["source"] == "one"
    config = cyrus.get(f"/a/{attempt_id}/task/1").text
    assert "&#34;source&#34;: &#34;one&#34;" in config or '"source": "one"' in config.replace("&#34;", '"')


@pytest.mark.parametrize("bad", [{"sequence": "1"}, {"base": True}, {"writer": 3}, {"source": None}, {"sequence": 0}])
def test_a_draft_without_sense_is_refused(cyrus: FlaskClient, attempt_id: str, bad: dict[str, object]) -> None:
    given = {"language": "python3", "source": "one", "base": 0, "sequence": 1, "writer": "w1", **bad}
    assert cyrus.post(f"/a/{attempt_id}/task/1/draft", json=given, headers=FETCH).status_code == 422


def test_after_the_deadline_everything_says_so(cyrus: FlaskClient, attempt_id: str, cast: Cast) -> None:
    with cast.database.writing() as session:
        session.get_one(Attempt, attempt_id).deadline_at = datetime.now(UTC) - timedelta(seconds=1)
    assert send(cyrus, attempt_id)["code"] == "time_over"
    with cast.database.writing() as session:
        close_overdue(session, datetime.now(UTC))
    assert send(cyrus, attempt_id)["code"] == "finished"
    end = cyrus.get(f"/a/{attempt_id}/task/1", follow_redirects=True)
    assert end.request.path.endswith("/report")
    assert "The time is over" in end.text
    assert cyrus.get(f"/a/{attempt_id}/clock", headers=FETCH).json["state"] == "graded"


def test_asking_for_the_time_just_before_the_end_is_remembered(cyrus: FlaskClient, attempt_id: str, cast: Cast) -> None:
    def heard() -> datetime | None:
        assert cyrus.get(f"/a/{attempt_id}/clock", headers=FETCH).json["moment"]
        with cast.database.reading() as session:
            return session.get_one(Attempt, attempt_id).heard_at

    assert heard() is None
    with cast.database.writing() as session:
        session.get_one(Attempt, attempt_id).deadline_at = datetime.now(UTC) + timedelta(seconds=110)
    assert heard() is not None


def test_finishing_asks_first_and_then_reports(cyrus: FlaskClient, attempt_id: str, cast: Cast) -> None:
    made = str(send(cyrus, attempt_id)["id"])
    url = f"/a/{attempt_id}/task/2/draft"
    cyrus.post(url, json={"language": "python3", "source": "mine", "base": 0, "sequence": 1, "writer": "w"}, headers=FETCH)
    asked = cyrus.get(f"/a/{attempt_id}/finish").text
    assert "not handed in yet" in asked
    report = cyrus.post(f"/a/{attempt_id}/finish", follow_redirects=True).text
    assert "being judged" in report
    cast.judge(made, solved())
    with cast.database.reading() as session:
        other = session.scalars(sa.select(Submission).where(Submission.id != made)).one()
    cast.judge(other.id, half_solved())
    report = cyrus.get(f"/a/{attempt_id}/report").text
    assert "of 50 points" in report
    assert "40" in report
    with cast.database.reading() as session:
        assert session.get_one(Attempt, attempt_id).state is AttemptState.GRADED


def test_the_stream_tells_progress_and_ends_with_the_result(app: Flask, cyrus: FlaskClient, attempt_id: str, cast: Cast) -> None:
    made = str(send(cyrus, attempt_id)["id"])

    def judge_soon() -> None:
        time.sleep(0.3)
        cast.judge(made, solved())

    judge = threading.Thread(target=judge_soon)
    judge.start()
    stream = cyrus.get(f"/a/{attempt_id}/submissions/{made}/events")
    began = time.monotonic()
    panels = [json.loads(part.split("data: ", 1)[1]) for part in stream.text.split("\n\n") if "data: " in part]
    judge.join()
    assert time.monotonic() - began < 5
    assert [panel["finished"] for panel in panels] == [False, True]
    seen = cyrus.get(f"/a/{attempt_id}/submissions/{made}/events", headers={"Last-Event-ID": panels[-1]["fingerprint"]})
    assert "data: " not in seen.text


def test_streams_have_a_limit_and_say_so(app: Flask, cyrus: FlaskClient, attempt_id: str) -> None:
    made = send(cyrus, attempt_id)["id"]
    streams = app.extensions["assessor_streams"]
    for _ in range(32):
        streams.enter()
    answer = cyrus.get(f"/a/{attempt_id}/submissions/{made}/events", headers=FETCH)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"]
