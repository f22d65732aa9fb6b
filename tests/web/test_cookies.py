"""Cookies leave over HTTPS only wherever HTTPS is."""

from __future__ import annotations

import pytest

from assessor.database import Database
from assessor.judging.queue import JudgingQueue
from assessor.settings import Settings
from web.app import create_app


@pytest.mark.parametrize(
    ("public_url", "secure"), [(None, False), ("http://desk.example", False), ("https://tests.example", True)], ids=str
)
def test_a_public_address_with_https_makes_cookies_secure(
    sqlite_database: Database, settings: Settings, public_url: str | None, secure: bool
) -> None:
    settings.public_url = public_url
    app = create_app(settings, sqlite_database, JudgingQueue(settings))
    assert app.config["SESSION_COOKIE_SECURE"] is secure
    assert app.config["SESSION_COOKIE_HTTPONLY"] is True
