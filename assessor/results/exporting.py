"""The results list as a CSV file that a spreadsheet opens without being told to run anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from assessor.locales import pick
from assessor.results.reviewer import CandidateRow, Column

# A cell that begins so is taken for a formula (OWASP, "CSV Injection"); the apostrophe makes it text again.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def neutral(text: str) -> str:
    """The text as a cell that no spreadsheet evaluates."""
    text = text.replace("\x00", "")
    return "'" + text if text.lstrip(" ").startswith(_FORMULA_STARTS) else text


def results_csv(rows: Iterable[CandidateRow], columns: Sequence[Column], headings: Mapping[str, str], locale: str) -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets read every alphabet. Points not known yet are empty, never 0.

    `headings` has the translated names of the fixed columns, by their English keys of `FIXED`.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    names = [neutral(pick(column.names, locale) or column.slug) for column in columns]
    titles = [neutral(headings.get(key, key)) for key in FIXED]
    writer.writerow([*titles[:BEFORE_CHALLENGES], *names, *titles[BEFORE_CHALLENGES:]])
    for row in rows:
        writer.writerow(_line(row))
    return buffer.getvalue().encode("utf-8-sig")


FIXED = ("candidate", "attempt", "state", "stage", "total", "of", "minutes used", "started", "submitted", "extra time %")
BEFORE_CHALLENGES = 4


def _line(row: CandidateRow) -> list[str]:
    return [
        neutral(row.display_name),
        row.attempt_id,
        row.state.value,
        row.stage.value,
        *(_points(cell.points) if cell else "" for cell in row.cells),
        _points(row.total),
        _points(row.max_total),
        "" if row.time_used is None else _points(round(row.time_used.total_seconds() / 60, 1)),
        _moment(row.started_at),
        _moment(row.submitted_at),
        str(row.extra_time_percent),
    ]


def _points(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


def _moment(value: datetime | None) -> str:
    return "" if value is None else value.strftime("%Y-%m-%dT%H:%M:%SZ")
