"""Decoding a package's text files: UTF-8, with or without a byte-order mark, any line ends."""

from __future__ import annotations

import re

from challenges.findings import Report

_CONSTANT = re.compile(r"\{\{([a-zA-Z_][a-zA-Z0-9_]*)\}\}|\\constant\{([a-zA-Z_][a-zA-Z0-9_]*)\}")
MOST_GROWTH = 16 * 1024
"""Bytes by which constants may lengthen a file beyond doubling it."""

_GROUPED_DIGITS = re.compile(r"(?<=\d)[ \u2009](?=\d{3}(?!\d))")


def decode(path: str, content: bytes, report: Report) -> str | None:
    """The text of a file with LF line ends; null, and an error with the line, when it is not UTF-8."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        report.error(path, "this is not UTF-8 text; save the file as UTF-8", line)
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def with_constants(text: str, constants: dict[str, str]) -> str:
    """`text` with the constants of problem.yaml put in for `{{name}}` and `\\constant{name}`; other names stay as they are."""
    if not constants:
        return text
    return _CONSTANT.sub(lambda match: constants.get(match[1] or match[2], match[0]), text)


def filled(content: bytes, constants: dict[str, str]) -> bytes:
    """A file with the package's constants put in; what is no text stays as it is, and so does what would grow out of proportion:
    a package is bounded in what it brings, and constants must not lead around that."""
    try:
        whole = with_constants(content.decode(), constants).encode() if constants else content
    except UnicodeDecodeError:
        return content
    return whole if len(whole) <= 2 * len(content) + MOST_GROWTH else content


def with_whole_numbers(text: str) -> str:
    """Prose with the spaces inside numbers such as `80 000` unbreakable.

    Apart from line ends this is about direction: between two numbers in a text from right to left an ordinary space makes the
    groups of digits change places, a no-break space does not (Unicode Bidirectional Algorithm, rule W4).
    """
    return _GROUPED_DIGITS.sub("\u00a0", text)
