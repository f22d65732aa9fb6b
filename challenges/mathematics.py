"""Formulas: TeX to MathML, which needs no script in the browser. What cannot be converted is shown as its source."""

from __future__ import annotations

import html
import re
from functools import lru_cache

import nh3
from latex2mathml.converter import convert

MAX_LENGTH = 4000

MATH_TAGS = frozenset(
    [
        "math",
        "menclose",
        "merror",
        "mfrac",
        "mi",
        "mmultiscripts",
        "mn",
        "mo",
        "mover",
        "mpadded",
        "mphantom",
        "mprescripts",
        "mroot",
        "mrow",
        "ms",
        "mspace",
        "msqrt",
        "mstyle",
        "msub",
        "msubsup",
        "msup",
        "mtable",
        "mtd",
        "mtext",
        "mtr",
        "munder",
        "munderover",
    ]
)
MATH_ATTRIBUTES = frozenset(
    [
        "accent",
        "accentunder",
        "columnalign",
        "columnlines",
        "columnspacing",
        "depth",
        "dir",
        "display",
        "displaystyle",
        "fence",
        "form",
        "height",
        "linethickness",
        "lspace",
        "mathvariant",
        "maxsize",
        "minsize",
        "movablelimits",
        "notation",
        "rowlines",
        "rowspacing",
        "rspace",
        "scriptlevel",
        "separator",
        "stretchy",
        "symmetric",
        "voffset",
        "width",
        "xmlns",
    ]
)

_BAR = re.compile(r'<mo( stretchy="false">(?:\||&#x0007C;)</mo>)')
_TEXT = re.compile(r"(\\(?:text\w*|mbox|hbox|operatorname)\s*)\{([^{}]*)\}")


@lru_cache(maxsize=4096)
def formula(tex: str, display: bool) -> str:
    """One formula as MathML, or its TeX source as code when the converter does not know it. `tex` comes without dollars."""
    source = tex.strip()
    if not source:
        return ""
    if len(source) > MAX_LENGTH:
        return as_source(source)
    try:
        mathml = str(convert(_TEXT.sub(_escaped_text, source), display="block" if display else "inline"))
    except Exception:
        # The converter raises errors of many unrelated kinds for TeX it does not know; a statement must be shown all the same.
        return as_source(source)
    return _cleaned(_tight_bars(mathml.replace("<math ", '<math dir="ltr" ', 1)))


def _tight_bars(mathml: str) -> str:
    """Bars as in |x| without the space browsers put around an operator between two things."""
    return _BAR.sub(r'<mo lspace="0em" rspace="0em"\1', mathml)


def _cleaned(mathml: str) -> str:
    """The formula alone, sanitised: whatever the converter made of hostile TeX cannot swallow the text after it."""
    return nh3.clean(
        mathml,
        tags=set(MATH_TAGS),
        clean_content_tags={"script", "style"},
        attributes={tag: set(MATH_ATTRIBUTES) for tag in MATH_TAGS},
    )


def _escaped_text(match: re.Match[str]) -> str:
    """Words inside a formula, escaped here because the converter passes them on as they are."""
    return f"{match[1]}{{{html.escape(match[2], quote=False)}}}"


def as_source(tex: str) -> str:
    """The TeX itself, readable from left to right."""
    return f'<code dir="ltr">{html.escape(tex)}</code>'
