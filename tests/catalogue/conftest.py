"""The cast of these tests, in the database."""

from __future__ import annotations

from datetime import datetime

import pytest
from catalogue_cast import Cast

from assessor.database import Database
from assessor.people.accounts import add_account
from assessor.people.models import Role
from assessor.people.organisations import add_member, create_organisation


@pytest.fixture
def cast(database: Database, now: datetime) -> Cast:
    with database.writing() as session:
        organisation = create_organisation(session, "service", "Alder Ltd", now)
        astrid = add_account(session, "service", "astrid", "Astrid", now)
        add_member(session, "service", organisation.id, astrid.id, Role.AUTHOR, now)
        return Cast(astrid.id, organisation.id)
