"""What candidates ask or report about a challenge, and what its author answers.

An inquiry reaches whoever may change the challenge: the organisation's authors, or the administrators for the library.
It carries no name; the answer is shown to the candidate who asked and to nobody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from assessor.assessments.attempts import attempt_of, task_of
from assessor.assessments.models import AttemptState, Inquiry, InquiryKind
from assessor.catalogue.models import Challenge, ChallengeVersion
from assessor.errors import BadInput, Conflict, NotFound, TooMany
from assessor.people import audit
from assessor.people.permissions import Action, Actor, require
from assessor.wording import N_

LONGEST_TEXT = 2000
MOST_OF_ONE = 20
"""Inquiries of one attempt."""

_TOO_EARLY = (AttemptState.INVITED, AttemptState.OPENED)


@dataclass(frozen=True, slots=True)
class NewInquiry:
    """What the form says; checked by `ask`."""

    kind: str
    text: str


def ask(session: Session, attempt_id: str, challenge_version_id: str, new: NewInquiry, now: datetime) -> Inquiry:
    """Send an inquiry to the author. Raises BadInput, TooMany, Conflict before the start, NotFound for a foreign challenge."""
    attempt = attempt_of(session, attempt_id)
    if attempt.state in _TOO_EARLY:
        raise Conflict(N_("Start the test first; then you can ask about its tasks."), code="not_started")
    if new.kind not in set(InquiryKind):
        raise BadInput(N_("Choose whether it is a question or a mistake."), field="kind")
    text = _text(new.text)
    task_of(session, attempt, challenge_version_id)
    if len(inquiries_of(session, attempt_id)) >= MOST_OF_ONE:
        raise TooMany(N_("You have sent as many questions as one test may have. They have all arrived."))
    inquiry = Inquiry(
        attempt_id=attempt_id, challenge_version_id=challenge_version_id, kind=InquiryKind(new.kind), text=text, asked_at=now
    )
    session.add(inquiry)
    session.flush()
    return inquiry


def inquiries_of(session: Session, attempt_id: str, challenge_version_id: str | None = None) -> Sequence[Inquiry]:
    """What one candidate has asked, oldest first, about one challenge or about all."""
    query = sa.select(Inquiry).where(Inquiry.attempt_id == attempt_id).order_by(Inquiry.asked_at, Inquiry.id)
    if challenge_version_id is not None:
        query = query.where(Inquiry.challenge_version_id == challenge_version_id)
    return session.scalars(query).all()


def inquiries_about(session: Session, actor: Actor, challenge_id: str) -> Sequence[Inquiry]:
    """What candidates ask about any version of a challenge: open ones first, then the newest."""
    _require(session, actor, challenge_id)
    query = (
        sa.select(Inquiry)
        .join(ChallengeVersion)
        .where(ChallengeVersion.challenge_id == challenge_id)
        .order_by(Inquiry.answered_at.is_not(None), Inquiry.asked_at.desc())
        .options(joinedload(Inquiry.challenge_version))
        .limit(200)
    )
    return session.scalars(query).all()


def open_inquiries(session: Session, challenge_ids: Sequence[str]) -> dict[str, int]:
    """How many inquiries about each challenge wait for an answer; without those that have none."""
    query = (
        sa.select(ChallengeVersion.challenge_id, sa.func.count())
        .join(Inquiry, Inquiry.challenge_version_id == ChallengeVersion.id)
        .where(ChallengeVersion.challenge_id.in_(challenge_ids), Inquiry.answered_at.is_(None))
        .group_by(ChallengeVersion.challenge_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def answer(session: Session, actor: Actor, inquiry_id: str, text: str, now: datetime) -> str:
    """Answer an inquiry, or answer it anew; the challenge's id. Raises BadInput, NotFound, NotAllowed."""
    inquiry = session.get(Inquiry, inquiry_id)
    challenge_id = inquiry.challenge_version.challenge_id if inquiry else ""
    organisation_id = _require(session, actor, challenge_id)
    assert inquiry is not None
    inquiry.answer, inquiry.answered_at, inquiry.answered_by = _text(text), now, actor.account_id
    audit.record(session, actor, "inquiry.answer", now, object_id=inquiry.id, organisation_id=organisation_id)
    return challenge_id


def _require(session: Session, actor: Actor, challenge_id: str) -> str | None:
    """Those who may change the challenge read what is asked about it; everybody else finds nothing there."""
    challenge = session.get(Challenge, challenge_id)
    if challenge is None:
        raise NotFound(N_("There is nothing here, or it is not shared with you."))
    owner = challenge.organisation_id
    require(actor, Action.LIBRARY_MANAGE if owner is None else Action.CHALLENGE_WRITE, owner)
    return owner


def _text(text: str) -> str:
    cleaned = text.strip().replace("\r\n", "\n").replace("\x00", "")
    if not cleaned:
        raise BadInput(N_("Write something first."), field="text")
    if len(cleaned) > LONGEST_TEXT:
        raise BadInput(N_("Use at most 2000 characters."), field="text")
    return cleaned
