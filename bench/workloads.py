"""The table of workloads: what each measures, against what, and the target."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.baselines import Bare, OnHost, bubble, docker_run_seconds, jail
from bench.claiming import Claims
from bench.crowd import EMPTY, SAVE, Crowd
from bench.dmoj import NAMES, Dmoj, installed
from bench.idling import idle_memory_mib
from bench.measuring import BenchFailure, Better, Contender
from bench.programs import Submission, spinning, tiny
from bench.sandboxed import judge, judge_many, settle
from bench.serving import served
from bench.steadying import cases, spreads
from sandbox import images
from sandbox.artefacts import ArtefactStore
from sandbox.containers import DockerSandbox

BARE, HOST, DOCKER_RUN, OURS = "bare", "bare on this machine", "docker run", "sandbox"
JUDGE = "DMOJ"
WITHIN = {"bwrap": bubble, "nsjail": jail}
"""What a test's command may be put into, by the program that must be installed for it."""
PAGE, BEYOND = "page", "page, beyond bare"
SLOTS = 2
KEPT_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of everything: the usual, or less for a quick look."""

    tests: int = 20
    spinning_tests: int = 10
    millions_of_rounds: int = 100
    submissions: int = 12
    steady_times: int = 50
    warm_ups: int = 1
    candidates: int = 200
    seconds_of_work: int = 300


TINY = Sizes(
    candidates=3, seconds_of_work=6, tests=2, spinning_tests=1, millions_of_rounds=1, submissions=2, steady_times=2, warm_ups=0
)

Opened = contextlib.AbstractContextManager[Sequence[Contender]]


@dataclass(frozen=True, slots=True)
class Workload:
    """One table of the benchmark. `figure` is the name the target is about: its ratio to the baseline, or its value in `unit`."""

    name: str
    measures: str
    unit: str
    open: Callable[[DockerSandbox, Sizes], Opened]
    figure: str = OURS
    baseline: str | None = BARE
    target: float | None = None
    better: Better = Better.LOWER
    rounds: int = 15
    warm_ups: int | None = None


def milliseconds(seconds: float) -> float:
    return seconds * 1000


@contextlib.contextmanager
def _opened(
    sandbox: DockerSandbox, submission: Submission, measure: Callable[[], Mapping[str, float]], *, with_compiler: bool = False
) -> Iterator[Sequence[Contender]]:
    """Bare and ours, and where they can be had `docker run`, the machine's own bare programs and another judge."""
    language = submission.language
    sandbox.warm_up((language.id,))
    with contextlib.ExitStack() as stack:
        bare = stack.enter_context(Bare(images.tag(language.image)))
        bare.prepare(submission)
        settle(sandbox, language, SLOTS)
        contenders = [
            Contender(lambda: {BARE: milliseconds(bare.seconds(submission, with_compiler=with_compiler))}),
            Contender(measure, lambda: settle(sandbox, language, SLOTS)),
        ]
        if with_compiler or not submission.is_compiled:
            contenders.append(
                Contender(lambda: {DOCKER_RUN: milliseconds(docker_run_seconds(submission, with_compiler=with_compiler))})
            )
        host = stack.enter_context(OnHost())
        if not with_compiler:
            contenders += on_this_machine(host, submission)
            contenders += _from_elsewhere(stack, submission)
        yield contenders


def on_this_machine(host: OnHost, submission: Submission) -> Iterator[Contender]:
    """The machine's own bare programs, alone and within others; one without the language's tools or these is no failure."""
    with contextlib.suppress(BenchFailure):
        host.prepare(submission)
        yield Contender(lambda: {HOST: milliseconds(host.seconds(submission))})
    for program, within in WITHIN.items():
        if shutil.which(program):
            with contextlib.suppress(BenchFailure):
                host.seconds(submission, within=within)
                yield Contender(partial(_within, host, submission, program))


def _within(host: OnHost, submission: Submission, program: str) -> dict[str, float]:
    return {f"{program} on this machine": milliseconds(host.seconds(submission, within=WITHIN[program]))}


