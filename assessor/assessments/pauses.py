"""How much of an attempt's pause is left, and whether it is taken now. Computed: nothing has to wake up to end a pause."""

from __future__ import annotations

from datetime import datetime, timedelta

from assessor.assessments.models import Attempt


def pause_left(attempt: Attempt) -> timedelta:
    """What may still be paused, a pause that is being taken not counted."""
    allowed = timedelta(minutes=attempt.assessment_version.pause_minutes)
    return max(timedelta(0), allowed - timedelta(seconds=attempt.paused_seconds))


def pauses_of(attempt: Attempt) -> list[tuple[datetime, datetime]]:
    """When the clock stood still by the candidate's own wish; a pause that is being taken may last until it is used up."""
    taken = [(datetime.fromisoformat(began), datetime.fromisoformat(ended)) for began, ended in attempt.pauses]
    if attempt.paused_at is not None:
        taken.append((attempt.paused_at, attempt.paused_at + pause_left(attempt)))
    return taken


def is_paused(attempt: Attempt, now: datetime) -> bool:
    """Whether the clock stands still by the candidate's own wish."""
    return attempt.paused_at is not None and now < attempt.paused_at + pause_left(attempt)
