"""From the tests' results to verdict, score and groups, as a pure function.

Legacy: a test earns its group's `accept_score` or `reject_score`; a group's score is `sum`, `avg`, `min` or `max` over its
children, or what the package's own grader says, and is ignored (0) unless the group's verdict is AC. Version 2025-09: a group
earns at most `max_score`, shared out over its tests when it is a `sum`, all or nothing when it is `min` or `pass-fail`; only
`secret` counts. Fractions inside, so that three thirds of 100 are 100.

Sources: https://icpc.io/problem-package-format/spec/legacy#grading and .../spec/2025-09#scoring-problems.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from assessor.judging.groups import Decide, GradeGroup, GroupOutcome, SubResult, first_failure, walk, without_grader
from assessor.judging.verdicts import GroupResult, TestResult, Verdict
from challenges.problem import Aggregation, FormatVersion, Problem, ProblemType, Test, TestGroup

DEFAULT_SECRET_MAX = 100


@dataclass(frozen=True, slots=True)
class Scored:
    """What the results are worth. `verdict` is that of the first failing test; `decided` is what the package's own rules say.

    The two differ where a package accepts a submission that solves some groups only (its score is then below the maximum).
    Where every test passed and the package's own grader rejects all the same, its verdict stands for both.
    `score` and `max_score` are null in a pass-fail challenge. `results` are the given ones with their own points.
    """

    verdict: Verdict
    decided: Verdict
    score: float | None
    max_score: float | None
    groups: tuple[GroupResult, ...]
    results: tuple[TestResult, ...]


def score(problem: Problem, results: Iterable[TestResult], grade_group: GradeGroup = without_grader) -> Scored:
    """Score the results, which may be fewer than all tests (the rest was not to be run) or more than those that count."""
    given = tuple(results)
    by_name = {result.name: result for result in given}
    points = Points(problem)
    outcome = walk(problem, by_name, deciding(points, grade_group))
    failure = first_failure(problem, outcome)
    scoring = problem.type is ProblemType.SCORING
    return Scored(
        verdict=outcome.verdict if failure is Verdict.AC else failure,
        decided=outcome.verdict,
        score=float(points.of(outcome)) if scoring else None,
        max_score=max_score(problem),
        groups=tuple(_group_result(points, part, by_name, scoring) for part in outcome.every() if part.group.tests),
        results=tuple(points.with_score(result) for result in given) if scoring else given,
    )


def deciding(points: Points, grade_group: GradeGroup) -> Decide:
    """The package's own grader, as a walk over the groups asks it."""
    return lambda group, parts: grade_group(group, tuple(points.sub_result(part) for part in parts))


def unscored(problem: Problem, verdict: Verdict) -> Scored:
    """What a submission is worth of which no test could be run, because it does not compile."""
    empty = score(problem, ())
    groups = tuple(replace(group, verdict=verdict, passed=0, score=_zero(group.score)) for group in empty.groups)
    return replace(empty, verdict=verdict, decided=verdict, score=_zero(empty.score), groups=groups)


def max_score(problem: Problem) -> float | None:
    """The most a submission can earn: what the package says, or what its groups add up to; null in a pass-fail challenge."""
    if problem.type is not ProblemType.SCORING:
        return None
    if problem.max_score is not None:
        return problem.max_score
    return float(Points(problem).most(problem.root))


