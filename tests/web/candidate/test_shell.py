"""What guards every page, and how errors leave the house."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime

import structlog
from flask import Flask
from flask.testing import FlaskClient

from assessor.database import Database
from assessor.judging.models import WorkerRow
from assessor.settings import Settings
from web.app import create_app
from web.ui import assets, packing


def test_every_answer_carries_the_headers(cyrus: FlaskClient) -> None:
    for path in ("/", "/nowhere", "/healthz", "/api/v1/nothing"):
        headers = cyrus.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "unsafe-inline" not in policy
        assert "unsafe-eval" not in policy
        assert "default-src 'none'" in policy
        assert (headers["X-Content-Type-Options"], headers["X-Frame-Options"]) == ("nosniff", "DENY")
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"


def test_the_nonce_is_new_each_time_and_on_the_scripts(cyrus: FlaskClient) -> None:
    nonces = set()
    for _ in range(2):
        answer = cyrus.get("/")
        (nonce,) = set(re.findall(r"'nonce-([^']+)'", answer.headers["Content-Security-Policy"]))
        assert set(re.findall(r'nonce="([^"]+)"', answer.text)) == {nonce}
        nonces.add(nonce)
    assert len(nonces) == 2


def test_pages_have_nothing_inline(cyrus: FlaskClient, attempt_id: str) -> None:
    for path in ("/", "/return", f"/a/{attempt_id}/task/1", f"/a/{attempt_id}/finish"):
        page = cyrus.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)", page), path
        assert not re.search(r"<style|\sstyle=|\son\w+=\"", page), path
        assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page), path


def test_another_site_may_not_write_here(cyrus: FlaskClient, attempt_id: str) -> None:
    for site in ("cross-site", "same-site"):
        assert cyrus.post(f"/a/{attempt_id}/finish", headers={"Sec-Fetch-Site": site}).status_code == 403
    assert cyrus.get("/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_a_form_without_its_token_is_refused(settings: Settings, sqlite_database: Database, bell: object) -> None:
    client = create_app(settings, sqlite_database, bell).test_client()  # type: ignore[arg-type]
    answer = client.post("/return", data={"key": "1"})
    assert answer.status_code == 400
    assert "open for too long" in answer.text


def test_people_get_pages_and_programs_get_problems(cyrus: FlaskClient) -> None:
    page = cyrus.get("/nowhere")
    assert page.status_code == 404
    assert page.mimetype == "text/html"
    for path, headers in (
        ("/api/v1/nowhere", {}),
        ("/nowhere", {"Accept": "application/json"}),
        ("/nowhere", {"Sec-Fetch-Dest": "empty"}),
    ):
        problem = cyrus.get(path, headers=headers)
        assert problem.mimetype == "application/problem+json"
        assert problem.json is not None
        assert (problem.json["status"], problem.json["code"]) == (404, "not_found")
    refused = cyrus.post("/healthz")
    assert refused.status_code == 405
    assert "GET" in refused.headers["Allow"]


def test_a_fault_of_ours_tells_nothing_of_its_inside(app: Flask, cyrus: FlaskClient) -> None:
    def break_down() -> str:
        raise RuntimeError("select password from account")

    app.add_url_rule("/broken", view_func=break_down)
    answer = cyrus.get("/broken")
    assert answer.status_code == 500
    assert "password" not in answer.text
    assert "Something broke on our side" in answer.text


def test_what_is_too_large_is_refused(cyrus: FlaskClient, attempt_id: str) -> None:
    assert cyrus.post(f"/a/{attempt_id}/task/1", data={"source": "x" * 2_000_000}).status_code == 413


def test_built_files_are_kept_for_good_and_sent_packed(cyrus: FlaskClient) -> None:
    url = assets.DIST / assets.manifest()["workspace.js"]
    sizes = {}
    for accepted, coding in (("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("", None)):
        answer = cyrus.get(f"/static/dist/{url.name}", headers={"Accept-Encoding": accepted})
        assert answer.headers.get("Content-Encoding") == coding
        assert "Accept-Encoding" in answer.vary
        assert "immutable" in answer.headers["Cache-Control"]
        sizes[coding] = len(answer.data)
    assert answer.data == url.read_bytes()
    assert sizes["br"] < sizes["gzip"] < sizes[None]
    for path in ("../manifest.json", "manifest.json", f"{url.name}.br", "nothing.js", "%2e%2e/%2e%2e/app.py"):
        assert cyrus.get(f"/static/dist/{path}").status_code == 404


def test_pages_are_sent_packed_to_who_takes_it(cyrus: FlaskClient) -> None:
    plain = cyrus.get("/return")
    assert "Content-Encoding" not in plain.headers
    packed = cyrus.get("/return", headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert {"Accept-Encoding", "Cookie"} <= set(packed.vary) & set(plain.vary)
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 2
    assert "</html>" in gzip.decompress(packed.data).decode()
    assert "Content-Encoding" not in cyrus.get("/healthz", headers={"Accept-Encoding": "gzip"}).headers


def test_the_length_of_a_packed_page_tells_little() -> None:
    page = b"<!doctype html>" * 100
    packed = [packing.packed(page) for _ in range(200)]
    assert len({len(one) for one in packed}) > 20
    assert {gzip.decompress(one) for one in packed} == {page}


def test_readiness_names_what_is_missing(cyrus: FlaskClient, sqlite_database: Database) -> None:
    assert cyrus.get("/healthz").json == {"status": "ok"}
    answer = cyrus.get("/readyz")
    assert answer.status_code == 503
    assert answer.json is not None
    assert answer.json["checks"]["worker"]["ok"] is False
    assert answer.json["checks"]["database"]["ok"] is True
    now = datetime.now(UTC)
    with sqlite_database.writing() as session:
        session.add(WorkerRow(name="w", host="h", slots=1, started_at=now, beat_at=now))
    assert cyrus.get("/readyz").status_code == 200


def test_language_is_chosen_kept_and_turned(cyrus: FlaskClient) -> None:
    assert '<html lang="sv" dir="ltr"' in cyrus.get("/", headers={"Accept-Language": "sv-SE,sv;q=0.9"}).text
    assert '<html lang="en" dir="ltr"' in cyrus.get("/", headers={"Accept-Language": "fi"}).text
    assert '<html lang="ar" dir="rtl"' in cyrus.get("/?lang=ar").text
    assert '<html lang="ar" dir="rtl"' in cyrus.get("/").text
    assert '<html lang="ar" dir="rtl"' in cyrus.get("/?lang=xx").text


def test_the_theme_is_rendered_by_the_server(cyrus: FlaskClient) -> None:
    assert "data-theme" not in cyrus.get("/").text.split(">")[1]
    cyrus.set_cookie("theme", "dark")
    assert 'data-theme="dark"' in cyrus.get("/").text
    cyrus.set_cookie("theme", '"><script>')
    assert "<script>" not in cyrus.get("/").text


def test_the_language_switch_stays_on_this_page_and_site(cyrus: FlaskClient) -> None:
    page = cyrus.get("/return?why=no_pass&why=again&_scheme=javascript&_external=1&endpoint=x&lang=en")
    assert page.status_code == 200
    assert (
        'href="/return?why=no_pass&amp;why=again&amp;_scheme=javascript&amp;_external=1&amp;endpoint=x&amp;lang=sv"' in page.text
    )
    for path in ("//elsewhere.example/x", "/%5Celsewhere.example"):
        lost = cyrus.get(path, base_url="http://localhost")
        assert lost.status_code == 404
        assert not re.search(r'href="(?://|/\\\\)', lost.text)


def test_numbers_and_characters_no_database_holds_are_refused(cyrus: FlaskClient, attempt_id: str) -> None:
    assert cyrus.get(f"/a/{attempt_id}/task/99999999999999999999").status_code == 404
    assert cyrus.get(f"/a/{attempt_id}/task/1?result=x%00").status_code == 422
    assert cyrus.post("/return", data={"key": "1\0"}).status_code == 422


def test_a_crash_is_logged_without_the_links_secret(app: Flask, cyrus: FlaskClient) -> None:
    def break_down(token: str) -> str:
        raise RuntimeError("broken")

    app.add_url_rule("/broken/<token>", view_func=break_down)
    with structlog.testing.capture_logs() as lines:
        assert cyrus.get("/broken/s3cret").status_code == 500
    (line,) = [line for line in lines if line["event"] == "request_crashed"]
    assert line["rule"] == "/broken/<token>"
    assert "s3cret" not in str(line)
