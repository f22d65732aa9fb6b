"""A candidate's source as numbered lines in which nothing hides: invisible and direction-changing characters are named."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# Characters that show code in another order than it runs in (CVE-2021-42574, "Trojan Source"), or not at all.
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE = frozenset(
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\u3164\ufeff\uffa0"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line: text as it is, or (with `name`) one character shown by its code."""

    text: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source, numbered from 1."""

    number: int
    pieces: tuple[Piece, ...]


def numbered(source: str) -> list[Line]:
    """The source as lines. A carriage return at a line's end is part of the line end."""
    text = source.replace("\r\n", "\n").removesuffix("\n")
    return [Line(number, tuple(_pieces(line))) for number, line in enumerate(text.split("\n"), start=1)]


def has_hidden(source: str) -> bool:
    """Whether a character in it would show the code in another order than it runs in, or not at all."""
    return any(_is_hidden(character) for character in source.replace("\r\n", "\n"))


def _pieces(text: str) -> Iterator[Piece]:
    plain: list[str] = []
    for character in text:
        if not _is_hidden(character):
            plain.append(character)
            continue
        if plain:
            yield Piece("".join(plain))
            plain = []
        yield Piece(f"U+{ord(character):04X}", unicodedata.name(character, "CONTROL CHARACTER"))
    if plain:
        yield Piece("".join(plain))


def _is_hidden(character: str) -> bool:
    if character in "\n\t" or (character.isascii() and character.isprintable()):
        return False
    # A lone carriage return counts: a terminal would write the rest of the line over what stands before it.
    return character in _BIDI or character in _INVISIBLE or unicodedata.category(character) in ("Cc", "Cs", "Co")
