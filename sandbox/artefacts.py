"""Compiled programs that are kept, so that the same source is not compiled twice: judged again, proved again, or handed in by
several people.

What a compiler makes in a box is the work of a hostile program until shown otherwise. So an artefact is given to none but a
submission that would have been compiled to it anyway: its key is the digest of everything that goes into compiling, byte by byte
(the image, the command, its limits, every file). It comes out of a box by the framed stream, goes into another by the same, and
is never opened, run or unpacked on the way. Only what ended by itself is kept: what ran into a limit may end otherwise tomorrow.

The folder is bounded; what was not used for longest goes first. It may be shared by several workers, or deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import tempfile
import threading
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sandbox.spec import CompileOutcome, Ending, Limits, SourceFile

log = logging.getLogger(__name__)

FORM = b"assessor artefact 1\n"
MOST_BYTES = 16 << 20
"""An artefact larger than this is not kept: bringing it back would take longer than is won."""
LONGEST_PATH_BYTES = 1000
"""A path longer than this leaves a box but is not taken into another."""
SUFFIX = ".artefact"


@dataclass(frozen=True, slots=True)
class Artefact:
    """What came of compiling, and the program by path (folders without content); none where it did not compile."""

    outcome: CompileOutcome
    program: dict[str, bytes | None] = field(default_factory=dict)


def key_of(image_id: str, command: Iterable[str], environment: Iterable[str], limits: Limits, files: Iterable[SourceFile]) -> str:
    """The digest of all that goes into compiling. Each part is preceded by its size, so that none can pass for two."""
    digest = hashlib.sha256(FORM)
    numbers = [str(number) for number in asdict(limits).values()]
    groups: list[Iterable[str | bytes]] = [[image_id], command, environment, numbers]
    for group in groups + [[file.path, file.content] for file in files]:
        parts = [part if isinstance(part, bytes) else part.encode("utf-8", "surrogateescape") for part in group]
        digest.update(len(parts).to_bytes(8, "little"))
        for part in parts:
            digest.update(len(part).to_bytes(8, "little"))
            digest.update(part)
    return digest.hexdigest()


def is_worth_keeping(outcome: CompileOutcome) -> bool:
    """Whether compiling it again would surely come to the same."""
    return outcome.ending is Ending.EXITED


class ArtefactStore:
    """Artefacts in a folder of at most `most_bytes`. Whatever goes wrong with the disk costs only the compiling anew."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self._folder = folder
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._bytes: int | None = None  # of all entries, as far as is known

    def get(self, key: str) -> Artefact | None:
        """What was kept under this key. What is damaged is removed."""
        path = self._path(key)
        try:
            raw = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        try:
            return _unpacked(key, raw)
        except (ValueError, KeyError, TypeError):
            log.warning("sandbox.artefact_damaged key=%s", key[:12])
            with contextlib.suppress(OSError):
                path.unlink()
            return None

    def put(self, key: str, artefact: Artefact) -> None:
        """Keep it, whole or not at all."""
        if any(len(path.encode("utf-8", "surrogateescape")) > LONGEST_PATH_BYTES for path in artefact.program):
            return
        raw = _packed(key, artefact)
        if len(raw) > min(MOST_BYTES, self._most_bytes):
            return
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._make_room(len(raw))
            _write(self._path(key), raw)
        except OSError as error:
            log.warning("sandbox.artefact_not_kept key=%s error=%s", key[:12], error)

    def forget(self, key: str) -> None:
        """Remove what cannot be used."""
        with contextlib.suppress(OSError):
            self._path(key).unlink()

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}{SUFFIX}"

    def _make_room(self, size: int) -> None:
        with self._lock:
            if self._bytes is None or self._bytes + size > self._most_bytes:
                self._bytes = self._swept(size)
            self._bytes += size

    def _swept(self, size: int) -> int:
        """Remove what was unused for longest until a tenth is free beyond what is to come; how many bytes are left."""
        found = sorted(self._entries(), key=lambda entry: entry[1].st_mtime_ns)
        total = sum(status.st_size for _, status in found)
        if total + size <= self._most_bytes:
            return total
        for path, status in found:
            if total + size <= self._most_bytes * 9 // 10:
                break
            with contextlib.suppress(FileNotFoundError):
                path.unlink()
            total -= status.st_size
        return total

    def _entries(self) -> Iterable[tuple[Path, os.stat_result]]:
        """Half-written files too: their writer may have been killed."""
        for path in self._folder.iterdir():
            with contextlib.suppress(FileNotFoundError):
                yield path, path.stat()


def _write(path: Path, raw: bytes) -> None:
    """Readable for the owner alone, and by its name only when it is complete."""
    descriptor, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(raw)
        os.replace(name, path)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _packed(key: str, artefact: Artefact) -> bytes:
    sizes = [[path, None if content is None else len(content)] for path, content in artefact.program.items()]
    head = json.dumps({"key": key, "outcome": asdict(artefact.outcome), "program": sizes}).encode()
    body = b"".join((len(head).to_bytes(8, "little"), head, *(content or b"" for content in artefact.program.values())))
    return FORM + hashlib.sha256(body).digest() + body


def _unpacked(key: str, raw: bytes) -> Artefact:
    """ValueError for anything but what `_packed` has made for this key."""
    start = len(FORM) + hashlib.sha256().digest_size
    body = raw[start:]
    if raw[: len(FORM)] != FORM or hashlib.sha256(body).digest() != raw[len(FORM) : start]:
        raise ValueError("not an artefact, or a damaged one")
    at = 8 + int.from_bytes(body[:8], "little")
    head = json.loads(body[8:at])
    if head["key"] != key:
        raise ValueError("the artefact of something else")
    program: dict[str, bytes | None] = {}
    for path, size in head["program"]:
        program[path] = None if size is None else body[at : at + size]
        at += size or 0
    outcome = head["outcome"]
    return Artefact(CompileOutcome(**{**outcome, "ending": Ending(outcome["ending"])}), program)
