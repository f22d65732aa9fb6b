"""What is refused at the door, or must not happen there: floods, doubles, what is no text, requests on somebody's behalf."""

from __future__ import annotations

import ast
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from candidate_cast import Cast
from flask import Flask
from flask.testing import FlaskClient

from assessor.assessments.attempts import MAX_WAITING_SUBMISSIONS
from assessor.errors import BadInput
from assessor.judging.models import Submission
from assessor.judging.sources import MAX_FILES, read_source

ROOT = Path(__file__).parents[3]
FETCH = {"Accept": "application/json", "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "empty"}
OUTGOING = {"requests", "urllib", "urllib3", "http", "httpx", "aiohttp", "ftplib", "smtplib", "telnetlib", "xmlrpc", "pycurl"}
HARMLESS = {"urllib.parse", "http.cookies", "http.HTTPStatus", "requests.exceptions"}
ASKS_ITSELF = {"assessor/cli/children.py", "assessor/cli/heartbeat.py"}
"""Commands that look whether the service beside them answers, at the address it listens on."""


def send(client: FlaskClient, attempt_id: str, source: str, key: str) -> tuple[int, str]:
    given = {"kind": "submission", "language": "python3", "source": source, "client_key": key}
    answer = client.post(f"/a/{attempt_id}/task/1/submissions", json=given, headers=FETCH)
    found = answer.json or {}
    return answer.status_code, str(found.get("id") or found.get("code"))


def queued(cast: Cast) -> int:
    with cast.database.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(Submission)) or 0


def test_one_candidate_cannot_fill_the_queue(cyrus: FlaskClient, attempt_id: str, cast: Cast) -> None:
    answers = [send(cyrus, attempt_id, f"import time\ntime.sleep(10)  # {n}\n", f"key-{n:08}") for n in range(40)]
    assert [status for status, _ in answers] == [202] * MAX_WAITING_SUBMISSIONS + [429] * (40 - MAX_WAITING_SUBMISSIONS)
    assert queued(cast) == MAX_WAITING_SUBMISSIONS


def test_the_same_submission_sent_many_times_at_once_is_one(app: Flask, cyrus: FlaskClient, attempt_id: str, cast: Cast) -> None:
    cookies = [(cookie.key, cookie.value, cookie.path) for cookie in cyrus._cookies.values()]

    def one_more(_: int) -> tuple[int, str]:
        client = app.test_client()
        for key, value, path in cookies:
            client.set_cookie(key, value, path=path)
        return send(client, attempt_id, "print(2)\n", "key-00000001")

    with ThreadPoolExecutor(10) as pool:
        answers = set(pool.map(one_more, range(50)))
    assert len(answers) == 1
    assert answers.pop()[0] == 202
    assert queued(cast) == 1


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("\x7fELF\x02\x01\x01\0\0\0", "not_text"),
        ("int main() { }\0", "not_text"),
        ("\ud800", "not_text"),
    ],
    ids=["ELF", "zero byte", "half a character"],
)
def test_what_is_no_text_is_refused_at_the_door(cyrus: FlaskClient, attempt_id: str, cast: Cast, source: str, code: str) -> None:
    assert send(cyrus, attempt_id, source, "key-00000001") == (422, code)
    assert queued(cast) == 0


def test_a_program_of_a_hundred_and_one_files_is_refused(tmp_path: Path) -> None:
    for number in range(MAX_FILES + 1):
        (tmp_path / f"{number}.py").write_text("pass\n")
    with pytest.raises(BadInput, match="more than 100 files"):
        read_source(tmp_path, 128)


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_the_service_fetches_nothing() -> None:
    """No part of it can make a request to an address that somebody gives: what would make one is not imported."""
    fetching = {}
    for room in ("assessor", "challenges", "sandbox", "web"):
        for path in (ROOT / room).rglob("*.py"):
            clients = {name for name in imports(path) if name.split(".")[0] in OUTGOING and not name.startswith(tuple(HARMLESS))}
            if clients := clients - {"urllib", "http", "requests"}:
                fetching[str(path.relative_to(ROOT))] = sorted(clients)
    assert fetching.keys() == ASKS_ITSELF
