"""What LaTeX becomes on the way to HTML: pieces within a paragraph, pieces that stand alone, and ends of paragraphs."""

from __future__ import annotations

import html
import re
from enum import Enum, auto

from challenges.mathematics import formula


class Kind(Enum):
    """Pieces of a text: within a paragraph, standing alone, or the end of a paragraph."""

    INLINE = auto()
    BLOCK = auto()
    PARAGRAPH_END = auto()


Pieces = list[tuple[Kind, str]]


def inline(markup: str) -> Pieces:
    """Markup within a paragraph."""
    return [(Kind.INLINE, markup)]


def block(markup: str) -> Pieces:
    """Markup that stands alone."""
    return [(Kind.BLOCK, markup)]


PARAGRAPH_END: Pieces = [(Kind.PARAGRAPH_END, "")]


def formula_pieces(tex: str, *, display: bool) -> Pieces:
    """A formula within a paragraph or on a line of its own."""
    markup = formula(tex, display)
    return block(f"<div>{markup}</div>") if display else inline(markup)


def as_blocks(pieces: Pieces) -> str:
    """Pieces as paragraphs and blocks."""
    done: list[str] = []
    paragraph: list[str] = []

    def end_paragraph() -> None:
        text = "".join(paragraph).strip(" \t\n\u00a0")
        text = re.sub(r"^(<br>\s*)+|(\s*<br>)+$", "", text)
        if text:
            done.append(f"<p>{text}</p>")
        paragraph.clear()

    for kind, markup in pieces:
        if kind is Kind.INLINE:
            paragraph.append(markup)
            continue
        end_paragraph()
        if kind is Kind.BLOCK:
            done.append(markup)
    end_paragraph()
    return "\n".join(done)


def as_inline(pieces: Pieces) -> str:
    """Pieces for a place that holds no paragraphs, such as a heading or a cell; a single block stays as it is."""
    return "".join(" " if kind is Kind.PARAGRAPH_END else markup for kind, markup in pieces).strip()


def wrapped(pieces: Pieces, opening: str, closing: str) -> Pieces:
    """The pieces of paragraphs between two tags each; blocks among them stay outside the tags."""
    return [
        (kind, f"{opening}{markup}{closing}") if kind is Kind.INLINE and markup.strip() else (kind, markup)
        for kind, markup in _joined(pieces)
    ]


def _joined(pieces: Pieces) -> Pieces:
    joined: Pieces = []
    for kind, markup in pieces:
        if joined and kind is Kind.INLINE and joined[-1][0] is Kind.INLINE:
            joined[-1] = (kind, joined[-1][1] + markup)
        else:
            joined.append((kind, markup))
    return joined


def link_pieces(address: str, text: str | None) -> Pieces:
    """A link to another site; the text alone when it leads anywhere else."""
    address = re.sub(r"\\([%#&_~{}])", r"\1", address.strip())
    shown = text or html.escape(address)
    if not re.match(r"(https?://|mailto:)", address, re.IGNORECASE):
        return inline(shown)
    return inline(f'<a href="{html.escape(address)}">{shown}</a>')
