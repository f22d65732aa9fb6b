"""Boxes in the real Docker engine: limits, isolation, and failures that are ours."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import docker
import pytest

from sandbox import boxes, hardening, images, ordering
from sandbox.languages import LANGUAGES
from sandbox.spec import Ending, Limits, RunOutcome, RunSpec, SandboxFailure, SourceFile
from tests.sandbox.conftest import COMPILE, USUAL, Run

if TYPE_CHECKING:
    from sandbox.containers import DockerSandbox

pytestmark = pytest.mark.docker

PYTHON = LANGUAGES["python3"]


def source(text: str) -> tuple[SourceFile, ...]:
    return (SourceFile("main.py", text.encode()),)


def limits(**changes: int) -> Limits:
    return dataclasses.replace(USUAL, **changes)


# --- measures


def test_output_errors_and_exit_status_come_back(run: Run) -> None:
    (outcome,) = run("python3", "import sys\nprint('out')\nprint('err', file=sys.stderr)\nsys.exit(3)\n")
    assert (outcome.ending, outcome.exit_code, outcome.signal) == (Ending.EXITED, 3, None)
    assert (outcome.stdout, outcome.stderr, outcome.output_bytes) == (b"out\n", b"err\n", 4)


def test_a_signal_has_its_name(run: Run) -> None:
    (outcome,) = run("python3", "import os, signal\nos.kill(os.getpid(), signal.SIGTERM)\n")
    assert (outcome.ending, outcome.exit_code, outcome.signal) == (Ending.SIGNALLED, None, "SIGTERM")


def test_cpu_time_is_that_of_the_program(run: Run) -> None:
    (outcome,) = run("python3", "import time\nwhile time.process_time() < 0.4: pass\n")
    assert 390 <= outcome.cpu_ms <= 600


def test_sleeping_takes_wall_time_only(run: Run) -> None:
    (outcome,) = run("python3", "import time\ntime.sleep(0.4)\n")
    assert outcome.wall_ms >= 400
    assert outcome.cpu_ms < 200


def test_the_cpu_limit_is_kept_to_the_point(run: Run) -> None:
    (outcome,) = run("c", "int main(void) { for (volatile int i = 0;; i++); }\n", limits=limits(cpu_ms=300, wall_ms=20_000))
    assert outcome.ending is Ending.CPU_LIMIT
    assert 295 <= outcome.cpu_ms <= 450


def test_a_program_that_others_keep_waiting_is_not_out_of_time(sandbox: DockerSandbox) -> None:
    """Boxes that spin side by side leave each a fraction of a processor: by the clock alone they would be stopped."""
    crowd = 4 * (os.cpu_count() or 1)
    together = threading.Barrier(crowd)
    spin = (SourceFile("main.c", b"int main(void) { for (volatile int i = 0;; i++); }\n"),)

    def neighbour(_: int) -> RunOutcome:
        with sandbox.box(LANGUAGES["c"], USUAL.memory_kib) as box:
            assert box.compile(spin, COMPILE).ok
            together.wait(timeout=120)
            return next(box.run([RunSpec(b"", limits(cpu_ms=400, wall_ms=1000))]))

    with ThreadPoolExecutor(crowd) as pool:
        outcomes = list(pool.map(neighbour, range(crowd)))
    assert {outcome.ending for outcome in outcomes} == {Ending.CPU_LIMIT}
    assert max(outcome.wall_ms for outcome in outcomes) > 1000


def test_what_a_check_leaves_is_not_there_for_the_runs(sandbox: DockerSandbox) -> None:
    """Some checks run parts of the source, with the compiler's time: answers found then must not wait for the tests."""
    leave = ("/bin/bash", "-c", "echo found >/box/build/answer")
    look = ("/bin/bash", "-c", "cd /box && ls program build")
    for what_runs, left in (("{main}", ""), ("/box/program/answer", "answer")):
        language = dataclasses.replace(LANGUAGES["bash"], compile=leave, run=(*look, what_runs))
        with sandbox.box(language, USUAL.memory_kib) as box:
            assert box.compile((SourceFile("main.sh", b""),), COMPILE).ok
            (outcome,) = box.run([RunSpec(b"", USUAL)])
        assert outcome.stdout.decode().split() == ["build:", "program:", *left.split()]


def test_memory_is_what_the_program_touched(run: Run) -> None:
    touch = (
        "#include <stdlib.h>\nint main(void) {{ volatile char *p = malloc({0}u << 20); "
        "for (long i = 0; i < {0} << 20; i += 4096) p[i] = 1; }}\n"
    )
    small, large = run("c", touch.format(1))[0], run("c", touch.format(64))[0]
    assert small.memory_kib < 4096
    assert 64 * 1024 <= large.memory_kib <= 68 * 1024


