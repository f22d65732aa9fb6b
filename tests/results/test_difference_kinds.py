"""Differences between outputs that can be said in one sentence."""

from __future__ import annotations

import pytest

from assessor.results.difference_kinds import MOST_LINES, DifferenceKind, kind_of_difference

CASES = [
    ("1\n2\n", "1\r\n2\r\n", DifferenceKind.LINE_ENDS),
    ("1\n", "1", DifferenceKind.FINAL_NEWLINE),
    ("1\n", "1\n\n", DifferenceKind.FINAL_NEWLINE),
    ("a b\n", "a\tb\n", DifferenceKind.TABS),
    ("a\tb\n", "a b\n", DifferenceKind.TABS),
    ("a b\n", "a b \n", DifferenceKind.SPACING),
    ("a b\n", "ab\n", DifferenceKind.SPACING),
    ("1 2\n", "1\n2\n", DifferenceKind.SPACING),
    ("Yes\n", "YES\n", DifferenceKind.CASE),
    ("É\n", "é\n", DifferenceKind.CASE),
    ("12\n", "١٢\n", DifferenceKind.LOOKALIKE),
    ("ab\n", "a\u200bb\n", DifferenceKind.LOOKALIKE),
    ("a b\n", "\ufeffa b\n", DifferenceKind.LOOKALIKE),
    ("1\n", "1.0\n", DifferenceKind.NUMBER_FORMAT),
    ("1.5\n", "1,5\n", DifferenceKind.NUMBER_FORMAT),
    ("1000\n", "1e3\n", DifferenceKind.NUMBER_FORMAT),
    ("7 kg\n", "7.00 kg\n", DifferenceKind.NUMBER_FORMAT),
    ("3.14\n", "3.1415\n", DifferenceKind.ROUNDING),
    ("2\n", "1.7\n", DifferenceKind.ROUNDING),
    ("5\n", "a = 2\nb = 3\n5\n", DifferenceKind.EXTRA_LINES),
    ("1\n2\n", "start\n1\nmiddle\n2\n", DifferenceKind.EXTRA_LINES),
    ("5\n", "Enter a number: 5\n", DifferenceKind.EXTRA_WORDS),
    ("5\n", "5 is the answer\n", DifferenceKind.EXTRA_WORDS),
    ("1\n2\n", "2\n1\n", DifferenceKind.ORDER),
    ("1\n2\n3\n", "1\n2\n", DifferenceKind.TOO_FEW_LINES),
]


@pytest.mark.parametrize(("expected", "got", "kind"), CASES)
def test_a_difference_is_named(expected: str, got: str, kind: DifferenceKind) -> None:
    assert kind_of_difference(expected, got) is kind


def test_every_kind_has_a_case() -> None:
    assert {kind for _, _, kind in CASES} == set(DifferenceKind)


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        ("5\n", ""),
        ("5\n", "   \n"),
        ("5\n", "6\n"),
        ("5\n", "15\n"),
        ("5\n", "6.7\n"),
        ("5\n", "50\n"),
        ("1\n2\n", "2\n3\n"),
        ("5\n", "x\n" * (MOST_LINES + 1) + "5\n"),
        ("5\n", "nan\n"),
        ("1e999\n", "x\n"),
        ("\n", "x\n"),
    ],
)
def test_other_outputs_are_not_explained(expected: str, got: str) -> None:
    assert kind_of_difference(expected, got) is None
