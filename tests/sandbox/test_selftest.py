"""Every probe of the self-test, one test each: all languages, all endings, all attacks; then that nothing is left."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from sandbox.languages import LANGUAGES, Language
from sandbox.probes import Probe
from sandbox.probes.endings import reference_probe
from sandbox.selftest import hostile_probes, ordinary_probes, run_probe, selftest
from sandbox.spec import Ending

if TYPE_CHECKING:
    from sandbox.containers import DockerSandbox


def name(probe: Probe) -> str:
    return f"{probe.language}: {probe.name}"


@pytest.mark.docker
@pytest.mark.parametrize("probe", ordinary_probes(), ids=name)
def test_a_program_ends_as_it_must(sandbox: DockerSandbox, needs_image: Callable[[Language], None], probe: Probe) -> None:
    needs_image(LANGUAGES[probe.language])
    assert run_probe(sandbox, probe).wrong == ""


@pytest.mark.docker
@pytest.mark.parametrize("probe", hostile_probes(), ids=name)
def test_an_attack_comes_to_nothing_and_the_next_program_notices_nothing(
    sandbox: DockerSandbox, needs_image: Callable[[Language], None], probe: Probe
) -> None:
    needs_image(LANGUAGES[probe.language])
    assert run_probe(sandbox, probe).wrong == ""
    assert run_probe(sandbox, reference_probe("python3")).wrong == ""


@pytest.mark.docker
def test_the_selftest_tells_what_is_left_over(sandbox: DockerSandbox) -> None:
    results = list(selftest(sandbox, lambda: ["a container"], ("sql",), hostile=False))
    assert [result.wrong for result in results if not result.ok] == ["left behind: a container"]
    assert len(results) == 7


@pytest.mark.docker
@pytest.mark.parametrize(
    "changes",
    [
        {"source": "print(43)"},
        {"source": "raise SystemExit(1)"},
        {"endings": frozenset({Ending.MEMORY_LIMIT})},
        {"compiles": False},
        {"source": "def f(:"},
    ],
    ids=str,
)
def test_the_selftest_finds_what_is_wrong(sandbox: DockerSandbox, changes: dict[str, object]) -> None:
    probe = dataclasses.replace(reference_probe("python3"), **changes)  # type: ignore[arg-type]
    assert run_probe(sandbox, probe).wrong != ""
