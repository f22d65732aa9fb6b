"""Invitations: the right of one candidate to one attempt, given out as a signed link that can be revoked.

The link carries the invitation's id and a signature; nothing secret is stored, so a stolen database opens no assessment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session

from assessor.assessments.models import Assessment, Attempt, AttemptState, Invitation
from assessor.errors import BadInput, Conflict, NotFound
from assessor.people import audit
from assessor.people.permissions import Action, Actor, organisations_where, require
from assessor.wording import N_

MOST_AT_ONCE = 500
LONGEST_LABEL = 200
MOST_EXTRA_TIME_PERCENT = 300
_SALT = "assessor.invitation"


class InvitationState(StrEnum):
    """`waiting → opened → started → finished`, side exits revoked and expired. Derived, never stored."""

    WAITING = "waiting"
    OPENED = "opened"
    STARTED = "started"
    FINISHED = "finished"
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class InvitationTerms:
    """What the invitations of one batch have in common. `extra_time_percent` lengthens the attempt; null never expires."""

    locale: str | None = None
    extra_time_percent: int = 0
    expires_at: datetime | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.extra_time_percent <= MOST_EXTRA_TIME_PERCENT:
            raise BadInput(N_("Extra time is between 0 and 300 percent."), field="extra_time_percent")


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """One line of the employer's list. `attempt_id` is null until the candidate has opened the link."""

    id: str
    label: str
    locale: str | None
    extra_time_percent: int
    state: InvitationState
    created_at: datetime
    expires_at: datetime | None
    attempt_id: str | None


def invitation_token(secret: str, invitation_id: str) -> str:
    """The signed token of an invitation's link; the same one every time."""
    return str(URLSafeSerializer(secret, salt=_SALT).dumps(invitation_id))


def read_invitation_token(secret: str, token: str) -> str:
    """The invitation id in a token. Raises NotFound for a forged, cut or foreign one."""
    try:
        invitation_id = URLSafeSerializer(secret, salt=_SALT).loads(token)
    except BadSignature:
        invitation_id = None
    if not isinstance(invitation_id, str):
        raise NotFound(N_("This link is not complete or not ours. Copy the whole link from the message you were sent."))
    return invitation_id


def invite(
    session: Session, actor: Actor, assessment_id: str, labels: Sequence[str], terms: InvitationTerms, now: datetime
) -> list[Invitation]:
    """Make one invitation a label (a name, an alias, or nothing). Raises BadInput, Conflict when the assessment is closed."""
    assessment = session.get(Assessment, assessment_id)
    require(actor, Action.CANDIDATE_INVITE, assessment.organisation_id if assessment else "")
    assert assessment is not None
    if assessment.closed_at is not None:
        raise Conflict(N_("This assessment is closed. Reopen it to invite more candidates."))
    if terms.expires_at is not None and terms.expires_at <= now:
        raise BadInput(N_("The last day to start lies in the past."), field="expires_at")
    invitations = [
        Invitation(
            assessment_id=assessment.id,
            label=label,
            locale=terms.locale,
            extra_time_percent=terms.extra_time_percent,
            created_by=actor.account_id,
            created_at=now + timedelta(microseconds=place),
            expires_at=terms.expires_at,
        )
        for place, label in enumerate(_checked(labels))
    ]
    session.add_all(invitations)
    session.flush()
    audit.record(
        session,
        actor,
        "candidate.invite",
        now,
        object_id=assessment.id,
        organisation_id=assessment.organisation_id,
        invitations=[invitation.id for invitation in invitations],
    )
    return invitations


def _checked(labels: Sequence[str]) -> list[str]:
    cleaned = [" ".join(label.split()) for label in labels]
    if not cleaned:
        raise BadInput(N_("Name at least one candidate; an alias will do."), field="labels")
    if len(cleaned) > MOST_AT_ONCE:
        raise BadInput(N_("At most 500 candidates can be invited at once."), field="labels")
    if any(len(label) > LONGEST_LABEL for label in cleaned):
        raise BadInput(N_("A name has at most 200 characters. Is there one name per line?"), field="labels")
    return cleaned


def revoke(session: Session, actor: Actor, invitation_id: str, now: datetime) -> Invitation:
    """Take an invitation back. An attempt that has not begun is cancelled with it; one that has is left in peace."""
    invitation = session.get(Invitation, invitation_id)
    require(actor, Action.CANDIDATE_INVITE, invitation.assessment.organisation_id if invitation else "")
    assert invitation is not None
    attempt = session.scalar(sa.select(Attempt).where(Attempt.invitation_id == invitation.id))
    if attempt is not None and attempt.started_at is not None:
        raise Conflict(N_("This candidate has already started; the invitation can no longer be revoked."))
    if invitation.revoked_at is None:
        invitation.revoked_at = now
        if attempt is not None:
            attempt.state = AttemptState.CANCELLED
        audit.record(
            session,
            actor,
            "candidate.revoke",
            now,
            object_id=invitation.id,
            organisation_id=invitation.assessment.organisation_id,
        )
    return invitation


def invitations_of(session: Session, actor: Actor, assessment_id: str, now: datetime) -> list[InvitationRow]:
    """Every invitation of an assessment, the newest batch first."""
    query = (
        sa.select(Invitation, Attempt)
        .join(Assessment, Assessment.id == Invitation.assessment_id)
        .outerjoin(Attempt, Attempt.invitation_id == Invitation.id)
        .where(
            Invitation.assessment_id == assessment_id,
            Assessment.organisation_id.in_(organisations_where(actor, Action.ASSESSMENT_VIEW)),
        )
        .order_by(Invitation.created_at.desc(), Invitation.id)
    )
    return [_row(invitation, attempt, now) for invitation, attempt in session.execute(query)]


def _row(invitation: Invitation, attempt: Attempt | None, now: datetime) -> InvitationRow:
    return InvitationRow(
        id=invitation.id,
        label=invitation.label,
        locale=invitation.locale,
        extra_time_percent=invitation.extra_time_percent,
        state=state_of(invitation, attempt, now),
        created_at=invitation.created_at,
        expires_at=invitation.expires_at,
        attempt_id=attempt.id if attempt else None,
    )


def state_of(invitation: Invitation, attempt: Attempt | None, now: datetime) -> InvitationState:
    """Where the candidate stands with this invitation."""
    if attempt is not None and attempt.submitted_at is not None:
        return InvitationState.FINISHED
    if attempt is not None and attempt.started_at is not None:
        return InvitationState.STARTED
    if invitation.revoked_at is not None:
        return InvitationState.REVOKED
    if invitation.expires_at is not None and invitation.expires_at <= now:
        return InvitationState.EXPIRED
    return InvitationState.OPENED if attempt is not None else InvitationState.WAITING
