"""Running a program that a package brings (a validator, a grader): a box of its own, compiled, and in words how it failed."""

from __future__ import annotations

import re
from contextlib import ExitStack
from typing import Protocol

from assessor.errors import BadInput
from assessor.judging.failures import JudgeError
from assessor.judging.sources import in_one_file, language_of
from assessor.judging.tokens import show
from sandbox.languages import Language
from sandbox.spec import Box, Ending, Limits, RunOutcome, Sandbox, SourceFile


class Program(Protocol):
    """What a package says of one of its programs: the path of its file or folder, and the files relative to it."""

    @property
    def path(self) -> str: ...

    @property
    def files(self) -> tuple[tuple[str, bytes], ...]: ...


def open_program(kind: str, program: Program, sandbox: Sandbox, limits: Limits, boxes: ExitStack) -> Box:
    """A box with the compiled program; `kind` is what it is called, such as “output validator”.

    Raises `JudgeError` when it does not compile or its language is not known here.
    """
    language, files = _source(kind, program)
    box = boxes.enter_context(sandbox.box(language, limits.memory_kib))
    compiled = box.compile(files, limits_of_compiling(limits))
    if not compiled.ok:
        said = compiled.output.strip()[:2000]
        raise fault_in(program, f"The {kind} {program.path} does not compile: {said}", _first_error(said, files))
    return box


def limits_of_compiling(limits: Limits) -> Limits:
    """What compiling a program of a package may use: a minute, and the memory that any compiler gets."""
    return Limits(cpu_ms=60_000, wall_ms=120_000, memory_kib=2048 * 1024, output_kib=limits.output_kib)


def _source(kind: str, program: Program) -> tuple[Language, tuple[SourceFile, ...]]:
    files = tuple(SourceFile(path, content) for path, content in program.files)
    try:
        language = language_of(files)
    except BadInput as error:
        raise fault_in(program, f"The {kind} {program.path} cannot be run: {error}") from error
    return language, in_one_file(files, language)


def fault_in(program: Program, message: str, line: int | None = None) -> JudgeError:
    """A fault of the program itself. A line is told of a program of one file only: the finding names no other."""
    return JudgeError(message, path=program.path, line=line if len(program.files) == 1 else None)


def _first_error(said: str, files: tuple[SourceFile, ...]) -> int | None:
    """The line of the first error that a compiler tells of, before which it may have warned."""
    errors = [words for words in said.splitlines() if "error" in words]
    return next(iter(_lines("\n".join(errors), files) or _lines(said, files)), None)


def last_line(kind: str, program: Program, run: RunOutcome) -> int | None:
    """The line at which an interpreter says that the program failed, or nothing."""
    lines = _lines(run.stderr.decode("utf-8", "replace"), _source(kind, program)[1])
    return lines[-1] if lines else None


def _lines(said: str, files: tuple[SourceFile, ...]) -> list[int]:
    """The lines of the program that a compiler or an interpreter speaks of, as `main.cpp:3:` or `"main.py", line 3`."""
    names = "|".join(re.escape(file.path.rpartition("/")[2]) for file in files)
    return [int(line) for line in re.findall(rf'(?:{names})(?:", line |:)(\d{{1,9}})', said)]


def how_it_failed(run: RunOutcome, limits: Limits, *, wanted: str) -> str:
    """How a program ended that did not do what is `wanted` of it, in words."""
    match run.ending:
        case Ending.CPU_LIMIT | Ending.WALL_LIMIT:
            return f"it did not end within {limits.cpu_ms / 1000:g} seconds (limits.validation_time)."
        case Ending.MEMORY_LIMIT:
            return f"it needed more than {limits.memory_kib // 1024} MiB (limits.validation_memory)."
        case Ending.OUTPUT_LIMIT:
            return f"it wrote more than {_size(limits.output_kib)}."
        case _:
            said = show(run.stderr.strip().rpartition(b"\n")[2].strip())
            how = f"ended by {run.signal}" if run.signal else f"exit status {run.exit_code}, which is {wanted}"
            return f"{how}. {said}".strip()


def _size(kib: int) -> str:
    return f"{kib // 1024} MiB (limits.validation_output)" if kib >= 1024 else f"{kib} KiB"
