"""Points: the best graded submission counts, and what is not known is null, never 0."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from assessor.judging.leases import WorkState
from assessor.judging.verdicts import Verdict
from assessor.results.scores import CellState, Handed, score_task, total_points

START = datetime(2026, 11, 2, 9, tzinfo=UTC)


def handed(
    score: float | None,
    *,
    verdict: Verdict = Verdict.WA,
    state: WorkState = WorkState.GRADED,
    most: float | None = 100.0,
    at: int = 0,
) -> Handed:
    graded = state is WorkState.GRADED
    return Handed(
        f"sub_{at}",
        "att",
        "chv",
        "python3",
        state,
        verdict if graded else None,
        score if graded else None,
        most,
        START + timedelta(minutes=at),
    )


def test_the_best_submission_counts_not_the_last() -> None:
    score = score_task("chl", 50.0, [handed(40), handed(80, at=1), handed(10, at=2)])
    assert (score.points, score.state, score.submission_id, score.submissions) == (40.0, CellState.GRADED, "sub_1", 3)


def test_of_equals_the_earliest_counts() -> None:
    assert score_task("chl", 50.0, [handed(40), handed(40, at=1)]).submission_id == "sub_0"


@pytest.mark.parametrize(("verdict", "points"), [(Verdict.AC, 30.0), (Verdict.WA, 0.0), (Verdict.CE, 0.0), (Verdict.TLE, 0.0)])
def test_a_pass_fail_challenge_gives_all_or_nothing(verdict: Verdict, points: float) -> None:
    assert score_task("chl", 30.0, [handed(None, verdict=verdict, most=None)]).points == points


@pytest.mark.parametrize("state", [WorkState.QUEUED, WorkState.RUNNING, WorkState.NOT_JUDGED])
def test_while_a_submission_could_change_it_the_score_is_null(state: WorkState) -> None:
    score = score_task("chl", 50.0, [handed(80), handed(None, state=state, at=1)])
    assert score.points is None
    assert score.state is (CellState.NOT_JUDGED if state is WorkState.NOT_JUDGED else CellState.WAITING)


def test_full_points_wait_for_nothing() -> None:
    score = score_task("chl", 50.0, [handed(100, verdict=Verdict.AC), handed(None, state=WorkState.QUEUED, at=1)])
    assert score.points == 50.0


def test_nothing_handed_in_has_no_points_and_adds_none_once_the_attempt_has_ended() -> None:
    nothing, some = score_task("a", 50.0, []), score_task("b", 50.0, [handed(50)])
    assert (nothing.points, nothing.state) == (None, CellState.NOTHING)
    assert total_points([nothing, some], ended=True) == 25.0
    assert total_points([nothing, nothing], ended=True) == 0.0
    assert total_points([nothing, some], ended=False) is None


def test_the_total_is_null_until_the_end_and_until_everything_is_known() -> None:
    known = score_task("a", 50.0, [handed(50)])
    waiting = score_task("b", 50.0, [handed(None, state=WorkState.QUEUED)])
    assert total_points([known, known], ended=True) == 50.0
    assert total_points([known, waiting], ended=True) is None
    assert total_points([known], ended=False) is None


def test_a_score_beyond_the_maximum_earns_no_more_than_the_points() -> None:
    assert score_task("chl", 50.0, [handed(120)]).points == 50.0
