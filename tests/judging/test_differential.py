"""The same random programs as bare processes, in the sandbox as new processes, and in the sandbox preloaded: nobody differs."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from random_programs import Block, many, programs

from assessor.judging.limits import JudgeLimits, wall_ms_for
from assessor.judging.outcomes import run_result
from assessor.judging.verdicts import Verdict
from sandbox import images
from sandbox.languages import LANGUAGES
from sandbox.ordering import ENVIRONMENT
from sandbox.spec import RunSpec, SourceFile

if TYPE_CHECKING:
    from sandbox.containers import DockerSandbox

pytestmark = pytest.mark.docker

PYTHON = LANGUAGES["python3"]
PROGRAMS_AT_ONCE = 12
INPUTS = ("", "5\nsecond line\n\nåäö\n")
EXAMPLES = 12
NO_MORE_AFTER_S = 45
ADDRESS = re.compile(r"0x[0-9a-f]{6,}")

BARE = """\
import json, os, subprocess, sys

os.makedirs("/box/source", exist_ok=True)
environment = json.loads(sys.argv[1])
for line in sys.stdin:
    order = json.loads(line)
    with open("/box/source/main.py", "w", encoding="utf-8") as file:
        file.write(order["source"])
    answers = []
    for given in order["inputs"]:
        command = ("/usr/bin/python3", "/box/source/main.py")
        done = subprocess.run(command, input=given.encode(), capture_output=True, env=environment)
        answers.append((done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")))
    print(json.dumps(answers), flush=True)
"""

Told = list[tuple[Verdict, int, str, str]]
"""Of each run: its verdict, its exit status (or minus the signal), and what it printed, but for addresses in memory."""


class Bare:
    """The image's own interpreter without any sandbox around it."""

    def __init__(self) -> None:
        environment = dict(pair.split("=", 1) for pair in (*ENVIRONMENT, *PYTHON.environment))
        command = ("docker", "run", "--rm", "-i", "--network", "none", "--entrypoint", "/usr/bin/python3")
        self._process = subprocess.Popen(
            (*command, images.tag(PYTHON.image), "-c", BARE, json.dumps(environment)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def told(self, source: str, inputs: list[str]) -> Told:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"source": source, "inputs": inputs}) + "\n")
        self._process.stdin.flush()
        answers = json.loads(self._process.stdout.readline())
        return [(Verdict.RTE if code else Verdict.AC, code, cleaned(out), cleaned(err)) for code, out, err in answers]

    def close(self) -> None:
        self._process.communicate()


def cleaned(text: str) -> str:
    return ADDRESS.sub("0x", text)


def sandboxed(sandbox: DockerSandbox, source: str, inputs: list[str], limits: JudgeLimits) -> Told:
    compiling, running = limits.of_compile(), limits.of_run()
    with sandbox.box(PYTHON, running.memory_kib) as box:
        compiled = box.compile((SourceFile("main.py", source.encode()),), compiling)
        assert compiled.ok, compiled.output
        told: Told = []
        for given, outcome in zip(inputs, box.run(RunSpec(text.encode(), running) for text in inputs), strict=True):
            number = -signal.Signals[outcome.signal] if outcome.signal else outcome.exit_code
            assert number is not None
            said = [cleaned(stream.decode("utf-8", "replace")) for stream in (outcome.stdout, outcome.stderr)]
            told.append((run_result(given, outcome, limits).verdict, number, said[0], said[1]))
        assert box.preloaded == (len(inputs) + 1 if sandbox.preloading else 0)
    return told


LIMITS = JudgeLimits(
    time_ms=10_000,
    wall_ms=wall_ms_for(10_000),
    memory_kib=256 * 1024,
    output_kib=1024,
    code_kib=1024,
    compile_time_ms=20_000,
    compile_memory_kib=512 * 1024,
)


@pytest.fixture(scope="module")
def plain(worker_id: str) -> Iterator[DockerSandbox]:
    """A sandbox in which every run is a new process."""
    from sandbox.containers import DockerSandbox

    with DockerSandbox(warm_boxes=1, owner=f"tests-differential-{worker_id}", preloading=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def bare() -> Iterator[Bare]:
    opened = Bare()
    yield opened
    opened.close()


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
def test_random_programs_do_the_same_everywhere(sandbox: DockerSandbox, plain: DockerSandbox, bare: Bare) -> None:
    """Bounded by the clock too: on a busy machine fewer programs are tried, always the same ones first."""
    until = time.monotonic() + NO_MORE_AFTER_S
    tried: list[Verdict] = []

    @settings(
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=EXAMPLES,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(programs(), min_size=PROGRAMS_AT_ONCE, max_size=PROGRAMS_AT_ONCE))
    def compare(parts: list[Block]) -> None:
        if time.monotonic() > until:
            return
        source = many(parts)
        inputs = [f"{number}\n{text}" for number in range(len(parts)) for text in INPUTS]
        expected = bare.told(source, inputs)
        for who in (plain, sandbox):
            found = sandboxed(who, source, inputs, LIMITS)
            differing = [(parts[i // 2], expected[i], found[i]) for i in range(len(inputs)) if expected[i] != found[i]]
            assert not differing, differing[0]
        tried.extend(verdict for verdict, *_ in expected)

    compare()
    assert len(tried) >= 2 * PROGRAMS_AT_ONCE
    assert {Verdict.AC, Verdict.RTE} <= set(tried)
