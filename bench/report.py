"""What was measured, as a document and as a table for people."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.measuring import Better, Figure, Spread
from bench.workloads import Workload


@dataclass(frozen=True, slots=True)
class Outcome:
    """One workload's figures, or why there are none."""

    workload: Workload
    figures: tuple[Figure, ...] = ()
    failure: str = ""

    @property
    def reached(self) -> float | None:
        """What the target is about: a ratio to the baseline, or a value where there is no baseline."""
        found = next((figure for figure in self.figures if figure.name == self.workload.figure), None)
        if found is None:
            return None
        return found.ratio.median if found.ratio else found.value.median

    @property
    def met(self) -> bool | None:
        """Whether the target is met; null where there is none or nothing was measured."""
        if self.workload.target is None or self.reached is None:
            return None
        if self.workload.better is Better.HIGHER:
            return self.reached >= self.workload.target
        return self.reached <= self.workload.target


def machine() -> dict[str, Any]:
    """What it was measured on, and how busy that was."""
    model = next((line for line in _lines("/proc/cpuinfo") if line.startswith("model name")), ":").split(":", 1)[1].strip()
    memory = next((line for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), "MemTotal: 0 kB").split()[1]
    cgroup = 2 if Path("/sys/fs/cgroup/cgroup.controllers").exists() else 1
    return {
        "processor": model,
        "cores": os.cpu_count(),
        "memory_mib": int(memory) // 1024,
        "kernel": platform.release(),
        "cgroup": cgroup,
        "load": [round(load, 1) for load in os.getloadavg()],
    }


def as_document(outcomes: Sequence[Outcome], host: dict[str, Any], runtime: str, load_after: float) -> dict[str, Any]:
    """Everything, for `--json`."""
    return {
        "machine": {**host, "load_after": round(load_after, 1)},
        "runtime": runtime,
        "workloads": [_workload(outcome) for outcome in outcomes],
    }


def as_table(outcome: Outcome) -> list[tuple[str, str, str, str]]:
    """Name, value, ratio and target of each figure, as texts."""
    workload = outcome.workload
    rows = []
    for figure in outcome.figures:
        target = target_of(outcome) if figure.name == workload.figure else ""
        ratio = _spread(figure.ratio, 2) if figure.ratio else ""
        rows.append((figure.name, f"{_spread(figure.value, 1)} {workload.unit}", ratio, target))
    return rows


def _workload(outcome: Outcome) -> dict[str, Any]:
    workload = outcome.workload
    return {
        "name": workload.name,
        "measures": workload.measures,
        "unit": workload.unit,
        "baseline": workload.baseline,
        "better": workload.better.value,
        "figure": workload.figure,
        "target": workload.target,
        "reached": outcome.reached,
        "met": outcome.met,
        "failure": outcome.failure or None,
        "figures": [
            {
                "name": figure.name,
                "median": figure.value.median,
                "p95": figure.p95,
                "quartiles": [figure.value.low, figure.value.high],
                "ratio": figure.ratio.median if figure.ratio else None,
                "ratio_quartiles": [figure.ratio.low, figure.ratio.high] if figure.ratio else None,
                "values": list(figure.values),
            }
            for figure in outcome.figures
        ],
    }


def target_of(outcome: Outcome) -> str:
    """The target and whether it was met, as text; empty where there is none."""
    workload = outcome.workload
    if workload.target is None:
        return ""
    sign = "≥" if workload.better is Better.HIGHER else "≤"
    return f"{sign} {workload.target:g} {'met' if outcome.met else 'missed'}"


def _spread(spread: Spread, digits: int) -> str:
    return f"{spread.median:.{digits}f} ({spread.low:.{digits}f}–{spread.high:.{digits}f})"


def _lines(path: str) -> list[str]:
    found = Path(path)
    return found.read_text().splitlines() if found.exists() else []
