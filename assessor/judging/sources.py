"""What is handed in to be judged: read from disk, checked, and its language found out. Every refusal says what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from assessor.errors import BadInput
from assessor.judging.languages import LANGUAGES, Language, offered, refuse_unless_offered
from challenges.language_codes import has_own_code
from challenges.problem import Problem
from sandbox.sources import arrange
from sandbox.spec import SourceFile

MAX_FILES = 100
_PYTHON_2 = re.compile(rb"#!.*python2\b")


def read_source(path: Path, code_kib: int) -> tuple[SourceFile, ...]:
    """The files of a program: one file, or a folder of them (hidden ones left out). Raises `BadInput`."""
    if path.is_file():
        return (SourceFile(path.name, _read(path, code_kib)),)
    if not path.is_dir():
        raise BadInput(f"There is no file or folder {path}.", code="no_source", field="source")
    files: list[SourceFile] = []
    total = 0
    for found in _walk(path):
        if len(files) == MAX_FILES:
            raise BadInput(f"{path} holds more than {MAX_FILES} files; hand in the program alone.", field="source")
        content = _read(found, code_kib)
        total += len(content)
        _check_size(str(path), total, code_kib)
        files.append(SourceFile(found.relative_to(path).as_posix(), content))
    if not files:
        raise BadInput(f"The folder {path} holds no files.", code="empty_source", field="source")
    return tuple(files)


def check_source(files: tuple[SourceFile, ...], language: Language, code_kib: int) -> None:
    """Raise `BadInput` for a program that is too large, empty, not text, or has impossible file names."""
    name = files[0].path if len(files) == 1 else "The program"
    _check_size(name, sum(len(file.content) for file in files), code_kib)
    if not any(file.content.strip() for file in files):
        raise BadInput(f"{name} is empty; write a program first.", code="empty_source", field="source")
    for file in files:
        if b"\0" in file.content:
            message = f"{file.path} is not text: it has a NUL byte. Hand in source code, not a compiled program, saved as UTF-8."
            raise BadInput(message, code="binary_source", field="source")
    try:
        arrange(language, files)
    except ValueError as error:
        raise BadInput(f"The program cannot be put in place: {error}.", code="bad_file_name", field="source") from error


def language_of(files: Iterable[SourceFile], given: str | None = None) -> Language:
    """The language called `given`, or the one that the file names tell. Raises `BadInput`."""
    files = tuple(files)
    if given is not None:
        if given not in LANGUAGES:
            raise BadInput(_unknown(f"The language “{given}”"), code="unknown_language", field="language")
        refuse_unless_offered(LANGUAGES[given])
        return LANGUAGES[given]
    for file in files:
        if PurePosixPath(file.path).suffix == ".py" and _PYTHON_2.match(file.content):
            raise BadInput(_unknown(f"{file.path} is Python 2, which"), code="unknown_language", field="language")
    suffixes = [PurePosixPath(file.path).suffix for file in files]
    own = [language for language in LANGUAGES.values() if language.variant_of is None]
    found = [language for language in own if any(suffix in language.extensions for suffix in suffixes)]
    if len(found) == 1:
        refuse_unless_offered(found[0])
        return found[0]
    if found:
        names = ", ".join(language.id for language in found)
        raise BadInput(
            f"The files are in several languages ({names}); name the one to use.", code="many_languages", field="language"
        )
    names = ", ".join(sorted({suffix for suffix in suffixes if suffix})) or "no extension"
    raise BadInput(_unknown(f"A program whose files end in {names}"), code="unknown_language", field="language")


def check_allowed(problem: Problem, language: Language) -> None:
    """Raise `BadInput` for a language that the package leaves out. A variant the format cannot name goes with its language."""
    allowed = problem.languages
    goes_along = language.variant_of in allowed and not has_own_code(language.id)
    if allowed and language.id not in allowed and not goes_along:
        message = f"{problem.slug} does not allow {language.name}; it allows {', '.join(allowed)}."
        raise BadInput(message, code="language_not_allowed", field="language")


def in_one_file(files: tuple[SourceFile, ...], language: Language) -> tuple[SourceFile, ...]:
    """A program of one file under the language's usual name, whatever it was called; others as they are."""
    return (SourceFile(language.source_name, files[0].content),) if len(files) == 1 else files


def starting_in(files: tuple[SourceFile, ...], entrypoint: str | None, language: Language) -> tuple[SourceFile, ...]:
    """The program with the mark on the file it starts in: a path, or what the language calls the start, such as a class.

    Raises `BadInput` when no file is it.
    """
    if entrypoint is None:
        return files
    entry = next((file for file in files if entrypoint in _names_of(file, language)), None)
    if entry is None:
        message = f"None of the program's files is its entry point “{entrypoint}”; name one of them, or the class to start."
        raise BadInput(message, code="no_entry_point", field="source")
    return tuple(replace(file, starts=file is entry) for file in files)


def _names_of(file: SourceFile, language: Language) -> set[str]:
    stem = PurePosixPath(file.path).stem
    names = {file.path, stem, f"{stem.capitalize()}Kt"}
    declared = language.declares(file.content.decode("utf-8", "replace")) if language.declares else None
    return names | ({declared.stem, declared.runs} if declared else set())


def _unknown(what: str) -> str:
    known = ", ".join(f"{language.id} ({' '.join(language.extensions)})" for language in offered().values())
    return f"{what} cannot be judged here. Languages: {known}."


def _walk(folder: Path) -> Iterator[Path]:
    for found in sorted(folder.iterdir()):
        if found.name.startswith(".") or found.is_symlink():
            continue
        if found.is_dir():
            yield from _walk(found)
        elif found.is_file():
            yield found


def _read(path: Path, code_kib: int) -> bytes:
    try:
        _check_size(str(path), path.stat().st_size, code_kib)
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.", code="no_source", field="source") from error


def _check_size(name: str, size: int, code_kib: int) -> None:
    if size > code_kib * 1024:
        message = f"{name} is too large: {size} bytes, and at most {code_kib} KiB are allowed. Shorten the program."
        raise BadInput(message, code="source_too_large", field="source")
