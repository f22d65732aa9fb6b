"""More time for an attempt: given by people, or because a fault of ours took it. One that the clock has just ended goes on."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from assessor.assessments.attempts import attempt_of
from assessor.assessments.closing import ENDED
from assessor.assessments.models import Attempt, AttemptState, CreditCause, TimeCredit
from assessor.errors import BadInput, Conflict
from assessor.people import audit
from assessor.people.permissions import Action, Actor, require
from assessor.wording import N_

MOST_MINUTES = 240
LONGEST_REASON = 500
JUST_ENDED = timedelta(hours=1)

_CREDITS = (  # built once: every open page asks for them every few seconds
    sa.select(TimeCredit).where(TimeCredit.attempt_id == sa.bindparam("attempt_id")).order_by(TimeCredit.at, TimeCredit.id)
)


def give_time(session: Session, actor: Actor, attempt_id: str, minutes: int, reason: str, now: datetime) -> TimeCredit:
    """Give minutes more; after the end they count from now. Raises BadInput, Conflict, NotFound, NotAllowed."""
    attempt = session.get(Attempt, attempt_id)
    require(actor, Action.TIME_GIVE, attempt.organisation_id if attempt else "")
    attempt = attempt_of(session, attempt_id, lock=True)
    if not 1 <= minutes <= MOST_MINUTES:
        raise BadInput(N_("Give a whole number of minutes from 1 to 240."), field="minutes")
    if len(reason) > LONGEST_REASON:
        raise BadInput(N_("The reason has at most 500 characters."), field="time_reason")
    if not may_get_time(attempt, now):
        raise Conflict(N_("This attempt does not run, nor has the clock ended it within the last hour."), code="not_running")
    lengthen(attempt, timedelta(minutes=minutes), now)
    credit = TimeCredit(
        attempt_id=attempt.id, cause=CreditCause.GIVEN, seconds=minutes * 60, reason=reason, account_id=actor.account_id, at=now
    )
    session.add(credit)
    audit.record(session, actor, "time.give", now, object_id=attempt.id, organisation_id=attempt.organisation_id, minutes=minutes)
    session.flush()
    return credit


def may_get_time(attempt: Attempt, now: datetime) -> bool:
    """Whether the attempt runs, or the clock has just ended it."""
    if attempt.state is AttemptState.STARTED:
        return True
    return was_ended_by_clock(attempt) and attempt.deadline_at is not None and now - attempt.deadline_at <= JUST_ENDED


def was_ended_by_clock(attempt: Attempt) -> bool:
    """Whether more time lets the attempt go on; who has finished by hand has finished."""
    return attempt.state in ENDED and attempt.ended_by_clock


def lengthen(attempt: Attempt, more: timedelta, now: datetime) -> timedelta:
    """Give so much more time, after the end from now on. For how long the time had been over; nothing while it runs."""
    assert attempt.deadline_at is not None
    over_for = max(timedelta(0), now - attempt.deadline_at)
    extend(attempt, attempt.deadline_at + over_for + more)
    return over_for


def extend(attempt: Attempt, deadline: datetime) -> None:
    """Move the end. An attempt that the clock had ended runs again; what was handed in at that end stays handed in."""
    attempt.deadline_at = deadline
    if was_ended_by_clock(attempt):
        attempt.state = AttemptState.STARTED
        attempt.submitted_at = None
        attempt.ended_by_clock = False


def credits_of(session: Session, attempt_id: str) -> list[TimeCredit]:
    """All time the attempt was given, the oldest first."""
    return list(session.scalars(_CREDITS, {"attempt_id": attempt_id}))
