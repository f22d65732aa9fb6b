"""The table of programming languages: one entry a language, data plus a reference program."""

from __future__ import annotations

import re
from dataclasses import dataclass

MIB = 1024  # in KiB


@dataclass(frozen=True, slots=True)
class Language:
    """How one language is compiled and run inside the box.

    In `compile`, `run` and `environment` these stand for something: `{main}` the entry file, `{files}` every source file
    (those with one of `extensions`; must be a word of its own), `{name}` the entry's module or class name,
    `{memory_mib}` the memory limit of this step. Both steps see the sources in /box/source; `compile` works in /box/build,
    and what it leaves there is found in /box/program by `run`, which starts in an empty folder.

    `memory_floor_kib` is what the runtime itself needs before the first line of a program: it is added to every memory
    limit. `out_of_memory` is what the runtime writes to standard error when the heap it was given is used up.
    `entry` finds, in a file's text, that it is where the program starts; `declared_name` finds the name such a file must
    have (Java). `reference` reads two integers from one line and prints their sum.
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
    declared_name: re.Pattern[str] | None = None


_SYNTAX_ONLY_KIB = 512 * MIB

_CHECK_PYTHON = (
    "import sys\nsys.tracebacklimit = 0\nfor path in sys.argv[1:]:\n"
    "    with open(path, 'rb') as file:\n        compile(file.read(), path, 'exec', dont_inherit=True)\n"
)

LANGUAGES: dict[str, Language] = {
    language.id: language
    for language in (
        Language(
            id="python3",
            name="Python",
            version="3.11",
            extensions=(".py",),
            source_name="main.py",
            image="core",
            compile=("/usr/bin/python3", "-I", "-S", "-c", _CHECK_PYTHON, "{files}"),
            run=("/usr/bin/python3", "{main}"),
            editor_mode="python",
            reference="a, b = map(int, input().split())\nprint(a + b)\n",
            environment=("PYTHONDONTWRITEBYTECODE=1", "PYTHONIOENCODING=utf-8"),
            compile_memory_kib=_SYNTAX_ONLY_KIB,
            entry=re.compile(r"^if __name__ ==", re.MULTILINE),
        ),
        Language(
            id="c",
            name="C",
            version="C17, GCC 12",
            extensions=(".c",),
            source_name="main.c",
            image="core",
            compile=("/usr/bin/gcc", "-std=gnu17", "-O2", "-pipe", "-static", "-o", "main", "{files}", "-lm"),
            run=("/box/program/main",),
            editor_mode="c",
            reference='#include <stdio.h>\nint main(void) { long a, b; scanf("%ld %ld", &a, &b); printf("%ld\\n", a + b); }\n',
            entry=re.compile(r"\bmain\s*\("),
        ),
        Language(
            id="cpp",
            name="C++",
            version="C++20, GCC 12",
            extensions=(".cpp", ".cc", ".cxx", ".c++", ".C"),
            source_name="main.cpp",
            image="core",
            compile=("/usr/bin/g++", "-std=gnu++20", "-O2", "-pipe", "-static", "-o", "main", "{files}"),
            run=("/box/program/main",),
            editor_mode="cpp",
            reference="#include <iostream>\nint main() { long a, b; std::cin >> a >> b; std::cout << a + b << '\\n'; }\n",
            entry=re.compile(r"\bmain\s*\("),
        ),
    )
}
