"""Ratios are formed within a round and reported as medians; every contender comes first in turn."""

from __future__ import annotations

import pytest

from bench.markdown import as_markdown
from bench.measuring import BenchFailure, Better, Contender, Spread, figures, measure, spread
from bench.report import Outcome, as_document, as_table
from bench.workloads import BARE, OURS, WORKLOADS, Workload


def test_a_ratio_is_to_the_baseline_of_the_same_round() -> None:
    measured = [{BARE: 10.0, OURS: 20.0}, {BARE: 1000.0, OURS: 1500.0}, {BARE: 10.0, OURS: 10.0}]
    bare, ours = figures(measured, BARE)
    assert (bare.name, bare.ratio) == (BARE, Spread(1.0, 1.0, 1.0))
    assert ours.ratio == Spread(1.5, 1.25, 1.75)
    assert ours.value.median == 20.0
    assert ours.values == (20.0, 1500.0, 10.0)


def test_without_a_baseline_there_is_no_ratio() -> None:
    (box,) = figures([{"box": 4.0}, {"box": 6.0}], None)
    assert (box.value.median, box.ratio) == (5.0, None)


def test_a_baseline_that_was_not_measured_is_an_error() -> None:
    with pytest.raises(BenchFailure, match="'bare' was not measured"):
        figures([{OURS: 1.0}], BARE)


def test_one_disturbed_round_moves_neither_median_nor_middle_half() -> None:
    assert spread([1.0, 1.0, 1.0, 1.0, 90.0]) == Spread(1.0, 1.0, 1.0)
    with pytest.raises(ValueError, match="nothing was measured"):
        spread([])


def test_rounds_rotate_settle_and_leave_the_warm_up_out() -> None:
    calls: list[str] = []

    def contender(name: str) -> Contender:
        return Contender(lambda: calls.append(name) or {name: float(len(calls))}, lambda: calls.append("-"))  # type: ignore[func-returns-value]

    measured = measure([contender("a"), contender("b")], rounds=2, warm_ups=1)
    assert "".join(calls) == "a-b-b-a-a-b-"
    assert measured == [{"b": 5.0, "a": 7.0}, {"a": 9.0, "b": 11.0}]


def workload(**changes: object) -> Workload:
    given = {"name": "w", "measures": "work", "unit": "ms", "open": WORKLOADS["python"].open, "target": 0.9} | changes
    return Workload(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ours", "better", "met"), [(0.9, Better.LOWER, True), (0.91, Better.LOWER, False), (0.91, Better.HIGHER, True)]
)
def test_a_target_is_about_the_median_ratio(ours: float, better: Better, met: bool) -> None:
    outcome = Outcome(workload(better=better), tuple(figures([{BARE: 1.0, OURS: ours}], BARE)))
    assert (outcome.reached, outcome.met) == (ours, met)
    sign = "≥" if better is Better.HIGHER else "≤"
    assert as_table(outcome)[1][3] == f"{sign} 0.9 {'met' if met else 'missed'}"


def test_what_was_not_measured_meets_nothing() -> None:
    failed = Outcome(workload(), failure="no Docker")
    assert failed.met is None
    (row,) = as_document([failed], {"cores": 2}, "runc", 1.0)["workloads"]
    assert (row["failure"], row["reached"], row["met"]) == ("no Docker", None, None)


def test_several_runs_stand_side_by_side() -> None:
    host = {"cores": 2, "processor": "fast", "memory_mib": 2048, "kernel": "6", "cgroup": 1}
    runs = [[Outcome(workload(), tuple(figures([{BARE: 1.0, OURS: ours}], BARE)))] for ours in (0.8, 0.95)]
    text = as_markdown(runs, host, "runc", [0.1, 0.5, 0.6])
    assert "load before and after each run: 0.1, 0.5, 0.6." in text
    row = next(line for line in text.splitlines() if f"| {OURS} |" in line)
    assert "0.80 (0.80–0.80) · 0.95 (0.95–0.95)" in row
    assert row.endswith("≤ 0.9 met · ≤ 0.9 missed |")


def test_a_run_without_figures_says_why() -> None:
    host = {"cores": 2, "processor": "fast", "memory_mib": 2048, "kernel": "6", "cgroup": 1}
    assert "not measured: no Docker" in as_markdown([[Outcome(workload(), failure="no Docker")]], host, "runc", [0.1, 0.1])


def test_nineteen_of_twenty_rounds_are_within_the_p95() -> None:
    (figure,) = figures([{"box": float(number)} for number in range(1, 21)], None)
    assert figure.p95 == 19.0
