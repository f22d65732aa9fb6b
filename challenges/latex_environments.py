"""What LaTeX environments become: lists, quotes, tables, figures, formulas and the sections of the package format."""

from __future__ import annotations

import re
from collections.abc import Callable

from challenges.latex_commands import (
    DRAWINGS,
    ENVIRONMENT_ARGUMENTS,
    FIGURES,
    HEADINGS,
    LISTS,
    MATH_ENVIRONMENTS,
    QUOTES,
    TABLES,
)
from challenges.latex_pieces import PARAGRAPH_END, Pieces, as_blocks, as_inline, block, formula_pieces
from challenges.latex_preparing import matching_brace
from challenges.latex_tables import table_html

Read = Callable[[str], Pieces]
"""Reads a stretch of source inside the environment."""


def environment(name: str, body: str, locale: str, read: Read) -> Pieces:
    """The pieces of one environment; one that is not known leaves its content as paragraphs."""
    plain = name.rstrip("*")
    if plain in DRAWINGS:
        return []
    if plain in MATH_ENVIRONMENTS:
        return formula_pieces(_math_body(plain, body), display=True)
    body = _after_arguments(plain, body)
    if plain in TABLES:
        return block(table_html(body, lambda cell: as_inline(read(cell))))
    if plain in LISTS:
        return block(_list("ol" if "enum" in plain else "ul", body, read))
    if plain in QUOTES:
        return block(f"<blockquote>{as_blocks(read(body))}</blockquote>")
    if plain in FIGURES:
        return _figure(body, read)
    if plain in HEADINGS:
        heading = HEADINGS[plain].get(locale.partition("-")[0], HEADINGS[plain]["en"])
        return [*block(f"<h2>{heading}</h2>"), *read(body), *PARAGRAPH_END]
    return [*PARAGRAPH_END, *read(body), *PARAGRAPH_END]


def _math_body(name: str, body: str) -> str:
    """The formula of an environment in the words the converter knows."""
    if name in ("align", "alignat", "flalign", "eqnarray"):
        return r"\begin{align*}" + body.replace(r"\nonumber", "") + r"\end{align*}"
    if name in ("gather", "multline"):
        return r"\begin{gather*}" + body + r"\end{gather*}"
    return body


def _after_arguments(name: str, body: str) -> str:
    """The body without the arguments of the environment's beginning; a table keeps its columns."""
    body = body.lstrip()
    for _ in range(2):
        if body.startswith("["):
            body = body[body.find("]") + 1 :].lstrip() if "]" in body else body[1:]
    for _ in range(ENVIRONMENT_ARGUMENTS.get(name, 0)):
        if body.startswith("{"):
            body = body[matching_brace(body, 0) + 1 :].lstrip()
    return body


def _split_items(body: str) -> list[tuple[str, str]]:
    """The items of a list with their labels, not looking into lists inside it."""
    items: list[list[str]] = []
    depth = 0
    position = 0
    for match in re.finditer(r"\\(begin|end)\s*\{|\\item(?![a-zA-Z])\s*(?:\[([^\]]{0,300})\])?", body):
        if match[1]:
            depth += 1 if match[1] == "begin" else -1
        elif depth == 0:
            if items:
                items[-1][1] = body[position : match.start()]
            items.append([match[2] or "", ""])
            position = match.end()
    if items:
        items[-1][1] = body[position:]
    return [(label, text) for label, text in items]


def _item(label: Pieces, pieces: Pieces) -> str:
    """An item's content: bare when it is one paragraph, in paragraphs when it is more."""
    lead = f"<strong>{as_inline(label)}</strong> " if label else ""
    markup = as_blocks(pieces)
    if markup.count("<p>") <= 1 and markup.startswith("<p>"):
        markup = markup.removeprefix("<p>").replace("</p>", "", 1)
    return lead + markup


def _list(tag: str, body: str, read: Read) -> str:
    items = "".join(f"<li>{_item(read(label), read(text))}</li>" for label, text in _split_items(body))
    return f"<{tag}>{items}</{tag}>"


def _figure(body: str, read: Read) -> Pieces:
    """A figure with its caption; nothing when neither is left."""
    match = re.search(r"\\caption(?:\[[^\]]{0,300}\])?\s*\{", body)
    caption = ""
    if match is not None:
        end = matching_brace(body, match.end() - 1)
        caption = as_inline(read(body[match.end() : end]))
        body = body[: match.start()] + body[end + 1 :]
    content = as_blocks(read(body))
    if not content and not caption:
        return []
    caption = f"<figcaption>{caption}</figcaption>" if caption else ""
    return block(f'<figure class="illustration">{content}{caption}</figure>')
