"""What the sandbox's tests share: a program run once, in a box of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from sandbox.languages import LANGUAGES, Language
from sandbox.spec import Limits, RunOutcome, RunSpec, SourceFile

if TYPE_CHECKING:
    from sandbox.containers import DockerSandbox

COMPILE = Limits(cpu_ms=15_000, wall_ms=30_000, memory_kib=2048 * 1024, output_kib=64)
USUAL = Limits(cpu_ms=2000, wall_ms=6000, memory_kib=128 * 1024, output_kib=1024)

Run = Callable[..., list[RunOutcome]]


@pytest.fixture
def run(sandbox: DockerSandbox) -> Run:
    """Run a program in a new box, once for every given input: `run("python3", "print(input())", b"1", b"2")`."""

    def run(language: str | Language, source: str, *stdins: bytes, limits: Limits = USUAL) -> list[RunOutcome]:
        known = LANGUAGES[language] if isinstance(language, str) else language
        with sandbox.box(known, limits.memory_kib) as box:
            compiled = box.compile((SourceFile(known.source_name, source.encode()),), COMPILE)
            assert compiled.ok, compiled.output
            return list(box.run(RunSpec(stdin, limits) for stdin in stdins or (b"",)))

    return run