def test_memory_is_told_apart_from_one_run_to_the_next(run: Run) -> None:
    program = "n = int(input())\na = b'x' * (n << 20)\n"
    first, second = run("python3", program, b"80\n", b"1\n")
    assert first.memory_kib > 80 * 1024
    assert second.memory_kib < 20 * 1024


def test_children_count_as_one_program(run: Run) -> None:
    program = (
        "import os, time\nfor _ in range(4):\n    if os.fork() == 0:\n        a = b'x' * (24 << 20)\n"
        "        time.sleep(0.5)\n        os._exit(0)\ntime.sleep(0.3)\n"
    )
    (outcome,) = run("python3", program)
    assert outcome.ending is Ending.EXITED
    assert outcome.memory_kib > 2 * 34 * 1024  # one of them has at most 34 MiB


def test_input_larger_than_the_memory_limit_is_not_the_programs_memory(run: Run) -> None:
    (outcome,) = run(
        "c",
        '#include <stdio.h>\nint main(void) { long n = 0; while (getchar() != EOF) n++; printf("%ld", n); }\n',
        b"x" * (96 << 20),
        limits=limits(memory_kib=64 * 1024),
    )
    assert (outcome.ending, outcome.stdout) == (Ending.EXITED, str(96 << 20).encode())
    assert outcome.memory_kib < 8 * 1024


@pytest.mark.parametrize(("size", "ending"), [(1 << 20, Ending.EXITED), ((1 << 20) + 1, Ending.OUTPUT_LIMIT)])
def test_output_may_be_as_large_as_the_limit_and_no_larger(run: Run, size: int, ending: Ending) -> None:
    (outcome,) = run("c", f"#include <stdio.h>\nint main(void) {{ for (int i = 0; i < {size}; i++) putchar('x'); }}\n")
    assert outcome.ending is ending
    assert len(outcome.stdout) == 1 << 20


def test_standard_files_can_be_opened_by_name(run: Run) -> None:
    (outcome,) = run(
        "javascript", "const fs = require('fs'); fs.writeFileSync('/dev/stdout', fs.readFileSync('/dev/stdin'));\n", b"as it is"
    )
    assert outcome.stdout == b"as it is"


def test_arguments_reach_the_program(sandbox: DockerSandbox) -> None:
    with sandbox.box(PYTHON, USUAL.memory_kib) as box:
        assert box.compile(source("import sys\nprint(sys.argv[1:])\n"), COMPILE).ok
        (outcome,) = box.run([RunSpec(b"", USUAL, ("a b", "ö", ""))])
    assert outcome.stdout == "['a b', 'ö', '']\n".encode()


# --- compiling


def test_several_files_make_one_program(sandbox: DockerSandbox) -> None:
    files = (
        SourceFile("lib/sum.h", b"int sum(int a, int b);\n"),
        SourceFile("lib/sum.cc", b'#include "sum.h"\nint sum(int a, int b) { return a + b; }\n'),
        SourceFile("start.cpp", b'#include <cstdio>\n#include "lib/sum.h"\nint main() { std::printf("%d", sum(40, 2)); }\n'),
    )
    with sandbox.box(LANGUAGES["cpp"], USUAL.memory_kib) as box:
        compiled = box.compile(files, COMPILE)
        assert compiled.ok, compiled.output
        assert [outcome.stdout for outcome in box.run([RunSpec(b"", USUAL)])] == [b"42"]


SEVERAL_FILES: dict[str, dict[str, str]] = {
    "python3": {
        "main.py": "from tools.sums import add\nprint(add(40, 2))\n",
        "tools/sums.py": "def add(a, b): return a + b\n",
    },
    "java": {
        "Sums.java": "class Sums { static int add(int a, int b) { return a + b; } }",
        "Start.java": "public class Start { public static void main(String[] a) { System.out.println(Sums.add(40, 2)); } }",
    },
    "javascript": {
        "main.js": "console.log(require('./sums').add(40, 2))",
        "sums.js": "exports.add = (a, b) => a + b",
    },
    "typescript": {
        "main.ts": "import { add } from './sums'; console.log(add(40, 2))",
        "sums.ts": "export const add = (a: number, b: number) => a + b",
    },
    "go": {
        "main.go": "package main\nfunc main() { show(add(40, 2)) }\n",
        "sums.go": 'package main\nimport "fmt"\nfunc add(a, b int) int { return a + b }\nfunc show(a int) { fmt.Println(a) }\n',
    },
    "rust": {
        "main.rs": 'mod sums;\nfn main() { println!("{}", sums::add(40, 2)); }\n',
        "sums.rs": "pub fn add(a: i32, b: i32) -> i32 { a + b }\n",
    },
}


