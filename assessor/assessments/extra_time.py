"""Extra time that is the candidate's own affair: taken where the rules allow it, else asked for.

No reason is asked for or kept. Administrators decide about wishes (`assessor/assessments/granting.py`), and employers learn of
none of it (`assessor/results/public_times.py`). Where an employer gave extra time with an invitation as well, the larger counts.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from assessor.assessments.attempts import attempt_of, lengthened
from assessor.assessments.extending import may_get_time
from assessor.assessments.models import Attempt, AttemptState, ExtraTimeWish
from assessor.errors import BadInput, Conflict
from assessor.wording import N_

OFFERED = (25, 50, 100)
"""Percent more: a quarter, half, twice the time."""

MOST_WISHES = 5

_NEWEST_WISH = (  # built once: every open page asks for it every few seconds
    sa.select(ExtraTimeWish)
    .where(ExtraTimeWish.attempt_id == sa.bindparam("attempt_id"))
    .order_by(ExtraTimeWish.asked_at.desc(), ExtraTimeWish.id.desc())
    .limit(1)
)


class WishStatus(StrEnum):
    """How far the candidate's newest wish has come; `none` without one."""

    NONE = "none"
    ASKED = "asked"
    GRANTED = "granted"
    DECLINED = "declined"


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
    return session.scalar(_NEWEST_WISH, {"attempt_id": attempt_id})


def status_of(session: Session, attempt: Attempt) -> WishStatus:
    """What has become of what the candidate asked for last."""
    wish = newest_wish(session, attempt.id)
    if wish is None:
        return WishStatus.NONE
    if wish.granted is None:
        return WishStatus.ASKED
    return WishStatus.GRANTED if wish.granted else WishStatus.DECLINED


def status_after_end(session: Session, attempt: Attempt, now: datetime) -> WishStatus:
    """What there is to say of a wish once the clock has ended the test: that its answer may still come, or has come since."""
    wish = newest_wish(session, attempt.id)
    if wish is None or not may_get_time(attempt, now):
        return WishStatus.NONE
    before_end = wish.decided_at and attempt.deadline_at and wish.decided_at < attempt.deadline_at
    return WishStatus.NONE if before_end else status_of(session, attempt)


def minutes_with(attempt: Attempt, percent: int) -> int:
    """How long the test would be with so much extra time."""
    return lengthened(attempt.assessment_version.duration_minutes, max(percent, attempt.extra_time_percent))
