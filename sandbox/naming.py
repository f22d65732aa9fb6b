"""What a file must be called, and what is run, where a language reads that from the file itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

_COMMENT_OR_STRING = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'|//[^\n]*|/\*.*?\*/', re.S)
_TYPE = re.compile(r"\b(public\s+)?(?:(?:final|abstract|sealed|strictfp)\s+)*(?:class|record|enum|interface)\s+(\w+)")
_MAIN = re.compile(r"\bstatic\b[^;{}()]*\bvoid\s+main\s*\(")
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
