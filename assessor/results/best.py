"""Which of a candidate's submissions counts: the best one for each challenge, and what it is worth in the assessment."""

from __future__ import annotations

from collections.abc import Iterable

from assessor.judging.leases import WorkState
from assessor.judging.models import Kind, Submission
from assessor.judging.verdicts import Verdict


def share_of(submission: Submission) -> float | None:
    """How much of the challenge was solved, 0 to 1; null until it is graded. Pass-fail challenges give 0 or 1."""
    if submission.state is not WorkState.GRADED or submission.verdict is None:
        return None
    if submission.score is not None and submission.max_score:
        return min(max(submission.score / submission.max_score, 0.0), 1.0)
    return 1.0 if submission.verdict is Verdict.AC else 0.0


def points_of(submission: Submission, task_points: float) -> float | None:
    """The points a submission earns for a task worth `task_points`; null until it is graded."""
    share = share_of(submission)
    return None if share is None else round(share * task_points, 2)


def best_of(submissions: Iterable[Submission]) -> Submission | None:
    """The graded submission with the highest share, the earliest of equals; runs never count. Null when there is none."""
    graded = [s for s in submissions if s.kind is Kind.SUBMISSION and share_of(s) is not None]
    return min(graded, key=lambda s: (-(share_of(s) or 0.0), s.queued_at, s.id), default=None)
