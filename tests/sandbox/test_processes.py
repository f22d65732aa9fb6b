"""The supervisor's other way to measure, for kernels without control groups: compiled and run in a box of the usual kind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import sandbox as package
from sandbox.languages import LANGUAGES
from sandbox.spec import RunSpec, SourceFile
from tests.sandbox.conftest import COMPILE, USUAL

if TYPE_CHECKING:
    from sandbox.containers import DockerSandbox

SUPERVISOR = Path(package.__file__).parent / "supervisor"

MAIN = """\
#define _GNU_SOURCE
#include "processes.h"
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#define SIZE (40 << 20)
int main(void) {
    int ready[2];
    char c;
    uint64_t memory_before = processes_memory_kib(), cpu_before = processes_cpu_us();
    if (pipe(ready)) return 1;
    pid_t child = fork();
    if (!child) {
        prctl(PR_SET_NAME, "a) (b 1 2");
        memset(malloc(SIZE), 1, SIZE);
        for (volatile unsigned long i = 0; i < 300000000; i++) continue;
        if (write(ready[1], "x", 1)) pause();
    }
    if (read(ready[0], &c, 1) != 1) return 2;
    uint64_t memory = processes_memory_kib() - memory_before, cpu = processes_cpu_us() - cpu_before;
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    printf("%d %d %d %d\\n", memory >= 40 << 10, memory < 60 << 10, cpu >= 50000, processes_cpu_us() < cpu);
}
"""


@pytest.mark.docker
def test_living_processes_are_summed_and_the_dead_are_not(sandbox: DockerSandbox) -> None:
    files = [SourceFile("main.c", MAIN.encode()), SourceFile("processes.h", (SUPERVISOR / "processes.c").read_bytes())]
    files += [SourceFile(name, (SUPERVISOR / name).read_bytes()) for name in ("supervisor.h", "protocol.h", "become.h")]
    with sandbox.box(LANGUAGES["c"], USUAL.memory_kib) as box:
        compiled = box.compile(tuple(files), COMPILE)
        assert compiled.ok, compiled.output
        (outcome,) = box.run([RunSpec(b"", USUAL)])
    assert outcome.stdout == b"1 1 1 1\n", outcome
