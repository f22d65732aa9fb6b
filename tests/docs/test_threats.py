"""Every known attack has a proof, and every proof is there: docs/threats.md against the probes and the tests."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from sandbox.probes import Probe
from sandbox.selftest import hostile_probes, ordinary_probes

ROOT = Path(__file__).parents[2]
KNOWN = range(1, 77)


@dataclass(frozen=True, slots=True)
class Threat:
    number: int
    proofs: tuple[str, ...]


def threats() -> list[Threat]:
    rows = re.findall(r"^\| (\d+) \|[^|]*\|[^|]*\|([^|]*)\|$", (ROOT / "docs" / "threats.md").read_text(), re.MULTILINE)
    return [Threat(int(number), tuple(re.findall(r"probe\b(?!s)|tests/[\w/]+\.py::\w+", proofs))) for number, proofs in rows]


def probed() -> set[int]:
    return {number for probe in (*hostile_probes(), *ordinary_probes()) for number in probe.threats}


def test_the_list_is_whole() -> None:
    assert [threat.number for threat in threats()] == list(KNOWN)


@pytest.mark.parametrize("threat", threats(), ids=lambda threat: str(threat.number))
def test_a_known_attack_has_a_proof_that_is_there(threat: Threat) -> None:
    assert threat.proofs
    for proof in threat.proofs:
        if proof == "probe":
            assert threat.number in probed()
        else:
            path, name = proof.split("::")
            tree = ast.parse((ROOT / path).read_text())
            assert any(isinstance(node, ast.FunctionDef) and node.name == name for node in tree.body), proof


def test_what_is_probed_says_so() -> None:
    assert {threat.number for threat in threats() if "probe" in threat.proofs} == probed()


def test_probes_that_end_otherwise_with_another_runtime_are_there() -> None:
    section = (ROOT / "docs/security.md").read_text().partition("### What differs with which runtime")[2].partition("###")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| *")]
    named = {name for row in rows for name in re.findall(r"\*(.+?)\*", row)}
    assert named
    assert named <= {probe.name for probe in (*hostile_probes(), *ordinary_probes())}


def test_no_two_probes_of_a_language_have_the_same_name() -> None:
    def name(probe: Probe) -> tuple[str, str]:
        return probe.language, probe.name

    names = [name(probe) for probe in (*hostile_probes(), *ordinary_probes())]
    assert len(names) == len(set(names))
