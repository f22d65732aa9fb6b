"""Reads an output piece by piece, a block at a time: a flood of output must cost neither much memory nor its square in time.

Everything is bytes: space is exactly space, tab, newline, carriage return, vertical tab and form feed, as for `bytes.split`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

SPACES = b" \t\n\r\v\f"
BLOCK_BYTES = 1 << 16
_SPACE = re.compile(rb"[ \t\n\r\v\f]")
_NO_SPACE = re.compile(rb"[^ \t\n\r\v\f]")
_TOKEN = re.compile(rb"[^ \t\n\r\v\f]+")
_TOKEN_OR_GAP = re.compile(rb"[^ \t\n\r\v\f]+|[ \t\n\r\v\f]+")
_SHOWN_BYTES = 60


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a text: line and column count from 1, the column in bytes. `text` is the piece there.

    `text` is shortened and free of control characters; it is empty at the end of the text.
    """

    line: int
    column: int
    text: str


class Pieces:
    """A cursor over the tokens of `data`, and over the gaps between them when `gaps` is set. `fold` lowers ASCII letters."""

    def __init__(self, data: bytes, *, gaps: bool, fold: bool) -> None:
        self._data = data
        self._gaps = gaps
        self._fold = fold
        self._start = 0
        self._end = 0
        self._pieces: list[bytes] = []
        self._used = 0

    def waiting(self) -> int:
        """How many pieces can be taken now; 0 only at the end."""
        while self._used == len(self._pieces) and self._end < len(self._data):
            self._start, self._end = self._end, _boundary(self._data, self._end + BLOCK_BYTES)
            block = self._data[self._start : self._end]
            if self._fold:
                block = block.lower()
            self._pieces = _TOKEN_OR_GAP.findall(block) if self._gaps else block.split()
            self._used = 0
        return len(self._pieces) - self._used

    def peek(self, count: int) -> list[bytes]:
        """The next `count` pieces."""
        return self._pieces[self._used : self._used + count]

    def skip(self, count: int) -> None:
        """Move past `count` pieces."""
        self._used += count

    def place(self, ahead: int = 0) -> Place:
        """Where the piece `ahead` of the cursor stands, or the end of the text."""
        if ahead >= self.waiting():
            return _place(self._data, len(self._data), b"")
        pattern = _TOKEN_OR_GAP if self._gaps else _TOKEN
        for number, match in enumerate(pattern.finditer(self._data, self._start, self._end)):
            if number == self._used + ahead:
                return _place(self._data, match.start(), match[0])
        raise AssertionError("a block holds the pieces it was cut into")


def is_gap(piece: bytes) -> bool:
    """Whether a piece is space between tokens."""
    return piece[:1] in (b" ", b"\t", b"\n", b"\r", b"\v", b"\f")


def show(text: bytes) -> str:
    """A piece for a person's eyes: bounded, undecodable and invisible characters escaped, spaces as they are."""
    decoded = text[:_SHOWN_BYTES].decode("utf-8", "backslashreplace")
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in decoded)
    return shown + "…" if len(text) > _SHOWN_BYTES else shown


def _boundary(data: bytes, at: int) -> int:
    """The first offset from `at` on where a token or a gap ends, so that no piece is cut in two."""
    if at >= len(data):
        return len(data)
    match = (_NO_SPACE if data[at - 1] in SPACES else _SPACE).search(data, at)
    return match.start() if match else len(data)


def _place(data: bytes, offset: int, text: bytes) -> Place:
    return Place(data.count(b"\n", 0, offset) + 1, offset - data.rfind(b"\n", 0, offset), show(text))
