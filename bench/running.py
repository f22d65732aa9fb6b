"""Runs workloads one after the other. One that cannot be measured says why and does not keep the others from it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator

from bench.measuring import BenchFailure, figures, measure
from bench.report import Outcome
from bench.workloads import Sizes, Workload
from sandbox.containers import DockerSandbox
from sandbox.spec import SandboxFailure


def check_tools() -> None:
    """Raises `BenchFailure` when what starts the baselines is not there."""
    if shutil.which("docker") is None:
        raise BenchFailure("the baselines are started with the command `docker`, which is not installed (Debian: docker.io)")


def run(sandbox: DockerSandbox, workloads: Iterable[Workload], sizes: Sizes, rounds: int | None) -> Iterator[Outcome]:
    """Measure each workload in `rounds` rounds, or as many as it has of its own."""
    for workload in workloads:
        yield _outcome(sandbox, workload, sizes, rounds or workload.rounds)


def _outcome(sandbox: DockerSandbox, workload: Workload, sizes: Sizes, rounds: int) -> Outcome:
    try:
        with workload.open(sandbox, sizes) as contenders:
            return Outcome(workload, tuple(figures(measure(contenders, rounds, _warm_ups(workload, sizes)), workload.baseline)))
    except (BenchFailure, SandboxFailure) as failure:
        return Outcome(workload, failure=str(failure))


def _warm_ups(workload: Workload, sizes: Sizes) -> int:
    return sizes.warm_ups if workload.warm_ups is None else workload.warm_ups
