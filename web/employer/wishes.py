"""The results list's address: which candidates, in which order, which page. Read from and written to the query string."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from assessor.results.listing import LOW_FIRST, Progress, Wish
from assessor.results.models import Stage


def read_wish(args: MultiDict[str, str]) -> Wish:
    """What the address asks for; what it says wrong is passed over, so that an old link still opens."""
    sort = args.get("sort", "total")[:80]
    return Wish(
        progress=frozenset(Progress(value) for value in args.getlist("progress") if value in set(Progress)),
        stages=frozenset(Stage(value) for value in args.getlist("stage") if value in set(Stage)),
        language=args.get("language") or None,
        min_points=_points(args.get("min")),
        search=args.get("q", "").strip()[:200],
        sort=sort,
        descending=args.get("order", "up" if sort in LOW_FIRST else "down") != "up",
        page=args.get("page", 1, type=int),
    )


def parameters(wish: Wish) -> dict[str, Any]:
    """The wish as parameters of an address, without what is the default."""
    found: dict[str, Any] = {}
    if wish.progress:
        found["progress"] = sorted(wish.progress)
    if wish.stages:
        found["stage"] = sorted(wish.stages)
    if wish.language:
        found["language"] = wish.language
    if wish.min_points is not None:
        found["min"] = f"{wish.min_points:g}"
    if wish.search:
        found["q"] = wish.search
    if wish.sort != "total":
        found["sort"] = wish.sort
    if wish.descending == (wish.sort in LOW_FIRST):
        found["order"] = "down" if wish.descending else "up"
    return found


class ListAddresses:
    """The addresses the list links to: the same wish with one thing changed."""

    def __init__(self, assessment_id: str, wish: Wish) -> None:
        self.assessment_id, self.wish = assessment_id, wish
        self.now = parameters(wish)

    def toggle(self, name: str, value: str) -> str:
        """With a value of a facet switched on, or off when it is on."""
        held: Iterable[str] = self.now.get(name, [])
        values = sorted({str(item) for item in held} ^ {value})
        return self._url({**self.now, name: values})

    def set(self, name: str, value: str | None) -> str:
        """With one thing set, or left out."""
        return self._url({**self.now, name: value})

    def sorted_by(self, sort: str) -> str:
        """Sorted by a column; the other way round when it is already."""
        if self.wish.sort == sort:
            return self._url({**self.now, "order": "up" if self.wish.descending else "down"})
        return self._url({**self.now, "sort": sort, "order": None})

    def page(self, number: int) -> str:
        """Another page of the same list."""
        return self._url({**self.now, "page": number if number > 1 else None})

    def report(self, attempt_id: str, submission_id: str | None = None) -> str:
        """One candidate of this list: the report knows who comes next."""
        return url_for("employer.report", attempt_id=attempt_id, submission=submission_id, **self.now)

    def export(self) -> str:
        """The same candidates as a file."""
        return url_for("employer.export", assessment_id=self.assessment_id, **self.now)

    def everybody(self) -> str:
        """Without any limit."""
        return url_for("employer.results", assessment_id=self.assessment_id)

    def back(self) -> str:
        """This list as it is."""
        return self._url(self.now)

    def hidden(self, *without: str) -> list[tuple[str, str]]:
        """The wish as hidden fields of a form, without the fields it has itself."""
        pairs: list[tuple[str, str]] = []
        for name, value in self.now.items():
            if name not in without:
                pairs += [(name, str(item)) for item in (value if isinstance(value, list) else [value])]
        return pairs

    def _url(self, values: dict[str, Any]) -> str:
        return url_for("employer.results", assessment_id=self.assessment_id, **{k: v for k, v in values.items() if v})


def from_request(assessment_id: str) -> ListAddresses:
    """The list the present address belongs to."""
    return ListAddresses(assessment_id, read_wish(request.args))


def _points(text: str | None) -> float | None:
    try:
        value = float((text or "").replace(",", "."))
    except ValueError:
        return None
    return value if 0 <= value < 1e9 else None
