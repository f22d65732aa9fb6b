"""The interpreter that is started beforehand: it serves, it survives, and nobody can tell the difference."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from sandbox import protocol
from sandbox.compiling import preload
from sandbox.languages import LANGUAGES
from sandbox.probes import compiling, endings, escapes, integrity, resources
from sandbox.spec import Ending, Limits, RunOutcome, RunSpec, SourceFile
from tests.sandbox.conftest import COMPILE, USUAL
from tests.sandbox.python_programs import BROKEN, PROGRAMS

if TYPE_CHECKING:
    from sandbox.boxes import SupervisedBox
    from sandbox.containers import DockerSandbox

pytestmark = pytest.mark.docker

PYTHON = LANGUAGES["python3"]
ADDRESS = re.compile(rb"0x[0-9a-f]{6,}")
AMPLE = Limits(cpu_ms=10_000, wall_ms=30_000, memory_kib=256 * 1024, output_kib=1024)
PROBES = [
    probe
    for probe in (*endings.probes(), *resources.PROBES, *compiling.PROBES, *escapes.PROBES, *integrity.PROBES)
    if probe.language == "python3"
]


@pytest.fixture(scope="module")
def plain(worker_id: str) -> Iterator[DockerSandbox]:
    """A sandbox in which every run is a new process."""
    from sandbox.containers import DockerSandbox

    with DockerSandbox(warm_boxes=1, owner=f"tests-plain-{worker_id}", preloading=False) as opened:
        yield opened


def files(source: str | bytes, name: str = "main.py") -> tuple[SourceFile, ...]:
    return (SourceFile(name, source.encode() if isinstance(source, str) else source),)


def run(box: SupervisedBox, *stdins: bytes, args: tuple[str, ...] = (), limits: Limits = USUAL) -> list[RunOutcome]:
    return list(box.run(RunSpec(stdin, limits, args) for stdin in stdins or (b"",)))


def behaviour(sandbox: DockerSandbox, source: str | bytes, *runs: RunSpec) -> list[object]:
    """All that can be told of a program from outside, but for addresses in memory."""
    with sandbox.box(PYTHON, runs[0].limits.memory_kib) as box:
        compiled = box.compile(files(source), COMPILE)
        told: list[object] = [(compiled.ok, compiled.output, compiled.ending)]
        for outcome in box.run(runs) if compiled.ok else ():
            text = tuple(ADDRESS.sub(b"0x", stream) for stream in (outcome.stdout, outcome.stderr))
            told.append((outcome.ending, outcome.exit_code, outcome.signal, *text))
        assert box.preloaded == (len(told) if sandbox.preloading else 0)
    return told


# --- the same, plain and preloaded


@pytest.mark.parametrize("name", [*PROGRAMS, *BROKEN])
def test_a_program_does_the_same(sandbox: DockerSandbox, plain: DockerSandbox, name: str) -> None:
    source = PROGRAMS.get(name) or BROKEN[name]
    twice = [RunSpec(b"one\ntwo\n", AMPLE)] * 2
    assert behaviour(sandbox, source, *twice) == behaviour(plain, source, *twice)


# A child that ends as its program goes on to: how many pages it had to copy for its end tells whether Python took itself apart.
ENDS = {
    "run through": "",
    "sys.exit": "sys.exit(0)",
    "exit": "exit()",
    "SystemExit": "raise SystemExit",
    "reading": "lines = open(0).readlines()",
    "imports": "import collections, functools, heapq, math, re\nclass A: pass\na = A()\na.a = a",
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_an_end_that_tells_nobody_is_short(sandbox: DockerSandbox, plain: DockerSandbox, end: str) -> None:
    source = f"import os, sys\npid = os.fork()\nif pid:\n    print(os.wait4(pid, 0)[2].ru_minflt)\n    sys.exit()\n{end}\n"
    kept = "class A:\n    def __del__(self): pass\na = A()\n"
    short, long = (int(pages_copied(sandbox, start + source)) for start in ("", kept))
    assert short < long - 150
    assert abs(long - int(pages_copied(plain, source))) < 300


def pages_copied(sandbox: DockerSandbox, source: str) -> bytes:
    with sandbox.box(PYTHON, AMPLE.memory_kib) as box:
        assert box.compile(files(source), COMPILE).ok
        (outcome,) = run(box, b"", limits=AMPLE)
    assert (outcome.exit_code, outcome.stderr) == (0, b"")
    return outcome.stdout


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.name)
def test_a_hostile_program_ends_as_it_must_when_it_is_not_preloaded_either(plain: DockerSandbox, probe: object) -> None:
    from sandbox.probes import Probe
    from sandbox.selftest import run_probe

    assert isinstance(probe, Probe)
    assert run_probe(plain, probe).wrong == ""


# --- who runs it


def test_the_check_runs_nothing_of_the_programs(sandbox: DockerSandbox, plain: DockerSandbox) -> None:
    """What a source's encoding is made of is imported when it is compiled. A program's own module of that name would have the
    compiler's time there, and could leave what it has found out for the runs."""
    shadows = ("_codecs_cn", "_codecs_jp", "_codecs_kr", "_codecs_tw", "_codecs_iso2022", "_multibytecodec", "codecs", "re")
    sources = files("import os\nprint(os.listdir('/box/program'))\n")
    for encoding in ("gb2312", "euc_jp", "euc_kr", "big5", "iso2022_jp"):
        sources += files(f"# coding: {encoding}\n", f"in_{encoding}.py")
    for name in shadows:
        sources += files(f"open('{name} ran', 'w').close()\n", f"{name}.py")
    for one in (sandbox, plain):
        with one.box(PYTHON, USUAL.memory_kib) as box:
            compiled = box.compile(sources, COMPILE)
            assert (compiled.ok, compiled.output) == (True, "")
            assert run(box)[0].stdout == b"[]\n"


