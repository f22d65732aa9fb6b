"""Entering: from a link to an attempt, without account, password or e-mail.

A look at a link never uses it up: only `enter` makes the attempt. Each way in which a link can fail has its own kind words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from assessor.assessments.invitations import read_invitation_token
from assessor.assessments.models import Assessment, Attempt, AttemptState, Invitation
from assessor.assessments.returning import ReturnKey, fresh_return_key, western_digits
from assessor.errors import BadInput, Conflict, NotFound
from assessor.ids import CODE_LENGTH
from assessor.wording import N_

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Door:
    """A link that leads to an assessment. `invitation` is null for the open link."""

    assessment: Assessment
    invitation: Invitation | None = None

    @property
    def locale(self) -> str | None:
        """The language the employer chose for this candidate."""
        return self.invitation.locale if self.invitation else None

    @property
    def extra_time_percent(self) -> int:
        return self.invitation.extra_time_percent if self.invitation else 0


@dataclass(frozen=True, slots=True)
class Entered:
    """A fresh attempt and its return key, which is told once and not kept."""

    attempt: Attempt
    return_key: str


def door_of_open_link(session: Session, token: str) -> Door:
    """The open link of an assessment. Raises NotFound for an unknown one, Conflict when the assessment is closed."""
    assessment = session.scalar(sa.select(Assessment).where(Assessment.open_token == token))
    if assessment is None:
        raise NotFound(
            N_("This link leads nowhere: it may be cut short or withdrawn. Copy the whole link, or ask for a new one."),
            code="link_unknown",
        )
    check_open(assessment)
    return Door(assessment)


def token_of_code(session: Session, typed: str) -> str:
    """The open link's token behind a typed code; spaces, hyphens and small letters do not matter. Raises NotFound."""
    code = "".join(character for character in western_digits(typed).upper() if character.isascii() and character.isalnum())
    token = session.scalar(sa.select(Assessment.open_token).where(Assessment.code == code)) if len(code) == CODE_LENGTH else None
    if token is None:
        raise NotFound(
            N_("We do not know this code. Check its six letters and digits, or ask the person who gave it to you."),
            code="code_unknown",
        )
    return token


def door_of_invitation(session: Session, secret: str, token: str, now: datetime) -> Door:
    """An invitation's link. Raises NotFound for a forged one, Conflict for one that is revoked, expired or used."""
    invitation = session.get(Invitation, read_invitation_token(secret, token), with_for_update=True)
    if invitation is None:
        raise NotFound(N_("This invitation does not exist any more. Ask the person who sent it."), code="link_unknown")
    if invitation.revoked_at is not None:
        raise Conflict(
            N_("This invitation was withdrawn. If you think that is a mistake, ask the person who sent it."),
            code="invitation_revoked",
        )
    if invitation.used_at is not None:
        raise Conflict(
            N_("This invitation was used before. To go on with your test on this device, enter your return key."),
            code="invitation_used",
        )
    check_unexpired(invitation, now)
    check_open(invitation.assessment)
    return Door(invitation.assessment, invitation)


def check_open(assessment: Assessment) -> None:
    """Raise Conflict when nobody may begin this assessment any more."""
    if assessment.closed_at is not None:
        raise Conflict(N_("This test is closed and takes no new candidates. Ask the person who sent it."), code="closed")


def check_unexpired(invitation: Invitation, now: datetime) -> None:
    """Raise Conflict when the last moment to start has passed."""
    if invitation.expires_at is not None and invitation.expires_at <= now:
        raise Conflict(
            N_("The last day to start has passed for this invitation. Ask the person who sent it for a new one."),
            code="invitation_expired",
        )


def enter(
    session: Session, secret: str, door: Door, name: str, locale: str, now: datetime, *, key: ReturnKey | None = None
) -> Entered:
    """Make the attempt, in state `opened`; the clock does not run yet. `name` is what the candidate wants to be called.

    `key` was made before the transaction, so that nobody waits for it; without it one is made now.
    """
    cleaned = clean_name(name)
    key = key or fresh_return_key(secret)
    version = door.assessment.current
    attempt = Attempt(
        assessment_version_id=version.id,
        assessment_id=door.assessment.id,
        organisation_id=door.assessment.organisation_id,
        invitation_id=door.invitation.id if door.invitation else None,
        candidate_name=cleaned or (door.invitation.label if door.invitation else ""),
        locale=locale,
        state=AttemptState.OPENED,
        key_hash=key.hash,
        extra_time_percent=door.extra_time_percent,
        opened_at=now,
    )
    if door.invitation is not None:
        door.invitation.used_at = now
    session.add(attempt)
    session.flush()
    return Entered(attempt, key.told)


def clean_name(name: str) -> str:
    """A name or nickname on one line, without characters that only disturb. Raises BadInput when it is too long."""
    printable = "".join(character if character.isprintable() else " " for character in name)
    cleaned = " ".join(printable.split())
    if len(cleaned) > LONGEST_NAME:
        raise BadInput(N_("A name has at most 200 characters."), field="name")
    return cleaned
