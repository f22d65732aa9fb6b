"""Decoding a package's text files: UTF-8, with or without a byte-order mark, any line ends."""

from __future__ import annotations

import re

from challenges.findings import Report

_CONSTANT = re.compile(r"\{\{([a-zA-Z_][a-zA-Z0-9_]*)\}\}|\\constant\{([a-zA-Z_][a-zA-Z0-9_]*)\}")


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
