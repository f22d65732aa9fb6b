"""Test groups of legacy packages: `testdata.yaml` in any folder, each key inherited from the folder above.

Source: "Test Data Groups" and "Graders" of `legacy`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from challenges.data_files import Arguments, Folder, build_test
from challenges.findings import Report
from challenges.legacy_settings import FILE, Grading, Settings, read_settings
from challenges.problem import Aggregation, CustomGrading, ProblemType, TestGroup, VerdictMode
from challenges.problem_yaml import Metadata
from challenges.sections import Section, read_section

_AGGREGATIONS = {word.value for word in Aggregation} - {Aggregation.PASS_FAIL.value}
_SWITCHES = ("ignore_sample", "accept_if_any_accepted")


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
    settings = read_settings(section, above, metadata, report)
    group = _graded(folder, settings, section)
    arguments = Arguments((), metadata.validator_flags + settings.validator_flags, settings.inputs)
    tests = (build_test(folder, base, arguments, report) for base in folder.sorted_tests() if ".ans" in folder.tests[base])
    group = replace(
        group,
        tests=tuple(tests),
        groups=tuple(_read_group(folder.folders[name], settings, metadata, report) for name in sorted(folder.folders)),
    )
    return _bounded(group, settings.own_bounds, section, metadata)


def _bounded(group: TestGroup, bounds: tuple[float, float] | None, section: Section, metadata: Metadata) -> TestGroup:
    """The group with what it can earn where the author has to say so, because programs of the package give the points."""
    by_program = metadata.custom_score or any(below.custom for below in group_and_below(group))
    if by_program and group.custom is None and bounds is not None and math.isfinite(bounds[1]):
        return replace(group, max_score=bounds[1])
    if not by_program:
        _check_bounds(section, bounds, group, metadata)
    return group


def _graded(folder: Folder, settings: Settings, section: Section) -> TestGroup:
    """The group's rules, without its content."""
    if settings.grading is Grading.CUSTOM:
        least, most = settings.bounds or (-math.inf, math.inf)
        return TestGroup(
            name=folder.name,
            on_reject=settings.on_reject,
            accept_score=settings.accept_score,
            reject_score=settings.reject_score,
            max_score=most,
            custom=CustomGrading(settings.grader_flags, least, most),
        )
    return _graded_by_default(folder, settings, section)


def _graded_by_default(folder: Folder, settings: Settings, section: Section) -> TestGroup:
    aggregation, mode = Aggregation.SUM, VerdictMode.WORST_ERROR
    for flag in settings.grader_flags:
        if flag in _AGGREGATIONS:
            aggregation = Aggregation(flag)
        elif flag in set(VerdictMode):
            mode = VerdictMode(flag)
        elif flag not in _SWITCHES and "grader_flags" in section.names():
            section.wrong("grader_flags", f"has `{flag}`, which the default grader does not know")
        elif flag not in _SWITCHES and "grading" in section.names():
            section.wrong("grading", f"is `default`, but the default grader does not know `{flag}`, a flag from the folder above")
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