@pytest.mark.parametrize(("language", "files"), SEVERAL_FILES.items(), ids=SEVERAL_FILES)
def test_programs_of_several_files_run(sandbox: DockerSandbox, language: str, files: dict[str, str]) -> None:
    with sandbox.box(LANGUAGES[language], 256 * 1024) as box:
        compiled = box.compile(tuple(SourceFile(path, text.encode()) for path, text in files.items()), COMPILE)
        assert compiled.ok, compiled.output
        (outcome,) = box.run([RunSpec(b"", limits(memory_kib=256 * 1024))])
    assert outcome.stdout == b"42\n"


def test_what_the_compiler_says_names_the_candidates_file(sandbox: DockerSandbox) -> None:
    with sandbox.box(LANGUAGES["c"], USUAL.memory_kib) as box:
        compiled = box.compile((SourceFile("main.c", b"int main(void) { return x; }\n"),), COMPILE)
    assert not compiled.ok
    assert compiled.output.startswith("main.c:")
    assert "/box" not in compiled.output


@pytest.mark.parametrize(
    "script", ["mkfifo pipe", "ln -s /etc/shadow link", "ln -s /dev/zero main", "mkdir d && cd d && ln -s / up"]
)
def test_a_compiler_that_leaves_something_strange_has_failed(sandbox: DockerSandbox, script: str) -> None:
    """What stands for the compiler here does what a hostile one might."""
    tool = dataclasses.replace(LANGUAGES["bash"], compile=("/bin/bash", "{main}"), run=("/box/program/main",))
    with sandbox.box(tool, USUAL.memory_kib) as box:
        compiled = box.compile((SourceFile("main.sh", script.encode()),), COMPILE)
    assert (compiled.ok, compiled.ending) == (False, Ending.EXITED)
    assert "the compiler left" in compiled.output


def test_what_the_compiler_leaves_is_kept_whole_and_belongs_to_root(sandbox: DockerSandbox) -> None:
    script = "mkdir -p a/b && echo inside > a/b/c && chmod 600 a/b/c && chmod 700 a/b && echo other > /tmp/other"
    check = (
        "/bin/bash",
        "-c",
        "cat /box/program/a/b/c; stat -c '%u %a' /box/program/a/b/c; ls /tmp /box/build /box/work | grep other",
    )
    tool = dataclasses.replace(LANGUAGES["bash"], compile=("/bin/bash", "{main}"), run=check)
    with sandbox.box(tool, USUAL.memory_kib) as box:
        assert box.compile((SourceFile("main.sh", script.encode()),), COMPILE).ok
        (outcome,) = box.run([RunSpec(b"", USUAL)])
    assert outcome.stdout == b"inside\n0 555\n"


def test_a_compiler_that_never_ends_is_ended(sandbox: DockerSandbox) -> None:
    tool = dataclasses.replace(LANGUAGES["bash"], compile=("/bin/bash", "{main}"))
    with sandbox.box(tool, USUAL.memory_kib) as box:
        compiled = box.compile((SourceFile("main.sh", b"sleep 60"),), dataclasses.replace(COMPILE, wall_ms=500))
    assert (compiled.ok, compiled.ending) == (False, Ending.WALL_LIMIT)


# --- boxes


def test_a_box_may_be_asked_again(sandbox: DockerSandbox) -> None:
    with sandbox.box(PYTHON, USUAL.memory_kib) as box:
        assert box.compile(source("print(input())\n"), COMPILE).ok
        seen = [outcome.stdout for number in range(3) for outcome in box.run([RunSpec(b"%d\n" % number, USUAL)])]
    assert seen == [b"0\n", b"1\n", b"2\n"]


def test_a_caller_who_stops_early_wastes_little(sandbox: DockerSandbox) -> None:
    asked = []

    def specs() -> Iterator[RunSpec]:
        for number in range(100):
            asked.append(number)
            yield RunSpec(b"", USUAL)

    with sandbox.box(PYTHON, USUAL.memory_kib) as box:
        assert box.compile(source("print(1)\n"), COMPILE).ok
        next(box.run(specs()))
    assert len(asked) <= boxes.LOOK_AHEAD


