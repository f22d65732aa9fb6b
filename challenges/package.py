"""A challenge package as bytes: opened from a folder or a zip, checked to hold nothing but plain files inside itself."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from challenges.archive import MAX_FILES, MAX_TOTAL_BYTES, ArchiveFault, check_sizes, error, read_zip
from challenges.findings import Finding
from challenges.links import with_links
from challenges.paths import MAX_DEPTH, fault_of, is_ignored

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16


class PackageError(Exception):
    """The package cannot be opened; `findings` says everything that is wrong with it."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(str(finding) for finding in findings))
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Package:
    """The files of one package by relative path. `digest` is 64 hex digits over the sorted paths and contents alone.

    `ignored` names what was left out because the format says so: hidden files and names with unusual characters.
    """

    name: str
    files: Mapping[str, bytes]
    digest: str
    ignored: tuple[str, ...] = ()

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle as plain parts: the read-only view of `files` cannot be pickled itself."""
        return _build, (self.name, dict(self.files), list(self.ignored))


def open_package(path: Path) -> Package:
    """Open a folder or a zip file. Raises `PackageError`."""
    if path.is_dir():
        files, ignored, findings = _read_folder(path)
        if findings:
            raise PackageError(tuple(findings))
        return _build(path.resolve().name, files, ignored)
    if not path.is_file():
        raise PackageError((error(str(path), "there is no such folder or zip file; check the path"),))
    if path.stat().st_size > MAX_TOTAL_BYTES:
        raise PackageError((error(path.name, f"the file is larger than {MAX_TOTAL_BYTES // 2**20} MiB"),))
    return open_zip(path.name, path.read_bytes())


def open_zip(name: str, data: bytes) -> Package:
    """Open a zip held in memory; `name` is its file name. One folder around everything is taken off. Raises `PackageError`."""
    files, ignored, findings = read_zip(name, data)
    if findings:
        raise PackageError(tuple(findings))
    stem = name.replace("\\", "/").rpartition("/")[2]
    for suffix in (".zip", ".kpp"):
        stem = stem.removesuffix(suffix)
    top = _single_top(files)
    if top is not None:
        files = {path.removeprefix(top + "/"): content for path, content in files.items()}
        ignored = [path.removeprefix(top + "/") for path in ignored]
    return _build(stem, files, ignored)


def to_zip(package: Package) -> bytes:
    """The package as a zip; the same bytes for the same content, whatever it was opened from."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path in sorted(package.files):
            entry = zipfile.ZipInfo(path, _ZIP_TIME)
            entry.external_attr = _PLAIN_FILE
            entry.create_system = 3
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, package.files[path], compresslevel=6)
    return buffer.getvalue()


def digest_of(files: Mapping[str, bytes]) -> str:
    """SHA-256 over the sorted paths and the digests of their contents, each with its length so that nothing can shift."""
    whole = hashlib.sha256(b"challenge package 1\n")
    for path in sorted(files):
        name = path.encode()
        whole.update(len(name).to_bytes(4, "big") + name + hashlib.sha256(files[path]).digest())
    return whole.hexdigest()


def _build(name: str, files: dict[str, bytes], ignored: list[str]) -> Package:
    return Package(name, MappingProxyType(files), digest_of(files), tuple(ignored))


def _single_top(files: Mapping[str, bytes]) -> str | None:
    """The one folder everything lies in, when that is where `problem.yaml` is."""
    tops = {path.partition("/")[0] for path in files}
    if len(tops) != 1 or "problem.yaml" in files:
        return None
    top = tops.pop()
    return top if f"{top}/problem.yaml" in files else None


def _read_folder(root: Path) -> tuple[dict[str, bytes], list[str], list[Finding]]:
    """The folder's files by path, the names ignored, and every fault; nothing is read through a link."""
    files: dict[str, bytes] = {}
    links: dict[str, str] = {}
    ignored: list[str] = []
    findings: list[Finding] = []
    total = 0
    try:
        for path, entry in _walk(root, ""):
            if is_ignored(path):
                ignored.append(path)
                continue
            fault = _folder_fault(path, entry)
            if fault is None and entry.is_symlink():
                links[path] = os.readlink(entry.path)
                continue
            if fault is not None:
                findings.append(error(path, fault))
                continue
            size = entry.stat(follow_symlinks=False).st_size
            total += size
            check_sizes(path, size, total)
            if len(files) + len(links) >= MAX_FILES:
                raise ArchiveFault(f"the folder has too many files: at most {MAX_FILES} are allowed")
            files[path] = _read_plain(entry.path)
        findings += [error(path, fault) for path, fault in with_links(files, links)]
    except ArchiveFault as fault:
        findings.append(error(fault.path or root.name, str(fault)))
    except OSError as problem:
        findings.append(error(root.name, f"cannot be read: {problem.strerror}; check the permissions"))
    return files, sorted(ignored), findings


def _walk(folder: Path, prefix: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every entry that is not a real folder, with its path; does not go into ignored folders or through links."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False) and not is_ignored(path):
                if path.count("/") >= MAX_DEPTH:
                    raise ArchiveFault(f"the folder is too deep: at most {MAX_DEPTH} levels", path)
                yield from _walk(Path(entry.path), path + "/")
            else:
                yield path, entry


def _folder_fault(path: str, entry: os.DirEntry[str]) -> str | None:
    if not entry.is_symlink() and not entry.is_file(follow_symlinks=False):
        return "this is a device, pipe or socket; a package holds files and folders only"
    return fault_of(path)


def _read_plain(path: str) -> bytes:
    """A file's bytes, refusing a link that was put in its place meanwhile."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with open(descriptor, "rb") as file:
        return file.read()
