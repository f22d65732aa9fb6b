"""A statement as safe HTML: Markdown or LaTeX in, sanitised markup with MathML out.

Nothing an author writes can run: raw HTML is text, links lead to other sites only, pictures come from the package only, and
the sanitiser at the end knows no script, style or event, whatever the steps before it produced. Results depend on the source
and the picture addresses alone, so a caller may cache them by the package's digest.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import nh3

from challenges.latex_text import latex_to_html
from challenges.markdown_text import markdown_to_html
from challenges.mathematics import MATH_ATTRIBUTES, MATH_TAGS
from challenges.problem import Statement, StatementFormat
from challenges.statement_files import plain_title

TEXT_TAGS = frozenset(
    [
        "a",
        "blockquote",
        "br",
        "code",
        "dd",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "img",
        "li",
        "ol",
        "p",
        "pre",
        "s",
        "section",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
    ]
)
_ATTRIBUTES = {tag: set(MATH_ATTRIBUTES) for tag in MATH_TAGS} | {
    "a": {"href", "id"},
    "code": {"dir"},
    "img": {"src", "alt", "width"},
    "li": {"id"},
    "ol": {"start"},
    "pre": {"dir"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_CLASSES = {"td": {"cell-center", "cell-end"}, "th": {"cell-center", "cell-end"}, "figure": {"illustration"}}


_INLINE_MATH = re.compile(
    r"""([(\[{«“„‘"]{0,3})"""
    r"""(<math(?![^>]*"block")[^>]*>(?:(?!</math>).)*</math>)"""
    r"""([)\]}»”’"'.,;:!?…،؛؟።፣]{0,4})""",
    re.DOTALL,
)
"""A formula among words, with the marks that touch it."""


def _glued(match: re.Match[str]) -> str:
    """Browsers break lines between a formula and the bracket or the comma beside it, unless they are held together."""
    before, formula, after = match.groups()
    return f'<span class="nowrap">{match[0]}</span>' if before or after else formula


def render_statement(statement: Statement, image_url: Callable[[str], str]) -> str:
    """Safe HTML of the statement without its title; headings start at h2, code and formulas run left to right.

    `image_url` gives the address of a picture by its file name; it is asked only for pictures the package has.
    """
    pictures = _Pictures(statement, image_url)
    if statement.format is StatementFormat.LATEX:
        raw = latex_to_html(statement.source, statement.locale, pictures.figure)
    else:
        raw = markdown_to_html(statement.source, pictures.inline)
    safe = nh3.clean(
        raw,
        tags=set(TEXT_TAGS | MATH_TAGS),
        clean_content_tags={"script", "style"},
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    ).strip()
    return _INLINE_MATH.sub(_glued, safe)


def statement_title(statement: Statement) -> str | None:
    """The title the statement gives itself with `\\problemname`, as plain text; null when it leaves that to problem.yaml."""
    return plain_title(statement)


class _Pictures:
    """Finds the pictures a statement shows among those of its package."""

    def __init__(self, statement: Statement, image_url: Callable[[str], str]) -> None:
        self._names = {name for name, _ in statement.images}
        self._image_url = image_url

    def inline(self, name: str, text: str) -> str:
        """A picture within text; its text alone when the package has no such picture."""
        return self._image(name, text, None) or html.escape(text)

    def figure(self, name: str, width: float | None, caption: str) -> str:
        """A picture with a caption that is HTML already; `width` is a fraction of the page."""
        alternative = html.unescape(re.sub(r"<[^>]*>", "", caption)).strip()
        image = self._image(name, alternative, width)
        if not caption.strip() or not image:
            return image
        return f'<figure class="illustration">{image}<figcaption>{caption.strip()}</figcaption></figure>'

    def _image(self, name: str, text: str, width: float | None) -> str:
        found = self._find(name)
        if found is None:
            return ""
        size = "" if width is None else f' width="{min(100, max(5, round(width * 100)))}%"'
        return f'<img src="{html.escape(self._image_url(found))}" alt="{html.escape(text)}"{size}>'

    def _find(self, name: str) -> str | None:
        """LaTeX lets an author leave the suffix out."""
        name = name.strip().removeprefix("./")
        if name in self._names:
            return name
        return next((known for known in sorted(self._names) if known.rpartition(".")[0] == name), None)
