"""Markdown statements to HTML: CommonMark without raw HTML, with tables, footnotes and formulas between dollars.

Source: "Markdown environment and supported features" of `2025-09`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, MutableMapping, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from challenges.mathematics import formula
from challenges.text import with_whole_numbers

Picture = Callable[[str, str], str]
"""Makes the HTML of a picture from its file name and its text."""

_SAMPLE_MARKS = re.compile(r"\{\{(nextsample|remainingsamples)\}\}")
_LINKS = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
_ALIGNMENTS = {"text-align:center": "cell-center", "text-align:right": "cell-end"}
_TOP_HEADING = 2


def markdown_to_html(source: str, picture: Picture) -> str:
    """HTML that still has to be sanitised. The highest heading becomes h2, because the page's h1 is the title."""
    markdown = _markdown()
    tokens = markdown.parse(_SAMPLE_MARKS.sub("", source))
    _shift_headings(tokens)
    for token in tokens:
        _align_with_class(token)
        for part in token.children or ():
            if part.type == "text":
                part.content = with_whole_numbers(part.content)
    return str(markdown.renderer.render(tokens, markdown.options, {"picture": picture}))


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "maxNesting": 40})
    markdown.enable(["table", "strikethrough"])
    markdown.use(footnote_plugin)
    markdown.use(dollarmath_plugin, allow_labels=False, double_inline=True)
    markdown.validateLink = lambda url: bool(_LINKS.match(url) or not re.match(r"[a-z][a-z0-9+.-]*:", url, re.IGNORECASE))  # type: ignore[method-assign]
    markdown.add_render_rule("math_inline", _math_inline)
    markdown.add_render_rule("math_inline_double", _math_inline_double)
    markdown.add_render_rule("math_block", _math_block)
    markdown.add_render_rule("image", _image)
    markdown.add_render_rule("link_open", _link_open)
    markdown.add_render_rule("code_inline", _code_inline)
    markdown.add_render_rule("code_block", _code_block)
    markdown.add_render_rule("fence", _code_block)
    return markdown


def _math_inline(
    renderer: RendererProtocol, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    return formula(tokens[index].content, False)


def _math_inline_double(
    renderer: RendererProtocol, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    return formula(tokens[index].content, True)


def _math_block(
    renderer: RendererProtocol, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    return f"<div>{formula(tokens[index].content, True)}</div>\n"


def _image(
    renderer: RendererProtocol, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    token = tokens[index]
    picture: Picture = env["picture"]
    return picture(str(token.attrs.get("src", "")), token.content)


def _link_open(
    renderer: RendererProtocol, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    """Only links to other sites lead anywhere: an address of our own could be an action in the reader's name.

    The end of a link that was not begun is dropped by the sanitiser.
    """
    address = str(tokens[index].attrs.get("href", ""))
    return f'<a href="{html.escape(address)}">' if _LINKS.match(address) else ""


def _code_inline(
    renderer: RendererProtocol, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    return f'<code dir="ltr">{html.escape(tokens[index].content)}</code>'


def _code_block(
    renderer: RendererProtocol, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    return f'<pre dir="ltr"><code>{html.escape(tokens[index].content)}</code></pre>\n'


def _shift_headings(tokens: Sequence[Token]) -> None:
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    highest = min((int(token.tag[1]) for token in headings), default=_TOP_HEADING)
    for token in headings:
        token.tag = f"h{min(6, int(token.tag[1]) - highest + _TOP_HEADING)}"


def _align_with_class(token: Token) -> None:
    """Style attributes are blocked by the pages' content security policy, so a cell says how it is aligned by a class."""
    if token.type in ("th_open", "td_open"):
        style = str(token.attrs.pop("style", ""))
        if style in _ALIGNMENTS:
            token.attrs["class"] = _ALIGNMENTS[style]
