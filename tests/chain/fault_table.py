"""What was seen of a submission that met a fault, and the table of all of them in `docs/fault-matrix.md`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from lone_worker import LoneWorker

from assessor.judging.leases import WorkState

TABLE = Path(__file__).parents[2] / "docs" / "fault-matrix.md"
COLUMNS = """| step | fault | verdict | points | recorded | tries | counted | left | the operator sees |
|---|---|---|---|---|---|---|---|---|
"""
SHOWN = (
    "took work back from silent workers",
    "worker failed",
    "sandbox failed",
    "sandbox.no_boxes",
    "sandbox.well_again",
    "work stands still",
    "worker ends because work stood still",
    "given back at the end",
    "the clock was set",
    "sandbox.not_all_removed",
    "sandbox.not_destroyed",
)


@dataclass(frozen=True, slots=True)
class Case:
    """One line of the matrix. `either` names columns, or the words in the last one, that may turn out either way; `told` is what
    the test itself has seen that the operator is told."""

    step: str
    fault: str
    either: tuple[str, ...] = ()
    told: str = ""

    def __str__(self) -> str:
        return f"{self.fault} at {self.step}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it."""

    verdict: str
    points: float | None
    recorded: int
    nought: int
    tries: int
    counted: int
    left: int
    seen: tuple[str, ...]
    words: tuple[str, ...]

    def line(self, case: Case) -> str:
        tries = "–" if "tries" in case.either else str(self.tries)
        counted = "–" if "counted" in case.either else str(self.counted)
        points = "open" if self.points is None else f"{self.points:g}"
        words = () if "words" in case.either else self.words
        told = (*self.seen, *words, *([case.told] if case.told else []))
        seen = "–" if "seen" in case.either else "; ".join(told) or "nothing"
        cells = (case.step, case.fault, self.verdict, points, self.recorded, tries, counted, self.left, seen)
        return "| " + " | ".join(str(cell) for cell in cells) + " |"


def outcome_of(worker: LoneWorker, row_id: str, left: int) -> Outcome:
    row = worker.row(row_id)
    history = worker.history(row_id)
    said = dict.fromkeys(words for words in history if words not in ("graded", "nought"))
    happened = {str(event["event"]).partition(" error=")[0].partition(" after=")[0] for event in worker.events()}
    events = [event for event in SHOWN if any(one.startswith(event) for one in happened)]
    return Outcome(
        verdict=str(row.verdict) if row.state is WorkState.GRADED else str(row.state),
        points=row.score,
        recorded=history.count("graded"),
        nought=history.count("nought"),
        tries=row.tries,
        counted=row.failures,
        left=left,
        seen=tuple(events),
        words=tuple(f"“{re.sub(r'[0-9]+ seconds', '… seconds', words)}”" for words in said),
    )


def check_table(title: str, outcomes: dict[Case, Outcome]) -> None:
    """Compare with the table below the title in the document, and write that anew where it says something else."""
    seen = COLUMNS + "\n".join(outcome.line(case) for case, outcome in outcomes.items()) + "\n"
    text = TABLE.read_text()
    head, title_line, rest = text.partition(f"## {title}\n")
    assert title_line, f"{TABLE} has no part “{title}”"
    after = rest[rest.index("\n## ") :] if "\n## " in rest else ""
    said = f"{head}{title_line}\n{seen}{after}"
    if said != text:
        TABLE.write_text(said)
        pytest.fail(f"{TABLE.name} said something else and was written anew: look at it, and commit it if it is right")
