"""Several runs of the benchmarks as one table for the documents: what each run came to stands side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bench.measuring import Figure
from bench.report import Outcome, target_of

BETWEEN = " · "


def as_markdown(runs: Sequence[Sequence[Outcome]], host: Mapping[str, Any], runtime: str, loads: Sequence[float]) -> str:
    """The machine in a sentence, then a row for each figure of each workload: the medians and the median ratios of all runs."""
    machine = (
        f"{host['cores']} cores ({host['processor']}), {host['memory_mib'] // 1024} GiB, kernel {host['kernel']}, "
        f"cgroup version {host['cgroup']}, runtime {runtime}; load before and after each run: "
        + ", ".join(f"{load:.1f}" for load in loads)
    )
    rows = ["| workload | contender | median | p95 | ratio to bare | target |", "|---|---|--:|--:|--:|---|"]
    for outcomes in zip(*runs, strict=True):
        rows += _rows(outcomes)
    return "\n".join([f"{machine}.", "", *rows, ""])


def _rows(outcomes: Sequence[Outcome]) -> list[str]:
    """Of one workload in every run."""
    workload = outcomes[0].workload
    failures = [outcome.failure for outcome in outcomes if outcome.failure]
    if failures:
        return [f"| `{workload.name}` | not measured: {failures[0]} | | | | |"]
    rows = []
    for name in dict.fromkeys(figure.name for outcome in outcomes for figure in outcome.figures):
        figures = [figure for outcome in outcomes for figure in outcome.figures if figure.name == name]
        target = BETWEEN.join(dict.fromkeys(target_of(outcome) for outcome in outcomes)) if name == workload.figure else ""
        cells = (f"`{workload.name}`", name, f"{_medians(figures)} {workload.unit}", _p95s(figures), _ratios(figures), target)
        rows.append(f"| {' | '.join(cells)} |")
    return rows


def _medians(figures: Sequence[Figure]) -> str:
    return BETWEEN.join(f"{figure.value.median:.1f}" for figure in figures)


def _p95s(figures: Sequence[Figure]) -> str:
    return BETWEEN.join(f"{figure.p95:.1f}" for figure in figures)


def _ratios(figures: Sequence[Figure]) -> str:
    return BETWEEN.join(
        f"{figure.ratio.median:.2f} ({figure.ratio.low:.2f}–{figure.ratio.high:.2f})" for figure in figures if figure.ratio
    )
