"""Links in a package's folder, replaced by what they name. They are read as text and looked up among the files that were found.

Nothing on disk is opened through a link, so one cannot lead out of the package whatever it says.

Source: general requirements of both versions of the format: links may name other files of the package and nothing else.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from challenges.archive import MAX_FILES, ArchiveFault, check_sizes
from challenges.paths import MAX_DEPTH

MAX_CHAIN = 10
"""How many links may follow one another."""


def with_links(files: dict[str, bytes], links: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Add what the links (text by path) name to the files; yields each link that names nothing, with the reason.

    Raises `ArchiveFault` when that is more than a package may hold.
    """
    total = sum(map(len, files.values()))
    waiting = dict(links)
    for _ in range(MAX_CHAIN):
        for path, text in sorted(waiting.items()):
            for added, content in _named(path, text, files, waiting):
                total += len(content)
                check_sizes(added, len(content), total)
                files[added] = content
                if len(files) > MAX_FILES:
                    raise ArchiveFault(f"the folder has too many files: at most {MAX_FILES} are allowed", path)
        waiting = {path: text for path, text in waiting.items() if not _is_there(path, files)}
    for path, text in sorted(waiting.items()):
        yield (
            path,
            "this link leaves the package; put the file itself there"
            if _target(path, text) is None
            else ("this link names nothing in the package; put the file itself there"),
        )


def _named(path: str, text: str, files: Mapping[str, bytes], waiting: Mapping[str, str]) -> list[tuple[str, bytes]]:
    """The files a link stands for: one, or those of a folder, once nothing in it waits for another link."""
    target = _target(path, text)
    if target is None or _is_there(path, files) or path.startswith(f"{target}/"):
        return []
    if target in files:
        return [(path, files[target])]
    if any(other.startswith(f"{target}/") for other in waiting):
        return []
    below = [(f"{path}{name[len(target) :]}", content) for name, content in files.items() if name.startswith(f"{target}/")]
    return [(name, content) for name, content in below if name.count("/") < MAX_DEPTH]


def _target(path: str, text: str) -> str | None:
    """The path in the package that a link names, null when it is none."""
    if text.startswith("/") or "\0" in text or "\\" in text:
        return None
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), text))
    return None if target in (".", "..") or target.startswith("../") else target


def _is_there(path: str, files: Mapping[str, bytes]) -> bool:
    return path in files or any(name.startswith(f"{path}/") for name in files)
