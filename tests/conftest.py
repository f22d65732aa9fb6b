"""What every room's tests share: settings in a temporary folder, a database of either kind, a real sandbox, a moment in time.

PostgreSQL is a private cluster started for the test run (as the user `postgres` where we are root) and stopped at its end.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, sync_playwright
from postgres import fresh_postgres

import assessor.records  # noqa: F401  # the metadata must be whole
from assessor.database import Database
from assessor.settings import Settings

if TYPE_CHECKING:
    from sandbox.containers import DockerSandbox
    from sandbox.languages import Language


@pytest.fixture
def now() -> datetime:
    """A fixed moment."""
    return datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a fresh installation in a temporary folder, untouched by the environment's."""
    return Settings(data_dir=tmp_path / "data", secret_key="a secret for tests only", database_url=None, public_url=None)


@pytest.fixture(scope="session")
def postgres_url(worker_id: str) -> Iterator[str]:
    """The URL of a private PostgreSQL cluster, without a database name."""
    binaries = _postgres_binaries()
    folder = Path(tempfile.mkdtemp(prefix="assessor-pg-"))
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_user:
        shutil.chown(folder, "postgres", "postgres")
    cluster, log = folder / "cluster", folder / "log"
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off -c max_connections=300"
    subprocess.run(
        [*as_user, binaries / "initdb", "-D", cluster, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd="/",
    )
    control = [*as_user, binaries / "pg_ctl", "-D", cluster, "-l", log, "-w"]
    subprocess.run([*control, "-o", options, "start"], check=True, stdout=subprocess.DEVNULL, cwd="/")
    try:
        yield f"postgresql+psycopg://postgres@/{{name}}?host={folder}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, stdout=subprocess.DEVNULL, cwd="/")
        shutil.rmtree(folder, ignore_errors=True)


def _postgres_binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.fail("PostgreSQL is not installed; scripts/test installs it (Debian package postgresql)")
    return found[-1].parent


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """The name of the parallel test process, `master` when there is only one."""
    return str(getattr(request.config, "workerinput", {}).get("workerid", "master"))


@pytest.fixture
def fresh_postgres_url(postgres_url: str) -> Iterator[str]:
    """The URL of a new empty PostgreSQL database, for a test that hands it to other processes."""
    with fresh_postgres(postgres_url) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Database]:
    """A migrated, empty database: the test runs once on SQLite and once on PostgreSQL."""
    with contextlib.ExitStack() as stack:
        if request.param == "postgresql":
            settings.database_url = stack.enter_context(fresh_postgres(request.getfixturevalue("postgres_url")))
        opened = Database(settings.url_of_database)
        stack.callback(opened.close)
        opened.migrate()
        yield opened


@pytest.fixture
def sqlite_database(settings: Settings) -> Iterator[Database]:
    """A migrated, empty SQLite database, for tests whose subject is not the database."""
    opened = Database(settings.url_of_database)
    opened.migrate()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def sandbox(worker_id: str) -> Iterator[DockerSandbox]:
    """The real thing: containers in the local Docker engine."""
    from sandbox.containers import DockerSandbox

    with DockerSandbox(warm_boxes=1, owner=f"tests-{worker_id}-{os.getpid()}") as opened:
        yield opened


@pytest.fixture(scope="session")
def stale_tiers() -> frozenset[str]:
    """The sandbox images that are not there, or not as their sources are now."""
    from sandbox import building, images

    return frozenset(building.missing(images.TIERS))


@pytest.fixture
def needs_image(stale_tiers: frozenset[str]) -> Callable[[Language], None]:
    """Skips the test of a language in an image that only some operators build, where that is not there."""
    from sandbox import images

    def needs_image(language: Language) -> None:
        if language.image in stale_tiers and language.image not in images.USUAL:
            pytest.skip(f"{language.name} needs the optional image: assessor sandbox build {language.image}")

    return needs_image


@pytest.fixture(scope="module")  # two drivers cannot live at the same time, and other modules have one of their own
def chromium() -> Iterator[Browser]:
    """The distribution's Chromium, driven by Playwright; it talks to nobody but the pages under test."""
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=[*quiet, "--disable-component-update", "--disable-sync"]
        )
        yield browser
        browser.close()
