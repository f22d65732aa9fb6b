"""Scores by the rules of both versions of the format: golden cases worked out by hand, and what must hold for any tree."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pretend_sandbox import number_test, numbers

from assessor.judging.failures import JudgeError
from assessor.judging.groups import WORST_FIRST, Decided, SubResult, walk, without_grader
from assessor.judging.scoring import Points, Scored, deciding, max_score, score, unscored
from assessor.judging.verdicts import TestResult, Verdict
from challenges.problem import Aggregation, CustomGrading, FormatVersion, OnReject, Problem, ProblemType, TestGroup, VerdictMode

AC, WA, TLE, RTE, MLE, OLE = Verdict.AC, Verdict.WA, Verdict.TLE, Verdict.RTE, Verdict.MLE, Verdict.OLE
GO_ON = OnReject.CONTINUE


def result(name: str, verdict: Verdict) -> TestResult:
    return TestResult(name, name.rpartition("/")[0], verdict, 1, 1, 1, 0, None, 1)


def group(name: str, tests: int, **rules: object) -> TestGroup:
    made = tuple(number_test(f"{name}/{number}", number) for number in range(1, tests + 1))
    return TestGroup(name=name, tests=made, **rules)  # type: ignore[arg-type]


def problem_of(root: TestGroup, version: FormatVersion = FormatVersion.LEGACY, **fields: object) -> Problem:
    made = replace(numbers({}), root=root, format_version=version, type=ProblemType.SCORING)
    return replace(made, **fields)  # type: ignore[arg-type]


def scored(problem: Problem, verdicts: str) -> Scored:
    """Score the tests in order by a word such as "AC WA - AC", where `-` is a test that was not run."""
    pairs = zip(problem.root.all_tests(), verdicts.split(), strict=True)
    return score(problem, [result(test.name, Verdict(word)) for test, word in pairs if word != "-"])


def nordic(version: FormatVersion = FormatVersion.LEGACY) -> Problem:
    """The usual set-up of Nordic olympiads: groups of 20, 30 and 50 points, samples ignored."""
    points = {"group1": 20.0, "group2": 30.0, "group3": 50.0}
    groups = tuple(group(f"secret/{name}", 2, accept_score=most, aggregation=Aggregation.MIN) for name, most in points.items())
    secret = TestGroup(
        name="secret", groups=groups, on_reject=GO_ON, verdict_mode=VerdictMode.FIRST_ERROR, accept_if_any_accepted=True
    )
    sample = group("sample", 1, accept_score=0.0, on_reject=GO_ON)
    return problem_of(TestGroup(name="", groups=(sample, secret), on_reject=GO_ON, ignore_sample=True), version)


@pytest.mark.parametrize(
    ("verdicts", "verdict", "decided", "points"),
    [
        ("AC AC AC AC AC AC AC", AC, AC, 100),
        ("WA AC AC AC AC AC AC", AC, AC, 100),
        ("AC AC WA AC AC AC AC", WA, AC, 80),
        ("AC WA - AC AC TLE -", WA, AC, 30),
        ("AC TLE - AC WA RTE -", TLE, TLE, 0),
        ("AC WA - WA - WA -", WA, WA, 0),
    ],
)
def test_legacy_as_nordic_olympiads_use_it(verdicts: str, verdict: Verdict, decided: Verdict, points: float) -> None:
    found = scored(nordic(), verdicts)
    assert (found.verdict, found.decided, found.score, found.max_score) == (verdict, decided, points, 100.0)


def test_legacy_groups_show_their_points() -> None:
    found = scored(nordic(), "AC AC AC AC WA AC AC")
    assert [(part.name, part.verdict, part.passed, part.total, part.score, part.max_score) for part in found.groups] == [
        ("sample", AC, 1, 1, 0.0, 0.0),
        ("secret/group1", AC, 2, 2, 20.0, 20.0),
        ("secret/group2", WA, 1, 2, 0.0, 30.0),
        ("secret/group3", AC, 2, 2, 50.0, 50.0),
    ]
    assert [one.score for one in found.results] == [0, 20, 20, 30, 0, 50, 50]


@pytest.mark.parametrize(
    ("aggregation", "points", "most"),
    [(Aggregation.SUM, 12.0, 20.0), (Aggregation.AVG, 3.0, 5.0), (Aggregation.MIN, 1.0, 5.0), (Aggregation.MAX, 5.0, 5.0)],
)
def test_legacy_aggregations(aggregation: Aggregation, points: float, most: float) -> None:
    secret = group(
        "secret",
        4,
        aggregation=aggregation,
        on_reject=GO_ON,
        accept_score=5.0,
        reject_score=1.0,
        verdict_mode=VerdictMode.ALWAYS_ACCEPT,
    )
    found = scored(problem_of(TestGroup(name="", groups=(secret,))), "AC WA AC TLE")
    assert (found.score, found.max_score, found.decided, found.verdict) == (points, most, AC, WA)


def test_the_score_of_a_legacy_group_that_is_not_accepted_is_ignored() -> None:
    secret = group("secret", 4, on_reject=GO_ON, accept_score=5.0)
    assert scored(problem_of(TestGroup(name="", groups=(secret,))), "AC WA AC AC").score == 0
    any_is_enough = replace(secret, accept_if_any_accepted=True)
    assert scored(problem_of(TestGroup(name="", groups=(any_is_enough,))), "AC WA AC AC").score == 15


@pytest.mark.parametrize(
    ("mode", "verdicts", "decided"),
    [
        (VerdictMode.WORST_ERROR, "WA OLE TLE MLE RTE", RTE),
        (VerdictMode.WORST_ERROR, "WA OLE TLE MLE AC", MLE),
        (VerdictMode.WORST_ERROR, "WA OLE AC AC AC", OLE),
        (VerdictMode.FIRST_ERROR, "AC OLE TLE MLE RTE", OLE),
        (VerdictMode.ALWAYS_ACCEPT, "WA OLE TLE MLE RTE", AC),
    ],
)
def test_legacy_verdict_modes(mode: VerdictMode, verdicts: str, decided: Verdict) -> None:
    secret = group("secret", 5, on_reject=GO_ON, verdict_mode=mode)
    assert scored(problem_of(TestGroup(name="", groups=(secret,))), verdicts).decided is decided


def test_after_a_break_nothing_counts_even_when_it_was_run() -> None:
    secret = group("secret", 4, accept_score=5.0, accept_if_any_accepted=True)
    assert scored(problem_of(TestGroup(name="", groups=(secret,))), "AC WA AC AC").score == 5


def test_a_failed_group_breaks_the_group_it_is_in() -> None:
    secret = TestGroup(name="secret", groups=(group("secret/a", 1), group("secret/b", 2), group("secret/c", 1)))
    found = scored(problem_of(TestGroup(name="", groups=(secret,))), "AC WA - -")
    assert [(part.name, part.verdict, part.passed) for part in found.groups] == [
        ("secret/a", AC, 1),
        ("secret/b", WA, 0),
        ("secret/c", WA, 0),
    ]


class Recorder:
    """A grader that remembers what it was asked and says the verdict and the points given by the group's name."""

    def __init__(self, **decisions: tuple[Verdict, int]) -> None:
        self.decisions = decisions
        self.asked: list[tuple[str, str]] = []

    def __call__(self, group: TestGroup, results: tuple[SubResult, ...]) -> Decided:
        self.asked.append((group.name, " ".join(f"{one.verdict}:{float(one.score):g}" for one in results)))
        verdict, points = self.decisions[group.name.rpartition("/")[2] or "data"]
        return Decided(verdict, Fraction(points))


