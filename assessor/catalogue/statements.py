"""Statements as safe HTML in the reader's language, and the pictures in them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from sqlalchemy.orm import Session

from assessor.catalogue.loading import load_problem
from assessor.errors import NotFound
from assessor.locales import pick
from assessor.wording import N_
from challenges.problem import Problem, Statement
from challenges.statements import render_statement

KEPT_STATEMENTS = 256

PICTURE_TYPES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}
"""What a picture begins with tells what it is; its name does not."""


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement ready to show: the locale it really is in, safe HTML, the challenge's name in that locale."""

    locale: str
    html: str
    name: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a statement and the type it may be served as."""

    content: bytes
    media_type: str


_rendered: OrderedDict[tuple[str, str], str] = OrderedDict()
_lock = threading.Lock()


def statement_for(session: Session, version_id: str, locale: str, also: Iterable[str] = ()) -> StatementView:
    """The statement in the locale asked for, in one its reader understands too, in English, or in the package's first.

    `also` are further locales the reader understands, best first.

    Pictures point at `/pictures/<version id>/<name>`. Raises NotFound when there is no such version or no statement.
    """
    problem = load_problem(session, version_id)
    statement = _choose(problem, locale, also)
    return StatementView(statement.locale, _html(version_id, statement), name_in(problem.names, statement.locale))


def picture_for(session: Session, version_id: str, name: str) -> Picture:
    """A picture that a statement of the version refers to. Raises NotFound for any other file and for what is no picture."""
    problem = load_problem(session, version_id)
    for statement in problem.statements:
        for path, content in statement.images:
            if path == name and (media_type := _media_type(path, content)):
                return Picture(content, media_type)
    raise NotFound(N_("The statement has no such picture."))


def name_in(names: dict[str, str], locale: str) -> str:
    """A challenge's name in the locale, one its reader understands too, English, or whichever there is."""
    return pick(names, locale) or ""


def _choose(problem: Problem, locale: str, also: Iterable[str]) -> Statement:
    statement = pick({statement.locale: statement for statement in problem.statements}, locale, also)
    if statement is None:
        raise NotFound(N_("The challenge has no statement."))
    return statement


def _html(version_id: str, statement: Statement) -> str:
    key = (version_id, statement.locale)
    with _lock:
        if key in _rendered:
            _rendered.move_to_end(key)
            return _rendered[key]
    html = render_statement(statement, lambda name: f"/pictures/{version_id}/{quote(name)}")
    with _lock:
        _rendered[key] = html
        while len(_rendered) > KEPT_STATEMENTS:
            _rendered.popitem(last=False)
    return html


def _media_type(path: str, content: bytes) -> str | None:
    for start, media_type in PICTURE_TYPES.items():
        if content.startswith(start):
            return media_type
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    is_svg = path.lower().endswith(".svg") and b"<svg" in content[:4096]
    return "image/svg+xml" if is_svg else None
