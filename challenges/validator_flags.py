"""The flags of the default output validator, checked when the package is read, so that a typing error never meets a candidate.

Source: "Default output validator specification" of both versions of the format.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

SWITCHES = frozenset({"case_sensitive", "space_change_sensitive"})
TOLERANCES = frozenset({"float_tolerance", "float_relative_tolerance", "float_absolute_tolerance"})

_FLOAT = re.compile(r"[+-]?(\d*\.\d+|\d+\.|\d+)([eE][+-]?\d+)?\Z")


def flag_faults(flags: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with the flags, one sentence for each fault."""
    seen: list[str] = []
    words = iter(flags)
    for word in words:
        if word not in SWITCHES | TOLERANCES:
            known = ", ".join(sorted(SWITCHES | TOLERANCES))
            yield f"`{word}` is not a flag of the default output validator; it knows {known}"
            continue
        if word in seen:
            yield f"the flag `{word}` is given twice; keep one"
        seen.append(word)
        if word in TOLERANCES:
            yield from _value_faults(word, next(words, None))
    if "float_tolerance" in seen and len(TOLERANCES.intersection(seen)) > 1:
        yield "`float_tolerance` sets both tolerances; give it alone or give the relative and the absolute one"


def _value_faults(flag: str, value: str | None) -> Iterator[str]:
    if value is None or value in SWITCHES | TOLERANCES:
        yield f"the flag `{flag}` needs a number after it, such as `{flag} 1e-6`"
    elif not _FLOAT.match(value) or not math.isfinite(float(value)):
        yield f"the flag `{flag}` needs a number after it, not `{value}`"
    elif float(value) < 0:
        yield f"the tolerance of `{flag}` is negative ({value}); use 0 or more"
