"""Which candidates of the list a reviewer wants to see, in which order, and which page of them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assessor.assessments.models import AttemptState
from assessor.results.models import Stage
from assessor.results.reviewer import CandidateRow, Column

PAGE_SIZE = 50


class Progress(StrEnum):
    """The states of an attempt as a reviewer thinks of them."""

    WORKING = "working"
    JUDGING = "judging"
    GRADED = "graded"
    GONE = "gone"


PROGRESS: dict[AttemptState, Progress] = {
    AttemptState.INVITED: Progress.WORKING,
    AttemptState.OPENED: Progress.WORKING,
    AttemptState.STARTED: Progress.WORKING,
    AttemptState.SUBMITTED: Progress.JUDGING,
    AttemptState.GRADING: Progress.JUDGING,
    AttemptState.GRADED: Progress.GRADED,
    AttemptState.DECLINED: Progress.GONE,
    AttemptState.EXPIRED: Progress.GONE,
    AttemptState.CANCELLED: Progress.GONE,
    AttemptState.VOIDED: Progress.GONE,
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What the reviewer asked for. `sort` is a name of `SORTS` or a challenge id; empty sets and nulls do not limit."""

    progress: frozenset[Progress] = frozenset()
    stages: frozenset[Stage] = frozenset()
    language: str | None = None
    min_points: float | None = None
    search: str = ""
    sort: str = "total"
    descending: bool = True
    page: int = 1

    @property
    def limits(self) -> bool:
        """Whether it leaves anybody out."""
        return bool(self.progress or self.stages or self.language or self.min_points is not None or self.search)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the candidates that fit; `matching` of `everybody` do."""

    rows: tuple[CandidateRow, ...]
    number: int
    pages: int
    matching: int
    everybody: int


SORTS: dict[str, Callable[[CandidateRow], Any]] = {
    "name": lambda row: row.display_name.casefold(),
    "total": lambda row: row.total,
    "time": lambda row: row.time_used,
    "state": lambda row: list(AttemptState).index(row.state),
    "stage": lambda row: list(Stage).index(row.stage),
    "submitted": lambda row: row.submitted_at,
}
LOW_FIRST = frozenset({"name", "time", "state", "stage"})
"""Columns that read best from their low end; the others begin with the high end."""


def arrange(rows: Sequence[CandidateRow], columns: Sequence[Column], wish: Wish) -> list[CandidateRow]:
    """Those who fit, in the wished order; who has no value in the sorted column comes last either way."""
    fitting = [row for row in rows if fits(row, wish)]
    fitting.sort(key=lambda row: (row.display_name.casefold(), row.attempt_id))
    value = sort_value(columns, wish.sort)
    known = [row for row in fitting if value(row) is not None]
    unknown = [row for row in fitting if value(row) is None]
    return sorted(known, key=value, reverse=wish.descending) + unknown


def sort_value(columns: Sequence[Column], sort: str) -> Callable[[CandidateRow], Any]:
    """What a row is sorted by: one of `SORTS`, or its points in one challenge."""
    place = next((index for index, column in enumerate(columns) if column.challenge_id == sort), None)
    if place is None:
        return SORTS.get(sort, SORTS["total"])

    def points(row: CandidateRow) -> float | None:
        cell = row.cells[place]
        return None if cell is None else cell.points

    return points


def fits(row: CandidateRow, wish: Wish) -> bool:
    """Whether the candidate is among those asked for."""
    return (
        (not wish.progress or PROGRESS[row.state] in wish.progress)
        and (not wish.stages or row.stage in wish.stages)
        and (wish.language is None or wish.language in row.languages)
        and (wish.min_points is None or (row.total is not None and row.total >= wish.min_points))
        and (not wish.search or wish.search.casefold() in f"{row.display_name} {row.attempt_id}".casefold())
    )


def page_of(rows: Sequence[CandidateRow], columns: Sequence[Column], wish: Wish, size: int = PAGE_SIZE) -> Page:
    """One page of the arranged rows; a page number beyond the end means the last one."""
    arranged = arrange(rows, columns, wish)
    pages = max(1, -(-len(arranged) // size))
    number = min(max(1, wish.page), pages)
    return Page(tuple(arranged[(number - 1) * size : number * size]), number, pages, len(arranged), len(rows))


def neighbours(rows: Sequence[CandidateRow], attempt_id: str) -> tuple[str | None, str | None]:
    """The candidates before and after this one in the arranged list."""
    ids = [row.attempt_id for row in rows]
    if attempt_id not in ids:
        return None, None
    place = ids.index(attempt_id)
    return (ids[place - 1] if place else None), (ids[place + 1] if place + 1 < len(ids) else None)
