"""What the tables of programming languages are made of."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.naming import Declared

MIB = 1024  # in KiB
SYNTAX_ONLY_KIB = 512 * MIB
"""Memory for a tool that only checks a program's syntax."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A runtime's state after its own start, kept in the image: what these words, after a command's first one, start from.

    `compile` and `run` are for the two steps. With `memory_mib` there is one for each of these memory limits and for no other.
    `refused` is what the runtime writes when it cannot use it: on another processor than the image was made on.
    """

    compile: tuple[str, ...]
    run: tuple[str, ...]
    memory_mib: tuple[int, ...] = ()
    refused: bytes = b""


@dataclass(frozen=True, slots=True)
class Language:
    """How one language is compiled and run inside the box.

    In `compile`, `run` and `environment` these stand for something: `{main}` the entry file, `{files}` every source file
    (those with one of `extensions`; must be a word of its own), `{name}` the entry's module or class name,
    `{memory_mib}` the memory limit of this step. Both steps see the sources in /box/source; `compile` works in /box/build,
    and what it leaves there is found in /box/program by `run`, which starts in an empty folder.

    `memory_floor_kib` is what the runtime itself needs before the first line of a program: it is added to every memory
    limit. `out_of_memory` is what the runtime writes to standard error when the heap it was given is used up.
    `entry` finds, in a file's text, that it is where the program starts. `declares` reads from such a file what it must be
    called (Java). `processes` counts threads too. `time_multiplier` is for those who set time limits; the sandbox itself takes
    limits as they are.

    `variant_of` is the language whose files it reads too (PyPy reads Python's): a variant is never guessed from a file's name.

    `preloads`: the interpreter is started before there is a program, and becomes each run of it (see `docs/sandbox.md`).

    `snapshot` makes the runtime start faster, and nothing else.

    `reference` reads two integers and prints their sum; `reference_input` is how they are written.
    """

    id: str
    name: str
    version: str
    extensions: tuple[str, ...]
    source_name: str
    image: str
    compile: tuple[str, ...]
    run: tuple[str, ...]
    editor_mode: str
    reference: str
    processes: int = 64
    environment: tuple[str, ...] = ()
    compile_memory_kib: int = 2048 * MIB
    memory_floor_kib: int = 0
    time_multiplier: float = 1.0
    out_of_memory: bytes = b""
    entry: re.Pattern[str] | None = None
    declares: Callable[[str], Declared | None] | None = None
    reference_input: str = "{a} {b}\n"
    variant_of: str | None = None
    preloads: bool = False
    snapshot: Snapshot | None = None

    @property
    def leaves_a_program(self) -> bool:
        """Whether what runs is what the compiler has left, rather than the source."""
        return any("/box/program" in word for word in self.run)