def _from_elsewhere(stack: contextlib.ExitStack, submission: Submission) -> Iterator[Contender]:
    """DMOJ's judge, where it is installed and this is a language that it is measured in."""
    home = installed()
    if home and submission.language.id in NAMES:
        dmoj = stack.enter_context(Dmoj(home, submission))
        name = f"{JUDGE}, tests" if submission.is_compiled else JUDGE
        yield Contender(lambda: {name: milliseconds(dmoj.seconds())})


def _staged(sandbox: DockerSandbox, submission: Submission) -> dict[str, float]:
    seconds = judge(sandbox, submission)
    stages = {f"{OURS}, {stage}": milliseconds(seconds[stage]) for stage in seconds if stage != "total"}
    return {OURS: milliseconds(seconds["total"]), **stages}


def _tiny_tests(language_id: str) -> Callable[[DockerSandbox, Sizes], Opened]:
    def opened(sandbox: DockerSandbox, sizes: Sizes) -> Opened:
        submission = tiny(language_id, sizes.tests)
        return _opened(sandbox, submission, lambda: _staged(sandbox, submission))

    return opened


def _compiled(sandbox: DockerSandbox, sizes: Sizes) -> Opened:
    submission = tiny("cpp", sizes.tests)
    return _opened(sandbox, submission, lambda: _staged(sandbox, submission), with_compiler=True)


@contextlib.contextmanager
def _compiled_before(sandbox: DockerSandbox, sizes: Sizes) -> Iterator[Sequence[Contender]]:
    """As when a submission is judged again: the first round, which does not count, has kept the program."""
    with tempfile.TemporaryDirectory(prefix="assessor-bench-") as folder, _compiled(sandbox, sizes) as contenders:
        sandbox.artefacts = ArtefactStore(Path(folder), KEPT_BYTES)
        try:
            judge(sandbox, tiny("cpp", sizes.tests))
            yield contenders
        finally:
            sandbox.artefacts = None


def _spinning(sandbox: DockerSandbox, sizes: Sizes) -> Opened:
    submission = spinning(sizes.spinning_tests, sizes.millions_of_rounds)
    return _opened(sandbox, submission, lambda: _staged(sandbox, submission))


@contextlib.contextmanager
def _claimed(sandbox: DockerSandbox, _sizes: Sizes) -> Iterator[Sequence[Contender]]:
    submission = tiny("python3", 1)
    with tempfile.TemporaryDirectory(prefix="assessor-bench-") as folder:
        claims = Claims(Path(folder), submission, sandbox)
        with (
            contextlib.closing(claims),
            _opened(sandbox, submission, lambda: {OURS: milliseconds(claims.seconds())}) as contenders,
        ):
            yield contenders


@contextlib.contextmanager
def _served(sandbox: DockerSandbox, _sizes: Sizes) -> Iterator[Sequence[Contender]]:
    """Beside the bare program at the same moment, for the target is a difference."""
    submission = tiny("python3", 1)
    with (
        tempfile.TemporaryDirectory(prefix="assessor-bench-") as folder,
        Bare(images.tag(submission.language.image)) as bare,
        served(Path(folder), submission, sandbox.runtime) as service,
    ):
        bare.prepare(submission)
        service.seconds()  # the worker begins to keep boxes for this language

        def measure() -> dict[str, float]:
            alone, page = milliseconds(bare.seconds(submission)), milliseconds(service.seconds())
            return {BARE: alone, PAGE: page, BEYOND: page - alone}

        service.settle(SLOTS)
        yield [Contender(measure, lambda: service.settle(SLOTS))]


@contextlib.contextmanager
def _saturated(sandbox: DockerSandbox, sizes: Sizes) -> Iterator[Sequence[Contender]]:
    submission = tiny("python3", sizes.tests)
    sandbox.warm_up((submission.language.id,))
    with Bare(images.tag(submission.language.image)) as bare:
        bare.prepare(submission)
        yield [
            Contender(lambda: {BARE: sizes.submissions / bare.seconds(submission, times=sizes.submissions, slots=SLOTS)}),
            Contender(
                lambda: {OURS: sizes.submissions / judge_many(sandbox, submission, sizes.submissions, SLOTS)},
                lambda: settle(sandbox, submission.language, SLOTS),
            ),
        ]


