"""Runs that are asked for before the first of them is answered: what is sent together, and that none is at another's expense."""

from __future__ import annotations

import dataclasses
import struct
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import sandbox as package
from sandbox import boxes, protocol
from sandbox.languages import LANGUAGES
from sandbox.spec import Ending, RunSpec, SourceFile
from tests.sandbox.conftest import COMPILE, USUAL

if TYPE_CHECKING:
    from sandbox.containers import DockerSandbox

SUPERVISOR = Path(package.__file__).parent / "supervisor"
C = LANGUAGES["c"]

FULL_PIPE = """\
#define _GNU_SOURCE
#include "stream.h"
#include <fcntl.h>
#include <stdio.h>
uint64_t now_us(void) { return 0; }
int main(void) {
    int in[2], out[2];
    char page[PIPE_BUF] = {0};
    if (pipe(in) || pipe(out) || dup2(in[0], 0) || dup2(out[1], 1) != 1 || write(in[1], "x", 1) != 1) return 1;
    give_done();
    give_soon();
    fprintf(stderr, "%d ", reply_size > 0);
    give(page, sizeof page);
    give_soon();
    fprintf(stderr, "%d ", reply_size > 0);
    fcntl(1, F_SETFL, O_NONBLOCK);
    while (write(1, page, sizeof page) > 0) continue;
    fcntl(1, F_SETFL, 0);
    give_done();
    fprintf(stderr, "%d ", give_if_heard());
    for (int i = 0; i < 2; i++) if (read(out[0], page, sizeof page) <= 0) return 2;
    fprintf(stderr, "%d\\n", give_if_heard());
}
"""

FILLS_MEMORY = """\
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int main(void) {
    int size;
    if (scanf("%d", &size) != 1) return 1;
    char *memory = malloc(size << 20);
    memset(memory, 'x', size << 20);
    putchar(memory[size]);
}
"""


class Answering:
    """A container that notes what it is sent and answers every run at once, as one that took `wall_us`."""

    memory_bytes, image_id = 1 << 40, ""

    def __init__(self, wall_us: int) -> None:
        self.sent: list[bytes] = []
        numbers = (0, 0, 0, 0, wall_us, 0, 0, 0, 0, 0, 0)
        self._report = protocol.ENDED + struct.pack("<IIIIQQQQQQQII", *numbers, 0, 0)

    def send(self, data: bytes, timeout_s: float) -> None:
        self.sent.append(data)

    def read_frame(self, timeout_s: float) -> bytes:
        return self._report

    def frames_here(self) -> list[bytes]:
        return []

    def fileno(self) -> int:
        return -1

    def allow_memory(self, size_bytes: int) -> None:
        raise AssertionError("there is room")


def runs_in_each_message(wall_us: int, stdin: bytes, number: int) -> list[int]:
    container = Answering(wall_us)
    box = boxes.SupervisedBox(container, C, USUAL.memory_kib, runtime="", acquire_ms=0)
    box._orders.program = boxes.arrange(C, (SourceFile("main.c", b""),))
    assert len(list(box.run(RunSpec(stdin, USUAL) for _ in range(number)))) == number
    return [len(frames(message)) for message in container.sent]


def frames(message: bytes) -> list[bytes]:
    found = []
    while message:
        (size,) = struct.unpack_from("<I", message)
        found.append(message[4 : 4 + size])
        message = message[4 + size :]
    return found


def test_the_first_run_is_sent_at_once_and_the_next_ones_together() -> None:
    ahead, further = boxes.LOOK_AHEAD, boxes.FURTHER_AHEAD
    assert runs_in_each_message(boxes.SHORT_US, b"", 6) == [1, ahead - 1, 1, 1]
    assert runs_in_each_message(boxes.SHORT_US - 1, b"", 10) == [1, ahead - 1, further - ahead + 1, 1]


def test_large_orders_are_not_gathered_in_memory() -> None:
    assert runs_in_each_message(boxes.SHORT_US - 1, b" " * boxes.TOGETHER_BYTES, 10) == [1] * 10


@pytest.mark.docker
def test_a_run_keeps_its_room_when_one_that_needs_less_is_asked_for_behind_it(sandbox: DockerSandbox) -> None:
    limits = dataclasses.replace(USUAL, output_kib=64)
    stdins = (b"1 ", b"110 ".ljust(90 << 20), b"1 ".ljust(36 << 20))
    with sandbox.box(C, limits.memory_kib) as box:
        assert box.compile((SourceFile("main.c", FILLS_MEMORY.encode()),), COMPILE).ok
        outcomes = list(box.run(RunSpec(stdin, limits) for stdin in stdins))
    assert [outcome.ending for outcome in outcomes] == [Ending.EXITED] * 3


@pytest.mark.docker
def test_no_answer_keeps_the_supervisor_waiting_while_a_program_runs(sandbox: DockerSandbox) -> None:
    files = [SourceFile("main.c", FULL_PIPE.encode()), SourceFile("stream.h", (SUPERVISOR / "stream.c").read_bytes())]
    files += [SourceFile(name, (SUPERVISOR / name).read_bytes()) for name in ("supervisor.h", "protocol.h", "become.h")]
    with sandbox.box(C, USUAL.memory_kib) as box:
        compiled = box.compile(tuple(files), COMPILE)
        assert compiled.ok, compiled.output
        (outcome,) = box.run([RunSpec(b"", USUAL)])
    assert (outcome.ending, outcome.stderr) == (Ending.EXITED, b"1 0 0 1\n")