def custom(name: str, tests: int = 0, **rules: object) -> TestGroup:
    return group(name, tests, custom=CustomGrading((), 0, 100), max_score=100.0, **rules)


def graded(root: TestGroup, verdicts: str, grader: Recorder) -> Scored:
    problem = problem_of(root)
    pairs = zip(root.all_tests(), verdicts.split(), strict=True)
    return score(problem, [result(test.name, Verdict(word)) for test, word in pairs if word != "-"], grader)


def test_a_grader_gets_what_tests_and_groups_came_to() -> None:
    inner = custom("secret/a", 2, on_reject=GO_ON, accept_score=7.0, reject_score=2.0)
    secret = custom("secret", groups=(inner, group("secret/b", 2, accept_score=5.0)), on_reject=GO_ON)
    root = custom("", groups=(custom("sample", 1, on_reject=GO_ON), secret), on_reject=GO_ON)
    grader = Recorder(sample=(WA, 0), a=(AC, 9), secret=(AC, 60), data=(AC, 61))
    found = graded(root, "RTE AC WA AC AC", grader)
    assert grader.asked == [("sample", "RTE:0"), ("secret/a", "AC:7 WA:2"), ("secret", "AC:9 AC:10"), ("", "WA:0 AC:60")]
    assert (found.verdict, found.decided, found.score, found.max_score) == (RTE, AC, 61, 100)
    assert [(part.name, part.verdict, part.score) for part in found.groups][1:] == [("secret/a", AC, 9), ("secret/b", AC, 10)]


