"""All attacks at once with innocent programs among them; and that what they could leave outside would be found."""

from __future__ import annotations

import itertools
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sandbox import crowd, traces
from sandbox.languages import LANGUAGES
from sandbox.probes import Probe, compiling, resources
from tests.sandbox.conftest import USUAL

if TYPE_CHECKING:
    from sandbox.containers import DockerSandbox

CORE = tuple(language.id for language in LANGUAGES.values() if language.image == "core")


def loudest() -> list[Probe]:
    """Of the attacks that take what others need, one for each known kind; the self-test runs all."""
    by_threat = {probe.threats[0]: probe for probe in reversed(resources.PROBES)}
    return [*by_threat.values(), *compiling.PROBES[:2]]


@pytest.mark.docker
@pytest.mark.timeout(600)
def test_no_innocent_program_suffers_and_nothing_is_left(sandbox: DockerSandbox) -> None:
    results = list(crowd.run_crowd(sandbox, CORE, sandbox.leftovers, loudest()))
    assert [(result.probe.name, result.wrong) for result in results if not result.ok] == []
    answers = [result for result in results if result.probe.name == "in the crowd: answers"]
    assert len(answers) == 15
    assert len(results) == len(loudest()) + crowd.INNOCENTS + 1 > 40


@pytest.mark.docker
def test_a_box_that_is_still_there_is_found_outside(sandbox: DockerSandbox) -> None:
    with sandbox.box(LANGUAGES["python3"], USUAL.memory_kib) as box:
        container = box.container.id
        found = traces.of_containers([container])
        assert any(line.startswith("process") for line in found)
        assert any(line.startswith("control group") for line in found)
    assert traces.after_a_while(lambda: traces.of_containers([container])) == []


def test_a_file_of_a_programs_user_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traces, "SHARED_PLACES", (str(tmp_path), str(tmp_path / "not there")))
    monkeypatch.setattr(traces, "_is_a_programs", lambda uid: uid == os.getuid())
    (tmp_path / "planted").touch()
    assert str(tmp_path / "planted") in traces.owned_by_programs()


def test_what_goes_away_by_itself_is_waited_for() -> None:
    looks = iter([["a process"], ["a process"], []])
    assert traces.after_a_while(lambda: next(looks)) == []
    assert traces.after_a_while(lambda: ["a mount"], patience_s=0) == ["a mount"]


def test_innocents_are_spread_evenly_over_the_attacks() -> None:
    attacks = [Probe(f"attack {number}", "c", "") for number in range(10)]
    row = crowd.mixed(attacks, crowd.innocents(CORE, 5))
    names = [probe.name.split()[0] for probe in row]
    assert len(row) == 15
    assert [probe for probe in row if probe in attacks] == attacks
    places = [place for place, name in enumerate(names) if name != "attack"]
    assert all(later - earlier <= 4 for earlier, later in itertools.pairwise([-1, *places, len(names)]))


def test_innocents_are_right_wrong_and_broken() -> None:
    found = [probe.name for probe in crowd.innocents(CORE)]
    assert (len(found), found.count("answers")) == (crowd.INNOCENTS, 15)
    assert {"crashes", "does not compile"} < set(found)
