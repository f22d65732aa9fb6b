"""Extra time that is the candidate's own affair: taken where the rules allow it, else decided by an administrator.

No reason is asked for or kept. Employers never learn of it (`assessor/results/public_times.py`). Where an employer has given
extra time with an invitation as well, the larger of the two counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from assessor.assessments.attempts import allotted_time, attempt_of
from assessor.assessments.extending import extend
from assessor.assessments.models import Attempt, AttemptState, ExtraTimeWish
from assessor.errors import BadInput, Conflict, NotFound
from assessor.people import audit
from assessor.people.models import Organisation
from assessor.people.permissions import Action, Actor, require
from assessor.wording import N_

OFFERED = (25, 50, 100)
"""Percent more: a quarter, half, twice the time."""

MOST_WISHES = 5
UNDECIDED_STATES = (AttemptState.OPENED, AttemptState.STARTED)


class WishStatus(StrEnum):
    """How far the candidate's newest wish has come; `none` without one."""

    NONE = "none"
    ASKED = "asked"
    GRANTED = "granted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class WishLine:
    """A wish as an administrator sees it: whose test and how long, not who."""

    id: str
    organisation: str
    title: str
    percent: int
    minutes: int
    asked_at: datetime
    running: bool


def choose(session: Session, attempt_id: str, percent: int, now: datetime) -> Attempt:
    """Take extra time, or none, before the start. Raises BadInput, and Conflict where the rules or the clock forbid it."""
    attempt = _before_the_start(session, attempt_id)
    if not attempt.assessment_version.own_extra_time:
        raise Conflict(N_("In this test extra time is asked for. Load the page again."), code="not_allowed")
    if percent not in (0, *OFFERED):
        raise BadInput(N_("Choose one of the offered times."), field="percent")
    attempt.private_extra_percent = percent
    return attempt


def ask(session: Session, attempt_id: str, percent: int, now: datetime) -> ExtraTimeWish:
    """Ask for extra time before the start; an undecided wish is changed. Raises BadInput, Conflict."""
    attempt = _before_the_start(session, attempt_id)
    if attempt.assessment_version.own_extra_time:
        raise Conflict(N_("In this test you choose extra time yourself. Load the page again."), code="not_needed")
    if percent not in OFFERED:
        raise BadInput(N_("Choose one of the offered times."), field="percent")
    wish = newest_wish(session, attempt_id)
    if wish is not None and wish.granted is None:
        wish.percent = percent
        return wish
    number = session.scalar(sa.select(sa.func.count()).where(ExtraTimeWish.attempt_id == attempt_id)) or 0
    if number >= MOST_WISHES:
        raise Conflict(N_("You have asked several times. Ask the person who sent the test."), code="asked_enough")
    wish = ExtraTimeWish(attempt_id=attempt_id, percent=percent, asked_at=now)
    session.add(wish)
    session.flush()
    return wish


def _before_the_start(session: Session, attempt_id: str) -> Attempt:
    attempt = attempt_of(session, attempt_id, lock=True)
    if attempt.state is not AttemptState.OPENED:
        raise Conflict(N_("Extra time is chosen before the start, and this test has started."), code="started")
    return attempt


def newest_wish(session: Session, attempt_id: str) -> ExtraTimeWish | None:
    """What the candidate asked for last, null when nothing."""
    query = sa.select(ExtraTimeWish).where(ExtraTimeWish.attempt_id == attempt_id)
    return session.scalar(query.order_by(ExtraTimeWish.asked_at.desc(), ExtraTimeWish.id.desc()).limit(1))


def status_of(session: Session, attempt: Attempt) -> WishStatus:
    """What has become of what the candidate asked for last."""
    wish = newest_wish(session, attempt.id)
    if wish is None:
        return WishStatus.NONE
    if wish.granted is None:
        return WishStatus.ASKED
    return WishStatus.GRANTED if wish.granted else WishStatus.DECLINED


def minutes_with(attempt: Attempt, percent: int) -> int:
    """How long the test would be with so much extra time."""
    return -(-attempt.assessment_version.duration_minutes * (100 + max(percent, attempt.extra_time_percent)) // 100)


def open_wishes(session: Session, actor: Actor) -> list[WishLine]:
    """The wishes that wait for a decision, the oldest first. Raises NotAllowed."""
    require(actor, Action.EXTRA_TIME_DECIDE, None)
    query = (
        sa.select(ExtraTimeWish, Organisation.name)
        .join(ExtraTimeWish.attempt)
        .join(Organisation, Organisation.id == Attempt.organisation_id)
        .where(ExtraTimeWish.granted.is_(None), Attempt.state.in_(UNDECIDED_STATES))
        .options(joinedload(ExtraTimeWish.attempt).joinedload(Attempt.assessment_version))
        .order_by(ExtraTimeWish.asked_at, ExtraTimeWish.id)
    )
    return [_line(wish, organisation) for wish, organisation in session.execute(query)]


def _line(wish: ExtraTimeWish, organisation: str) -> WishLine:
    version = wish.attempt.assessment_version
    return WishLine(
        id=wish.id,
        organisation=organisation,
        title=version.title,
        percent=wish.percent,
        minutes=version.duration_minutes,
        asked_at=wish.asked_at,
        running=wish.attempt.state is AttemptState.STARTED,
    )


def decide(session: Session, actor: Actor, wish_id: str, granted: bool, now: datetime) -> ExtraTimeWish:
    """Grant or decline; a test that runs already gets the time at once. Raises Conflict, NotFound, NotAllowed.

    The audit log says that it was decided and which way, not how much.
    """
    require(actor, Action.EXTRA_TIME_DECIDE, None)
    wish = session.get(ExtraTimeWish, wish_id, with_for_update=True)
    if wish is None:
        raise NotFound(N_("There is no such wish any more."))
    attempt = attempt_of(session, wish.attempt_id, lock=True)
    if wish.granted is not None:
        raise Conflict(N_("A colleague has decided this already."), code="decided")
    if attempt.state not in UNDECIDED_STATES:
        raise Conflict(N_("This test has ended; there is nothing left to decide."), code="ended")
    if granted:
        _give(attempt, wish.percent)
    wish.granted, wish.decided_at, wish.decided_by = granted, now, actor.account_id
    audit.record(session, actor, "extra_time.decide", now, object_id=attempt.id, granted=granted)
    session.flush()
    return wish


def _give(attempt: Attempt, percent: int) -> None:
    before = allotted_time(attempt)
    attempt.private_extra_percent = percent
    if attempt.deadline_at is not None:
        extend(attempt, attempt.deadline_at + allotted_time(attempt) - before)
