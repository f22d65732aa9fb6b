"""The statements of a package: one file per language, and the pictures beside them.

Source: "Problem statements" of both versions. `problem_statement/` is legacy's folder, `statement/` that of 2025-09; both are
looked into, because packages that move from one version to the other have either.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from challenges.findings import Report
from challenges.problem import FormatVersion, Statement, StatementFormat
from challenges.problem_yaml import Metadata
from challenges.text import decode, with_constants

FOLDERS = {FormatVersion.V2025_09: ("statement", "problem_statement"), FormatVersion.LEGACY: ("problem_statement", "statement")}
DEFAULT_LOCALE = "en"
MAX_BYTES = 64 * 2**10
"""Rendering takes longer than its text by a square, when the text is made to hurt."""

_NAME = re.compile(r"problem(?:\.(?P<locale>[a-z]{2,3}(?:-[A-Z]{2})?))?\.(?P<format>tex|md|pdf)\Z")
_NEARLY = re.compile(r"problem\b.*\.(tex|md)\Z", re.IGNORECASE)
_PICTURE = re.compile(r".+\.(png|jpe?g|svg|gif|webp)\Z", re.IGNORECASE)
_PLAIN_NAME = re.compile(r"^%%[ \t]*plainproblemname:(.*)$", re.MULTILINE)
_NAME_COMMAND = re.compile(r"\\problemname\s*\{((?:[^{}]|\{[^{}]*\})*)\}")


def read_statements(files: Mapping[str, bytes], metadata: Metadata, report: Report) -> tuple[Statement, ...]:
    """Every statement that can be shown, by locale."""
    folder = _folder(files, metadata, report)
    if folder is None:
        return ()
    images = tuple((path.removeprefix(folder + "/"), files[path]) for path in sorted(files) if _is_picture(path, folder))
    statements: dict[str, Statement] = {}
    for path in sorted(path for path in files if path.startswith(folder + "/")):
        statement = _read_one(path, path.removeprefix(folder + "/"), files[path], metadata, images, report)
        if statement is not None and statement.locale in statements:
            report.error(path, f"is a second statement in `{statement.locale}`; keep one")
        elif statement is not None:
            statements[statement.locale] = statement
    return tuple(statements[locale] for locale in sorted(statements))


def _folder(files: Mapping[str, bytes], metadata: Metadata, report: Report) -> str | None:
    present = [name for name in FOLDERS[metadata.format_version] if any(path.startswith(name + "/") for path in files)]
    if len(present) > 1:
        report.warning(present[1], f"is ignored, because there is `{present[0]}`; keep one folder of statements")
    if present and not metadata.draft and present[0] != FOLDERS[metadata.format_version][0]:
        expected = FOLDERS[metadata.format_version][0]
        report.warning(present[0], f"version {metadata.format_version} calls this folder `{expected}`; it is read all the same")
    return present[0] if present else None


def _is_picture(path: str, folder: str) -> bool:
    return path.startswith(folder + "/") and bool(_PICTURE.match(path))


def _read_one(
    path: str, name: str, content: bytes, metadata: Metadata, images: tuple[tuple[str, bytes], ...], report: Report
) -> Statement | None:
    match = _NAME.match(name)
    if match is None:
        if "/" not in name and _NEARLY.match(name):
            report.warning(path, "is ignored; statements are named `problem.<language>.md` or `.tex`, such as problem.en.md")
        return None
    if match["format"] == "pdf":
        report.warning(path, "statements in PDF cannot be shown on a page; write it in Markdown or LaTeX")
        return None
    if match["locale"] is None and metadata.format_version is FormatVersion.V2025_09:
        report.warning(path, "has no language in its name and is taken for English; call it problem.en." + match["format"])
    text = None if _is_too_large(path, content, report) else decode(path, content, report)
    if text is None:
        return None
    if not text.strip():
        report.error(path, "the statement is empty; write it or remove the file")
        return None
    source = with_constants(text, metadata.constants)
    if _is_too_large(path, source.encode(), report):
        return None
    return Statement(
        locale=match["locale"] or DEFAULT_LOCALE,
        format=StatementFormat(match["format"]),
        source=source,
        images=images,
        path=path,
    )


def _is_too_large(path: str, content: bytes, report: Report) -> bool:
    if len(content) > MAX_BYTES:
        report.error(path, f"the statement is larger than {MAX_BYTES // 2**10} KiB; make it shorter, with pictures in files")
    return len(content) > MAX_BYTES


def plain_title(statement: Statement) -> str | None:
    """The title a LaTeX statement gives itself, when it is plain text; null for Markdown and for titles with commands."""
    if statement.format is not StatementFormat.LATEX:
        return None
    plain = _PLAIN_NAME.search(statement.source)
    if plain is not None:
        return plain.group(1).strip() or None
    command = _NAME_COMMAND.search(re.sub(r"(?m)(?<!\\)%.*$", "", statement.source))
    title = command.group(1).strip() if command else ""
    return title if title and not re.search(r"[\\${}]", title) else None
