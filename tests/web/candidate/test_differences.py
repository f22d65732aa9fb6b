"""Invisible characters are shown, and the first difference is found."""

from __future__ import annotations

import time

import pytest

from assessor.results.differences import SHOWN_LINES, Look, compare_shown, show
from assessor.results.locations import marked_lines


def drawn(text: str) -> str:
    return "".join(piece.text for line in show(text).lines for piece in line.pieces)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2\n", "2⏎"),
        ("2", "2"),
        ("a b \n", "a b·⏎"),
        ("a\tb\n", "a→b⏎"),
        ("a\r\n", "a␍⏎"),
        ("a\0b", "a␀b"),
        ("\x1b[31mred", "␛[31mred"),
        ("a\u202eb", "a[U+202E]b"),
        ("a\u00a0b", "a[U+00A0]b"),
        ("مرحبا\n", "مرحبا⏎"),
        ("", ""),
    ],
)
def test_invisible_characters_are_shown(text: str, shown: str) -> None:
    assert drawn(text) == shown


def test_the_first_difference_is_lit() -> None:
    found = compare_shown("1 2 3\n4\n", "1 5 3\n4\n")
    assert found.first_line == 1
    hit = [piece.text for piece in found.got.lines[0].pieces if piece.look is Look.HIT]
    assert hit == ["5"]
    assert not found.got.lines[1].differs


def test_equal_texts_have_no_difference() -> None:
    assert compare_shown("a\nb\n", "a\nb\n").first_line is None


def test_missing_lines_and_line_ends_differ() -> None:
    assert compare_shown("a\nb\n", "a\n").first_line == 2
    assert compare_shown("a\n", "a").first_line == 1


def test_long_texts_are_cut_around_the_difference() -> None:
    expected = "".join(f"{number}\n" for number in range(10_000))
    found = compare_shown(expected, expected.replace("5000\n", "x\n"))
    assert found.first_line == 5001
    assert len(found.got.lines) == SHOWN_LINES
    assert found.got.before == 5000 - 6
    assert any(line.number == 5001 and line.differs for line in found.got.lines)


def test_a_line_of_ten_megabytes_stays_small() -> None:
    found = compare_shown("a" * 10_000_000, "a" * 9_999_999 + "b")
    assert sum(len(piece.text) for piece in found.got.lines[0].pieces) < 300


@pytest.mark.parametrize(
    ("output", "name", "line", "message"),
    [
        ('  File "/box/main.py", line 3\n    x(\nSyntaxError: bad', "main.py", 3, "SyntaxError: bad"),
        ("main.cpp:7:5: error: expected ';'", "main.cpp", 7, "expected ';'"),
        ("Main.java:2: error: ';' expected", "Main.java", 2, "';' expected"),
        ("./main.go:4:2: undefined: x", "main.go", 4, "undefined: x"),
        ("error[E0425]: cannot find value\n --> main.rs:5:9", "main.rs", 5, "[E0425]: cannot find value"),
        ("main.cs(6,3): error CS1002: ; expected", "main.cs", 6, "CS1002: ; expected"),
        ("PHP Parse error:  syntax error in /box/main.php on line 8", "main.php", 8, "PHP Parse error:  syntax error"),
        ("main.sh: line 9: syntax error near `fi'", "main.sh", 9, "syntax error near `fi'"),
        ("/box/main.js:2\n  let let\nSyntaxError: let is disallowed", "main.js", 2, "SyntaxError: let is disallowed"),
        ("main.rb:3: syntax error, unexpected end", "main.rb", 3, "syntax error, unexpected end"),
    ],
)
def test_messages_lead_to_the_line(output: str, name: str, line: int, message: str) -> None:
    (mark,) = marked_lines(output, name, 10)
    assert (mark.line, mark.message) == (line, message)


def test_lines_outside_the_source_are_not_marked() -> None:
    assert marked_lines("main.c:99:1: error: x", "main.c", 10) == ()
    assert marked_lines("header.h:1:1: error: x", "main.c", 10) == ()


@pytest.mark.parametrize(
    "output", [" in " * 16_000, "main.rb:3\n" * 6_500, "main.rb:" + "1" * 60_000, 'File "' * 10_000, " in main.rb" * 6_000]
)
def test_messages_made_to_keep_us_busy_do_not(output: str) -> None:
    began = time.monotonic()
    assert len(marked_lines(output, "main.rb", 10)) <= 1
    assert time.monotonic() - began < 2
