"""One's own data: read, taken along, deleted; by its owner only."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
import sqlalchemy as sa
from candidate_cast import Cast, half_solved
from flask.testing import FlaskClient

from assessor.assessments.models import Attempt

FETCH = {"Accept": "application/json", "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "empty"}
SECRETS = ("very-secret", "4242", "4243")


def hand_in(client: FlaskClient, attempt_id: str, **changes: object) -> str:
    given = {"kind": "submission", "language": "python3", "source": "print(2)\n", "client_key": "key-00000001", **changes}
    made = client.post(f"/a/{attempt_id}/task/1/submissions", json=given, headers=FETCH).json
    assert made is not None
    return str(made["id"])


def archive_of(client: FlaskClient, attempt_id: str) -> dict[str, str]:
    answer = client.get(f"/a/{attempt_id}/data.zip")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_everything_is_in_the_archive_but_hidden_tests(cyrus: FlaskClient, cast: Cast, attempt_id: str) -> None:
    made = hand_in(cyrus, attempt_id)
    run = hand_in(cyrus, attempt_id, kind="run", client_key="key-00000002", custom_input="7\n", source="print(3)\n")
    draft = {"language": "python3", "source": "print(4)\n", "base": 0, "sequence": 1, "writer": "tab-1"}
    assert cyrus.put(f"/a/{attempt_id}/task/1/draft", json=draft, headers=FETCH).status_code in (200, 405)
    cyrus.post(f"/a/{attempt_id}/task/1/draft", json=draft, headers=FETCH)
    cast.judge(made, half_solved())
    kept = archive_of(cyrus, attempt_id)
    document = json.loads(kept.pop("data.json"))
    assert [row["id"] for row in document["submissions"]] == [made, run]
    assert document["submissions"][0]["hidden_tests"]["passed"] == 1
    assert document["submissions"][1]["custom_input"] == "7\n"
    assert document["attempt"]["name"] == "Cyrus"
    assert document["organisation"] == "Alder AB"
    assert sorted(kept.values()) == ["print(2)\n", "print(3)\n", "print(4)\n"]
    assert all(name.startswith("sources/task-1/") and name.endswith(".py") for name in kept)
    assert not any(secret in json.dumps(document) for secret in SECRETS)


def test_the_page_says_what_deleting_means_and_asks_first(cyrus: FlaskClient, cast: Cast, attempt_id: str) -> None:
    hand_in(cyrus, attempt_id)
    page = cyrus.get(f"/a/{attempt_id}/data").text
    assert "Alder AB can then no longer consider you" in page
    unsure = cyrus.post(f"/a/{attempt_id}/data")
    assert unsure.status_code == 422
    assert "Nothing was deleted" in unsure.text
    assert cyrus.get(f"/a/{attempt_id}/data").status_code == 200


def test_deleted_is_deleted(cyrus: FlaskClient, cast: Cast, attempt_id: str) -> None:
    made = hand_in(cyrus, attempt_id)
    gone = cyrus.post(f"/a/{attempt_id}/data", data={"sure": "1"})
    assert gone.status_code == 302
    assert gone.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Everything is deleted" in cyrus.get(gone.headers["Location"]).text
    with cast.database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Attempt)) == 0
    assert "/return" in cyrus.get(f"/a/{attempt_id}/").headers["Location"]
    assert cyrus.get(f"/a/{attempt_id}/submissions/{made}", headers=FETCH).status_code == 403


@pytest.mark.parametrize(("method", "path"), [("GET", "data"), ("GET", "data.zip"), ("POST", "data")])
def test_strangers_are_led_to_the_return_page(stig: FlaskClient, attempt_id: str, cast: Cast, method: str, path: str) -> None:
    answer = stig.open(f"/a/{attempt_id}/{path}", method=method, data={"sure": "1"} if method == "POST" else None)
    assert answer.status_code in (302, 403)
    with cast.database.reading() as session:
        assert session.get(Attempt, attempt_id) is not None
