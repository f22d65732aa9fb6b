"""Which of the submissions for a challenge counts, and what it is worth in the assessment: for candidates and employers alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol, TypeVar

from assessor.judging.leases import WorkState
from assessor.judging.verdicts import Verdict


class HandedIn(Protocol):
    """A scored submission, never a run. `max_score` is null for pass-fail challenges, the others until it is graded."""

    @property
    def id(self) -> str: ...
    @property
    def state(self) -> WorkState: ...
    @property
    def verdict(self) -> Verdict | None: ...
    @property
    def score(self) -> float | None: ...
    @property
    def max_score(self) -> float | None: ...
    @property
    def queued_at(self) -> datetime: ...


One = TypeVar("One", bound=HandedIn)


def share_of(submission: HandedIn) -> float | None:
    """How much of the challenge was solved, 0 to 1; null until it is graded. Pass-fail challenges give 0 or 1."""
    if submission.state is not WorkState.GRADED or submission.verdict is None:
        return None
    if submission.score is not None and submission.max_score:
        return min(max(submission.score / submission.max_score, 0.0), 1.0)
    return 1.0 if submission.verdict is Verdict.AC else 0.0


def points_of(submission: HandedIn, task_points: float) -> float | None:
    """The points a submission earns for a task worth `task_points`; null until it is graded."""
    share = share_of(submission)
    return None if share is None else round(share * task_points, 2)


def best_of(submissions: Iterable[One]) -> One | None:
    """The graded submission with the highest share, the earliest of equals. Null when there is none."""
    graded = [submission for submission in submissions if share_of(submission) is not None]
    return min(graded, key=lambda one: (-(share_of(one) or 0.0), one.queued_at, one.id), default=None)