def test_after_a_break_a_grader_gets_no_more_than_what_was_judged() -> None:
    groups = (custom("secret/a", 3), custom("secret/b", 1), group("secret/c", 1))
    grader = Recorder(a=(WA, 0), secret=(WA, 0))
    found = graded(TestGroup("", groups=(custom("secret", groups=groups),)), "AC TLE AC AC AC", grader)
    assert grader.asked == [("secret/a", "AC:1 TLE:0"), ("secret", "WA:0")]
    assert (found.verdict, found.decided, found.score) == (TLE, WA, 0)


def test_a_group_that_its_grader_accepts_breaks_nothing() -> None:
    secret = TestGroup("secret", groups=(custom("secret/a", 2), custom("secret/b", 1)))
    grader = Recorder(a=(AC, 3), b=(AC, 4))
    found = graded(TestGroup("", groups=(secret,)), "WA - AC", grader)
    assert grader.asked == [("secret/a", "WA:0"), ("secret/b", "AC:1")]
    assert (found.verdict, found.decided, found.score) == (WA, AC, 7)


def test_a_group_that_its_grader_rejects_although_all_passed_ends_the_group_it_is_in() -> None:
    secret = TestGroup("secret", groups=(custom("secret/a", 2), custom("secret/b", 1)))
    found = graded(TestGroup("", groups=(secret,)), "AC AC -", Recorder(a=(WA, 3)))
    assert (found.verdict, found.decided, found.score) == (WA, WA, 0)
    assert [(part.name, part.verdict, part.score) for part in found.groups] == [("secret/a", WA, 0), ("secret/b", WA, 0)]


def test_a_grader_waits_until_its_group_is_judged() -> None:
    grader = Recorder()
    assert graded(TestGroup("", groups=(custom("secret", 2),)), "AC -", grader).score == 0
    assert grader.asked == []


def test_a_group_without_tests_has_no_result() -> None:
    root = custom("", groups=(TestGroup("sample"), group("secret", 1)))
    grader = Recorder(data=(AC, 1))
    graded(root, "AC", grader)
    assert grader.asked == [("", "AC:1")]


def test_without_its_grader_a_group_cannot_be_scored() -> None:
    with pytest.raises(JudgeError, match=r"The group data is to be graded by a grader of the package's own"):
        score(problem_of(custom("", 1)), [result("/1", AC)])
    assert unscored(problem_of(custom("", 1)), Verdict.CE).score == 0


def test_tests_and_groups_side_by_side_are_judged_in_order_of_their_names() -> None:
    mixed = TestGroup("secret", tests=(number_test("secret/1", 1), number_test("secret/3", 3)), groups=(group("secret/2", 2),))
    problem = problem_of(TestGroup("", groups=(mixed,)))
    assert [test.name for test in problem.root.all_tests()] == ["secret/1", "secret/2/1", "secret/2/2", "secret/3"]
    found = scored(problem, "AC WA - TLE")
    assert (found.verdict, found.decided) == (WA, WA)
    grader = Recorder(secret=(AC, 9))
    graded(TestGroup("", groups=(replace(mixed, custom=CustomGrading((), 0, 9), on_reject=GO_ON),)), "AC WA - TLE", grader)
    assert grader.asked == [("secret", "AC:1 WA:0 TLE:0")]


def modern(*groups: TestGroup, **rules: object) -> Problem:
    secret = TestGroup(name="secret", groups=groups, on_reject=GO_ON, **rules)  # type: ignore[arg-type]
    root = TestGroup(
        name="", groups=(group("sample", 1, on_reject=GO_ON, max_score=0.0), secret), on_reject=GO_ON, ignore_sample=True
    )
    return problem_of(root, FormatVersion.V2025_09, max_score=secret.max_score)


ALL_OR_NOTHING = Aggregation.PASS_FAIL


@pytest.mark.parametrize(
    ("aggregation", "verdicts", "points"),
    [
        (ALL_OR_NOTHING, "AC AC AC AC", 60),
        (ALL_OR_NOTHING, "AC AC WA -", 0),
        (ALL_OR_NOTHING, "WA AC AC AC", 60),
        (Aggregation.MIN, "AC AC AC AC", 60),
        (Aggregation.MIN, "AC AC AC TLE", 0),
        (Aggregation.SUM, "AC AC AC AC", 60),
        (Aggregation.SUM, "AC WA AC AC", 40),
        (Aggregation.SUM, "AC WA AC TLE", 20),
    ],
)
def test_2025_09_groups(aggregation: Aggregation, verdicts: str, points: float) -> None:
    on_reject = GO_ON if aggregation is Aggregation.SUM else OnReject.BREAK
    problem = modern(group("secret/a", 3, aggregation=aggregation, max_score=60.0, on_reject=on_reject), max_score=60.0)
    found = scored(problem, verdicts)
    assert (found.score, found.max_score) == (points, 60.0)


