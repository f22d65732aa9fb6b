"""The passes over LaTeX source before it is parsed: code set aside, comments dropped, the author's own commands expanded."""

from __future__ import annotations

import re

MAX_EXPANDED = 400_000
MAX_ROUNDS = 8

_CODE_START = re.compile(
    r"\\begin\{(?P<env>verbatim\*?|lstlisting|minted|alltt)\}(?:\[[^\]\n]{0,300}\])?"
    r"|\\(?:verb\*?|lstinline)(?P<mark>[^\sa-zA-Z{*])(?P<inline>[^\n]{0,500}?)(?P=mark)"
)
_WHOLE_LINE_COMMENT = re.compile(r"^[ \t]*%[^\n]*\n?", re.MULTILINE)
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*(?:\n[ \t]*+(?!\n)|\Z)?")
_DEFINITION = re.compile(
    r"\\(?:(?:re|provide)?newcommand|providecommand|def|DeclareMathOperator)\*?\s*(?:\{\s*\\([a-zA-Z]+)\s*\}|\\([a-zA-Z]+))"
    r"\s*(?:\[(\d)\])?(?:#\d)*\s*\{"
)
_MARK = re.compile("[\ue000-\ue0ff]")

CODE_OPEN, CODE_CLOSE = "\ue000", "\ue001"


def prepare(source: str) -> tuple[str, list[tuple[str, bool]]]:
    """The source to parse, and the pieces of code it refers to as `CODE_OPEN index CODE_CLOSE`, each with: is it a block."""
    text, codes = _without_code(_MARK.sub("", source))
    text = _COMMENT.sub(r"\1", _WHOLE_LINE_COMMENT.sub("", text))
    return _expand(*_definitions(text)), codes


def _without_code(text: str) -> tuple[str, list[tuple[str, bool]]]:
    """The text with marks in place of its code, and the code; an environment without an end stays where it is."""
    codes: list[tuple[str, bool]] = []
    kept: list[str] = []
    endless: set[str] = set()
    position = 0
    for match in _CODE_START.finditer(text):
        end = match.end()
        if match.start() < position or match["env"] in endless:
            continue
        if match["env"] is not None:
            close = f"\\end{{{match['env']}}}"
            end = text.find(close, match.end())
            if end < 0:
                endless.add(match["env"])
                continue
            codes.append((text[match.end() : end].strip("\n"), True))
            end += len(close)
        else:
            codes.append((match["inline"], False))
        kept += [text[position : match.start()], f"{CODE_OPEN}{len(codes) - 1}{CODE_CLOSE}"]
        position = end
    return "".join(kept) + text[position:], codes


def matching_brace(text: str, start: int) -> int:
    """The index of the `}` that closes the `{` at `start`, or the length of the text."""
    depth = 0
    index = start
    while index < len(text):
        char = text[index]
        if char == "\\":
            index += 1
        elif char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
            if depth == 0:
                return index
        index += 1
    return len(text)


def _definitions(text: str) -> tuple[str, dict[str, tuple[int, str]]]:
    """The text without `\\newcommand` and its like, and what they define: number of arguments and body by name."""
    found: dict[str, tuple[int, str]] = {}
    kept: list[str] = []
    position = 0
    while match := _DEFINITION.search(text, position):
        end = matching_brace(text, match.end() - 1)
        found[match[1] or match[2]] = (int(match[3] or 0), text[match.end() : end])
        kept.append(text[position : match.start()])
        position = end + 1
    return "".join(kept) + text[position:], found


def _expand(text: str, definitions: dict[str, tuple[int, str]]) -> str:
    """The text with the author's commands replaced, in bounded rounds, so that none can grow without end."""
    if not definitions:
        return text
    names = re.compile(r"\\(" + "|".join(sorted(map(re.escape, definitions), key=len, reverse=True)) + r")(?![a-zA-Z])")
    for _ in range(MAX_ROUNDS):
        expanded = _one_round(text, names, definitions)
        if expanded == text or len(expanded) > MAX_EXPANDED:
            break
        text = expanded
    return text


def _one_round(text: str, names: re.Pattern[str], definitions: dict[str, tuple[int, str]]) -> str:
    pieces: list[str] = []
    position = length = 0
    while (match := names.search(text, position)) and length <= MAX_EXPANDED:
        count, body = definitions[match[1]]
        end = match.end()
        for number in range(1, count + 1):
            if text[end : end + 1] != "{":
                break
            close = matching_brace(text, end)
            if body.count(f"#{number}") * (close - end) <= MAX_EXPANDED:
                body = body.replace(f"#{number}", text[end + 1 : close])
            end = close + 1
        pieces += [text[position : match.start()], body]
        length += len(pieces[-1]) + len(pieces[-2])
        position = end
    return "".join(pieces) + text[position:]
