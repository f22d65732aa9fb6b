"""The mistakes that people make, told from what a compiler, an interpreter or the system says. Pure.

A table of habits, one for each family of languages. Of what a compiler says the first mistake counts, for the others often
follow from it; of what a program says in dying the last, for that is what ended it. Where nothing is recognised nothing is said:
the original is shown beneath in any case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from assessor.results.fault_habits import FAMILIES, HABITS
from assessor.results.fault_kinds import Fault

LOOKED_AT_LINES = 400
LONGEST_LINE = 400
LONGEST_NAME = 60
"""What is looked at: programs write these texts too."""

_SIGNALS = {
    "SIGSEGV": Fault.BAD_MEMORY_ACCESS,
    "SIGBUS": Fault.BAD_MEMORY_ACCESS,
    "SIGFPE": Fault.DIVISION_BY_ZERO,
}


class Moment(StrEnum):
    """When it was said."""

    COMPILING = "compiling"
    RUNNING = "running"


@dataclass(frozen=True, slots=True)
class Explanation:
    """`name` is what the message is about (a variable, a module), empty where it names nothing."""

    fault: Fault
    name: str = ""


def explain(language_id: str, said: str, moment: Moment, signal: str | None = None) -> Explanation | None:
    """The mistake behind a message, or none that is known. Takes time in proportion to the text."""
    lines = [line[:LONGEST_LINE] for line in said.splitlines()]
    lines = lines[:LOOKED_AT_LINES] if moment is Moment.COMPILING else lines[-LOOKED_AT_LINES:][::-1]
    for line in lines:
        for fault, pattern in _habits_of(language_id):
            if match := pattern.search(line):
                return Explanation(fault, next(filter(None, match.groups()), "").strip()[:LONGEST_NAME])
    return Explanation(_SIGNALS[signal]) if signal in _SIGNALS else None


def innermost_first(language_id: str) -> bool:
    """Whether a trace begins with the line at fault; Python's ends with it."""
    return FAMILIES.get(language_id) != "python"


def _habits_of(language_id: str) -> tuple[tuple[Fault, re.Pattern[str]], ...]:
    return HABITS.get(FAMILIES.get(language_id, language_id), ())
