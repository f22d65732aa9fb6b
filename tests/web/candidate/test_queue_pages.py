"""What a candidate is told while waiting, and that a crowd puts off runs but never a submission."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from candidate_cast import Cast
from crowd import Crowd
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from assessor.database import Database

FETCH = {"Accept": "application/json", "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "empty"}


@pytest.fixture
def crowd(sqlite_database: Database, cast: Cast) -> Crowd:
    """Others, who began two minutes ago."""
    return Crowd(sqlite_database, datetime.now(UTC) - timedelta(minutes=2))


def send(client: FlaskClient, attempt_id: str, kind: str) -> TestResponse:
    given = {"kind": kind, "language": "python3", "source": "print(2)", "client_key": f"the-key-of-{kind}"}
    return client.post(f"/a/{attempt_id}/task/1/submissions", json=given, headers=FETCH)


def html(answer: TestResponse) -> str:
    assert answer.json is not None
    return str(answer.json["html"])


def test_the_panel_tells_the_place_and_how_long_it_takes(cyrus: FlaskClient, attempt_id: str, crowd: Crowd) -> None:
    crowd.worker(slots=1)
    for name in ("astrid", "rakel"):
        crowd.hand_in(crowd.attempt(name), 119, 1)
    panel = html(send(cyrus, attempt_id, "submission"))
    assert "Waiting. 2 are before you." in panel
    assert "It begins in about 5 seconds." in panel
    for language, words in (("sv", "Det börjar om ungefär 5 sekunder."), ("ar", "يبدأ خلال 5 ثوانٍ تقريبًا.")):
        assert words in cyrus.get(f"/a/{attempt_id}/task/1?lang={language}").text


def test_without_a_worker_the_panel_says_that_judging_stands_still(cyrus: FlaskClient, attempt_id: str) -> None:
    panel = html(send(cyrus, attempt_id, "submission"))
    assert "Judging stands still at the moment. It goes on by itself." in panel
    assert "Your submission is safe." in panel


def test_the_panel_changes_with_the_place(cyrus: FlaskClient, attempt_id: str, crowd: Crowd) -> None:
    first = send(cyrus, attempt_id, "submission").json
    crowd.worker(slots=1)
    assert first is not None
    second = cyrus.get(f"/a/{attempt_id}/submissions/{first['id']}", headers=FETCH).json
    assert second is not None
    assert second["fingerprint"] != first["fingerprint"]


def test_under_pressure_runs_are_put_off_and_submissions_taken(cyrus: FlaskClient, attempt_id: str, crowd: Crowd) -> None:
    for name in ("astrid", "rakel", "stig"):
        crowd.hand_in(crowd.attempt(name), 0, 1)
    refused = send(cyrus, attempt_id, "run")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "20")
    assert refused.json is not None
    assert refused.json["code"] == "runs_paused"
    assert "runs pause for a moment" in refused.json["detail"]
    assert send(cyrus, attempt_id, "submission").status_code == 202
    form = {"language": "python3", "source": "print(3)", "base": "0", "client_key": "form-0000001", "do": "run"}
    page = cyrus.post(f"/a/{attempt_id}/task/1", data=form)
    assert page.status_code == 503
    assert "You can submit as always." in page.text
    assert "print(3)" in page.text


def test_readiness_tells_the_queue(cyrus: FlaskClient, crowd: Crowd) -> None:
    crowd.hand_in(crowd.attempt("stig"), 0, 1, times=2)
    checks = cyrus.get("/readyz").json["checks"]  # type: ignore[index]
    assert (checks["queue"]["ok"], checks["queue"]["waiting"], checks["queue"]["runs_paused"]) == (True, 2, False)
    assert checks["queue"]["oldest_s"] >= 120
    assert "Start more workers" in checks["queue"]["message"]
