"""Formulas: TeX to MathML, which needs no script in the browser. What cannot be converted is shown as its source."""

from __future__ import annotations

import html
import re
from functools import lru_cache

from latex2mathml.converter import convert

MAX_LENGTH = 4000

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
    return mathml.replace("<math ", '<math dir="ltr" ', 1)


def _escaped_text(match: re.Match[str]) -> str:
    """Words inside a formula, escaped here because the converter passes them on as they are."""
    return f"{match[1]}{{{html.escape(match[2], quote=False)}}}"


def as_source(tex: str) -> str:
    """The TeX itself, readable from left to right."""
    return f'<code dir="ltr">{html.escape(tex)}</code>'
