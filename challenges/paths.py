"""Which names a package may hold, whether it comes as a folder or as a zip.

Source: general requirements of both versions of the format. Names that could leave the package are refused; names the format
says to behave as if they were not there (hidden files, odd characters) are ignored and reported.
"""

from __future__ import annotations

import re

_COMPONENT = re.compile(r"[a-zA-Z0-9_][a-zA-Z0-9_.+-]{0,254}\Z")
_LEFTOVERS = frozenset({"__MACOSX", "__pycache__", "node_modules"})

MAX_DEPTH = 20
MAX_PATH_LENGTH = 1000


def fault_of(path: str) -> str | None:
    """Why `path` must not occur in a package at all, or null when it may. `path` uses `/` and is as written in the archive."""
    if not path:
        return "an entry has no name; make the archive again"
    if "\0" in path:
        return "the name holds a NUL character; rename the file"
    if "\\" in path:
        return "the name holds a backslash; make the archive with a tool that writes `/` between folders"
    if path.startswith("/") or re.match(r"[A-Za-z]:", path):
        return "the path is absolute; a package holds relative paths only"
    parts = path.split("/")
    if ".." in parts:
        return "the path leaves the package with `..`; a package holds only what lies inside it"
    if "." in parts or "" in parts:
        return "the path has an empty or `.` part; make the archive from the package's own folder"
    if len(parts) > MAX_DEPTH or len(path) > MAX_PATH_LENGTH:
        return f"the path is too deep or too long (at most {MAX_DEPTH} levels and {MAX_PATH_LENGTH} characters)"
    return None


def is_ignored(path: str) -> bool:
    """Whether the format says to behave as if this file were not there."""
    return any(part in _LEFTOVERS or not _COMPONENT.match(part) for part in path.split("/"))


def is_surprising(path: str) -> bool:
    """Whether an author would want to hear that this ignored file is ignored: not for hidden files and leftovers of tools."""
    return not any(part.startswith(".") or part in _LEFTOVERS for part in path.split("/"))


def printable(path: str) -> str:
    """`path` for a message: control and bidirectional characters made visible, shortened."""
    shown = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in path)
    return shown if len(shown) <= 200 else shown[:200] + "…"
