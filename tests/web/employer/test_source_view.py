"""A source as a reviewer sees it: numbered, and nothing in it hides."""

from __future__ import annotations

import pytest

from web.employer.sources import has_hidden, numbered


def test_lines_are_numbered_from_one_whatever_ends_them() -> None:
    lines = numbered("a\r\nb\n\nc\n")
    assert [line.number for line in lines] == [1, 2, 3, 4]
    assert ["".join(piece.text for piece in line.pieces) for line in lines] == ["a", "b", "", "c"]


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\u200f", "\u200b", "\ufeff", "\x00", "\x1b", "\x7f", "\r"])
def test_what_hides_is_shown_by_its_code(character: str) -> None:
    line = numbered(f"x{character}y")[0]
    assert [piece.text for piece in line.pieces] == ["x", f"U+{ord(character):04X}", "y"]
    assert [piece.name is not None for piece in line.pieces] == [False, True, False]
    assert has_hidden(character)


@pytest.mark.parametrize("text", ["tab\there", "åäö", "مرحبا", "漢字", "🙂", "naïve — “quotes”", ""])
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert [piece.text for piece in numbered(text)[0].pieces] == ([text] if text else [])
    assert not has_hidden(text)