def test_the_check_and_every_run_are_the_interpreters(sandbox: DockerSandbox) -> None:
    with sandbox.box(PYTHON, USUAL.memory_kib) as box:
        assert box.compile(files("print(input())"), COMPILE).ok
        assert [outcome.stdout for outcome in run(box, b"a", b"b", b"c")] == [b"a\n", b"b\n", b"c\n"]
        assert box.preloaded == 4


def test_a_file_of_another_name_has_an_interpreter_of_its_own(sandbox: DockerSandbox) -> None:
    with sandbox.box(PYTHON, USUAL.memory_kib) as box:
        assert box.compile(files("import sys\nprint(sys.argv, __file__)\n1 / 0", "my solution.py"), COMPILE).ok
        (outcome,) = run(box)
        assert outcome.stdout == b"['/box/source/my solution.py'] /box/source/my solution.py\n"
        assert b'File "/box/source/my solution.py", line 3, in <module>' in outcome.stderr
        assert box.preloaded == 2


def test_with_arguments_a_new_process_is_started(sandbox: DockerSandbox) -> None:
    with sandbox.box(PYTHON, USUAL.memory_kib) as box:
        assert box.compile(files("import sys\nprint(sys.argv[1:])"), COMPILE).ok
        assert run(box, args=("a b", ""))[0].stdout == b"['a b', '']\n"
        assert run(box)[0].stdout == b"[]\n"
        assert box.preloaded == 2


def test_modules_beside_the_program_come_before_the_librarys(sandbox: DockerSandbox) -> None:
    program = (
        SourceFile("main.py", b"import bisect, heapq, tools.sums\nprint(bisect.own, tools.sums.add(40, 2), heapq.own)\n"),
        SourceFile("bisect.py", b"own = 'bisect'\n"),
        SourceFile("heapq.py", b"own = 'heapq'\n"),
        SourceFile("tools/sums.py", b"def add(a, b): return a + b\n"),
    )
    with sandbox.box(PYTHON, USUAL.memory_kib) as box:
        assert box.compile(program, COMPILE).ok
        assert run(box)[0].stdout == b"bisect 42 heapq\n"
        assert box.preloaded == 2


def test_other_languages_of_the_image_do_not_notice(sandbox: DockerSandbox) -> None:
    with sandbox.box(LANGUAGES["bash"], USUAL.memory_kib) as box:
        assert box.compile((SourceFile("main.sh", b"(sleep 60 &)\nsetsid sleep 60 &\nread -r a; echo $a"),), COMPILE).ok
        assert [outcome.stdout for outcome in run(box, b"1", b"2")] == [b"1\n", b"2\n"]
        assert box.preloaded == 0


