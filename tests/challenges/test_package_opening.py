"""Opening packages: folders and zips, what is refused, one digest for one content."""

from __future__ import annotations

import contextlib
import io
import os
import random
import stat
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from package_builder import PLAIN_2025, in_folder, zipped

from challenges.archive import MAX_FILES
from challenges.package import PackageError, open_package, open_zip, to_zip


def faults(data: bytes) -> dict[str, str]:
    """What opening a zip is refused for, by path."""
    with pytest.raises(PackageError) as refused:
        open_zip("double.zip", data)
    return {finding.path: finding.message for finding in refused.value.findings}


def archive_with(name: str, content: bytes = b"x", mode: int = 0) -> bytes:
    """A zip whose one entry has any name and any kind of file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        entry = zipfile.ZipInfo("placeholder")
        entry.filename = entry.orig_filename = name
        entry.external_attr = mode << 16
        archive.writestr(entry, content)
    return buffer.getvalue()


def test_a_folder_and_its_zips_are_the_same_package(tmp_path: Path) -> None:
    folder = open_package(in_folder(tmp_path / "double", PLAIN_2025))
    flat = open_zip("double.zip", zipped(PLAIN_2025))
    nested = open_zip("double.kpp", zipped(dict(reversed(PLAIN_2025.items())), top="anything"))
    assert folder.digest == flat.digest == nested.digest
    assert dict(folder.files) == dict(flat.files) == dict(nested.files)
    assert folder.name == flat.name == nested.name == "double"
    assert to_zip(folder) == to_zip(flat) == to_zip(nested)


def test_the_digest_changes_with_any_content_and_any_name() -> None:
    digests = {
        open_zip("a.zip", zipped({"problem.yaml": "a", "b": "c"})).digest,
        open_zip("a.zip", zipped({"problem.yaml": "a", "b": "d"})).digest,
        open_zip("a.zip", zipped({"problem.yaml": "a", "bc": ""})).digest,
        open_zip("a.zip", zipped({"problem.yaml": "ab", "c": ""})).digest,
    }
    assert len(digests) == 4


def test_a_zip_on_disk_opens_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "double.zip"
    path.write_bytes(zipped(PLAIN_2025))
    assert open_package(path).name == "double"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../evil", "leaves the package"),
        ("data/../../evil", "leaves the package"),
        ("/etc/passwd", "absolute"),
        ("C:/evil", "absolute"),
        ("data\\evil", "backslash"),
        ("a//b", "empty"),
        ("./a", "`.` part"),
        ("x" * 1100, "too long"),
        ("/".join("abcdefghijklmnopqrstuvwxyz"), "too deep"),
    ],
)
def test_a_path_outside_or_a_trick_is_refused(name: str, reason: str) -> None:
    (message,) = faults(archive_with(name)).values()
    assert reason in message


def test_a_nul_in_a_name_is_refused() -> None:
    data = archive_with("problemXyaml").replace(b"problemXyaml", b"problem\0yaml")
    assert "NUL" in next(iter(faults(data).values()))


@pytest.mark.parametrize(
    ("kind", "reason"),
    [(stat.S_IFLNK, "link"), (stat.S_IFCHR, "device"), (stat.S_IFIFO, "pipe"), (stat.S_IFSOCK, "socket")],
)
def test_links_and_devices_in_a_zip_are_refused(kind: int, reason: str) -> None:
    assert reason in faults(archive_with("data", b"/etc/passwd", kind | 0o777))["data"]


def test_links_that_stay_in_the_folder_stand_for_what_they_name(tmp_path: Path) -> None:
    root = in_folder(tmp_path / "double", PLAIN_2025)
    (root / "data/secret/2.in").symlink_to("1.in")
    (root / "data/secret/2.ans").symlink_to("../secret/3.ans")
    (root / "data/secret/3.ans").symlink_to("1.ans")
    (root / "data/again").symlink_to("secret")
    package = open_package(root)
    assert package.files["data/secret/2.in"] == package.files["data/secret/1.in"]
    assert package.files["data/secret/2.ans"] == package.files["data/again/3.ans"] == package.files["data/secret/1.ans"]
    assert package.digest == open_zip("double.zip", zipped(dict(package.files))).digest


@pytest.mark.parametrize("text", ["circle", "other", ".", "..", "../..", "/etc", "nothing", "data/", "data/secret/../../../x"])
def test_links_that_name_nothing_in_the_package_are_refused(tmp_path: Path, text: str) -> None:
    root = in_folder(tmp_path / "double", {"problem.yaml": "name: a", "folder/b": "x"})
    (root / "circle").symlink_to(text)
    (root / "other").symlink_to("circle")
    (root / "folder/within").symlink_to("../folder")
    with pytest.raises(PackageError) as refused:
        open_package(root)
    assert {finding.path for finding in refused.value.findings} == {"circle", "other", "folder/within"}


def test_links_that_leave_the_folder_are_refused_and_never_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("not yours")
    root = in_folder(tmp_path / "double", PLAIN_2025)
    (root / "statement/picture.png").symlink_to(secret)
    (root / "attachments").symlink_to(tmp_path)
    os.mkfifo(root / "pipe")
    with pytest.raises(PackageError) as refused:
        open_package(root)
    found = {finding.path: finding.message for finding in refused.value.findings}
    assert set(found) == {"statement/picture.png", "attachments", "pipe"}
    assert "link" in found["attachments"]


def test_an_entry_that_stands_twice_is_refused() -> None:
    data = zipped({"problem.yaml": "name: One", "problem.yamx": "name: Two"}).replace(b"problem.yamx", b"problem.yaml")
    assert "twice" in faults(data)["problem.yaml"]


def test_a_file_that_is_also_a_folder_is_refused() -> None:
    assert "also the folder" in faults(zipped({"data": "x", "data/1.in": "y"}))["data"]


def test_a_bomb_stops_at_the_ratio() -> None:
    tracemalloc.start()
    message = faults(zipped({"bomb": b"\0" * (80 * 2**20)}))["bomb"]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "bomb" in message
    assert peak < 250 * 2**20


def test_small_tests_of_equal_letters_are_no_bomb() -> None:
    assert len(open_zip("a.zip", zipped({"data/secret/1.in": b"a" * 2**20})).files) == 1


def test_a_file_over_the_limit_is_refused() -> None:
    noise = random.Random(1).randbytes(2**20)
    assert "larger than 100 MiB" in faults(zipped({"big": noise * 101}))["big"]


def test_too_many_files_are_refused_before_they_are_looked_at() -> None:
    data = zipped({f"{number}": b"" for number in range(MAX_FILES + 1)})
    assert "too many files" in faults(data)["double.zip"]


def test_a_bomb_inside_a_package_stays_a_plain_file() -> None:
    inner = zipped({"bomb": b"\0" * (40 * 2**20)})
    package = open_zip("a.zip", zipped({"attachments/inner.zip": inner}))
    assert package.files["attachments/inner.zip"] == inner


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"not a zip at all" * 100, zipped({"a": "b" * 100})[:-30]], ids=["nothing", "two bytes", "text", "cut"]
)
def test_what_is_no_zip_is_said_to_be_none(data: bytes) -> None:
    (message,) = faults(data).values()
    assert "zip" in message


def test_a_damaged_file_is_refused() -> None:
    data = bytearray(zipped({"a": random.Random(2).randbytes(5000)}))
    data[200] ^= 0xFF
    assert "damaged" in next(iter(faults(bytes(data)).values()))


def test_an_encrypted_file_is_refused() -> None:
    data = bytearray(zipped({"a": "b"}))
    central = data.rindex(b"PK\x01\x02")
    struct.pack_into("<H", data, central + 8, 1)
    assert "encrypted" in faults(bytes(data))["a"]


def test_an_unusual_packing_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a", "b" * 1000)
    assert "unusual method" in faults(buffer.getvalue())["a"]


def test_what_the_format_ignores_is_left_out_and_named() -> None:
    package = open_zip("a.zip", zipped({".git/config": "x", "__MACOSX/._a": "x", "data/my file.in": "x", "problem.yaml": "x"}))
    assert set(package.files) == {"problem.yaml"}
    assert package.ignored == (".git/config", "__MACOSX/._a", "data/my file.in")


def test_ignored_leftovers_beside_the_one_folder_do_not_hide_it() -> None:
    files = {"double/problem.yaml": "x", "__MACOSX/double/._problem.yaml": "x", ".DS_Store": "x"}
    assert set(open_zip("a.zip", zipped(files)).files) == {"problem.yaml"}


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="no such folder or zip"):
        open_package(tmp_path / "nothing")


NAMES = st.from_regex(r"[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,8}", fullmatch=True).filter(
    lambda name: name not in ("__pycache__", "node_modules") and not name.endswith(".")
)
PATHS = st.lists(NAMES, min_size=1, max_size=4).map("/".join)


def no_file_is_a_folder(files: dict[str, bytes]) -> bool:
    return not any(other.startswith(path + "/") for path in files for other in files)


@given(st.dictionaries(PATHS, st.binary(max_size=200), max_size=8).filter(no_file_is_a_folder), st.booleans())
@settings(max_examples=150, deadline=None)
def test_to_zip_and_open_zip_are_inverse(files: dict[str, bytes], with_top: bool) -> None:
    whole = {"problem.yaml": b"name: x\n"} | files
    if not no_file_is_a_folder(whole):
        return
    package = open_zip("x.zip", zipped(whole, top="top" if with_top else ""))
    again = open_zip("x.zip", to_zip(package))
    assert dict(package.files) == whole
    assert (again.digest, dict(again.files), to_zip(again)) == (package.digest, dict(package.files), to_zip(package))


@given(st.text(min_size=1, max_size=30).filter(lambda name: not name.endswith("/")))
@settings(max_examples=300, deadline=None)
def test_whatever_a_name_is_it_stays_inside_or_is_refused(name: str) -> None:
    try:
        data = archive_with(name)
    except UnicodeEncodeError:
        return
    with contextlib.suppress(PackageError):
        for path in open_zip("x.zip", data).files:
            assert not path.startswith("/")
            assert ".." not in path.split("/")
            assert "\\" not in path
            assert "\0" not in path


def test_a_name_with_control_characters_is_shown_harmless() -> None:
    (path,) = faults(archive_with("../\x1b[2J\u202eevil"))
    assert path == "../\\u001b[2J\\u202eevil"


@given(st.binary(max_size=300), st.integers(0, 400))
@settings(max_examples=200, deadline=None)
def test_no_damage_to_a_zip_is_more_than_a_refusal(noise: bytes, position: int) -> None:
    data = zipped(PLAIN_2025)
    broken = data[:position] + noise + data[position + len(noise) :]
    with contextlib.suppress(PackageError):
        open_zip("x.zip", broken)
