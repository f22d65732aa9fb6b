"""Walks a challenge's test groups over the results there are: which count, which tests are not to be run, each group's verdict.

`on_reject` says what follows a failed test. Verdicts follow the default grader's flags of legacy packages; in version 2025-09
the samples count for the verdict though never for the score.

Sources: the default grader's flags, https://icpc.io/problem-package-format/spec/legacy#default-grader-specification, and
`require_pass`, https://icpc.io/problem-package-format/spec/2025-09#test-data-groups.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assessor.judging.verdicts import TestResult, Verdict
from challenges.problem import FormatVersion, OnReject, Problem, TestGroup, VerdictMode

WORST_FIRST = (Verdict.JE, Verdict.RTE, Verdict.MLE, Verdict.TLE, Verdict.OLE, Verdict.WA, Verdict.AC)


@dataclass(frozen=True, slots=True)
class GroupOutcome:
    """What a group has shown so far. `results` are its own tests that count, `skipped` its own that are not to be run.

    `verdict` follows the package's rules and is final when `finished`; a group skipped whole has the verdict that skipped it.
    """

    group: TestGroup
    verdict: Verdict
    finished: bool
    results: tuple[TestResult, ...]
    skipped: tuple[str, ...]
    groups: tuple[GroupOutcome, ...]
    counts: bool = True

    def every(self) -> Iterator[GroupOutcome]:
        """This group and all below, in judging order."""
        yield self
        for child in self.groups:
            yield from child.every()


def walk(problem: Problem, results: Mapping[str, TestResult]) -> GroupOutcome:
    """The outcome of the whole tree, from the results by test name."""
    return _Walk(results).visit(problem.root, None)


def first_failure(problem: Problem, outcome: GroupOutcome) -> Verdict:
    """The verdict of the first failing test in order, or AC. Samples that a legacy package ignores do not count."""
    legacy = problem.format_version is FormatVersion.LEGACY
    for group in _counting(outcome) if legacy else outcome.every():
        for result in group.results:
            if result.verdict is not Verdict.AC:
                return result.verdict
    return Verdict.AC


def _counting(outcome: GroupOutcome) -> Iterator[GroupOutcome]:
    if outcome.counts:
        yield outcome
        for child in outcome.groups:
            yield from _counting(child)


class _Walk:
    """One walk; remembers the outcomes of groups so far for `require_pass`."""

    def __init__(self, results: Mapping[str, TestResult]) -> None:
        self._results = results
        self._outcomes: dict[str, GroupOutcome] = {}

    def visit(self, group: TestGroup, stopped_by: Verdict | None) -> GroupOutcome:
        """The outcome of `group`, which is skipped whole when something before it already stopped."""
        counted: list[TestResult] = []
        skipped: list[str] = []
        verdicts: list[Verdict] = []
        finished = True
        breaks = group.on_reject is OnReject.BREAK
        stop = self._blocked(group) if stopped_by is None else stopped_by
        cause = stop
        for test in group.tests:
            result = self._results.get(test.name)
            if stop is not None:
                skipped.append(test.name)
            elif result is None:
                finished = False
            else:
                counted.append(result)
                verdicts.append(result.verdict)
                stop = result.verdict if breaks and result.verdict is not Verdict.AC else None
        children: list[GroupOutcome] = []
        for child in group.groups:
            outcome = self.visit(child, stop)
            if _ignored(group, child):
                outcome = _not_counting(outcome)
            else:
                verdicts.append(outcome.verdict)
                if stop is None and breaks and outcome.finished and outcome.verdict is not Verdict.AC:
                    stop = outcome.verdict
            children.append(outcome)
            finished = finished and outcome.finished
        verdict = cause or _verdict(group, verdicts)
        self._outcomes[group.name] = GroupOutcome(group, verdict, finished, tuple(counted), tuple(skipped), tuple(children))
        return self._outcomes[group.name]

    def _blocked(self, group: TestGroup) -> Verdict | None:
        """The verdict of the first group that had to pass and did not, or nothing."""
        for name in group.require_pass:
            outcome = self._outcomes.get(name) or self._outcomes.get(f"secret/{name}")
            if outcome is not None and outcome.finished and outcome.verdict is not Verdict.AC:
                return outcome.verdict
        return None


def _ignored(parent: TestGroup, child: TestGroup) -> bool:
    return parent.ignore_sample and child.name == "sample"


def _not_counting(outcome: GroupOutcome) -> GroupOutcome:
    return GroupOutcome(
        outcome.group, outcome.verdict, outcome.finished, outcome.results, outcome.skipped, outcome.groups, counts=False
    )


def _verdict(group: TestGroup, verdicts: list[Verdict]) -> Verdict:
    """The default grader's verdict over a group's children."""
    failures = [verdict for verdict in verdicts if verdict is not Verdict.AC]
    any_is_enough = group.accept_if_any_accepted and len(failures) < len(verdicts)
    if not failures or any_is_enough:
        return Verdict.AC
    match group.verdict_mode:
        case VerdictMode.ALWAYS_ACCEPT:
            return Verdict.AC
        case VerdictMode.FIRST_ERROR:
            return failures[0]
        case VerdictMode.WORST_ERROR:
            return min(failures, key=WORST_FIRST.index)
