"""In what way an output is not the expected one, where that can be said in one sentence. Pure.

Asked only about outputs that were judged wrong, so a difference that the challenge forgives is never the reason. The kinds are
tried in the order of their names below; the first that fits is told.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from enum import StrEnum

LONGEST_TEXT = 64 * 1024
MOST_LINES = 2000

_NUMBER = re.compile(r"[+-]?(?:\d{1,40}(?:[.,]\d{0,40})?|[.,]\d{1,40})(?:[eE][+-]?\d{1,3})?\Z")


class DifferenceKind(StrEnum):
    """What is different. The candidate's pages have one sentence for each."""

    LINE_ENDS = "line_ends"
    FINAL_NEWLINE = "final_newline"
    TABS = "tabs"
    SPACING = "spacing"
    CASE = "case"
    LOOKALIKE = "lookalike"
    NUMBER_FORMAT = "number_format"
    ROUNDING = "rounding"
    EXTRA_LINES = "extra_lines"
    EXTRA_WORDS = "extra_words"
    ORDER = "order"
    TOO_FEW_LINES = "too_few_lines"


def kind_of_difference(expected: str, got: str) -> DifferenceKind | None:
    """The kind, or none: the output is another one, or is too long to be looked at."""
    if not got.strip() or max(len(expected), len(got)) > LONGEST_TEXT:
        return None
    if max(expected.count("\n"), got.count("\n")) > MOST_LINES:
        return None
    return next((kind for kind, fits in _KINDS if fits(expected, got)), None)


def _line_ends(expected: str, got: str) -> bool:
    return "\r" in got and got.replace("\r\n", "\n").replace("\r", "\n") == expected


def _final_newline(expected: str, got: str) -> bool:
    return got != expected and got.rstrip("\n") == expected.rstrip("\n")


def _tabs(expected: str, got: str) -> bool:
    return ("\t" in expected) != ("\t" in got) and _spacing(expected, got)


def _spacing(expected: str, got: str) -> bool:
    return "".join(expected.split()) == "".join(got.split())


def _case(expected: str, got: str) -> bool:
    return expected.split() != got.split() and expected.casefold().split() == got.casefold().split()


def _lookalike(expected: str, got: str) -> bool:
    """The same to the eye: other digits, wide letters, invisible characters."""
    return _plain(expected).split() == _plain(got).split()


def _plain(text: str) -> str:
    drawn = (character for character in unicodedata.normalize("NFKC", text) if unicodedata.category(character) != "Cf")
    return "".join(str(unicodedata.digit(character, character)) for character in drawn)


def _number_format(expected: str, got: str) -> bool:
    return _all_pairs(expected, got, lambda a, b: a == b or (_are_numbers(a, b) and _value(a) == _value(b)))


def _rounding(expected: str, got: str) -> bool:
    return _all_pairs(expected, got, _nearly)


def _nearly(expected: str, got: str) -> bool:
    """The same number, cut or rounded after at least one common decimal place or to a whole one."""
    if expected == got:
        return True
    if not _are_numbers(expected, got) or "." not in (expected + got).replace(",", "."):
        return False
    places = min(_places(expected), _places(got))
    return abs(_value(expected) - _value(got)) <= 1.000001 * float(10**-places)


def _places(token: str) -> int:
    return len(token.replace(",", ".").partition(".")[2])


def _extra_lines(expected: str, got: str) -> bool:
    """Every expected line is there, in order, with others between."""
    wanted, printed = _lines(expected), _lines(got)
    if not wanted or len(printed) <= len(wanted):
        return False
    rest = iter(printed)
    return all(any(line == one for one in rest) for line in wanted)


def _extra_words(expected: str, got: str) -> bool:
    """Every line ends, or begins, as it should, with words beside it: a question to a person, a label."""
    wanted, printed = _lines(expected), _lines(got)
    if len(wanted) != len(printed):
        return False
    return all(_word_at_end(line, one) or _word_at_start(line, one) for line, one in zip(wanted, printed, strict=True))


def _word_at_end(wanted: str, printed: str) -> bool:
    before = printed.removesuffix(wanted)
    return printed.endswith(wanted) and not before[-1:].isalnum()


def _word_at_start(wanted: str, printed: str) -> bool:
    after = printed.removeprefix(wanted)
    return printed.startswith(wanted) and not after[:1].isalnum() and after[:1] not in (".", ",")


def _order(expected: str, got: str) -> bool:
    wanted, printed = _lines(expected), _lines(got)
    return len(wanted) > 1 and Counter(wanted) == Counter(printed)


def _too_few_lines(expected: str, got: str) -> bool:
    wanted, printed = _lines(expected), _lines(got)
    return len(printed) < len(wanted) and printed == wanted[: len(printed)]


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _all_pairs(expected: str, got: str, same: Callable[[str, str], bool]) -> bool:
    wanted, printed = expected.split(), got.split()
    return len(wanted) == len(printed) and all(same(a, b) for a, b in zip(wanted, printed, strict=True))


def _are_numbers(*tokens: str) -> bool:
    return all(_NUMBER.match(token) for token in tokens)


def _value(token: str) -> float:
    return float(token.replace(",", "."))


_KINDS: tuple[tuple[DifferenceKind, Callable[[str, str], bool]], ...] = (
    (DifferenceKind.LINE_ENDS, _line_ends),
    (DifferenceKind.FINAL_NEWLINE, _final_newline),
    (DifferenceKind.TABS, _tabs),
    (DifferenceKind.SPACING, _spacing),
    (DifferenceKind.CASE, _case),
    (DifferenceKind.LOOKALIKE, _lookalike),
    (DifferenceKind.NUMBER_FORMAT, _number_format),
    (DifferenceKind.ROUNDING, _rounding),
    (DifferenceKind.EXTRA_LINES, _extra_lines),
    (DifferenceKind.EXTRA_WORDS, _extra_words),
    (DifferenceKind.ORDER, _order),
    (DifferenceKind.TOO_FEW_LINES, _too_few_lines),
)