def test_an_interpreter_is_not_started_beside_anybodys_files(sandbox: DockerSandbox) -> None:
    """One that was started later would find them, and is root."""
    with sandbox.box(PYTHON, USUAL.memory_kib) as box:
        box.container.send(protocol.put_file("later.py", b"") + preload(PYTHON, "later.py"), 10)
        for _ in range(2):
            protocol.read_done(box.container.read_frame(10))
        assert box.compile(files("print(1)", "another.py"), COMPILE).ok
        assert run(box)[0].stdout == b"1\n"
        assert box.preloaded == 1  # the check: it needs no interpreter of this program's own


# --- it lives on


BURDENS = {
    "children left": "import os, time\nfor _ in range(5):\n    if not os.fork():\n        os.setsid()\n        time.sleep(60)\n",
    "killing everybody": "import os\nos.kill(-1, 9)\n",
    "spinning": "while True: pass\n",
    "spinning children": "import os\nos.fork()\nos.fork()\nwhile True: pass\n",
    "sleeping": "import time\ntime.sleep(60)\n",
    "forking": "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass\n",
    "all memory": "a = []\nwhile True: a.append(bytearray(1 << 20))\n",
    "all memory in children": (
        "import os, time\nfor _ in range(8):\n    if not os.fork():\n        a = bytearray(b'x') * (60 << 20)\n"
        "        time.sleep(60)\ntime.sleep(60)\n"
    ),
    "output": "while True: print('x' * 1000)\n",
    "files": "import os\nfor i in range(500): os.makedirs(f'/tmp/{i}/a/b', 0)\n",
}


@pytest.mark.parametrize("name", BURDENS)
def test_the_interpreter_outlives_what_it_has_become(sandbox: DockerSandbox, name: str) -> None:
    burden = "".join(f"    {line}\n" for line in BURDENS[name].splitlines())
    program = f"if input() == 'attack':\n    pass\n{burden}else:\n    print('fine')\n"
    tight = Limits(cpu_ms=500, wall_ms=1000, memory_kib=128 * 1024, output_kib=64)
    with sandbox.box(PYTHON, tight.memory_kib) as box:
        assert box.compile(files(program), COMPILE).ok
        outcomes = run(box, b"attack", b"rest", b"attack", b"rest", limits=tight)
        assert [outcome.stdout for outcome in outcomes[1::2]] == [b"fine\n", b"fine\n"]
        assert [outcome.ending for outcome in outcomes[1::2]] == [Ending.EXITED, Ending.EXITED]
        assert box.preloaded == 5


# --- what is measured


def test_time_and_memory_are_those_of_the_run(sandbox: DockerSandbox) -> None:
    program = "import time\nn = int(input())\na = b'x' * (n << 20)\nwhile time.process_time() < n / 200: pass\n"
    with sandbox.box(PYTHON, USUAL.memory_kib) as box:
        assert box.compile(files(program), COMPILE).ok
        large, small = run(box, b"80", b"1")
        assert large.memory_kib > 80 * 1024
        assert small.memory_kib < 20 * 1024
        assert 400 <= large.cpu_ms < 800
        assert small.cpu_ms < 300
        assert box.preloaded == 3


def test_what_a_run_leaves_in_memory_is_not_there_in_the_next(sandbox: DockerSandbox) -> None:
    program = (
        "import builtins, sys\nprint(getattr(builtins, 'left', None), getattr(sys, 'left', None))\nbuiltins.left = sys.left = 1\n"
    )
    with sandbox.box(PYTHON, USUAL.memory_kib) as box:
        assert box.compile(files(program), COMPILE).ok
        assert [outcome.stdout for outcome in run(box, b"", b"")] == [b"None None\n"] * 2


def test_random_numbers_differ_from_run_to_run(sandbox: DockerSandbox) -> None:
    with sandbox.box(PYTHON, USUAL.memory_kib) as box:
        assert box.compile(files("import random, uuid\nprint(random.random(), uuid.uuid4())"), COMPILE).ok
        assert len({outcome.stdout for outcome in run(box, *[b""] * 4)}) == 4
