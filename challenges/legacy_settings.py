"""`testdata.yaml` of one folder of a legacy package: its keys, those inherited from above, and what is wrong with them.

Source: "Test Data Groups" of `legacy`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from challenges.findings import Report
from challenges.problem import NO_ARGUMENTS, ArgumentsByName, OnReject, ProblemType
from challenges.problem_yaml import Metadata
from challenges.sections import Section
from challenges.validator_flags import flag_faults

FILE = "testdata.yaml"

_SCORES = ("accept_score", "reject_score", "range")


class Grading(StrEnum):
    DEFAULT = "default"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds in one folder, from its own file and from those above.

    `own_bounds` are the `range` of the folder's own file, `bounds` that or the one from above; groups with `custom` grading can
    earn at most its upper end.
    """

    on_reject: OnReject = OnReject.BREAK
    grading: Grading = Grading.DEFAULT
    own_bounds: tuple[float, float] | None = None
    bounds: tuple[float, float] | None = None
    accept_score: float = 1.0
    reject_score: float = 0.0
    grader_flags: tuple[str, ...] = ()
    validator_flags: tuple[str, ...] = ()
    inputs: ArgumentsByName = NO_ARGUMENTS


def read_settings(section: Section, above: Settings, metadata: Metadata, report: Report) -> Settings:
    """What holds in a folder below one with the settings `above`, with findings about its file."""
    settings = _read(section, above, metadata)
    _check_flags(settings, section, metadata, report)
    _check_grading(settings, section, metadata)
    return settings


def _read(section: Section, above: Settings, metadata: Metadata) -> Settings:
    if metadata.type is ProblemType.PASS_FAIL:
        for key in _SCORES:
            if section.value(key) is not None:
                section.odd(key, "is for packages of type scoring only; it is ignored")
    grading = section.choice("grading", Grading)
    on_reject = section.choice("on_reject", OnReject)
    accept_score = section.number("accept_score")
    reject_score = section.number("reject_score")
    grader_flags = section.flags("grader_flags")
    validator_flags = _validator_flags(section, metadata)
    inputs = section.flags_by_name("input_validator_flags")
    bounds = _bounds(section)
    section.warn_unknown()
    return Settings(
        on_reject=above.on_reject if on_reject is None else on_reject,
        grading=above.grading if grading is None else grading,
        own_bounds=bounds,
        bounds=above.bounds if bounds is None else bounds,
        accept_score=above.accept_score if accept_score is None else accept_score,
        reject_score=above.reject_score if reject_score is None else reject_score,
        grader_flags=above.grader_flags if grader_flags is None else grader_flags,
        validator_flags=above.validator_flags if validator_flags is None else validator_flags,
        inputs=above.inputs if inputs is None else inputs,
    )


def _validator_flags(section: Section, metadata: Metadata) -> tuple[str, ...] | None:
    """The flags for every output validator. Where there are several, one alone cannot be named: the format says both that it
    is run alone and that all are run.
    """
    flags = section.flags("output_validator_flags")
    value = section.value("output_validator_flags")
    if value is None or len(metadata.validator_names) < 2 or not metadata.custom_validator:
        return flags
    stems = {name.rpartition(".")[0] or name for name in metadata.validator_names}
    is_name = value.text.strip() in stems.union(metadata.validator_names)
    if is_name or (isinstance(value.content, dict) and "name" in value.content):
        section.wrong(
            "output_validator_flags", "names one of several output validators, but all of them are run; give flags alone"
        )
    return flags


def _check_grading(settings: Settings, section: Section, metadata: Metadata) -> None:
    """Findings about `grading: custom`, once for each file that asks for it."""
    if settings.grading is not Grading.CUSTOM:
        return
    asked = "grading" in section.names()
    if asked and metadata.type is ProblemType.PASS_FAIL:
        section.wrong("grading", "is `custom`, which only packages of type scoring may have")
    elif asked and not metadata.has_grader:
        section.wrong(
            "grading", "is `custom`, but there is no program in graders/; add one, or describe the scoring with grader_flags"
        )
    elif settings.bounds is None or not math.isfinite(settings.bounds[1]):
        if "range" in section.names():
            section.wrong("range", "needs a finite upper end where a grader gives the points: it is the most that can be earned")
        elif asked:
            section.wrong(
                "grading", "is `custom`, so a `range` must say how much can be earned at most; add one, such as `range: 0 100`"
            )


def _bounds(section: Section) -> tuple[float, float] | None:
    words = section.flags("range")
    if words is None:
        return None
    try:
        low, high = (float(word) for word in words)
    except ValueError:
        section.wrong("range", "must be two numbers, such as `0 100`")
        return None
    if math.isnan(low) or math.isnan(high) or low > high:
        section.wrong("range", "must be two numbers, the smaller one first")
        return None
    return low, high


def _check_flags(settings: Settings, section: Section, metadata: Metadata, report: Report) -> None:
    """Findings about the flags of the default output validator, once for each file that sets some."""
    if metadata.custom_validator or metadata.interactive:
        return
    if "output_validator_flags" in section.names():
        for fault in flag_faults(metadata.validator_flags + settings.validator_flags):
            report.error(section.path, fault, section.line_of("output_validator_flags"))
