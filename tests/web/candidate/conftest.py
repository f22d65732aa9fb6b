"""Cyrus's browser and a service with one assessment in it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from candidate_browser import ARGS, Service, judge_one, running
from candidate_cast import Cast, build_package, make_cast
from flask import Flask, request
from flask.testing import FlaskClient
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from assessor.catalogue.models import VersionState
from assessor.catalogue.versions import create_version
from assessor.database import Database
from assessor.settings import Settings
from challenges.package import open_zip
from web.app import create_app


@dataclass
class Bell:
    """Keeps what was rung instead of waking a worker."""

    rung: list[str] = field(default_factory=list)

    def ring(self, kind: str, row_id: str, priority: int) -> None:
        self.rung.append(row_id)


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.fixture
def cast(sqlite_database: Database, request: pytest.FixtureRequest) -> Cast:
    """Two tasks, or as many as the test says."""
    return make_cast(sqlite_database, datetime.now(UTC), tasks=getattr(request, "param", 2))


@pytest.fixture
def app(settings: Settings, sqlite_database: Database, bell: Bell) -> Flask:
    app = create_app(settings, sqlite_database, bell)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False, RATELIMIT_ENABLED=False)
    return app


@pytest.fixture
def cyrus(app: Flask) -> FlaskClient:
    """A browser that accepts English."""
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def stig(app: Flask) -> FlaskClient:
    """A stranger's browser."""
    return app.test_client()


@pytest.fixture
def attempt_id(cyrus: FlaskClient, cast: Cast) -> str:
    """Cyrus has entered by the open link and started."""
    entered = cyrus.post(f"/t/{cast.open_token}", data={"name": "Cyrus"})
    found = entered.headers["Location"].split("/")[2]
    cyrus.post(f"/a/{found}/start")
    return found


@pytest.fixture
def first_program(cast: Cast) -> str:
    """A published first program in the library, to practise with; the id of its version."""
    assessor_yaml = "skills: [algorithms]\ndifficulty: first-program\n"
    with cast.database.writing() as session:
        package = open_zip("hello.zip", build_package("hello", **{"assessor.yaml": assessor_yaml}))
        version = create_version(session, package, None, None, cast.now)
        version.state = VersionState.PUBLISHED
        return version.id


@pytest.fixture
def app_with_limits(settings: Settings, sqlite_database: Database, bell: Bell) -> FlaskClient:
    """A stranger's browser, with the limits on."""
    app = create_app(settings, sqlite_database, bell)
    app.config.update(WTF_CSRF_ENABLED=False)
    return app.test_client()


@pytest.fixture
def service(app: Flask, cast: Cast) -> Iterator[Service]:
    app.config["WTF_CSRF_ENABLED"] = True
    asked: list[str] = []
    app.before_request(lambda: asked.append(f"{request.method} {request.path}"))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    opened = Service(f"http://127.0.0.1:{server.port}", cast, asked=asked)
    with running(lambda: judge_one(opened)):
        yield opened
    server.shutdown()
    thread.join()
    assert opened.complaints == []


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        yield opened
        opened.close()