def test_many_boxes_at_once_each_get_their_own_answers(sandbox: DockerSandbox) -> None:
    def answers(number: int) -> list[bytes]:
        with sandbox.box(PYTHON, USUAL.memory_kib) as box:
            assert box.compile(source(f"print({number}, input())\n"), COMPILE).ok
            return [outcome.stdout for outcome in box.run(RunSpec(b"%d\n" % test, USUAL) for test in range(5))]

    with ThreadPoolExecutor(4) as pool:
        for number, seen in enumerate(pool.map(answers, range(12))):
            assert seen == [b"%d %d\n" % (number, test) for test in range(5)]


def test_nothing_is_left_of_a_box(sandbox: DockerSandbox) -> None:
    with sandbox.box(PYTHON, USUAL.memory_kib) as box:
        assert box.compile(source("while True: pass\n"), COMPILE).ok
        abandoned = box.run([RunSpec(b"", limits(cpu_ms=60_000, wall_ms=60_000))])
        del abandoned
    assert sandbox.leftovers() == []


def test_a_box_that_has_done_its_work_ends_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    from sandbox import container, engine
    from sandbox.containers import DockerSandbox

    killed: list[str] = []
    monkeypatch.setattr(container, "LEAVING_S", 30.0)
    monkeypatch.setattr(engine.Engine, "remove", lambda _engine, container_id: killed.append(container_id))
    with DockerSandbox(warm_boxes=0, owner=f"tests-leaving-{os.getpid()}") as sandbox:
        with sandbox.box(PYTHON, USUAL.memory_kib) as box:
            assert box.compile(source("print(1)\n"), COMPILE).ok
        assert sandbox.leftovers(30) == []
    assert killed == []


def test_the_stream_to_a_box_is_closed_with_it(sandbox: DockerSandbox) -> None:
    with sandbox.box(PYTHON, USUAL.memory_kib) as box:
        assert box.compile(source("print(1)\n"), COMPILE).ok
        connection = box.container._stream._connection
        assert connection.fileno() >= 0
    assert sandbox.leftovers() == []
    assert connection.fileno() == -1


def test_output_is_not_the_programs_memory(run: Run) -> None:
    program = "#include <stdio.h>\nint main(void) { for (int i = 0; i < 48 << 20; i++) putchar('x'); }\n"
    (outcome,) = run("c", program, limits=limits(memory_kib=32 * 1024, output_kib=64 * 1024))
    assert (outcome.ending, outcome.output_bytes) == (Ending.EXITED, 48 << 20)
    assert outcome.memory_kib < 8 * 1024


def test_a_container_has_every_measure_of_the_profile(sandbox: DockerSandbox) -> None:
    with sandbox.box(PYTHON, USUAL.memory_kib) as box:
        found = docker.from_env().api.inspect_container(box.container.id)
    host = found["HostConfig"]
    assert (host["ReadonlyRootfs"], host["Privileged"], host["CapDrop"]) == (True, False, ["ALL"])
    assert sorted(host["CapAdd"]) == sorted(hardening.SUPERVISOR_CAPABILITIES)
    assert host["SecurityOpt"] == hardening.profile("", "", 1024)["HostConfig"]["SecurityOpt"]
    assert host["Memory"] == host["MemorySwap"] > 0
    assert (host["PidsLimit"], host["LogConfig"]["Type"], host["Binds"]) == (hardening.PIDS, "none", None)
    assert found["Config"]["NetworkDisabled"] is True
    assert all({"nosuid", "nodev"} <= set(options.split(",")) and "size=" in options for options in host["Tmpfs"].values())


# --- failures that are ours


def test_a_killed_container_is_worth_another_try(sandbox: DockerSandbox) -> None:
    with sandbox.box(PYTHON, USUAL.memory_kib) as box:
        assert box.compile(source("import time\ntime.sleep(2)\n"), COMPILE).ok
        outcomes = box.run([RunSpec(b"", USUAL)] * 3)
        docker.from_env().api.kill(box.container.id)
        with pytest.raises(SandboxFailure) as caught:
            list(outcomes)
    assert caught.value.retry


