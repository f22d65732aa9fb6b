"""Named persons: owner Olga, reviewer Rakel and author Astrid together, stranger Stig elsewhere, administrator Adam."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from assessor.people.accounts import actor_of
from assessor.people.models import Account
from assessor.people.permissions import Actor


@dataclass(frozen=True)
class People:
    """The ids of everybody, and of the two organisations."""

    olga: str
    rakel: str
    astrid: str
    stig: str
    adam: str
    employer: str
    elsewhere: str


def as_actor(session: Session, account_id: str) -> Actor:
    """What the table sees of an account."""
    account = session.get_one(Account, account_id)
    session.refresh(account, ["memberships"])
    return actor_of(account)
