"""The cast of these tests, in the database."""

from __future__ import annotations

from datetime import datetime

import pytest
from people_cast import People

from assessor.database import Database
from assessor.people.accounts import add_account
from assessor.people.models import Role
from assessor.people.organisations import add_member, create_organisation


@pytest.fixture
def people(database: Database, now: datetime) -> People:
    with database.writing() as session:
        employer = create_organisation(session, "service", "Employer", now).id
        elsewhere = create_organisation(session, "service", "Elsewhere", now).id
        made = {name: add_account(session, "service", name, name.title(), now).id for name in ("olga", "rakel", "astrid", "stig")}
        adam = add_account(session, "service", "adam", "Adam", now, is_admin=True).id
        for name, organisation, role in (
            ("olga", employer, Role.OWNER),
            ("rakel", employer, Role.REVIEWER),
            ("astrid", employer, Role.AUTHOR),
            ("stig", elsewhere, Role.OWNER),
        ):
            add_member(session, "service", organisation, made[name], role, now)
    return People(**made, adam=adam, employer=employer, elsewhere=elsewhere)
