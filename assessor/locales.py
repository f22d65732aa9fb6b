"""Which texts a reader of one locale also understands: texts of a challenge come in some languages, readers in others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

Text = TypeVar("Text")

KIN = {
    "fa": ("fa-AF", "prs"),
    "fa-AF": ("prs", "fa"),
    "prs": ("fa-AF", "fa"),
    "kmr": ("ku",),
    "ku": ("kmr",),
}
"""Languages under two names, and those whose readers read the other one without effort."""


def readable(locale: str, also: Iterable[str] = ()) -> tuple[str, ...]:
    """The locales a reader understands, best first: their own, its kin, its language without region, `also`, then English."""
    wanted = [tag for one in (locale, *also) for tag in _around(one.replace("_", "-"))]
    return tuple(dict.fromkeys([*wanted, "en"]))


def pick(texts: Mapping[str, Text], locale: str, also: Iterable[str] = ()) -> Text | None:
    """The text a reader of the locale reads most easily, or whichever there is; null when there is none."""
    for wanted in readable(locale, also):
        if wanted in texts:
            return texts[wanted]
    return next(iter(texts.values()), None)


def same_language(one: str, other: str) -> bool:
    """Whether a reader of `one` reads `other` as their own language."""
    return other in _around(one) or one in _around(other)


def _around(locale: str) -> tuple[str, ...]:
    language = locale.partition("-")[0]
    return (locale, *KIN.get(locale, ()), language, *KIN.get(language, ()))
