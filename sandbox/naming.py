"""What a file must be called, and what is run, where a language reads that from the file itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

# A candidate writes the text these search. What is not closed ends somewhere all the same, and repetitions have an end, so that
# a search takes as long as its text and not the square of it.
_COMMENT_OR_STRING = re.compile(r'"(?:\\.|[^"\\\n])*"?|\'(?:\\.|[^\'\\\n])*\'?|//[^\n]*|/\*.*?(?:\*/|\Z)', re.S)
_TYPE = re.compile(r"\b(public\s+)?(?:(?:final|abstract|sealed|strictfp)\s+){0,4}(?:class|record|enum|interface)\s+(\w+)")
_MAIN = re.compile(r"\bstatic\b[^;{}()]{0,200}\bvoid\s+main\s*\(")
_PACKAGE = re.compile(r"\bpackage\s+([\w.]+)\s*;")


@dataclass(frozen=True, slots=True)
class Declared:
    """`stem`: the file's name without suffix; `runs`: what to name when starting it."""

    stem: str
    runs: str


def java(text: str) -> Declared | None:
    """The public class, else the one with `main`, else the first; null where there is none.

    The Java Language Specification, 7.6: a public class lives in a file of its name.
    """
    bare = _COMMENT_OR_STRING.sub(" ", text)
    types = _top_level_types(bare)
    if not types:
        return None
    public = [name for is_public, name, _ in types if is_public]
    starting = [name for _, name, body in types if _MAIN.search(body)]
    stem = (public or starting or [types[0][1]])[0]
    runs = stem if stem in starting or not starting else starting[0]
    package = _PACKAGE.search(bare)
    return Declared(stem, f"{package.group(1)}.{runs}" if package else runs)


def _top_level_types(bare: str) -> list[tuple[bool, str, str]]:
    """Whether it is public, its name and its body, for each type that is not inside another."""
    found = []
    at = 0
    while (match := _TYPE.search(bare, at)) is not None:
        start = bare.find("{", match.end())
        at = _after_block(bare, start) if start >= 0 else len(bare)
        found.append((match.group(1) is not None, match.group(2), bare[match.end() : at]))
    return found


def _after_block(text: str, start: int) -> int:
    depth = 0
    for match in re.compile(r"[{}]").finditer(text, start):
        depth += 1 if match.group() == "{" else -1
        if depth == 0:
            return match.end()
    return len(text)


_SCALA_OBJECT = re.compile(r"^\s*object\s+(\w+)([^{\n]*\bextends\s+App\b)?", re.MULTILINE)
_SCALA_PACKAGE = re.compile(r"^\s*package\s+([\w.]+)\s*$", re.MULTILINE)
_ERLANG_MODULE = re.compile(r"^-module\(\s*([a-z]\w*)\s*\)", re.MULTILINE)


def scala(text: str) -> Declared | None:
    """The object that is an `App` or has `main`, else the first; null where there is none. The file's name does not matter."""
    bare = _COMMENT_OR_STRING.sub(" ", text)
    found = list(_SCALA_OBJECT.finditer(bare))
    if not found:
        return None
    starts = [match.start() for match in found[1:]] + [len(bare)]
    bodies = [bare[match.end() : end] for match, end in zip(found, starts, strict=True)]
    starting = [m.group(1) for m, body in zip(found, bodies, strict=True) if m.group(2) or re.search(r"\bdef\s+main\s*\(", body)]
    name = (starting or [found[0].group(1)])[0]
    package = _SCALA_PACKAGE.search(bare)
    return Declared(name, f"{package.group(1)}.{name}" if package else name)


def erlang(text: str) -> Declared | None:
    """The module, whose name the file must have; null where none is declared."""
    module = _ERLANG_MODULE.search(text)
    return Declared(module.group(1), module.group(1)) if module else None