def test_2025_09_tests_without_groups_share_a_hundred_points() -> None:
    secret = group("secret", 3, on_reject=GO_ON)
    root = TestGroup(name="", groups=(group("sample", 1, on_reject=GO_ON), secret), on_reject=GO_ON)
    problem = problem_of(root, FormatVersion.V2025_09)
    assert max_score(problem) == 100.0
    assert scored(problem, "AC AC AC AC").score == 100.0
    found = scored(problem, "AC AC WA WA")
    assert found.score == pytest.approx(33.3333333333)
    assert [one.score for one in found.results] == [None, pytest.approx(33.3333333333), 0.0, 0.0]


def test_2025_09_secret_may_be_all_or_nothing_or_the_least_of_its_groups() -> None:
    groups = (
        group("secret/a", 1, aggregation=ALL_OR_NOTHING, max_score=100.0),
        group("secret/b", 2, aggregation=Aggregation.SUM, max_score=100.0, on_reject=GO_ON),
    )
    assert scored(modern(*groups, aggregation=ALL_OR_NOTHING, max_score=100.0), "AC AC AC AC").score == 100
    assert scored(modern(*groups, aggregation=ALL_OR_NOTHING, max_score=100.0), "AC AC AC WA").score == 0
    assert scored(modern(*groups, aggregation=Aggregation.MIN, max_score=100.0), "AC AC AC WA").score == 50


def test_2025_09_a_group_whose_required_group_failed_is_not_run_and_earns_nothing() -> None:
    problem = modern(
        group("secret/a", 2, aggregation=ALL_OR_NOTHING, max_score=30.0),
        group("secret/b", 2, aggregation=ALL_OR_NOTHING, max_score=70.0, require_pass=("secret/a",)),
        max_score=100.0,
    )
    assert scored(problem, "AC AC AC AC AC").score == 100
    found = scored(problem, "AC AC TLE AC AC")
    assert (found.score, found.groups[2].verdict, found.groups[2].score) == (0.0, TLE, 0.0)
    sample_first = modern(
        group("secret/a", 1, aggregation=ALL_OR_NOTHING, max_score=100.0, require_pass=("sample",)), max_score=100.0
    )
    assert scored(sample_first, "WA AC").score == 0
    assert scored(sample_first, "WA AC").verdict is WA


def test_2025_09_a_failing_sample_counts_for_the_verdict_but_not_for_the_score() -> None:
    problem = modern(group("secret/a", 1, aggregation=ALL_OR_NOTHING, max_score=100.0), max_score=100.0)
    found = scored(problem, "WA AC")
    assert (found.verdict, found.score) == (WA, 100.0)


def test_pass_fail_challenges_have_no_score() -> None:
    found = score(numbers({"a": [1]}), [result("sample/1", AC), result("secret/a/1", AC)])
    assert (found.verdict, found.score, found.max_score) == (AC, None, None)
    assert all(part.score is None and part.max_score is None for part in found.groups)
    assert unscored(numbers({"a": [1]}), Verdict.CE).score is None


def test_what_does_not_compile_earns_nothing_of_the_same_maximum() -> None:
    found = unscored(nordic(), Verdict.CE)
    assert (found.verdict, found.score, found.max_score) == (Verdict.CE, 0.0, 100.0)
    assert {part.verdict for part in found.groups} == {Verdict.CE}


POINTS = st.integers(0, 100).map(float)


@st.composite
def trees(draw: st.DrawFn) -> Problem:
    """Scoring problems of both versions with up to four groups."""
    version = draw(st.sampled_from(FormatVersion))
    legacy = version is FormatVersion.LEGACY
    kinds = [kind for kind in Aggregation if (kind is not ALL_OR_NOTHING) is legacy or kind in (Aggregation.SUM, Aggregation.MIN)]
    groups = tuple(
        group(
            f"secret/{number}",
            draw(st.integers(1, 4)),
            aggregation=draw(st.sampled_from(kinds)),
            max_score=None if legacy else draw(POINTS),
            accept_score=draw(POINTS),
            on_reject=draw(st.sampled_from(OnReject)) if legacy else GO_ON,
            accept_if_any_accepted=legacy and draw(st.booleans()),
        )
        for number in range(draw(st.integers(1, 4)))
    )
    total = None if legacy else sum(one.max_score or 0.0 for one in groups)
    secret = TestGroup(name="secret", groups=groups, on_reject=GO_ON, max_score=total, accept_if_any_accepted=legacy)
    root = TestGroup(name="", groups=(group("sample", 1), secret), on_reject=GO_ON, ignore_sample=True)
    return problem_of(root, version)


