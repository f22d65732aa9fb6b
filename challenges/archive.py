"""Reading a zip that nobody has looked at yet: no links, no devices, no bombs, nothing outside, nothing unpacked to disk.

Sizes are counted while reading and never believed from the archive. An archive inside the archive stays an ordinary file.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

from challenges.findings import Finding, Severity
from challenges.paths import fault_of, is_ignored, printable

MAX_FILES = 20_000
MAX_FILE_BYTES = 100 * 2**20
MAX_TOTAL_BYTES = 300 * 2**20
MAX_RATIO = 100
RATIO_FREE_BYTES = 32 * 2**20
"""Below this much unpacked data the ratio is not looked at: small, honest test data of equal letters shrinks 1000 times."""

_CHUNK = 64 * 2**10
_END = b"PK\x05\x06"
_END_ZIP64 = b"PK\x06\x07"
_ENCRYPTED = 0x1


class ArchiveFault(Exception):
    """The archive cannot be read; `path` is the entry to blame, empty for the archive as a whole."""

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(message)
        self.path = path


def error(path: str, message: str) -> Finding:
    """An error about a whole entry."""
    return Finding(Severity.ERROR, printable(path), None, message)


def read_zip(name: str, data: bytes) -> tuple[dict[str, bytes], list[str], list[Finding]]:
    """The archive's files by path, the names that were ignored, and every fault. With a fault the files are incomplete."""
    try:
        _check_directory(data)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            findings = list(_entry_faults(entries))
            if findings:
                return {}, [], findings
            files, ignored = _read_entries(archive, entries, len(data))
            return files, ignored, []
    except ArchiveFault as fault:
        return {}, [], [error(fault.path or name, str(fault))]
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, UnicodeDecodeError, NotImplementedError, ValueError, OSError):
        return {}, [], [error(name, "this is not a readable zip file, or it is damaged; make the archive again")]


def _check_directory(data: bytes) -> None:
    """Refuse a table of contents that is too large before anything parses it."""
    start = data.rfind(_END, max(0, len(data) - 22 - 65535))
    if start < 0 or len(data) - start < 22:
        raise ArchiveFault("this is not a zip file; upload the package's folder as a .zip")
    entries, directory_bytes = struct.unpack_from("<HI", data, start + 10)
    if data[max(0, start - 20) : start].startswith(_END_ZIP64) or entries == 0xFFFF or directory_bytes == 0xFFFFFFFF:
        raise ArchiveFault(f"the archive is in zip64 format, made for more than a package may hold ({MAX_FILES} files)")
    if entries > MAX_FILES or directory_bytes > MAX_FILES * 400:
        raise ArchiveFault(f"the archive has too many files: at most {MAX_FILES} are allowed")


def _entry_faults(entries: list[zipfile.ZipInfo]) -> Iterator[Finding]:
    if len(entries) > MAX_FILES:
        yield error("", f"the archive has {len(entries)} files: at most {MAX_FILES} are allowed")
        return
    seen: set[str] = set()
    for entry in entries:
        path = entry.orig_filename.rstrip("/") if _is_folder(entry) else entry.orig_filename
        fault = fault_of(path) or _kind_fault(entry)
        if fault is None and not _is_folder(entry) and path in seen:
            fault = "the archive holds this file twice; keep one"
        if fault is not None:
            yield error(path, fault)
        if not _is_folder(entry):
            seen.add(path)
    for path in sorted(seen):
        above = next((parent for parent in _parents(path) if parent in seen), None)
        if above is not None:
            yield error(above, f"this is a file and also the folder of {printable(path)}; rename one of them")


def _is_folder(entry: zipfile.ZipInfo) -> bool:
    """By the name as it is written, because the parsed one may be empty."""
    return entry.orig_filename.endswith("/")


def _parents(path: str) -> Iterator[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _kind_fault(entry: zipfile.ZipInfo) -> str | None:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "this is a link; put the file itself there"
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "this is a device, pipe or socket; a package holds files and folders only"
    if entry.flag_bits & _ENCRYPTED:
        return "this file is encrypted; make the archive without a password"
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "this file is packed with an unusual method; make the archive with the ordinary one (deflate)"
    return None


def _read_entries(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], packed: int) -> tuple[dict[str, bytes], list[str]]:
    files: dict[str, bytes] = {}
    ignored: list[str] = []
    total = 0
    for entry in entries:
        if _is_folder(entry):
            continue
        path = entry.orig_filename
        if is_ignored(path):
            ignored.append(path)
            continue
        content = _read_entry(archive, entry, path, total, packed)
        total += len(content)
        files[path] = content
    return files, sorted(ignored)


def _read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str, before: int, packed: int) -> bytes:
    """One file's content, read in pieces so that a bomb stops at the limit and not at the end of memory."""
    pieces: list[bytes] = []
    size = 0
    with archive.open(entry) as stream:
        while piece := stream.read(_CHUNK):
            size += len(piece)
            check_sizes(path, size, before + size)
            if before + size > RATIO_FREE_BYTES and before + size > MAX_RATIO * packed:
                raise ArchiveFault(f"the archive grows more than {MAX_RATIO} times when unpacked, as only a bomb does", path)
            pieces.append(piece)
    return b"".join(pieces)


def check_sizes(path: str, size: int, total: int) -> None:
    """Raise `ArchiveFault` when one file or all of them together are over the limit."""
    if size > MAX_FILE_BYTES:
        raise ArchiveFault(f"the file is larger than {MAX_FILE_BYTES // 2**20} MiB; make it smaller", path)
    if total > MAX_TOTAL_BYTES:
        raise ArchiveFault(
            f"the package is larger than {MAX_TOTAL_BYTES // 2**20} MiB unpacked; make its test data smaller", path
        )