def test_a_silent_supervisor_is_noticed(sandbox: DockerSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    with sandbox.box(PYTHON, USUAL.memory_kib) as box:
        assert box.compile(source("print(1)\n"), COMPILE).ok
        docker.from_env().api.pause(box.container.id)
        monkeypatch.setattr(ordering, "GRACE_S", 0.2)
        started = time.monotonic()
        with pytest.raises(SandboxFailure, match="did not answer in time") as caught:
            list(box.run([RunSpec(b"", limits(cpu_ms=100, wall_ms=300))]))
        docker.from_env().api.unpause(box.container.id)
    assert caught.value.retry
    assert time.monotonic() - started < 5


def test_a_missing_image_is_for_a_person_to_mend(sandbox: DockerSandbox) -> None:
    absent = dataclasses.replace(PYTHON, image="absent")
    with pytest.raises(SandboxFailure, match="assessor sandbox build") as caught, sandbox.box(absent, USUAL.memory_kib):
        pass
    assert not caught.value.retry


def test_a_missing_compiler_is_for_a_person_to_mend(sandbox: DockerSandbox) -> None:
    absent = dataclasses.replace(PYTHON, compile=("/usr/bin/absent",))
    with sandbox.box(absent, USUAL.memory_kib) as box, pytest.raises(SandboxFailure, match="/usr/bin/absent") as caught:
        box.compile(source(""), COMPILE)
    assert not caught.value.retry


def test_an_engine_that_is_down_is_worth_another_try(monkeypatch: pytest.MonkeyPatch) -> None:
    from sandbox.containers import DockerSandbox

    monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere/docker.sock")
    with DockerSandbox(warm_boxes=0) as sandbox:
        assert not sandbox.answers()
        with pytest.raises(SandboxFailure) as caught, sandbox.box(PYTHON, USUAL.memory_kib):
            pass
    assert caught.value.retry


def test_a_worker_that_is_killed_leaves_no_container() -> None:
    owner = f"tests-killed-{os.getpid()}"
    program = (
        "import sys, time\nfrom sandbox.containers import DockerSandbox\nfrom sandbox.languages import LANGUAGES\n"
        f"with DockerSandbox(warm_boxes=1, owner={owner!r}) as s, s.box(LANGUAGES['python3'], 65536) as b:\n"
        "    print('in', flush=True)\n    time.sleep(60)\n"
    )
    worker = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    assert worker.stdout.readline() == "in\n"
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    worker.stdout.close()
    api = docker.from_env().api
    deadline = time.monotonic() + 15
    while found := api.containers(all=True, filters={"label": [f"{hardening.OWNER_LABEL}={owner}"]}):
        assert time.monotonic() < deadline, found
        time.sleep(0.1)


def test_orphans_are_swept_by_their_owner_only() -> None:
    from sandbox.containers import DockerSandbox

    ours, other = f"tests-ours-{os.getpid()}", f"tests-other-{os.getpid()}"
    with contextlib.ExitStack() as stack:
        first, second = (stack.enter_context(DockerSandbox(warm_boxes=0, owner=owner)) for owner in (ours, other))
        lost, kept = (stack.enter_context(sandbox.box(PYTHON, USUAL.memory_kib)) for sandbox in (first, second))
        assert first.sweep_orphans() == 1
        with pytest.raises(SandboxFailure):
            lost.compile(source("print(1)\n"), COMPILE)
        assert kept.compile(source("print(1)\n"), COMPILE).ok


def test_a_container_whose_making_was_not_answered_is_a_stray() -> None:
    from sandbox.containers import DockerSandbox

    owner = f"tests-stray-{os.getpid()}"
    api = docker.from_env().api
    sandbox = DockerSandbox(warm_boxes=0, owner=owner)
    api.create_container_from_config(hardening.profile(images.tag(PYTHON.image), owner, USUAL.memory_kib, ""))
    with sandbox.box(PYTHON, USUAL.memory_kib) as box:
        assert sandbox.sweep_strays() == 0, "young ones may still be on their way"
        assert sandbox.sweep_strays(patience_s=0) == 1
        assert box.compile(source("print(1)\n"), COMPILE).ok
    api.create_container_from_config(hardening.profile(images.tag(PYTHON.image), owner, USUAL.memory_kib, ""))
    sandbox.close()
    assert api.containers(all=True, filters={"label": [f"{hardening.OWNER_LABEL}={owner}"]}) == []


# --- the container's memory


def test_a_box_is_made_with_the_memory_that_was_last_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    from sandbox.container import BoxContainer
    from sandbox.containers import DockerSandbox

    changed: list[int] = []
    allow = BoxContainer.allow_memory
    monkeypatch.setattr(
        BoxContainer,
        "allow_memory",
        lambda box, size: (changed.append(size) if size != box.memory_bytes else None, allow(box, size)),
    )
    wanted = limits(memory_kib=640 * 1024)
    with (
        DockerSandbox(warm_boxes=0, owner=f"tests-memory-{os.getpid()}") as sandbox,
        sandbox.box(PYTHON, wanted.memory_kib) as box,
    ):
        assert box.compile(source("print(1)"), COMPILE).ok
        assert next(box.run([RunSpec(b"", wanted)])).stdout == b"1\n"
    assert changed == []
