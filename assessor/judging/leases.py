"""Work that a worker leases: the row is the truth, the queue only a bell.

A row is claimed by a conditional update and carries a fence (`tries`): whoever lost the lease writes nothing. What fails on
our side goes back to `queued`; after the last try it is `not_judged`, for a person to look at, and never a score of 0.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from assessor.database import enum_type


class WorkState(StrEnum):
    """`queued → running → graded`; our failures lead back to `queued` and after the last try to `not_judged`."""

    QUEUED = "queued"
    RUNNING = "running"
    GRADED = "graded"
    NOT_JUDGED = "not_judged"


class LeasedWork:
    """The columns of anything a worker does. `tries` is the fence, `lease_until` when the worker counts as dead."""

    state: Mapped[WorkState] = mapped_column(
        enum_type(WorkState),
        default=WorkState.QUEUED,
        index=True,
    )
    priority: Mapped[int] = mapped_column(default=50)
    tries: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str | None] = mapped_column(sa.String(100))
    lease_until: Mapped[datetime | None]
    queued_at: Mapped[datetime] = mapped_column(index=True)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    failure: Mapped[str | None] = mapped_column(sa.Text)
