"""Walks a challenge's test groups over the results there are: which count, which tests are not to be run, each group's verdict.

`on_reject` says what follows a failed test. Verdicts follow the default grader's flags of legacy packages, or their own grader
says them as soon as all of a group that is to be judged is judged; in version 2025-09 the samples count for the verdict though
never for the score.

Sources: the default grader's flags, https://icpc.io/problem-package-format/spec/legacy#default-grader-specification, and
`require_pass`, https://icpc.io/problem-package-format/spec/2025-09#test-data-groups.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from assessor.judging.failures import JudgeError
from assessor.judging.verdicts import TestResult, Verdict
from challenges.problem import FormatVersion, OnReject, Problem, TestGroup, VerdictMode

WORST_FIRST = (Verdict.JE, Verdict.RTE, Verdict.MLE, Verdict.TLE, Verdict.OLE, Verdict.WA, Verdict.AC)


@dataclass(frozen=True, slots=True)
class GroupOutcome:
    """What a group has shown so far. `results` are its own tests that count, `skipped` its own that are not to be run.

    `verdict` follows the package's rules and is final when `finished`; a group skipped whole has the verdict that skipped it.
    `points` are what the package's own grader gave, null where it has nothing to say.
    """

    group: TestGroup
    verdict: Verdict
    finished: bool
    results: tuple[TestResult, ...]
    skipped: tuple[str, ...]
    groups: tuple[GroupOutcome, ...]
    counts: bool = True
    points: Fraction | None = None

    @property
    def empty(self) -> bool:
        """Whether there is no test in it, so that it has no result."""
        return self.finished and not self.results and not self.skipped and all(child.empty for child in self.groups)

    def every(self) -> Iterator[GroupOutcome]:
        """This group and all below, in judging order."""
        yield self
        for child in self.groups:
            yield from child.every()


@dataclass(frozen=True, slots=True)
class Decided:
    """What the package's own grader makes of a group."""

    verdict: Verdict
    points: Fraction


Decide = Callable[[TestGroup, tuple[TestResult | GroupOutcome, ...]], Decided]
"""The package's own grader, given what counts in a group, in order. Raises `JudgeError` and `SandboxFailure`."""


@dataclass(frozen=True, slots=True)
class SubResult:
    """What one test or group of a group came to, for the package's own grader."""

    verdict: Verdict
    score: Fraction


GradeGroup = Callable[[TestGroup, tuple[SubResult, ...]], Decided]
"""The package's own grader, given a group's sub-results in order. Raises `JudgeError` and `SandboxFailure`."""


def without_grader(group: TestGroup, _results: tuple[SubResult, ...]) -> Decided:
    """The grader of a package that has none."""
    raise JudgeError(f"The group {group.name or 'data'} is to be graded by a grader of the package's own, but there is none.")


def walk(problem: Problem, results: Mapping[str, TestResult], decide: Decide) -> GroupOutcome:
    """The outcome of the whole tree, from the results by test name."""
    return _Walk(results, decide).visit(problem.root, None)


def first_failure(problem: Problem, outcome: GroupOutcome) -> Verdict:
    """The verdict of the first failing test in order, or AC. Samples that a legacy package ignores do not count."""
    legacy = problem.format_version is FormatVersion.LEGACY
    groups = _counting(outcome) if legacy else outcome.every()
    failed = {one.name: one.verdict for group in groups for one in group.results if one.verdict is not Verdict.AC}
    return next((failed[test.name] for test in problem.root.all_tests() if test.name in failed), Verdict.AC)


def _counting(outcome: GroupOutcome) -> Iterator[GroupOutcome]:
    if outcome.counts:
        yield outcome
        for child in outcome.groups:
            yield from _counting(child)


class _Walk:
    """One walk; remembers the outcomes of groups so far for `require_pass`."""

    def __init__(self, results: Mapping[str, TestResult], decide: Decide) -> None:
        self._results = results
        self._decide = decide
        self._outcomes: dict[str, GroupOutcome] = {}

    def visit(self, group: TestGroup, stopped_by: Verdict | None) -> GroupOutcome:
        """The outcome of `group`, which is skipped whole when something before it already stopped."""
        cause = stop = self._blocked(group) if stopped_by is None else stopped_by
        breaks = group.on_reject is OnReject.BREAK
        counted: list[TestResult | GroupOutcome] = []
        skipped: list[str] = []
        children: list[GroupOutcome] = []
        finished = True
        for child in group.children:
            part: TestResult | GroupOutcome | None = None
            if isinstance(child, TestGroup):
                children.append(self._child(group, child, stop))
                finished = finished and children[-1].finished
                part = children[-1] if children[-1].counts and not children[-1].empty else None
            elif stop is not None:
                skipped.append(child.name)
            else:
                part = self._results.get(child.name)
                finished = finished and part is not None
            if part is not None and stop is None:
                counted.append(part)
                stop = part.verdict if breaks and _has_failed(part) else None
        outcome = GroupOutcome(group, cause or Verdict.AC, finished, _tests_of(counted), tuple(skipped), tuple(children))
        self._outcomes[group.name] = outcome if cause else self._decided(outcome, tuple(counted))
        return self._outcomes[group.name]

    def _child(self, group: TestGroup, child: TestGroup, stop: Verdict | None) -> GroupOutcome:
        outcome = self.visit(child, stop)
        return replace(outcome, counts=False) if group.ignore_sample and child.name == "sample" else outcome

    def _decided(self, outcome: GroupOutcome, counted: tuple[TestResult | GroupOutcome, ...]) -> GroupOutcome:
        """The outcome with its verdict: the default grader's, or that of the package's own when all of it is known."""
        if outcome.group.custom and outcome.finished and counted:
            decided = self._decide(outcome.group, counted)
            return replace(outcome, verdict=decided.verdict, points=decided.points)
        return replace(outcome, verdict=_verdict(outcome.group, [part.verdict for part in counted]))

    def _blocked(self, group: TestGroup) -> Verdict | None:
        """The verdict of the first group that had to pass and did not, or nothing."""
        for name in group.require_pass:
            outcome = self._outcomes.get(name) or self._outcomes.get(f"secret/{name}")
            if outcome is not None and outcome.finished and outcome.verdict is not Verdict.AC:
                return outcome.verdict
        return None


def _has_failed(part: TestResult | GroupOutcome) -> bool:
    known = part.finished if isinstance(part, GroupOutcome) else True
    return known and part.verdict is not Verdict.AC


def _tests_of(parts: list[TestResult | GroupOutcome]) -> tuple[TestResult, ...]:
    return tuple(part for part in parts if isinstance(part, TestResult))


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
