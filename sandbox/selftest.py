"""Proves the sandbox on this machine: every language, every way to end, every known attack, and that nothing is left of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from sandbox import protocol
from sandbox.languages import LANGUAGES
from sandbox.probes import Probe, compiling, endings, escapes, integrity, naming, resources, walls
from sandbox.probes.endings import reference_probe
from sandbox.spec import Box, CompileOutcome, Limits, RunOutcome, RunSpec, Sandbox, SandboxFailure, SourceFile

OVERSHOOT_MS = 1000
SANDBOX_FAILED = "the sandbox failed"
COMPILE_LIMITS = Limits(cpu_ms=15_000, wall_ms=30_000, memory_kib=2048 * 1024, output_kib=64)


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """`wrong` is empty when everything was as it must be, else a sentence. Times in milliseconds, memory in KiB."""

    probe: Probe
    wrong: str
    cpu_ms: int = 0
    wall_ms: int = 0
    memory_kib: int = 0

    @property
    def ok(self) -> bool:
        return not self.wrong

    def as_document(self) -> dict[str, object]:
        """For JSON."""
        return {
            "name": self.probe.name,
            "language": self.probe.language,
            "threats": list(self.probe.threats),
            "ok": self.ok,
            "wrong": self.wrong,
            "cpu_ms": self.cpu_ms,
            "wall_ms": self.wall_ms,
            "memory_kib": self.memory_kib,
        }


def ordinary_probes() -> list[Probe]:
    return endings.probes()


def hostile_probes() -> list[Probe]:
    return [*resources.PROBES, *compiling.PROBES, *naming.PROBES, *escapes.PROBES, *walls.PROBES, *integrity.PROBES]


def selftest(
    sandbox: Sandbox, leftovers: Callable[[], list[str]], languages: Iterable[str] = tuple(LANGUAGES), *, hostile: bool = True
) -> Iterator[ProbeResult]:
    """Run the probes of these languages and, after each attack, an innocent program that must not notice anything.

    `leftovers` names what exists outside that should not, once everything is over.
    """
    wanted = set(languages)
    for probe in ordinary_probes():
        if probe.language in wanted:
            yield run_probe(sandbox, probe)
    innocent = reference_probe("python3")
    for probe in hostile_probes() if hostile else []:
        if probe.language in wanted:
            result = run_probe(sandbox, probe)
            after = run_probe(sandbox, innocent)
            yield result if after.ok else ProbeResult(probe, f"{result.wrong} the next program: {after.wrong}".strip())
    left = leftovers()
    nothing = Probe("nothing is left", "python3", "")
    yield ProbeResult(nothing, f"left behind: {', '.join(left)}" if left else "")


def run_probe(sandbox: Sandbox, probe: Probe) -> ProbeResult:
    """One probe in a box of its own."""
    language = LANGUAGES[probe.language]
    if probe.compiler:
        language = replace(language, compile=probe.compiler)
    content = probe.source if isinstance(probe.source, bytes) else probe.source.encode()
    try:
        with sandbox.box(language, probe.limits.memory_kib) as box:
            compiled = box.compile((SourceFile(probe.path or language.source_name, content),), COMPILE_LIMITS)
            return _judge(probe, compiled, _run(box, probe) if compiled.ok else [])
    except SandboxFailure as failure:
        return ProbeResult(probe, f"{SANDBOX_FAILED}: {failure}")


def _run(box: Box, probe: Probe) -> list[RunOutcome]:
    return list(box.run(RunSpec(probe.stdin, probe.limits, args) for args in probe.runs))


def _judge(probe: Probe, compiled: CompileOutcome, outcomes: list[RunOutcome]) -> ProbeResult:
    wrong = _compile_complaint(probe, compiled) or "; ".join(filter(None, (_complaint(probe, outcome) for outcome in outcomes)))
    last = outcomes[-1] if outcomes else compiled
    return ProbeResult(probe, wrong, last.cpu_ms, last.wall_ms, last.memory_kib)


def _compile_complaint(probe: Probe, compiled: CompileOutcome) -> str:
    if probe.compiles is not None and compiled.ok is not probe.compiles:
        return f"{'compiled' if compiled.ok else 'did not compile'} ({compiled.ending}): {compiled.output[:300]}"
    if len(compiled.output) > 64 << 10:
        return f"the compiler's output has {len(compiled.output)} characters"
    return ""


def _complaint(probe: Probe, outcome: RunOutcome) -> str:
    said = (outcome.stdout[:200] + outcome.stderr[:300]).decode("utf-8", "replace")
    if outcome.ending not in probe.endings:
        return f"ended by {outcome.ending} (exit {outcome.exit_code}, {outcome.signal}, {outcome.memory_kib} KiB): {said}"
    if probe.succeeds is not None and (outcome.exit_code == 0) is not probe.succeeds:
        return f"exit status {outcome.exit_code}, {outcome.signal}: {said}"
    if probe.stdout is not None and outcome.stdout != probe.stdout:
        return f"printed {outcome.stdout[:300]!r}, expected {probe.stdout[:100]!r}"
    if len(outcome.stdout) > probe.limits.output_kib * 1024 or len(outcome.stderr) > 64 << 10:
        return f"kept {len(outcome.stdout)} bytes of output and {len(outcome.stderr)} of errors"
    if outcome.wall_ms > probe.limits.wall_ms * protocol.WALL_STRETCH + OVERSHOOT_MS:
        return f"took {outcome.wall_ms} ms, more than its {probe.limits.wall_ms} ms allow"
    return ""
