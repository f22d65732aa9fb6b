"""Words of programming that a statement uses, explained in its reader's language.

The terms are data: `terms/<locale>.yaml` names each one, lists the forms under which a statement in that language has it (a
form that ends in `*` stands for every ending), and explains it in a sentence. Authors mark nothing: the first occurrence of
each term becomes a link, so that any package's statement stays as it is. Code, mathematics, headings and links are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import yaml

from assessor.locales import pick

FOLDER = Path(__file__).parent / "terms"
LEFT_ALONE = {"a", "code", "pre", "kbd", "samp", "math", "h1", "h2", "h3", "h4", "h5", "h6", "svg", "figcaption"}
# Arabic writes the article and some short words together with the noun.
PREFIXES = {"ar": "(?:[وف]?[بكل]?(?:ال)?|[وف]?لل)"}


@dataclass(frozen=True, slots=True)
class Term:
    """A term in one language: its name, the forms in which statements have it, and what it means."""

    id: str
    name: str
    words: tuple[str, ...]
    text: str


@cache
def locales() -> tuple[str, ...]:
    """The languages the terms are explained in."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def terms_in(locale: str) -> dict[str, Term]:
    """All terms in a language, or the one its readers read most easily, by id."""
    content: dict[str, Any] = yaml.safe_load((FOLDER / f"{pick({one: one for one in locales()}, locale)}.yaml").read_text())
    return {id: Term(id, entry["name"], tuple(entry["words"]), entry["text"]) for id, entry in content.items()}


def explained(ids: Collection[str], locale: str) -> list[Term]:
    """The terms of these ids in the reader's language, in the order given."""
    known = terms_in(locale)
    return [known[id] for id in ids if id in known]


@lru_cache(maxsize=256)
def mark(html: str, locale: str, left_out: tuple[str, ...] = ()) -> tuple[str, tuple[str, ...]]:
    """The statement's HTML with each term linked to `#term-<id>` where it first stands, and the ids in that order.

    A statement in a language without terms, and the terms of `left_out`, stay as they are.
    """
    if (language := _language_of(locale)) is None:
        return html, ()
    marker = _Marker(_pattern(language), set(left_out))
    marker.feed(html)
    marker.close()
    return "".join(marker.pieces), tuple(marker.found)


class _Marker(HTMLParser):
    """Copies HTML as it is, and links terms in its text."""

    def __init__(self, pattern: re.Pattern[str], left_out: set[str]) -> None:
        super().__init__(convert_charrefs=False)
        self.pieces: list[str] = []
        self.found: list[str] = []
        self._pattern = pattern
        self._left_out = left_out
        self._closed = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._closed += tag in LEFT_ALONE
        self.pieces.append(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        self.pieces.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self._closed -= tag in LEFT_ALONE
        self.pieces.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data if self._closed else self._pattern.sub(self._linked, data))

    def handle_entityref(self, name: str) -> None:
        self.pieces.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.pieces.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.pieces.append(f"<!--{data}-->")

    def _linked(self, match: re.Match[str]) -> str:
        id = (match.lastgroup or "").replace("_", "-")
        if id in self.found or id in self._left_out:
            return match[0]
        self.found.append(id)
        return f'<a class="term" href="#term-{escape(id)}">{match[0]}</a>'


def _language_of(locale: str) -> str | None:
    return next((one for one in (locale, locale.partition("-")[0]) if one in locales()), None)


@cache
def _pattern(locale: str) -> re.Pattern[str]:
    """One expression for all terms, with a group for each; terms of several words come before those of one."""
    ordered = sorted(terms_in(locale).values(), key=lambda term: -max(word.count(" ") for word in term.words))
    groups = (f"(?P<{term.id.replace('-', '_')}>{'|'.join(_form(word) for word in term.words)})" for term in ordered)
    return re.compile(rf"(?<!\w){PREFIXES.get(locale, '')}(?:{'|'.join(groups)})(?!\w)", re.IGNORECASE)


def _form(word: str) -> str:
    ending = r"\w*" if word.endswith("*") else ""
    return re.escape(word.removesuffix("*")).replace(r"\ ", r"\s+") + ending
