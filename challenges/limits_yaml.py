"""The `limits` of problem.yaml, in both versions, and what this service can honour of them.

Legacy derives the time limit from the accepted example submissions with `time_multiplier` and asks slow ones to be over it
by `time_safety_margin`; 2025-09 says the same with `time_multipliers`, so both become the same two factors.
"""

from __future__ import annotations

from challenges.problem import ProblemLimits
from challenges.sections import Section

LEGACY_AC_TO_TIME_LIMIT = 5.0
LEGACY_TIME_LIMIT_TO_TLE = 2.0

ROUNDING_MS = 1e-6
SHORTEST_TIME_LIMIT_S = 0.05
LONGEST_TIME_LIMIT_S = 60.0
GREATEST = {
    "memory": 4096,
    "output": 64,
    "code": 128,
    "compilation_time": 300,
    "compilation_memory": 4096,
    "validation_memory": 4096,
    "validation_output": 64,
    "validation_passes": 100,
}
"""The most that can be honoured, in the key's own unit. An explicit limit above it is refused, as the format asks."""

LONGEST_VALIDATION_S = 300.0
_UNITS = {
    "memory": "MiB",
    "output": "MiB",
    "code": "KiB",
    "compilation_time": "seconds",
    "compilation_memory": "MiB",
    "validation_memory": "MiB",
    "validation_output": "MiB",
    "validation_passes": "passes",
}
_LEAST = {"validation_passes": 2}


def read_limits(section: Section, legacy: bool) -> ProblemLimits:
    """The limits an author gave; what is not given stays null for the judge's own table."""
    factors = _legacy_factors(section) if legacy else _factors(section)
    time_limit = _time_limit(section, legacy)
    resolution = section.number("time_resolution", above=0)
    amounts = {key: _amount(section, key) for key in GREATEST}
    validation_time = _validation_time(section)
    section.warn_unknown()
    return ProblemLimits(
        time_limit_ms=None if time_limit is None else round(time_limit * 1000),
        time_resolution_ms=1000 if resolution is None else max(1, round(resolution * 1000)),
        ac_to_time_limit=factors[0],
        time_limit_to_tle=factors[1],
        memory_mib=amounts["memory"],
        output_mib=amounts["output"],
        code_kib=amounts["code"],
        compilation_time_s=amounts["compilation_time"],
        compilation_memory_mib=amounts["compilation_memory"],
        validation_time_s=validation_time,
        validation_memory_mib=amounts["validation_memory"],
        validation_output_mib=amounts["validation_output"],
        validation_passes=amounts["validation_passes"],
    )


def _legacy_factors(section: Section) -> tuple[float, float]:
    multiplier = section.number("time_multiplier", least=1)
    margin = section.number("time_safety_margin", least=1)
    return (
        LEGACY_AC_TO_TIME_LIMIT if multiplier is None else multiplier,
        LEGACY_TIME_LIMIT_TO_TLE if margin is None else margin,
    )


def _factors(section: Section) -> tuple[float, float]:
    multipliers = section.section("time_multipliers")
    accepted = multipliers.number("ac_to_time_limit", least=1)
    too_slow = multipliers.number("time_limit_to_tle", least=1)
    multipliers.warn_unknown()
    return (
        ProblemLimits().ac_to_time_limit if accepted is None else accepted,
        ProblemLimits().time_limit_to_tle if too_slow is None else too_slow,
    )


def _time_limit(section: Section, legacy: bool) -> float | None:
    seconds = section.number("time_limit", above=0)
    if seconds is None:
        return None
    if legacy:
        section.odd("time_limit", "is a key of version 2025-09; it is honoured here too, in place of a derived time limit")
    if not SHORTEST_TIME_LIMIT_S <= seconds <= LONGEST_TIME_LIMIT_S:
        section.wrong(
            "time_limit",
            f"is {seconds:g} s, but time can be measured from {SHORTEST_TIME_LIMIT_S:g} s and a test may run for at most "
            f"{LONGEST_TIME_LIMIT_S:g} s",
        )
    elif abs(seconds * 1000 - round(seconds * 1000)) > ROUNDING_MS:
        section.odd("time_limit", f"is {seconds:g} s, finer than can be measured here; {round(seconds * 1000)} ms is used")
    return seconds


def _validation_time(section: Section) -> float | None:
    seconds = section.number("validation_time", above=0)
    if seconds is not None and seconds > LONGEST_VALIDATION_S:
        section.wrong(
            "validation_time", f"is {seconds:g} s, but a validator may run for at most {LONGEST_VALIDATION_S:g} s; lower it"
        )
    return seconds


def _amount(section: Section, key: str) -> int | None:
    amount = section.integer(key, least=_LEAST.get(key, 1))
    if amount is not None and amount > GREATEST[key]:
        section.wrong(key, f"is {amount} {_UNITS[key]}, more than can be honoured here ({GREATEST[key]} {_UNITS[key]}); lower it")
    return amount
