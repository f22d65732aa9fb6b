"""The proof as a matrix: one row for each example submission, one column for each test group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from assessor.judging.languages import LANGUAGES
from assessor.judging.verdicts import Verdict
from assessor.locales import pick
from web.author.words import VERDICTS, Word

SAMPLE = "sample"


@dataclass(frozen=True, slots=True)
class Column:
    """One test group: its name in the package, its title for people, the points it can earn."""

    name: str
    title: str
    points: float | None


@dataclass(frozen=True, slots=True)
class Cell:
    """How one submission did in one group."""

    word: Word
    passed: int
    total: int


@dataclass(frozen=True, slots=True)
class Row:
    """One example submission; `cells` has null where a group was not run.

    `expected` are the verdicts of which it must earn one, `earned` those it did, without the accepted tests of one that failed
    others. `ok` is null when it was not judged.
    """

    folder: str
    name: str
    language: str
    expected: tuple[Word, ...]
    earned: tuple[Word, ...]
    ok: bool | None
    score: float | None
    cpu_ms: int | None
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """All of it, with the counts for the sentence above it."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def held(self) -> int:
        """How many submissions earned what they must."""
        return sum(row.ok is True for row in self.rows)


def matrix_of(report: Mapping[str, Any], summary: Mapping[str, Any], locale: str) -> Matrix:
    """From the verify document and the version's summary; the columns are the groups that hold tests."""
    judged = report.get("submissions", [])
    seen = {group["name"] for one in judged for group in one.get("groups") or ()}
    columns = [Column(SAMPLE, _("Samples"), None)] if SAMPLE in seen else []
    columns += [_column(group, locale) for group in summary.get("groups", ()) if group["name"] in seen]
    return Matrix(tuple(columns), tuple(_row(one, columns) for one in judged))


def group_title(group: Mapping[str, Any], locale: str) -> str:
    """A group's title in the locale or in English, else its name in the package."""
    titles = group.get("title") or {}
    name: str = pick(titles, locale) or group["name"].removeprefix("secret/")
    return name


def _column(group: Mapping[str, Any], locale: str) -> Column:
    return Column(group["name"], group_title(group, locale), group.get("max_score"))


def _row(judged: Mapping[str, Any], columns: list[Column]) -> Row:
    groups = {group["name"]: group for group in judged.get("groups") or ()}
    folder, _slash, name = judged["path"].removeprefix("submissions/").partition("/")
    language = LANGUAGES.get(judged.get("language") or "")
    return Row(
        folder=folder,
        name=name,
        language=language.name if language else judged.get("language") or "",
        expected=_words(judged.get("required") or judged.get("expected") or ()),
        earned=_earned(judged),
        ok=judged.get("ok"),
        score=judged.get("score"),
        cpu_ms=judged.get("slowest_cpu_ms"),
        cells=tuple(_cell(groups.get(column.name)) for column in columns),
    )


def _earned(judged: Mapping[str, Any]) -> tuple[Word, ...]:
    seen = judged.get("observed") or [judged["verdict"]] if judged.get("verdict") else []
    return _words([verdict for verdict in seen if verdict != Verdict.AC] or seen)


def _words(verdicts: Sequence[str]) -> tuple[Word, ...]:
    return tuple(VERDICTS[verdict] for verdict in verdicts if verdict in VERDICTS)


def _cell(group: Mapping[str, Any] | None) -> Cell | None:
    if group is None or group.get("verdict") not in VERDICTS or not group.get("total"):
        return None
    return Cell(VERDICTS[group["verdict"]], int(group["passed"]), int(group["total"]))