@contextlib.contextmanager
def _crowded(sandbox: DockerSandbox, sizes: Sizes) -> Iterator[Sequence[Contender]]:
    with tempfile.TemporaryDirectory(prefix="assessor-bench-") as folder:
        crowd = Crowd(Path(folder), tiny("python3", 3), sandbox.runtime, sizes.candidates)
        with contextlib.closing(crowd):
            yield [Contender(lambda: crowd.figures(sizes.seconds_of_work))]


@contextlib.contextmanager
def _dry(_sandbox: DockerSandbox, sizes: Sizes) -> Iterator[Sequence[Contender]]:
    """A sandbox of its own that keeps nothing warm."""
    submission = tiny("python3", sizes.tests)
    with DockerSandbox(warm_boxes=0, owner=f"{_sandbox.owner}-dry", runtime=_sandbox.runtime) as dry:

        def measure() -> dict[str, float]:
            figures = _staged(dry, submission)
            settle(dry, submission.language, 0)
            return figures

        with _opened(_sandbox, submission, measure) as contenders:
            yield contenders


@contextlib.contextmanager
def _steady(sandbox: DockerSandbox, sizes: Sizes) -> Iterator[Sequence[Contender]]:
    sandbox.warm_up(("python3",))
    chosen = cases(sandbox, sizes.millions_of_rounds)
    yield [Contender(lambda: spreads(sandbox, chosen, sizes.steady_times, SLOTS))]


@contextlib.contextmanager
def _idle(sandbox: DockerSandbox, _sizes: Sizes) -> Iterator[Sequence[Contender]]:
    language = tiny("python3", 1).language
    sandbox.warm_up((language.id,))
    settle(sandbox, language, SLOTS)
    yield [Contender(lambda: idle_memory_mib(sandbox.owner))]


WORKLOADS = {
    workload.name: workload
    for workload in (
        Workload("python", "20 tiny Python tests in one submission", "ms", _tiny_tests("python3"), target=0.9),
        Workload("cpp", "20 tiny C++ tests, without compiling", "ms", _tiny_tests("cpp"), figure=f"{OURS}, tests", target=1.0),
        Workload("cpp-compile", "20 tiny C++ tests, with compiling", "ms", _compiled),
        Workload("cpp-again", "20 tiny C++ tests, of a source that was compiled before", "ms", _compiled_before),
        Workload("compute", "10 C++ tests of about 200 ms that only compute", "ms", _spinning, figure=f"{OURS}, tests", rounds=7),
        Workload("claim", "one trivial Python test, from the worker's claim to the recorded verdict", "ms", _claimed, target=1.2),
        Workload(
            *("http", "one trivial Python test, from the page's request to the verdict in its stream", "ms", _served),
            figure=BEYOND,
            baseline=None,
            target=60.0,
        ),
        Workload("java", "20 tiny Java tests", "ms", _tiny_tests("java"), figure=f"{OURS}, tests", target=0.9, rounds=5),
        Workload("javascript", "20 tiny JavaScript tests", "ms", _tiny_tests("javascript"), target=0.9, rounds=7),
        Workload(
            *("saturation", "submissions of 20 tiny Python tests a second, in 2 slots", "1/s", _saturated),
            target=0.85,
            better=Better.HIGHER,
            rounds=7,
        ),
        Workload("dry", "20 tiny Python tests when no box is warm", "ms", _dry, rounds=7),
        Workload(
            *(
                "steady",
                "the same verdict 50 times in 2 slots; p95 of CPU time in percent of p5",
                "%",
                _steady,
            ),
            figure="half the limit",
            baseline=None,
            target=110.0,
            rounds=1,
            warm_ups=0,
        ),
        Workload(
            *("crowd", "200 candidates who type and hand in for five minutes; no save may be lost", "ms", _crowded),
            figure=SAVE,
            baseline=EMPTY,
            rounds=1,
            warm_ups=0,
        ),
        Workload("memory", "memory of a warm box that waits", "MiB", _idle, figure="box", baseline=None, target=10.0, rounds=3),
    )
}
