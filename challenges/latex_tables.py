"""LaTeX tables: rows, cells and columns found in the source, the content of each cell left to the caller."""

from __future__ import annotations

import re
from collections.abc import Callable

from challenges.latex_preparing import matching_brace

_RULES = re.compile(
    r"\\(?:hline|toprule|midrule|bottomrule|endhead|endfirsthead|endfoot|endlastfoot)(?![a-zA-Z])|\\c(?:line|midrule)\s*(?:\([^)]{0,50}\))?\s*\{[^}]{0,50}\}"
)
_SPAN = re.compile(r"\s*\\multicolumn\s*\{(\d+)\}\s*\{([^{}]{0,100})\}\s*\{")
_CLASSES = {"c": "cell-center", "r": "cell-end"}
_MAX_SPAN = 50

Cell = Callable[[str], str]


def table_html(body: str, render: Cell) -> str:
    """The table whose `{columns}` and rows are `body`. A first row with a line under it and more rows below is its head."""
    body = body.lstrip()
    columns: list[str] = []
    if body.startswith("{"):
        end = matching_brace(body, 0)
        columns = _columns(body[1:end])
        body = body[end + 1 :]
    rows = split_at_depth_0(body, "\\\\")
    contents = [_RULES.sub("", re.sub(r"\A\s*\[[^\]]{0,50}\]", "", row)) for row in rows]
    shown = [index for index, content in enumerate(contents) if content.strip()]
    has_head = len(shown) > 1 and bool(_RULES.search(rows[shown[0] + 1][: _content_start(rows[shown[0] + 1])]))
    markup = [_row(contents[index], columns, render, head=has_head and index == shown[0]) for index in shown]
    head = f"<thead>{markup.pop(0)}</thead>" if has_head else ""
    return f"<table>{head}<tbody>{''.join(markup)}</tbody></table>"


def split_at_depth_0(text: str, separator: str) -> list[str]:
    """`text` cut at each separator that is not inside braces, a formula or an environment."""
    pieces: list[str] = []
    depth = start = index = 0
    in_formula = False
    while index < len(text):
        if depth == 0 and not in_formula and text.startswith(separator, index):
            pieces.append(text[start:index])
            index += len(separator)
            start = index
            continue
        depth += _change_of_depth(text, index)
        if text[index] == "$":
            in_formula = not in_formula
        index += 2 if text[index] == "\\" else 1
    return [*pieces, text[start:]]


def _change_of_depth(text: str, index: int) -> int:
    if text[index] == "{" or text.startswith("\\begin", index):
        return 1
    if text[index] == "}" or text.startswith("\\end{", index):
        return -1
    return 0


def _content_start(row: str) -> int:
    """Where a row's text begins, after the rules drawn above it."""
    position = 0
    while match := re.compile(r"\s*(?:\[[^\]]{0,50}\])?\s*").match(row, position):
        rule = _RULES.match(row, match.end())
        if rule is None:
            return match.end()
        position = rule.end()
    return position


def _columns(specification: str) -> list[str]:
    """The columns' letters, without lines, widths and decorations."""
    plain = re.sub(r"[@!><]\s*\{[^{}]*\}|\{[^{}]*\}|[|\s]", "", specification)
    return list(plain)


def _row(content: str, columns: list[str], render: Cell, *, head: bool) -> str:
    tag = "th" if head else "td"
    scope = ' scope="col"' if head else ""
    cells = []
    column = 0
    for cell in split_at_depth_0(content, "&"):
        span, letters = 1, columns[column : column + 1]
        match = _SPAN.match(cell)
        if match is not None:
            span = max(1, min(_MAX_SPAN, int(match[1])))
            letters = _columns(match[2])
            cell = cell[match.end() : matching_brace(cell, match.end() - 1)]
        name = next((_CLASSES[letter] for letter in letters if letter in _CLASSES), None)
        attributes = scope + (f' colspan="{span}"' if span > 1 else "") + (f' class="{name}"' if name else "")
        cells.append(f"<{tag}{attributes}>{render(cell)}</{tag}>")
        column += span
    return f"<tr>{''.join(cells)}</tr>"
