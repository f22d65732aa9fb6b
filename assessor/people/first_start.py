"""The people a fresh service begins with: an administrator, and a demo organisation with its owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from assessor.people import audit
from assessor.people.accounts import add_account
from assessor.people.models import Account, Membership, Organisation, Role
from assessor.people.organisations import add_member, create_organisation
from assessor.people.signin_links import new_signin_link

ADMIN_LOGIN = "admin"
EMPLOYER_LOGIN = "employer"
ORGANISATION_NAME = "Example Employer"

__all__ = ["FirstPeople", "ensure_first_people", "new_signin_link"]


@dataclass(frozen=True, slots=True)
class FirstPeople:
    """Whom the links of a first start are for."""

    admin: Account
    employer: Account
    organisation: Organisation


def ensure_first_people(session: Session, now: datetime) -> FirstPeople:
    """Make whoever of them is missing. Can be called at every start; passwords, names and roles are left as they are."""
    admin = _first_admin(session) or add_account(session, audit.SERVICE, ADMIN_LOGIN, "Administrator", now, is_admin=True)
    employer = session.scalar(sa.select(Account).where(Account.login == EMPLOYER_LOGIN)) or add_account(
        session, audit.SERVICE, EMPLOYER_LOGIN, "Example Owner", now
    )
    organisation = _organisation_of(session, employer)
    if organisation is None:
        organisation = create_organisation(session, audit.SERVICE, ORGANISATION_NAME, now)
        add_member(session, audit.SERVICE, organisation.id, employer.id, Role.OWNER, now)
    return FirstPeople(admin, employer, organisation)


def _first_admin(session: Session) -> Account | None:
    query = sa.select(Account).where(Account.is_admin, Account.active).order_by(Account.created_at, Account.id).limit(1)
    return session.scalar(query)


def _organisation_of(session: Session, account: Account) -> Organisation | None:
    query = (
        sa.select(Organisation)
        .join(Membership)
        .where(Membership.account_id == account.id)
        .order_by(Organisation.created_at, Organisation.id)
        .limit(1)
    )
    return session.scalar(query)
