"""`assessor bench`: how long judging takes, beside the same programs without a sandbox."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from assessor.cli.options import json_option
from assessor.errors import BadInput, Broken
from assessor.logs import start_logging
from assessor.settings import load_settings
from bench.markdown import as_markdown
from bench.measuring import BenchFailure
from bench.report import Outcome, as_document, as_table, machine
from bench.running import check_tools, run
from bench.weights import Part, as_documents, as_rows, weigh
from bench.workloads import SLOTS, TINY, WORKLOADS, Sizes
from sandbox.containers import DockerSandbox
from sandbox.spec import SandboxFailure

WEIGHTS = "weights"
WIDTH = 120
"""Of the tables, also where nobody watches."""


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--rounds", type=click.IntRange(1, 1000), help="Measured rounds of each workload, instead of its own number.")
@click.option("--quick", is_flag=True, help="Tiny sizes: shows that everything runs, not how fast.")
@click.option("--repeat", type=click.IntRange(1, 100), default=1, show_default=True, help="Do it all so many times.")
@click.option("--markdown", type=click.Path(dir_okay=False, path_type=Path), help="Write a table of all runs to this file.")
@json_option
def command(names: tuple[str, ...], rounds: int | None, quick: bool, repeat: int, markdown: Path | None, as_json: bool) -> None:
    """Measure how long judging takes, as ratios to the same programs without any sandbox.

    NAME is one workload or several; without it all of them are measured, which takes about ten minutes. A target that is
    missed is printed, and is no failure of the command. Needs the Docker Engine, its command and the sandbox images.
    The one word `weights` measures how many bytes a candidate's pages are instead. Needs Playwright and Chromium alone.
    """
    start_logging()
    logging.getLogger().setLevel(logging.WARNING)  # a line for each submission would bury the tables
    if names == (WEIGHTS,):
        _weigh(as_json)
        return
    unknown = [name for name in names if name not in WORKLOADS]
    if unknown:
        raise BadInput(f"there is no workload {unknown[0]!r}; there are {', '.join(WORKLOADS)}", field="name")
    host = machine()
    runs: list[list[Outcome]] = []
    loads = [os.getloadavg()[0]]
    try:
        check_tools()
        settings = load_settings()
        pinned = SLOTS if settings.pin_slots else 0
        with DockerSandbox(settings.runtime, SLOTS, f"bench-{os.getpid()}", pinned_slots=pinned) as sandbox:
            runtime = sandbox.runtime
            chosen = [WORKLOADS[name] for name in names or WORKLOADS]
            for _ in range(repeat):
                runs.append([])
                for outcome in run(sandbox, chosen, TINY if quick else Sizes(), rounds):
                    runs[-1].append(outcome)
                    _show(outcome, Console(stderr=as_json, width=WIDTH))
                loads.append(os.getloadavg()[0])
    except (SandboxFailure, BenchFailure) as failure:
        raise Broken(str(failure)) from failure
    if markdown is not None:
        markdown.write_text(as_markdown(runs, host, runtime, loads), encoding="utf-8")
    outcomes = [outcome for outcomes in runs for outcome in outcomes]
    document = as_document(outcomes, host, runtime, loads[-1])
    document["sizes"] = asdict(TINY if quick else Sizes())
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False))
    failed = [outcome for outcome in outcomes if outcome.failure]
    if failed:
        raise Broken("; ".join(f"{outcome.workload.name} was not measured: {outcome.failure}" for outcome in failed))


def _weigh(as_json: bool) -> None:
    try:
        weights = list(weigh())
    except BenchFailure as failure:
        raise Broken(str(failure)) from failure
    if as_json:
        click.echo(json.dumps({"weights": as_documents(weights)}))
        return
    table = Table(title="KB of a first visit, compressed", title_justify="left", box=None, pad_edge=False)
    for heading in ("page", "language"):
        table.add_column(heading, no_wrap=True)
    for heading in (*Part, "counted", "target"):
        table.add_column(heading, justify="right", no_wrap=True)
    for row in as_rows(weights):
        table.add_row(*row)
    Console(width=WIDTH).print(table)


def _show(outcome: Outcome, console: Console) -> None:
    workload = outcome.workload
    against = f"ratio to {workload.baseline}" if workload.baseline else "ratio"
    table = Table(title=f"{workload.name}: {workload.measures}", title_justify="left", box=None, pad_edge=False)
    table.add_column(workload.name, no_wrap=True)
    for heading in ("median (middle half)", against, "target"):
        table.add_column(heading, justify="right", no_wrap=True)
    for row in as_table(outcome):
        table.add_row(*row)
    console.print(table if not outcome.failure else f"{workload.name}: {outcome.failure}")
    console.print()
