"""The programs of one kind that a package brings: a file or a folder each, below the folder of that kind.

Source: "Programs" of `legacy`.
"""

from __future__ import annotations

from collections.abc import Mapping

SCRIPTS = frozenset({"build", "run"})
"""With one of these a program says itself how it is built; that is not done here."""


def programs_in(files: Mapping[str, bytes], folder: str) -> dict[str, dict[str, bytes]]:
    """The files of each program by its path, in order of names. A text that explains the folder is no program."""
    programs: dict[str, dict[str, bytes]] = {}
    for path in sorted(files):
        top, _, rest = path.partition("/")
        name, _, inside = rest.partition("/")
        if top == folder and name and (inside or not name.lower().startswith("readme")):
            programs.setdefault(f"{folder}/{name}", {})[inside or name] = files[path]
    return programs
