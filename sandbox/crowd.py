"""Every attack at once, with innocent programs among them: no innocent one may get another result than alone.

Plan: attacks and innocents are put into one row, evenly mixed; several hands take from it, each with a box of its own from
the same pool; when the row is empty, the machine must hold nothing of any of these boxes.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import cycle, islice

from sandbox import traces
from sandbox.container import BoxContainer
from sandbox.language import Language
from sandbox.probes import Probe, endings, limits
from sandbox.selftest import SANDBOX_FAILED, ProbeResult, hostile_probes, run_probe
from sandbox.spec import Box, Sandbox

INNOCENTS = 20
IN_THE_CROWD = "in the crowd: "
PATIENT = limits(cpu_ms=10_000, wall_ms=30_000)
"""For innocents that have an answer: that they are slow beside so many others is not the question."""


def hands() -> int:
    """How many programs are judged at once: more than there are processors, so that they meet; many only wait."""
    return max(4, 2 * (os.cpu_count() or 1))


def innocents(languages: Collection[str], number: int = INNOCENTS) -> list[Probe]:
    """Programs that are right, crash or do not compile: each must come to just that."""
    known = [probe for probe in endings.probes() if probe.language in languages]
    answers = [replace(probe, limits=PATIENT) for probe in known if probe.name == "answers"]
    others = [probe for probe in known if probe.name in ("crashes", "does not compile")]
    return [*islice(cycle(answers), number - number // 4), *islice(cycle(others), number // 4)]


def mixed(attacks: list[Probe], among: list[Probe]) -> list[Probe]:
    """One row of all, the second evenly among the first."""
    places = {(number + 0.5) * len(attacks) / max(1, len(among)): probe for number, probe in enumerate(among)}
    row: list[tuple[float, Probe]] = [*enumerate(attacks), *places.items()]
    return [probe for _, probe in sorted(row, key=lambda placed: placed[0])]


def run_crowd(
    sandbox: Sandbox, languages: Iterable[str], leftovers: Callable[[], list[str]], attacks: Iterable[Probe] | None = None
) -> Iterator[ProbeResult]:
    """The results of all attacks, or these, and of the innocents; at last whether anything is left. The module has the plan."""
    wanted = set(languages)
    there_before = traces.owned_by_programs()
    remembering = _Remembering(sandbox)
    among = innocents(wanted)
    hostile = [probe for probe in (hostile_probes() if attacks is None else attacks) if probe.language in wanted]

    def run(probe: Probe) -> ProbeResult:
        result = run_probe(remembering, probe)
        return result if probe in among else _survived(result)

    with ThreadPoolExecutor(hands()) as pool:
        for result in pool.map(run, mixed(hostile, among)):
            yield replace(result, probe=replace(result.probe, name=IN_THE_CROWD + result.probe.name))
    left = traces.after_a_while(
        lambda: [*traces.of_containers(remembering.containers), *(traces.owned_by_programs() - there_before)]
    )
    left += [f"container {container}" for container in leftovers()]
    yield ProbeResult(Probe("nothing of the crowd is left", "python3", ""), f"left behind: {', '.join(left)}" if left else "")


def _survived(result: ProbeResult) -> ProbeResult:
    """How an attack ends beside so many others is not the question, it was asked when it was alone; only that the judge lives."""
    return result if result.wrong.startswith(SANDBOX_FAILED) else replace(result, wrong="")


class _Remembering:
    """A sandbox that knows afterwards which containers it has handed out."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self.containers: list[str] = []

    @contextlib.contextmanager
    def box(self, language: Language, memory_kib: int) -> Iterator[Box]:
        with self._sandbox.box(language, memory_kib) as box:
            container = getattr(box, "container", None)
            if isinstance(container, BoxContainer):
                self.containers.append(container.id)
            yield box
