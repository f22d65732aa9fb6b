"""Taking a pause, where the assessment allows one: the clock stands still, and the tasks are out of sight.

A pause moves the end by all that may still be paused; going on takes back what was not used. So one that is never ended by hand
ends by itself when it is used up.
"""

from __future__ import annotations

import math
from datetime import datetime

from sqlalchemy.orm import Session

from assessor.assessments.attempts import attempt_of, check_running
from assessor.assessments.models import Attempt, AttemptState
from assessor.assessments.pauses import is_paused, pause_left
from assessor.errors import Conflict
from assessor.wording import N_


def pause(session: Session, attempt_id: str, now: datetime) -> Attempt:
    """Stop the clock. A second pause within the first changes nothing. Raises Conflict when none is left."""
    attempt = attempt_of(session, attempt_id, lock=True)
    if is_paused(attempt, now):
        return attempt
    _end(attempt, now)
    check_running(attempt, now)
    left = pause_left(attempt)
    if not left or attempt.deadline_at is None:
        raise Conflict(N_("There is no pause left in this test."), code="no_pause")
    attempt.paused_at = now
    attempt.deadline_at += left
    return attempt


def go_on(session: Session, attempt_id: str, now: datetime) -> Attempt:
    """Let the clock run again. Without a pause this changes nothing."""
    attempt = attempt_of(session, attempt_id, lock=True)
    if attempt.state is AttemptState.STARTED:
        _end(attempt, now)
    return attempt


def _end(attempt: Attempt, now: datetime) -> None:
    if attempt.paused_at is None or attempt.deadline_at is None:
        return
    left = pause_left(attempt)
    used = min(now - attempt.paused_at, left)
    attempt.deadline_at -= left - used
    attempt.paused_seconds += math.ceil(used.total_seconds())
    attempt.pauses = [*attempt.pauses, [attempt.paused_at.isoformat(), (attempt.paused_at + used).isoformat()]]
    attempt.paused_at = None
