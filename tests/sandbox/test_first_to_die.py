"""When a box is out of memory its program ends, whatever it does about that: it writes in its own folders, never in /proc."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from sandbox.languages import LANGUAGES
from sandbox.spec import Ending, Limits, RunSpec, SourceFile
from tests.sandbox.conftest import COMPILE

if TYPE_CHECKING:
    from sandbox.containers import DockerSandbox

# Fills the memory nearly to the limit with files that are in no process's memory; then many processes, each smaller than the
# supervisor, go beyond it faster than anybody looks.
TAKES_ITS_BOX_WITH_IT = """\
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
static char piece[1 << 14];
static void hold(int files) {
    while (files--) {
        int fd = memfd_create("held", 0);
        for (int i = 0; i < 64; i++)
            if (write(fd, piece, sizeof piece) < 0) return;
    }
}
int main(void) {
    int ready[2], score = open("/proc/self/oom_score_adj", O_WRONLY);
    char c;
    puts(score >= 0 && write(score, "500", 3) == 3 ? "taken back" : "refused");
    fflush(stdout);
    if (pipe(ready)) return 2;
    hold(240);
    for (int i = 0; i < 40; i++)
        if (!fork()) {
            if (read(ready[0], &c, 1) == 1) hold(20);
            pause();
        }
    if (write(ready[1], "0123456789012345678901234567890123456789", 40) != 40) return 3;
    while (wait(NULL) > 0) continue;
}
"""
LIMITS = Limits(cpu_ms=10_000, wall_ms=20_000, memory_kib=256 * 1024, output_kib=2048)

TAKES_IT_BACK = """\
import os
def wanted():
    try:
        open('/proc/self/oom_score_adj', 'w').write('500')
    except OSError as error:
        print(error.errno, flush=True)
wanted()
if os.fork() == 0:
    wanted()
    os._exit(0)
os.wait()
print(open('/proc/self/oom_score_adj').read().strip())
"""
MOVES_ITS_FILES = """\
import os, pathlib
for place in ('.', '/tmp', '/dev/shm'):
    here = pathlib.Path(place)
    (here / 'one').mkdir(); (here / 'other').mkdir()
    (here / 'one' / 'file').write_text(place)
    os.rename(here / 'one' / 'file', here / 'other' / 'file')
    os.link(here / 'other' / 'file', here / 'one' / 'again')
    with open(here / 'one' / 'again', 'r+') as again:
        print(again.read(), flush=True)
for name in ('/dev/null', '/dev/stdout', '/dev/fd/1', '/proc/self/fd/1'):
    with open(name, 'a') as stream:
        stream.write(f'{name}\\n')
"""


@pytest.fixture(scope="module", params=[True, False], ids=["preloaded", "plain"])
def either(request: pytest.FixtureRequest, worker_id: str) -> Iterator[DockerSandbox]:
    """Programs become processes of the interpreter that waits, or are started as any other language's."""
    from sandbox.containers import DockerSandbox

    with DockerSandbox(warm_boxes=0, owner=f"tests-first-{worker_id}", preloading=request.param) as opened:
        yield opened


@pytest.mark.docker
def test_a_box_outlives_a_program_that_wants_to_take_it_along(sandbox: DockerSandbox) -> None:
    for _ in range(4):
        with sandbox.box(LANGUAGES["c"], LIMITS.memory_kib) as box:
            assert box.compile((SourceFile("main.c", TAKES_ITS_BOX_WITH_IT.encode()),), COMPILE).ok
            outcomes = list(box.run([RunSpec(b"", LIMITS)] * 3))
        assert [(outcome.ending, outcome.stdout) for outcome in outcomes] == [(Ending.MEMORY_LIMIT, b"refused\n")] * 3


@pytest.mark.docker
def test_that_it_dies_first_cannot_be_taken_back(either: DockerSandbox) -> None:
    assert printed(either, TAKES_IT_BACK) == "13\n13\n1000\n"


@pytest.mark.docker
def test_its_own_files_can_be_written_moved_and_linked_as_ever(either: DockerSandbox) -> None:
    assert printed(either, MOVES_ITS_FILES).split() == [".", "/tmp", "/dev/shm", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"]


def printed(sandbox: DockerSandbox, source: str) -> str:
    with sandbox.box(LANGUAGES["python3"], LIMITS.memory_kib) as box:
        assert box.compile((SourceFile("main.py", source.encode()),), COMPILE).ok
        (outcome,) = box.run([RunSpec(b"", LIMITS)])
    assert outcome.exit_code == 0, outcome
    return outcome.stdout.decode()
