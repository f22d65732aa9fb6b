"""From submissions to points: the best graded submission of a challenge counts. Pure; null means "not known yet", never 0."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assessor.judging.leases import WorkState
from assessor.judging.verdicts import Verdict
from assessor.results.best import best_of, points_of, share_of


class CellState(StrEnum):
    """What is known about one challenge of one attempt."""

    NOTHING = "nothing"
    WAITING = "waiting"
    NOT_JUDGED = "not_judged"
    GRADED = "graded"


@dataclass(frozen=True, slots=True)
class Handed:
    """One scored submission (`assessor.results.best.HandedIn`), without its source."""

    id: str
    attempt_id: str
    challenge_version_id: str
    language: str
    state: WorkState
    verdict: Verdict | None
    score: float | None
    max_score: float | None
    queued_at: datetime


@dataclass(frozen=True, slots=True)
class TaskScore:
    """What one challenge earned. `points` is null without a submission, and while one that could change it is not graded."""

    challenge_id: str
    state: CellState
    points: float | None
    max_points: float
    verdict: Verdict | None = None
    language: str | None = None
    submission_id: str | None = None
    submissions: int = 0


def score_task(challenge_id: str, max_points: float, handed: Sequence[Handed]) -> TaskScore:
    """The score of one challenge from its submissions, oldest first."""
    if not handed:
        return TaskScore(challenge_id, CellState.NOTHING, None, max_points)
    best = best_of(handed)
    states = {submission.state for submission in handed} - {WorkState.GRADED}
    known = not states or (best is not None and share_of(best) == 1.0)
    waiting = CellState.NOT_JUDGED if states == {WorkState.NOT_JUDGED} else CellState.WAITING
    return TaskScore(
        challenge_id=challenge_id,
        state=CellState.GRADED if known else waiting,
        points=points_of(best, max_points) if known and best is not None else None,
        max_points=max_points,
        verdict=best.verdict if best else None,
        language=best.language if best else None,
        submission_id=best.id if best else None,
        submissions=len(handed),
    )


def total_points(scores: Iterable[TaskScore], ended: bool) -> float | None:
    """The sum over all challenges; null until the attempt has ended and every submission that matters is graded.

    A challenge for which nothing was handed in adds nothing once the candidate can hand in no more (`ended`).
    """
    found = list(scores)
    if not ended or any(score.points is None and score.state is not CellState.NOTHING for score in found):
        return None
    return round(sum(score.points or 0.0 for score in found), 2)
