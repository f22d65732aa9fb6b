"""The list: filters, order, pages, neighbours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from assessor.assessments.models import AttemptState
from assessor.results.listing import Progress, Wish, arrange, neighbours, page_of
from assessor.results.models import Stage
from assessor.results.reviewer import CandidateRow, Column
from assessor.results.scores import CellState, TaskScore

COLUMNS = (Column("chl_a", {"en": "A"}, "a"),)
START = datetime(2026, 11, 2, 9, tzinfo=UTC)


def row(
    name: str,
    total: float | None,
    *,
    state: AttemptState = AttemptState.GRADED,
    stage: Stage = Stage.NEW,
    language: str = "python3",
) -> CandidateRow:
    cell = TaskScore("chl_a", CellState.GRADED if total is not None else CellState.WAITING, total, 100.0, language=language)
    return CandidateRow(
        f"att_{name}", name, "X", state, stage, (cell,), total, 100.0, timedelta(minutes=len(name)), START, START, False, 0, 1
    )


ROWS = [
    row("Cyrus", 70),
    row("ada", 90, stage=Stage.SHORTLISTED),
    row("Bo", None, state=AttemptState.GRADING),
    row("Zoe", 0, language="java"),
]


def names(wish: Wish) -> list[str]:
    return [found.name for found in arrange(ROWS, COLUMNS, wish)]


def test_the_highest_total_comes_first_and_who_has_none_last() -> None:
    assert names(Wish()) == ["ada", "Cyrus", "Zoe", "Bo"]
    assert names(Wish(descending=False)) == ["Zoe", "Cyrus", "ada", "Bo"]


@pytest.mark.parametrize("sort", ["name", "total", "time", "state", "stage", "submitted", "chl_a", "nonsense"])
@pytest.mark.parametrize("descending", [True, False])
def test_every_column_sorts_and_loses_nobody(sort: str, descending: bool) -> None:
    assert sorted(names(Wish(sort=sort, descending=descending))) == sorted(found.name for found in ROWS)


def test_names_sort_without_regard_to_case() -> None:
    assert names(Wish(sort="name", descending=False)) == ["ada", "Bo", "Cyrus", "Zoe"]


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Wish(stages=frozenset({Stage.SHORTLISTED})), ["ada"]),
        (Wish(progress=frozenset({Progress.JUDGING})), ["Bo"]),
        (Wish(language="java"), ["Zoe"]),
        (Wish(min_points=70), ["ada", "Cyrus"]),
        (Wish(min_points=0), ["ada", "Cyrus", "Zoe"]),
        (Wish(search="CYR"), ["Cyrus"]),
        (Wish(search="nobody"), []),
    ],
)
def test_filters(wish: Wish, expected: list[str]) -> None:
    assert names(wish) == expected


def test_pages_end_where_the_list_ends() -> None:
    assert [found.name for found in page_of(ROWS, COLUMNS, Wish(page=2), size=3).rows] == ["Bo"]
    beyond = page_of(ROWS, COLUMNS, Wish(page=99), size=3)
    assert (beyond.number, beyond.pages, beyond.matching, beyond.everybody) == (2, 2, 4, 4)
    assert page_of([], COLUMNS, Wish(page=-3)).pages == 1


def test_neighbours_follow_the_order_of_the_list() -> None:
    arranged = arrange(ROWS, COLUMNS, Wish())
    assert neighbours(arranged, "att_Cyrus") == ("att_ada", "att_Zoe")
    assert neighbours(arranged, "att_ada") == (None, "att_Cyrus")
    assert neighbours(arranged, "att_unknown") == (None, None)
