"""How full the queue is, and from when on runs are put off so that submissions get on.

A run is a convenience and comes before every submission; when there is too much to do, new ones are refused for a while.
Submissions are always taken. Nobody can bring this about alone: a candidate counts for a few rows at most, however many wait,
and it takes several candidates who wait for long.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from assessor.errors import Busy
from assessor.judging.leases import Priority, WorkState
from assessor.judging.models import Submission
from assessor.wording import N_

MOST_ROWS = 200
MOST_OF_ONE = 5
LONG = timedelta(minutes=1)
MOST_WHO_WAIT_LONG = 3
COME_BACK_S = 20


@dataclass(frozen=True, slots=True)
class Pressure:
    """What candidates wait for: how many rows, since when the oldest; `weighed` counts none of them for more than a few rows.

    `waiting_long` candidates have waited for over a minute. What is judged again is not among it.
    """

    rows: int = 0
    weighed: int = 0
    waiting_long: int = 0
    oldest: datetime | None = None

    @property
    def runs_paused(self) -> bool:
        """Whether there is too much to do for runs."""
        return self.weighed > MOST_ROWS or self.waiting_long >= MOST_WHO_WAIT_LONG


def pressure_at(session: Session, now: datetime) -> Pressure:
    """The queue at this moment."""
    waiting = sa.and_(Submission.state == WorkState.QUEUED, Submission.priority > Priority.REJUDGE)
    each = sa.select(sa.func.count(), sa.func.min(Submission.queued_at)).where(waiting).group_by(Submission.attempt_id)
    rows = session.execute(each).all()
    return Pressure(
        rows=sum(count for count, _oldest in rows),
        weighed=sum(min(count, MOST_OF_ONE) for count, _oldest in rows),
        waiting_long=sum(now - oldest > LONG for _count, oldest in rows),
        oldest=min((oldest for _count, oldest in rows), default=None),
    )


def refuse_runs_under_pressure(session: Session, now: datetime) -> None:
    """Raise `Busy` when there is too much to do."""
    if pressure_at(session, now).runs_paused:
        message = N_("Many people are waiting, so runs pause for a moment. Try again soon. You can submit as always.")
        raise Busy(message, code="runs_paused", retry_after_s=COME_BACK_S)
