"""Where a program's files go and where it starts: the part of running it that is pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from sandbox.languages import Language
from sandbox.naming import Declared
from sandbox.protocol import SOURCE_DIR
from sandbox.spec import SourceFile

LONGEST_NAME = 255  # bytes, as file systems have it


@dataclass(frozen=True, slots=True)
class Program:
    """A program's files under the names its language needs, and its entry."""

    language: Language
    files: tuple[SourceFile, ...]
    entry: str

    @property
    def name(self) -> str:
        """The entry's module or class name: its path without suffix, or what the language reads from the file."""
        declared = _declared(self.language, next(file for file in self.files if file.path == self.entry))
        return declared.runs if declared else str(PurePosixPath(self.entry).with_suffix(""))

    def compile_command(self, memory_kib: int, *, from_snapshot: bool) -> tuple[str, ...]:
        """What compiles or checks it."""
        snapshot = self.language.snapshot
        first, *rest = self.language.compile
        return self.command((first, *(snapshot.compile if snapshot and from_snapshot else ()), *rest), memory_kib)

    def run_command(self, memory_kib: int, *, from_snapshot: bool) -> tuple[str, ...]:
        """What runs it, from the runtime's snapshot where there is one for this memory limit."""
        snapshot = self.language.snapshot
        first, *rest = self.language.run
        usable = (
            snapshot and from_snapshot and (not snapshot.memory_mib or memory_kib in [mib * 1024 for mib in snapshot.memory_mib])
        )
        return self.command((first, *(snapshot.run if snapshot and usable else ()), *rest), memory_kib)

    def command(self, template: tuple[str, ...], memory_kib: int) -> tuple[str, ...]:
        """The template with its placeholders filled in."""
        sources = [file.path for file in self.files if PurePosixPath(file.path).suffix in self.language.extensions]
        words: list[str] = []
        for word in template:
            if word == "{files}":
                words.extend(f"{SOURCE_DIR}/{path}" for path in sources)
            else:
                word = word.replace("{main}", f"{SOURCE_DIR}/{self.entry}").replace("{name}", self.name)
                words.append(word.replace("{memory_mib}", str(max(1, memory_kib // 1024))))
        return tuple(words)


def arrange(language: Language, files: tuple[SourceFile, ...]) -> Program:
    """Find the entry and give it the name it must have.

    Raises ValueError when there is no file, or a path is empty, absolute, leaves its folder, or comes twice.
    """
    if not files:
        raise ValueError("a program needs at least one file")
    paths = [file.path for file in files]
    for path in paths:
        _check(path)
    if len(set(paths)) != len(paths):
        raise ValueError("two files have the same path")
    folders = {str(folder) for path in paths for folder in PurePosixPath(path).parents}
    if both := folders.intersection(paths):
        raise ValueError(f"{min(both)!r} is a file and a folder")
    entry = _entry(language, files)
    renamed = _needed_path(language, entry)
    if renamed == entry.path or renamed in paths:
        return Program(language, files, entry.path)
    placed = tuple(replace(file, path=renamed) if file is entry else file for file in files)
    return Program(language, placed, renamed)


def _check(path: str) -> None:
    parts = path.split("/")
    if not path or "\0" in path or len(path.encode("utf-8", "replace")) > 500 or any(part in ("", ".", "..") for part in parts):
        raise ValueError(f"{path[:100]!r} is not a relative path of a file")
    if any(len(part.encode("utf-8", "replace")) > LONGEST_NAME or part.startswith("-") for part in parts):
        raise ValueError(f"{path[:100]!r} is not a usable file name")


def _entry(language: Language, files: tuple[SourceFile, ...]) -> SourceFile:
    """The file that is said to be it, one of the usual name, one that looks like an entry, or the first in the language."""
    for file in files:
        if file.starts:
            return file
    own = [file for file in files if PurePosixPath(file.path).suffix in language.extensions] or list(files)
    for file in own:
        if file.path in (language.source_name, f"__main__{language.extensions[0]}"):
            return file
    if language.entry is not None and len(own) > 1:
        for file in own:
            if language.entry.search(_text(file)):
                return file
    return own[0]


def _text(file: SourceFile) -> str:
    return file.content.decode("utf-8", "replace")


def _declared(language: Language, file: SourceFile) -> Declared | None:
    return language.declares(_text(file)) if language.declares else None


def _needed_path(language: Language, entry: SourceFile) -> str:
    """Its own path, but with a suffix that the compiler knows, and with the declared name where the language wants that."""
    path = PurePosixPath(entry.path)
    declared = _declared(language, entry)
    if declared is not None:
        name = declared.stem + language.extensions[0]
        path = path.with_name(name) if len(name.encode()) <= LONGEST_NAME else path  # the compiler will say that it does not fit
    elif path.suffix not in language.extensions:
        path = path.with_name(language.source_name)
    return str(path)
