"""The cast of an employer, in the database."""

from __future__ import annotations

from datetime import datetime

import pytest
from results_cast import Employer, fill

from assessor.database import Database


@pytest.fixture
def employer(database: Database, now: datetime) -> Employer:
    """Forty candidates in every state."""
    with database.writing() as session:
        return fill(session, now)
