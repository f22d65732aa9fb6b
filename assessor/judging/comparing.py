"""Is this output right? The default output validator of the problem package format, as a pure function.

Bytes, not characters. Both texts are split at runs of space; the tokens must be the same, in number and in order. Letters
A–Z count like a–z, unless `case_sensitive`; gaps do not matter, unless `space_change_sensitive`. With a tolerance, a token
of the answer that is a number asks for a number near enough, absolutely or relatively; every other token stays text.

Source: https://icpc.io/problem-package-format/spec/2025-09#default-output-validator-specification. Where implementations
differ we follow the text: numbers are decimal (no hexadecimal, no infinity, no NaN: those are text), a NUL ends nothing, what
overflows equals only its own spelling.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from assessor.judging.failures import JudgeError
from assessor.judging.tokens import SPACES, Pieces, Place, is_gap

# One way only to match any text: with two, a flood of digits that is no number in the end takes the square of its length.
_NUMBER = re.compile(rb"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_SWITCHES = ("case_sensitive", "space_change_sensitive")
_TOLERANCES = ("float_tolerance", "float_absolute_tolerance", "float_relative_tolerance")


class Difference(StrEnum):
    """What kind of difference came first. It says nothing about what was expected."""

    NO_OUTPUT = "no_output"
    MISSING_OUTPUT = "missing_output"
    EXTRA_OUTPUT = "extra_output"
    TOKEN = "token"
    CASE = "case"
    WHITESPACE = "whitespace"
    NUMBER_FORMAT = "number_format"
    NOT_A_NUMBER = "not_a_number"
    TOLERANCE = "tolerance"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether the output is accepted, and if not, the first difference: its kind and its place in output and answer.

    `message` and `answer` hold expected text: they are for staff, and for samples. `difference` may be shown to anybody.
    """

    accepted: bool
    message: str = ""
    difference: Difference | None = None
    output: Place | None = None
    answer: Place | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """The validator's flags. A tolerance that is null is not in force."""

    case_sensitive: bool = False
    space_change_sensitive: bool = False
    absolute: float | None = None
    relative: float | None = None

    @property
    def tolerant(self) -> bool:
        """Whether numbers are compared as numbers."""
        return self.absolute is not None or self.relative is not None


@lru_cache(maxsize=256)
def parse_flags(flags: tuple[str, ...]) -> Rules:
    """The rules that the validator's arguments ask for. Raises `JudgeError` for an unknown, repeated or incomplete one.

    A negative tolerance is not in force, as in the format's own validator; checking a package refuses it.
    """
    words = iter(flags)
    switches: set[str] = set()
    tolerances: dict[str, float] = {}
    for word in words:
        if word in _SWITCHES:
            switches.add(word)
        elif word not in _TOLERANCES:
            raise JudgeError(f"The output validator has no flag {word!r}; it knows {', '.join(_SWITCHES + _TOLERANCES)}.")
        elif word in tolerances:
            raise JudgeError(f"The output validator was given {word} twice; give it once.")
        else:
            tolerances[word] = _tolerance(word, next(words, None))
    if "float_tolerance" in tolerances and len(tolerances) > 1:
        raise JudgeError("float_tolerance sets both tolerances; do not give it together with another one.")
    both = tolerances.get("float_tolerance", -1.0)
    absolute = tolerances.get("float_absolute_tolerance", both)
    relative = tolerances.get("float_relative_tolerance", both)
    return Rules(
        case_sensitive="case_sensitive" in switches,
        space_change_sensitive="space_change_sensitive" in switches,
        absolute=absolute if absolute >= 0 else None,
        relative=relative if relative >= 0 else None,
    )


def compare(output: bytes, answer: bytes, flags: tuple[str, ...] = ()) -> Comparison:
    """Compare a program's output with the expected answer under the validator's flags. Raises `JudgeError` for bad flags."""
    rules = parse_flags(flags)
    if output == answer:
        return Comparison(True)
    got = Pieces(output, gaps=rules.space_change_sensitive, fold=not rules.case_sensitive)
    expected = Pieces(answer, gaps=rules.space_change_sensitive, fold=not rules.case_sensitive)
    while count := min(got.waiting(), expected.waiting()):
        ours, theirs = got.peek(count), expected.peek(count)
        if ours != theirs:
            for ahead, (mine, other) in enumerate(zip(ours, theirs, strict=True)):
                if mine != other and not (rules.tolerant and _near(mine, other, rules)):
                    return _refuse(_kind(mine, other, rules), got.place(ahead), expected.place(ahead))
        got.skip(count)
        expected.skip(count)
    if got.waiting():
        return _at_the_end(Difference.EXTRA_OUTPUT, got, got, expected)
    if expected.waiting():
        kind = Difference.MISSING_OUTPUT if output.strip(SPACES) else Difference.NO_OUTPUT
        return _at_the_end(kind, expected, got, expected)
    return Comparison(True)


def _at_the_end(kind: Difference, longer: Pieces, got: Pieces, expected: Pieces) -> Comparison:
    """One text has ended. Where gaps count and a gap is all that is left over, the gap is the difference."""
    rest = longer.peek(2)
    only_gap = len(rest) == 1 and is_gap(rest[0])
    return _refuse(Difference.WHITESPACE if only_gap else kind, got.place(), expected.place())


def _number(token: bytes) -> float | None:
    return float(token) if _NUMBER.fullmatch(token) else None


def _near(mine: bytes, other: bytes, rules: Rules) -> bool:
    """Whether two tokens that differ as text are numbers near enough."""
    target = _number(other)
    value = None if target is None else _number(mine)
    if target is None or value is None or math.isinf(target) or math.isinf(value):
        return False
    error = abs(value - target)
    if rules.absolute is not None and error <= rules.absolute:
        return True
    return rules.relative is not None and error <= rules.relative * abs(target)


def _kind(mine: bytes, other: bytes, rules: Rules) -> Difference:
    if is_gap(mine) or is_gap(other):
        return Difference.WHITESPACE
    target = _number(other)
    value = None if target is None else _number(mine)
    if rules.tolerant and target is not None:
        return Difference.NOT_A_NUMBER if value is None else Difference.TOLERANCE
    if mine.lower() == other.lower():
        return Difference.CASE
    return Difference.NUMBER_FORMAT if value is not None and value == target else Difference.TOKEN


def _refuse(kind: Difference, output: Place, answer: Place) -> Comparison:
    wanted = f"expected “{answer.text}”" if answer.text else "expected the end of the output"
    found = f"got “{output.text}”" if output.text else "the output ends there"
    where = f"Line {output.line}, column {output.column} of the output (line {answer.line}, column {answer.column} of the answer)"
    return Comparison(False, f"{where}: {wanted}, {found} ({kind}).", kind, output, answer)


def _tolerance(flag: str, text: str | None) -> float:
    if text is None:
        raise JudgeError(f"The output validator's flag {flag} needs a number after it.")
    value = float(text) if _NUMBER.fullmatch(text.encode()) else math.nan
    if not math.isfinite(value):
        raise JudgeError(f"The output validator's flag {flag} needs a finite decimal number after it, not {text!r}.")
    return value
