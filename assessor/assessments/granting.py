"""Candidates' wishes for extra time, as administrators see and decide them: whose test and how long, never who.

A wish keeps waiting when its test ends. Granting one that the clock has just ended opens it again, as time given by hand does
(`assessor/assessments/extending.py`), and the time counts from then (docs/decisions/0054-wishes-outlast-the-end.md).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from assessor.assessments.attempts import allotted_time, attempt_of
from assessor.assessments.closing import ENDED
from assessor.assessments.extending import JUST_ENDED, lengthen, may_get_time, was_ended_by_clock
from assessor.assessments.extra_time import minutes_with
from assessor.assessments.models import Attempt, AttemptState, ExtraTimeWish
from assessor.errors import Conflict, NotFound
from assessor.people import audit
from assessor.people.models import Organisation
from assessor.people.permissions import Action, Actor, require
from assessor.wording import N_

DECIDABLE = (AttemptState.OPENED, AttemptState.STARTED, *ENDED)
FINISHED = N_(
    "The candidate has finished this test, so more time cannot open it again. Decline; a new invitation gives another attempt."
)
TOO_LATE = N_(
    "The time of this test ended more than an hour ago, so it cannot open again. Decline; a new invitation gives another attempt."
)


class Prospect(StrEnum):
    """What granting does to a test: makes it longer before its start or while it runs, opens it again, or is not possible."""

    LENGTHENS = "lengthens"
    ADDS = "adds"
    REOPENS = "reopens"
    FINISHED = "finished"
    TOO_LATE = "too_late"


@dataclass(frozen=True, slots=True)
class WishLine:
    """A wish that waits. `whole_minutes` is the test with it, `more_minutes` what it adds.

    `minutes_to_decide` is how long granting still opens the test again, null where it does not.
    """

    id: str
    organisation: str
    title: str
    percent: int
    minutes: int
    whole_minutes: int
    more_minutes: int
    asked_at: datetime
    prospect: Prospect
    minutes_to_decide: int | None


def open_wishes(session: Session, actor: Actor, now: datetime) -> list[WishLine]:
    """The wishes that wait for a decision, the oldest first. Raises NotAllowed."""
    require(actor, Action.EXTRA_TIME_DECIDE, None)
    query = (
        sa.select(ExtraTimeWish, Organisation.name)
        .join(ExtraTimeWish.attempt)
        .join(Organisation, Organisation.id == Attempt.organisation_id)
        .where(ExtraTimeWish.granted.is_(None), Attempt.state.in_(DECIDABLE))
        .options(joinedload(ExtraTimeWish.attempt).joinedload(Attempt.assessment_version))
        .order_by(ExtraTimeWish.asked_at, ExtraTimeWish.id)
    )
    return [_line(wish, organisation, now) for wish, organisation in session.execute(query)]


def _line(wish: ExtraTimeWish, organisation: str, now: datetime) -> WishLine:
    version, end = wish.attempt.assessment_version, wish.attempt.deadline_at
    whole = minutes_with(wish.attempt, wish.percent)
    prospect = prospect_of(wish.attempt, now)
    return WishLine(
        id=wish.id,
        organisation=organisation,
        title=version.title,
        percent=wish.percent,
        minutes=version.duration_minutes,
        whole_minutes=whole,
        more_minutes=whole - int(allotted_time(wish.attempt).total_seconds() // 60),
        asked_at=wish.asked_at,
        prospect=prospect,
        minutes_to_decide=_begun_minutes(end + JUST_ENDED - now) if end and prospect is Prospect.REOPENS else None,
    )


def _begun_minutes(time: timedelta) -> int:
    return max(1, math.ceil(time.total_seconds() / 60))


def prospect_of(attempt: Attempt, now: datetime) -> Prospect:
    """What granting would do at this moment."""
    if attempt.state is AttemptState.OPENED:
        return Prospect.LENGTHENS
    if attempt.state is AttemptState.STARTED:
        return Prospect.ADDS
    if may_get_time(attempt, now):
        return Prospect.REOPENS
    return Prospect.TOO_LATE if was_ended_by_clock(attempt) else Prospect.FINISHED


def decide(session: Session, actor: Actor, wish_id: str, granted: bool, now: datetime) -> Prospect:
    """Grant or decline, and what the test stood at. Raises Conflict, NotFound, NotAllowed.

    The audit log says that it was decided and which way, not how much.
    """
    require(actor, Action.EXTRA_TIME_DECIDE, None)
    wish = session.get(ExtraTimeWish, wish_id, with_for_update=True)
    if wish is None:
        raise NotFound(N_("There is no such wish any more."))
    attempt = attempt_of(session, wish.attempt_id, lock=True)
    if wish.granted is not None:
        raise Conflict(N_("A colleague has decided this already."), code="decided")
    if attempt.state not in DECIDABLE:
        raise Conflict(N_("This test has ended; there is nothing left to decide."), code="ended")
    prospect = prospect_of(attempt, now)
    if granted:
        _grant(attempt, wish.percent, prospect, now)
    wish.granted, wish.decided_at, wish.decided_by = granted, now, actor.account_id
    audit.record(session, actor, "extra_time.decide", now, object_id=attempt.id, granted=granted)
    session.flush()
    return prospect


def _grant(attempt: Attempt, percent: int, prospect: Prospect, now: datetime) -> None:
    match prospect:
        case Prospect.FINISHED:
            raise Conflict(FINISHED, code="finished")
        case Prospect.TOO_LATE:
            raise Conflict(TOO_LATE, code="too_late")
        case Prospect.LENGTHENS:
            attempt.private_extra_percent = percent
        case Prospect.ADDS | Prospect.REOPENS:
            before = allotted_time(attempt)
            attempt.private_extra_percent = percent
            more = allotted_time(attempt) - before
            if more > timedelta(0):
                waited = lengthen(attempt, more, now)
                attempt.private_wait_seconds += round(waited.total_seconds())
