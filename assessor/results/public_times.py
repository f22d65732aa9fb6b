"""The moments of an attempt as its employer sees them: on the scale of the time the employer knows of.

Private extra time would show in every moment after the start (a submission after 80 of 60 minutes). So the candidate's time is
mapped evenly on the time without it: the start stays, the end falls where it would have been, also
when that time was granted after a first end. Who has none is shown as it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from assessor.assessments.attempts import allotted_time, publicly_allotted_time
from assessor.assessments.models import Attempt


@dataclass(frozen=True, slots=True)
class PublicTimes:
    """How moments after `started_at` are drawn together; `share` is 1.0 without private extra time."""

    started_at: datetime | None
    share: float

    @classmethod
    def of(cls, attempt: Attempt) -> Self:
        """Of one attempt, whose version must be loaded. Pauses and time that was given stay in, on the same scale."""
        private = allotted_time(attempt) - publicly_allotted_time(attempt) + timedelta(seconds=attempt.private_wait_seconds)
        if attempt.started_at is None or attempt.deadline_at is None or not private:
            return cls(attempt.started_at, 1.0)
        whole = attempt.deadline_at - attempt.started_at
        return cls(attempt.started_at, (whole - private) / whole)

    def of_moment(self, at: datetime) -> datetime:
        """Where a moment is shown."""
        if self.started_at is None or self.share == 1.0 or at <= self.started_at:
            return at
        return self.started_at + timedelta(seconds=round((at - self.started_at).total_seconds() * self.share))

    def shown(self, at: datetime | None) -> datetime | None:
        """`of_moment`, null for null."""
        return None if at is None else self.of_moment(at)
