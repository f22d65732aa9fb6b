"""Expected and got side by side: invisible characters made visible, the first difference found, long texts cut around it.

Verdicts are not made here. This only shows where two texts part, line by line.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

SHOWN_LINES = 40
LINES_BEFORE = 6
SHOWN_COLUMNS = 240

_NAMED = {"\t": "→", "\r": "␍", "\0": "␀", "\x1b": "␛", "\x7f": "␡", "\v": "␋", "\f": "␌", "\x08": "␈", "\x07": "␇"}


class Look(StrEnum):
    """How a piece of a line is drawn: as it is, as a mark for something invisible, or lit as different."""

    PLAIN = "plain"
    MARK = "mark"
    HIT = "hit"


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    look: Look


@dataclass(frozen=True, slots=True)
class Line:
    """One line, cut into pieces. `number` counts from 1; `differs` when the other side's line is not the same."""

    number: int
    pieces: tuple[Piece, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One side. `before` and `after` say how many lines were left out."""

    lines: tuple[Line, ...]
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Both sides, and the first line in which they part (null when they are the same text)."""

    expected: Shown
    got: Shown
    first_line: int | None


def compare_shown(expected: str, got: str) -> Difference:
    """Lay two texts side by side."""
    left, right = _lines(expected), _lines(got)
    first = next((place for place, (a, b) in enumerate(zip_longest(left, right)) if a != b), None)
    begin = max(0, (first or 0) - LINES_BEFORE) if max(len(left), len(right)) > SHOWN_LINES else 0
    return Difference(_side(left, right, begin), _side(right, left, begin), None if first is None else first + 1)


def show(text: str) -> Shown:
    """One text alone, with its invisible characters made visible."""
    lines = _lines(text)
    return _side(lines, lines, 0)


def _lines(text: str) -> list[str]:
    """Lines with their line ends, so that a missing one shows."""
    return text.splitlines(keepends=True) if "\r" not in text else _split_newlines(text)


def _split_newlines(text: str) -> list[str]:
    parts = text.split("\n")
    kept = [part + "\n" for part in parts[:-1]]
    return [*kept, parts[-1]] if parts[-1] else kept


def _side(mine: list[str], other: list[str], begin: int) -> Shown:
    end = begin + SHOWN_LINES
    lines = tuple(
        _line(place, mine[place], other[place] if place < len(other) else None) for place in range(begin, min(end, len(mine)))
    )
    return Shown(lines, min(begin, len(mine)), max(0, len(mine) - end))


def _line(place: int, mine: str, other: str | None) -> Line:
    if mine == other:
        return Line(place + 1, _pieces(mine, len(mine), len(mine)), False)
    start, stop = _different_part(mine, other or "")
    return Line(place + 1, _pieces(mine, start, stop), True)


def _different_part(mine: str, other: str) -> tuple[int, int]:
    """Where `mine` begins and ends to be different, after the common beginning and before the common end."""
    shorter = min(len(mine), len(other))
    start = next((i for i in range(shorter) if mine[i] != other[i]), shorter)
    tail = 0
    while tail < shorter - start and mine[-1 - tail] == other[-1 - tail]:
        tail += 1
    return start, len(mine) - tail


def _pieces(line: str, start: int, stop: int) -> tuple[Piece, ...]:
    """Cut into runs of one look; a long line is shown around its difference."""
    begin = max(0, start - SHOWN_COLUMNS // 3) if len(line) > SHOWN_COLUMNS and start < len(line) else 0
    end = min(len(line), begin + SHOWN_COLUMNS)
    blank_from = len(line.rstrip())
    runs: list[tuple[str, Look]] = [("…", Look.MARK)] if begin else []
    for place in range(begin, end):
        drawn, invisible = _drawn(line[place], place >= blank_from or start <= place < stop)
        look = Look.HIT if start <= place < stop else Look.MARK if invisible else Look.PLAIN
        if runs and runs[-1][1] is look:
            runs[-1] = (runs[-1][0] + drawn, look)
        else:
            runs.append((drawn, look))
    if end < len(line):
        runs.append(("…", Look.MARK))
    return tuple(Piece(text, look) for text, look in runs)


def _drawn(character: str, mark_space: bool) -> tuple[str, bool]:
    """What stands for a character, and whether it stands for something invisible."""
    if character == "\n":
        return "⏎", True
    if character == " ":
        return ("·", True) if mark_space else (" ", False)
    if character in _NAMED:
        return _NAMED[character], True
    # Controls, format characters (bidirectional ones among them) and odd spaces by their number.
    if unicodedata.category(character) in ("Cc", "Cf", "Zs", "Zl", "Zp", "Co", "Cn"):
        return f"[U+{ord(character):04X}]", True
    return character, False
