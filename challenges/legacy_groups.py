"""Test groups of legacy packages: `testdata.yaml` in any folder, each key inherited from the folder above.

Source: "Test Data Groups" and "Graders" of `legacy`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from challenges.data_files import Arguments, Folder, build_test
from challenges.findings import Report
from challenges.problem import NO_ARGUMENTS, Aggregation, ArgumentsByName, OnReject, ProblemType, TestGroup, VerdictMode
from challenges.problem_yaml import Metadata
from challenges.sections import Section, read_section
from challenges.validator_flags import flag_faults

FILE = "testdata.yaml"

_AGGREGATIONS = {word.value for word in Aggregation} - {Aggregation.PASS_FAIL.value}
_SWITCHES = ("ignore_sample", "accept_if_any_accepted")
_SCORES = ("accept_score", "reject_score", "range")


class Grading(StrEnum):
    DEFAULT = "default"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds in one folder, from its own file and from those above."""

    on_reject: OnReject = OnReject.BREAK
    accept_score: float = 1.0
    reject_score: float = 0.0
    grader_flags: tuple[str, ...] = ()
    validator_flags: tuple[str, ...] = ()
    inputs: ArgumentsByName = NO_ARGUMENTS


def read_legacy_groups(data: Folder, metadata: Metadata, report: Report) -> TestGroup:
    """The tree from `data/` downwards."""
    return _read_group(data, Settings(), metadata, report)


def legacy_maximum(group: TestGroup) -> float:
    """The score of a submission that passes everything at or below `group`, or what the author says it can be."""
    if group.max_score is not None:
        return group.max_score
    groups = [below for below in group.groups if below.all_tests()]
    if group.ignore_sample:
        groups = [below for below in groups if below.name != "sample"]
    scores = [group.accept_score] * len(group.tests) + [legacy_maximum(below) for below in groups]
    if not scores:
        return 0.0
    match group.aggregation:
        case Aggregation.MIN:
            return min(scores)
        case Aggregation.MAX:
            return max(scores)
        case Aggregation.AVG:
            return sum(scores) / len(scores)
        case Aggregation.SUM | Aggregation.PASS_FAIL:
            return sum(scores)


def _read_group(folder: Folder, above: Settings, metadata: Metadata, report: Report) -> TestGroup:
    path = folder.settings_path(FILE)
    section = read_section(path, folder.settings.get(FILE), report)
    settings, bounds = _read_settings(section, above, metadata)
    _check_flags(settings, section, metadata, report)
    group = _graded(folder, settings, section)
    arguments = Arguments((), metadata.validator_flags + settings.validator_flags, settings.inputs)
    tests = (build_test(folder, base, arguments, report) for base in folder.sorted_tests() if ".ans" in folder.tests[base])
    group = replace(
        group,
        tests=tuple(tests),
        groups=tuple(_read_group(folder.folders[name], settings, metadata, report) for name in sorted(folder.folders)),
    )
    _check_bounds(section, bounds, group, metadata)
    if metadata.custom_score and bounds is not None and math.isfinite(bounds[1]):
        group = replace(group, max_score=bounds[1])
    return group


def _read_settings(section: Section, above: Settings, metadata: Metadata) -> tuple[Settings, tuple[float, float] | None]:
    if metadata.type is ProblemType.PASS_FAIL:
        for key in _SCORES:
            if section.value(key) is not None:
                section.odd(key, "is for packages of type scoring only; it is ignored")
    if section.choice("grading", Grading) is Grading.CUSTOM:
        section.wrong("grading", "is `custom`, but grader programs are not supported; describe the scoring with grader_flags")
    on_reject = section.choice("on_reject", OnReject)
    accept_score = section.number("accept_score")
    reject_score = section.number("reject_score")
    grader_flags = section.flags("grader_flags")
    validator_flags = section.flags("output_validator_flags")
    inputs = section.flags_by_name("input_validator_flags")
    bounds = _bounds(section)
    section.warn_unknown()
    settings = Settings(
        on_reject=above.on_reject if on_reject is None else on_reject,
        accept_score=above.accept_score if accept_score is None else accept_score,
        reject_score=above.reject_score if reject_score is None else reject_score,
        grader_flags=above.grader_flags if grader_flags is None else grader_flags,
        validator_flags=above.validator_flags if validator_flags is None else validator_flags,
        inputs=above.inputs if inputs is None else inputs,
    )
    return settings, bounds


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


def _graded(folder: Folder, settings: Settings, section: Section) -> TestGroup:
    """The group's rules, without its content."""
    aggregation, mode = Aggregation.SUM, VerdictMode.WORST_ERROR
    for flag in settings.grader_flags:
        if flag in _AGGREGATIONS:
            aggregation = Aggregation(flag)
        elif flag in set(VerdictMode):
            mode = VerdictMode(flag)
        elif flag not in _SWITCHES and "grader_flags" in section.names():
            section.wrong("grader_flags", f"has `{flag}`, which the default grader does not know")
    if folder.name and "grader_flags" in section.names() and "ignore_sample" in settings.grader_flags:
        section.odd("grader_flags", "has `ignore_sample`, which means something in data/testdata.yaml only; it is ignored here")
    return TestGroup(
        name=folder.name,
        on_reject=settings.on_reject,
        aggregation=aggregation,
        verdict_mode=mode,
        accept_score=settings.accept_score,
        reject_score=settings.reject_score,
        ignore_sample=not folder.name and "ignore_sample" in settings.grader_flags,
        accept_if_any_accepted="accept_if_any_accepted" in settings.grader_flags,
    )


def _check_flags(settings: Settings, section: Section, metadata: Metadata, report: Report) -> None:
    """Findings about the flags of the default output validator, once for each file that sets some."""
    if metadata.custom_validator or metadata.interactive:
        return
    if "output_validator_flags" in section.names():
        for fault in flag_faults(metadata.validator_flags + settings.validator_flags):
            report.error(section.path, fault, section.line_of("output_validator_flags"))


def _check_bounds(section: Section, bounds: tuple[float, float] | None, group: TestGroup, metadata: Metadata) -> None:
    if bounds is None or metadata.type is ProblemType.PASS_FAIL or metadata.custom_validator:
        return
    best = legacy_maximum(group)
    if not bounds[0] <= best <= bounds[1]:
        section.wrong("range", f"does not hold {best:g}, the score of a submission that passes everything here")


def group_and_below(group: TestGroup) -> Iterator[TestGroup]:
    """`group` and every group under it."""
    yield group
    for below in group.groups:
        yield from group_and_below(below)
