"""The comparison against a slow one that follows the format's text word by word, with exact numbers."""

from __future__ import annotations

import re
from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from assessor.judging.comparing import compare

WHITE = b" \t\n\r\v\f"
LETTERS = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"abcdefghijklmnopqrstuvwxyz")
SIGNIFICAND = rb"([0-9]*\.[0-9]+|[0-9]+\.|[0-9]+)"
FLOAT = re.compile(rb"[+-]?" + SIGNIFICAND + rb"([eE][+-]?[0-9]+)?")


def pieces(text: bytes) -> list[bytes]:
    """Runs of white space and of everything else, one character after the other."""
    found: list[bytes] = []
    for number in text:
        one = bytes([number])
        if found and (found[-1][-1:] in WHITE) == (one in WHITE):
            found[-1] += one
        else:
            found.append(one)
    return found


def number(token: bytes) -> Fraction | None:
    return Fraction(token.decode()) if FLOAT.fullmatch(token) else None


def same(mine: bytes, other: bytes, flags: dict[str, str | None]) -> bool:
    absolute = flags.get("float_absolute_tolerance", flags.get("float_tolerance"))
    relative = flags.get("float_relative_tolerance", flags.get("float_tolerance"))
    if absolute is not None or relative is not None:
        wanted = number(other)
        if wanted is not None:
            given_number = number(mine)
            if given_number is None:
                return False
            error = abs(given_number - wanted)
            near = absolute is not None and error <= Fraction(absolute)
            return near or (relative is not None and error <= Fraction(relative) * abs(wanted))
    if "case_sensitive" not in flags:
        mine, other = mine.translate(LETTERS), other.translate(LETTERS)
    return mine == other


def accepts(output: bytes, answer: bytes, flags: dict[str, str | None]) -> bool:
    ours, theirs = pieces(output), pieces(answer)
    if "space_change_sensitive" not in flags:
        ours = [piece for piece in ours if piece[0] not in WHITE]
        theirs = [piece for piece in theirs if piece[0] not in WHITE]
    if len(ours) != len(theirs):
        return False
    for mine, other in zip(ours, theirs, strict=True):
        gap = mine[0] in WHITE or other[0] in WHITE
        if (mine != other) if gap else not same(mine, other, flags):
            return False
    return True


# Numbers with few digits, whose sums and products with the tolerances no rounding can move over the edge but in exact ties.
PARTS = st.sampled_from(["", ".", ".0", ".5", ".25", ".125", "e1", "E+1", "e0", "e", ".5e2", "x", "e400"])
DIGITS = st.builds("{}{}{}".format, st.sampled_from(["", "-", "+"]), st.integers(0, 99), PARTS)
WORDS = st.sampled_from(["a", "A", "b", "É", "é", "nan", "inf", "0x10", "1e", ".", "-", "1.0\0x"])
TOKENS = st.one_of(DIGITS, WORDS).map(str.encode)
GAPS = st.sampled_from([b" ", b"\n", b"\r\n", b"\t", b"  ", b"\n\n", b"\v", b"\f"])
TEXTS = st.lists(st.tuples(TOKENS, GAPS), max_size=4).map(lambda pairs: b"".join(token + gap for token, gap in pairs))
TOLERANCES = st.sampled_from(["0", "0.25", "0.5", "1", "2", "1e1"])
FLAGS = st.fixed_dictionaries(
    {},
    optional={
        "case_sensitive": st.none(),
        "space_change_sensitive": st.none(),
        "float_absolute_tolerance": TOLERANCES,
        "float_relative_tolerance": TOLERANCES,
    },
) | st.fixed_dictionaries({"float_tolerance": TOLERANCES}, optional={"case_sensitive": st.none()})


@settings(max_examples=600)
@given(TEXTS, TEXTS, FLAGS)
@example(b"1.0 2", b"1 2", {"float_tolerance": "0"})
@example(b"1e", b"1", {"float_tolerance": "10"})
@example(b"a\r\n", b"a\n", {"space_change_sensitive": None})
def test_it_accepts_what_the_text_says(output: bytes, answer: bytes, flags: dict[str, str | None]) -> None:
    if flags.keys() & {"float_tolerance", "float_absolute_tolerance", "float_relative_tolerance"}:
        output, answer = output.replace(b"e400", b""), answer.replace(b"e400", b"")  # what overflows is not in the text
    words = tuple(word for flag, value in flags.items() for word in (flag, value) if word is not None)
    assert compare(output, answer, words).accepted is accepts(output, answer, flags)


@settings(max_examples=300)
@given(st.lists(TOKENS, min_size=1, max_size=3), st.data(), FLAGS)
def test_texts_that_are_almost_the_same(tokens: list[bytes], data: st.DataObject, flags: dict[str, str | None]) -> None:
    answer = b" ".join(tokens).replace(b"e400", b"")
    at = data.draw(st.integers(0, len(answer)))
    output = answer[:at] + data.draw(st.sampled_from([b"", b" ", b"\n", b"0", b".", b"A", b"-"])) + answer[at + 1 :]
    words = tuple(word for flag, value in flags.items() for word in (flag, value) if word is not None)
    assert compare(output, answer, words).accepted is accepts(output, answer, flags)
