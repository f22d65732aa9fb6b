"""Judging, challenges, the audit log and the system page; and that nobody but administrators gets in."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
import sqlalchemy as sa
from crowd import Crowd
from flask import Flask
from sample_packages import package, report
from staff_client import Bells, Person, Staff
from werkzeug.test import TestResponse

from assessor.catalogue.models import Proof
from assessor.catalogue.versions import create_version, record_proof, request_proof
from assessor.clock import utc_now
from assessor.database import Database
from assessor.judging.leases import Priority, WorkState
from assessor.judging.models import Submission, WorkerRow
from assessor.judging.verdicts import Verdict
from assessor.people import audit
from web.admin.blueprint import blueprint


@pytest.fixture
def failed(sqlite_database: Database) -> str:
    """A proof that waits for a person."""
    with sqlite_database.writing() as session:
        version = create_version(session, package(), None, None, utc_now())
        proof = request_proof(session, version.id, utc_now(), publish=False)
        proof.state, proof.tries, proof.failure, proof.finished_at = WorkState.NOT_JUDGED, 3, "The disk is full.", utc_now()
        return proof.id


def state_of(database: Database, proof_id: str) -> WorkState:
    with database.reading() as session:
        return session.get_one(Proof, proof_id).state


def test_without_a_worker_the_page_says_what_that_means(adam: Person) -> None:
    text = adam.get("/admin/").text
    assert "No worker is alive" in text
    assert "assessor worker" in text


def test_workers_are_shown_with_their_state(adam: Person, sqlite_database: Database) -> None:
    now = utc_now()
    with sqlite_database.writing() as session:
        common = {"host": "judge", "slots": 4, "started_at": now}
        session.add(WorkerRow(name="judge:1", busy=3, beat_at=now, detail={"runtime": "runc"}, **common))
        deaf = {"runtime": "runc", "engine_answers": False}
        session.add(WorkerRow(name="judge:2", busy=0, beat_at=now, detail=deaf, **common))
        session.add(WorkerRow(name="judge:3", busy=0, beat_at=now - timedelta(minutes=9), detail={}, **common))
        full = {"engine_answers": True, "trouble": "Docker refused: no space left on device"}
        session.add(WorkerRow(name="judge:4", busy=0, beat_at=now, detail=full, **common))
    text = adam.get("/admin/").text
    assert "3 workers are alive" in text
    assert "Docker does not answer" in text
    assert "Docker makes no containers" in text
    assert "no space left on device" in text
    assert "silent" in text
    assert "3/4" in text


def test_what_failed_is_shown_and_tried_again(adam: Person, failed: str, sqlite_database: Database, bells: Bells) -> None:
    text = adam.get("/admin/").text
    assert "The disk is full." in text
    assert adam.post("/admin/judging/retry", {"kind": "proof", "id": failed}).status_code == 303
    assert state_of(sqlite_database, failed) is WorkState.QUEUED
    assert bells.rung == [("proof", failed, Priority.PROOF)]
    assert "The disk is full." not in adam.get("/admin/").text


def test_a_second_click_says_that_it_is_in_the_queue(adam: Person, failed: str, bells: Bells) -> None:
    for _ in range(2):
        adam.post("/admin/judging/retry", {"kind": "proof", "id": failed})
    assert "This is in the queue or judged already." in adam.get("/admin/").text
    assert len(bells.rung) == 1


def test_everything_is_tried_again_at_once(adam: Person, failed: str, sqlite_database: Database, bells: Bells) -> None:
    adam.post("/admin/judging/retry-all")
    assert state_of(sqlite_database, failed) is WorkState.QUEUED
    assert len(bells.rung) == 1


@pytest.fixture
def graded(sqlite_database: Database) -> Crowd:
    """Two graded submissions of one challenge version."""
    crowd = Crowd(sqlite_database, utc_now())
    crowd.hand_in(crowd.attempt("cyrus"), 0, 1, times=2)
    with sqlite_database.writing() as session:
        session.execute(sa.update(Submission).values(state=WorkState.GRADED, verdict=Verdict.WA))
    return crowd


def test_a_version_is_judged_again_by_a_button(adam: Person, graded: Crowd, bells: Bells) -> None:
    assert "x · version 1 · 2 submissions" in adam.get("/admin/").text
    assert adam.post("/admin/judging/regrade-all", {"version": "chv_x"}).status_code == 303
    text = adam.get("/admin/").text
    assert "2 submissions are judged again." in text
    assert re.search(r"Judged again</th><td[^>]*>2<", text)
    assert bells.rung == [("submission", "chv_x", Priority.REJUDGE)]


def test_one_submission_is_judged_again_by_its_id(adam: Person, graded: Crowd, bells: Bells) -> None:
    row = next(iter(graded.took))
    for words in ("It is judged again, after everything that waits.", "This is in the queue already"):
        assert adam.post("/admin/judging/regrade", {"id": f" {row} "}).status_code == 303
        assert words in adam.get("/admin/").text
    adam.post("/admin/judging/regrade", {"id": "sub_nothing"})
    assert "There is no such submission." in adam.get("/admin/").text
    assert bells.rung == [("submission", row, Priority.REJUDGE)]


def test_the_page_says_when_runs_are_paused(adam: Person, sqlite_database: Database) -> None:
    crowd = Crowd(sqlite_database, utc_now() - timedelta(minutes=2))
    for name in ("cyrus", "rakel", "stig"):
        assert "new runs are refused" not in adam.get("/admin/").text
        crowd.hand_in(crowd.attempt(name), 0, 1)
    assert "new runs are refused" in adam.get("/admin/").text


def test_every_organisations_versions_with_what_proving_showed(adam: Person, staff: Staff, sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        version = create_version(session, package("secret-alder"), None, staff.alder, utc_now())
        record_proof(session, request_proof(session, version.id, utc_now(), publish=False), report(ok=False), utc_now())
    text = adam.get("/admin/challenges").text
    assert "secret-alder" in text
    assert "Alder" in text
    assert "some did not" in text


def test_the_audit_log_names_people_and_goes_back_page_by_page(adam: Person, staff: Staff, sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        for number in range(120):
            audit.record(session, staff.astrid, "challenge.upload", utc_now(), organisation_id=staff.alder, number=number)
    first = adam.get("/admin/audit?kind=challenge")
    assert first.text.count("challenge.upload") == 50
    assert "number=119" in first.text
    assert "Astrid" in first.text
    second = adam.get(older(first))
    assert "number=69<" in second.text
    assert "number=70<" not in second.text
    third = adam.get(older(second))
    assert "number=0<" in third.text
    assert "Older events" not in third.text


def older(page: TestResponse) -> str:
    """Where the page's last link to older events leads."""
    return unescape(re.findall(r'<a class="btn[^"]*" href="([^"]*before=[^"]*)"', page.text)[-1])


def test_hostile_names_in_the_audit_log_stay_text(adam: Person, sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        audit.record(session, "service", "organisation.rename", utc_now(), name="<img src=x onerror=alert(1)>")
    assert "<img src=x" not in adam.get("/admin/audit").text


def test_the_system_page_says_what_to_do(adam: Person) -> None:
    text = adam.get("/admin/system").text
    assert "No worker has given a sign of life" in text
    assert "Database schema" in text


def test_every_page_and_deed_of_the_administration_is_for_administrators_only(
    app: Flask, astrid: Person, rakel: Person, staff: Staff
) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith(f"{blueprint.name}.")]
    assert len(rules) >= 15
    for rule in rules:
        method = "POST" if "POST" in (rule.methods or ()) else "GET"
        with app.test_request_context():
            values = dict.fromkeys(rule.arguments, "x")
            path = str(
                app.url_map.bind("localhost").build(rule.endpoint, values, method="POST" if "POST" in rule.methods else "GET")
            )
        for person in (astrid, rakel):
            answer = person.post(path) if method == "POST" else person.get(path)
            assert answer.status_code == 403, path
        visitor = app.test_client().get(path)
        assert visitor.status_code in (302, 303, 405), path