class Points:
    """The scoring rules of one package: points of tests and groups, earned and at most."""

    def __init__(self, problem: Problem) -> None:
        self._legacy = problem.format_version is not FormatVersion.V2025_09
        self._group_of = {test.name: group for group in all_groups(problem.root) for test in group.tests}
        self._static = {test.name for test in problem.root.all_tests() if test.static}

    def of(self, outcome: GroupOutcome) -> Fraction:
        """What a group earned."""
        return self._legacy_points(outcome) if self._legacy else self._points(outcome)

    def most(self, group: TestGroup) -> Fraction:
        """What a group can earn at most."""
        if self._legacy and group.max_score is not None:
            return Fraction(group.max_score)
        if self._legacy:
            tests = [max(Fraction(group.accept_score), Fraction(group.reject_score)) for _ in group.tests]
            children = [self.most(child) for child in group.groups if not (group.ignore_sample and child.name == "sample")]
            return _aggregate(group.aggregation, tests + children)
        if group.name == "sample":
            return Fraction(0)
        if group.max_score is not None:
            return Fraction(group.max_score)
        if group.groups:
            return _aggregate(group.aggregation, [self.most(child) for child in group.groups if child.name != "sample"])
        return Fraction(DEFAULT_SECRET_MAX if group.name == "secret" else 0)

    def sub_result(self, part: TestResult | GroupOutcome) -> SubResult:
        """What a test or a group of a legacy package contributes to the group it is in."""
        earned = self._legacy_points(part) if isinstance(part, GroupOutcome) else self._earned(part)
        return SubResult(part.verdict, earned)

    def best_of(self, child: Test | TestGroup) -> SubResult:
        """The best that a test or a group of a legacy package can contribute."""
        if isinstance(child, TestGroup):
            return SubResult(Verdict.AC, self.most(child))
        return SubResult(Verdict.AC, Fraction(self._group_of[child.name].accept_score))

    def with_score(self, result: TestResult) -> TestResult:
        """The result with the test's own points; null where only the group as a whole earns any."""
        if not self._legacy and self.most_of_test(result.name) is None:
            return result
        return replace(result, score=float(self._earned(result)))

    def most_of_test(self, name: str) -> Fraction | None:
        """What one test of a 2025-09 package can earn; null where only the group as a whole earns anything."""
        group = self._group_of[name]
        if group.name == "sample" or group.aggregation is Aggregation.PASS_FAIL:
            return None
        return self._share(group, name)

    def _earned(self, result: TestResult) -> Fraction:
        """The points of one test: the validator's, its share of what the test can earn, or all of that."""
        group = self._group_of[result.name]
        if result.verdict is not Verdict.AC:
            return Fraction(group.reject_score if self._legacy else 0)
        if result.points is not None:
            return Fraction(result.points)
        full = Fraction(group.accept_score) if self._legacy else self._share(group, result.name)
        return full if result.multiplier is None else full * Fraction(result.multiplier)

    def _legacy_points(self, outcome: GroupOutcome) -> Fraction:
        if outcome.verdict is not Verdict.AC:
            return Fraction(0)
        group = outcome.group
        if group.custom:
            return outcome.points or Fraction(0)
        tests = [self._earned(result) for result in outcome.results]
        children = [self._legacy_points(child) for child in outcome.groups if child.counts]
        return _aggregate(group.aggregation, tests + children)

    def _points(self, outcome: GroupOutcome) -> Fraction:
        group = outcome.group
        if group.name == "sample":
            return Fraction(0)
        if group.aggregation is Aggregation.SUM and group.tests:
            return sum((self._earned(result) for result in outcome.results), Fraction(0))
        if group.aggregation is Aggregation.SUM or group.name == "":
            return sum((self._points(child) for child in outcome.groups), Fraction(0))
        if group.aggregation is Aggregation.MIN and group.groups:
            return min(self._points(child) for child in outcome.groups)
        passed = sum(result.verdict is Verdict.AC for result in outcome.results)
        whole = passed == len(group.tests) and all(child.verdict is Verdict.AC for child in outcome.groups)
        if not whole or not outcome.finished:
            return Fraction(0)
        if group.aggregation is Aggregation.MIN:
            return min((self._earned(result) for result in outcome.results), default=self.most(group))
        return self.most(group)

    def _share(self, group: TestGroup, name: str) -> Fraction:
        most, static = self.most(group), Fraction(group.static_score)
        if name in self._static:
            return static
        number = sum(not test.static for test in group.tests)
        return (most - static) / number if group.aggregation is Aggregation.SUM else most


def _aggregate(aggregation: Aggregation, points: list[Fraction]) -> Fraction:
    if not points:
        return Fraction(0)
    match aggregation:
        case Aggregation.SUM:
            return sum(points, Fraction(0))
        case Aggregation.AVG:
            return sum(points, Fraction(0)) / len(points)
        case Aggregation.MAX:
            return max(points)
        case Aggregation.MIN | Aggregation.PASS_FAIL:
            return min(points)


def _group_result(points: Points, outcome: GroupOutcome, by_name: dict[str, TestResult], scoring: bool) -> GroupResult:
    group = outcome.group
    found = [by_name[test.name] for test in group.tests if test.name in by_name]
    return GroupResult(
        name=group.name,
        verdict=outcome.verdict,
        passed=sum(result.verdict is Verdict.AC for result in found),
        total=len(group.tests),
        score=float(points.of(outcome)) if scoring else None,
        max_score=float(points.most(group)) if scoring else None,
    )


def all_groups(group: TestGroup) -> Iterable[TestGroup]:
    """A group and every one below it."""
    yield group
    for child in group.groups:
        yield from all_groups(child)


def _zero(points: float | None) -> float | None:
    return None if points is None else 0.0