@given(trees())
def test_passing_everything_earns_the_maximum(problem: Problem) -> None:
    found = scored(problem, " ".join("AC" for _ in problem.root.all_tests()))
    assert found.score == found.max_score
    assert found.verdict is found.decided is AC


@given(trees(), st.data())
def test_a_score_lies_between_nothing_and_the_maximum(problem: Problem, data: st.DataObject) -> None:
    verdicts = st.sampled_from([AC, AC, WA, TLE, RTE])
    results = [result(test.name, data.draw(verdicts)) for test in problem.root.all_tests()]
    found = score(problem, results)
    assert found.score is not None
    assert found.max_score is not None
    assert 0 <= found.score <= found.max_score
    assert sum(part.total for part in found.groups) == len(results)
    assert (found.verdict is AC) or any(one.verdict is found.verdict for one in results)


@given(trees(), st.data())
def test_the_order_in_which_results_arrive_does_not_matter(problem: Problem, data: st.DataObject) -> None:
    results = [result(test.name, data.draw(st.sampled_from([AC, WA, TLE]))) for test in problem.root.all_tests()]
    shuffled = data.draw(st.permutations(results))
    first, second = score(problem, results), score(problem, shuffled)
    assert (first.score, first.verdict, first.groups) == (second.score, second.verdict, second.groups)


@given(trees(), st.data())
def test_solving_one_test_more_never_costs_points(problem: Problem, data: st.DataObject) -> None:
    tests = problem.root.all_tests()
    results = [result(test.name, data.draw(st.sampled_from([AC, WA]))) for test in tests]
    index = data.draw(st.integers(0, len(tests) - 1))
    better = results.copy()
    better[index] = result(tests[index].name, AC)
    before, after = score(problem, results).score, score(problem, better).score
    assert before is not None
    assert after is not None
    rising = all(part.aggregation not in (Aggregation.AVG, Aggregation.MIN) for part in problem.root.groups[1].groups)
    if rising or problem.format_version is not FormatVersion.LEGACY:
        assert after >= before


@given(trees(), st.data())
def test_tests_that_need_not_be_run_change_nothing(problem: Problem, data: st.DataObject) -> None:
    verdicts = st.sampled_from([AC, AC, WA, TLE, RTE])
    every = {test.name: result(test.name, data.draw(verdicts)) for test in problem.root.all_tests()}
    run: dict[str, TestResult] = {}
    decide = deciding(Points(problem), without_grader)
    for name, one in every.items():
        if name not in {skipped for part in walk(problem, run, decide).every() for skipped in part.skipped}:
            run[name] = one
    early, whole = score(problem, run.values()), score(problem, every.values())
    assert (early.score, early.verdict, early.decided) == (whole.score, whole.verdict, whole.decided)


def as_by_default(group: TestGroup, results: tuple[SubResult, ...]) -> Decided:
    """The default grader as a grader of the package's own; its flags are still on the group."""
    failures = [one.verdict for one in results if one.verdict is not AC]
    if failures and not (group.accept_if_any_accepted and len(failures) < len(results)):
        return Decided(min(failures, key=WORST_FIRST.index), Fraction(0))
    points = [one.score for one in results]
    combine = {Aggregation.SUM: sum, Aggregation.MIN: min, Aggregation.MAX: max}.get(group.aggregation)
    return Decided(AC, Fraction(combine(points)) if combine else sum(points, Fraction(0)) / len(points))


@given(trees().filter(lambda problem: problem.format_version is FormatVersion.LEGACY), st.data())
def test_a_grader_that_does_as_the_default_one_gives_the_same_result(problem: Problem, data: st.DataObject) -> None:
    results = [result(test.name, data.draw(st.sampled_from([AC, WA, TLE]))) for test in problem.root.all_tests()]
    secret = problem.root.groups[1]
    groups = tuple(replace(one, custom=CustomGrading((), 0, 100), max_score=100.0) for one in secret.groups)
    own = replace(secret, groups=groups, custom=CustomGrading((), 0, 400), max_score=400.0)
    custom_problem = replace(problem, root=replace(problem.root, groups=(problem.root.groups[0], own)))
    plain, graded_so = score(problem, results), score(custom_problem, results, as_by_default)
    assert (plain.score, plain.verdict, plain.decided) == (graded_so.score, graded_so.verdict, graded_so.decided)
    assert [(one.verdict, one.score) for one in plain.groups] == [(one.verdict, one.score) for one in graded_so.groups]
