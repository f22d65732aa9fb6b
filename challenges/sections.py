"""Taking typed settings out of a YAML map: each wrong type is an error at its line, each unknown key a warning."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from challenges.findings import Report
from challenges.problem import ArgumentsByName
from challenges.yaml_values import Value, read_yaml

_NUMBER = re.compile(r"[+-]?(\d*\.\d+|\d+\.?)([eE][+-]?\d+)?\Z")

Choice = TypeVar("Choice", bound=StrEnum)


class Section:
    """One map of a YAML file. A key given without a value counts as not given."""

    def __init__(self, path: str, value: Value | None, report: Report, where: str = "") -> None:
        self.path = path
        self.line = value.line if value is not None else None
        self._where = where
        self._report = report
        self._values: dict[str, Value] = {}
        self._asked: set[str] = set()
        if value is None or value.content is None:
            return
        if isinstance(value.content, dict):
            self._values = value.content
        else:
            report.error(path, f"{where or 'the file'} must be a map of `key: value`, not {value.kind}", value.line)

    def names(self) -> list[str]:
        """Every key, in the file's order."""
        return list(self._values)

    def line_of(self, key: str) -> int | None:
        """The line of a key's value, or the section's own."""
        return self._values[key].line if key in self._values else self.line

    def value(self, key: str) -> Value | None:
        """The value as it is, null when it is not given."""
        self._asked.add(key)
        value = self._values.get(key)
        return None if value is None or value.content is None else value

    def wrong(self, key: str, message: str) -> None:
        """An error about a key's value."""
        self._report.error(self.path, f"`{self._name(key)}` {message}", self.line_of(key))

    def odd(self, key: str, message: str) -> None:
        """A warning about a key's value."""
        self._report.warning(self.path, f"`{self._name(key)}` {message}", self.line_of(key))

    def string(self, key: str) -> str | None:
        """A text."""
        value = self.value(key)
        if value is None or isinstance(value.content, str):
            return None if value is None else str(value.content)
        self.wrong(key, f"must be a text, not {value.kind}{_quote_hint(value)}")
        return None

    def number(self, key: str, *, above: float = -math.inf, least: float = -math.inf) -> float | None:
        """A finite number greater than `above` and not less than `least`."""
        value = self.value(key)
        if value is None:
            return None
        number = _as_number(value)
        if number is None or not math.isfinite(number):
            self.wrong(key, f"must be a number, not {value.kind}")
            return None
        if number <= above or number < least:
            self.wrong(key, f"must be greater than {above:g}" if number <= above else f"must be at least {least:g}")
            return None
        return number

    def integer(self, key: str, *, least: int) -> int | None:
        """A whole number not less than `least`."""
        number = self.number(key, least=least)
        if number is not None and number != int(number):
            self.wrong(key, "must be a whole number")
            return None
        return None if number is None else int(number)

    def boolean(self, key: str) -> bool | None:
        """True or false."""
        value = self.value(key)
        if value is None or isinstance(value.content, bool):
            return None if value is None else bool(value.content)
        self.wrong(key, f"must be true or false, not {value.kind}")
        return None

    def choice(self, key: str, choices: type[Choice]) -> Choice | None:
        """One word of a closed set."""
        word = self.string(key)
        if word is None:
            return None
        if word not in set(choices):
            self.wrong(key, f"must be one of {', '.join(choices)}, not `{word}`")
            return None
        return choices(word)

    def strings(self, key: str, *, one_allowed: bool = True) -> tuple[str, ...] | None:
        """A list of texts; a single text stands for a list of one where that is allowed."""
        value = self.value(key)
        if value is None:
            return None
        if one_allowed and isinstance(value.content, str):
            return (value.content,)
        if not isinstance(value.content, tuple):
            self.wrong(key, f"must be a list of texts, not {value.kind}")
            return None
        return self._texts(key, value.content)

    def _texts(self, key: str, items: tuple[Value, ...]) -> tuple[str, ...]:
        texts = []
        for item in items:
            if isinstance(item.content, tuple | dict) or item.content is None:
                message = f"`{self._name(key)}` must hold texts only, not {item.kind}"
                self._report.error(self.path, message, item.line)
            else:
                texts.append(item.text)
        return tuple(texts)

    def section(self, key: str) -> Section:
        """A map below this one; empty when it is not given."""
        return Section(self.path, self.value(key), self._report, f"`{self._name(key)}`")

    def flags(self, key: str) -> tuple[str, ...] | None:
        """Legacy flags: one text of words, or a map with `name` and `flags`."""
        value = self.value(key)
        if value is not None and isinstance(value.content, dict):
            inner = self.section(key)
            inner.known("name")
            return tuple((inner.string("flags") or "").split())
        if value is not None and isinstance(value.content, int | float):
            return tuple(value.text.split())
        text = self.string(key)
        return None if text is None else tuple(text.split())

    def flags_by_name(self, key: str) -> ArgumentsByName | None:
        """Legacy flags that may be for one program only: then they stand in a map with its `name` and its `flags`."""
        words = self.flags(key)
        value = self.value(key)
        if words is None or value is None:
            return None
        name = self.section(key).string("name") if isinstance(value.content, dict) else None
        return ArgumentsByName(words) if name is None else ArgumentsByName((), ((name, words),))

    def arguments_by_name(self, key: str) -> ArgumentsByName | None:
        """A list of arguments for all programs, or a map from a program's name to its list."""
        value = self.value(key)
        if value is None or not isinstance(value.content, dict):
            words = self.strings(key, one_allowed=False)
            return None if words is None else ArgumentsByName(words)
        inner = self.section(key)
        lists = ((name, inner.strings(name, one_allowed=False)) for name in inner.names())
        return ArgumentsByName((), tuple((name, words) for name, words in lists if words is not None))

    def known(self, *keys: str) -> None:
        """Keys that are allowed but not used here."""
        self._asked.update(keys)

    def warn_unknown(self, known: Iterable[str] = ()) -> None:
        """A warning for every key that nobody asked for."""
        self.known(*known)
        for key in self._values:
            if key not in self._asked:
                self.odd(key, "is not a key this file may have here; it is ignored, so check its spelling")

    def _name(self, key: str) -> str:
        return f"{self._where.strip('`')}.{key}" if self._where else key


def read_section(path: str, content: bytes | None, report: Report) -> Section:
    """The map at the top of a YAML file; empty when the file is not there."""
    return Section(path, None if content is None else read_yaml(path, content, report), report)


def _as_number(value: Value) -> float | None:
    match value.content:
        case bool():
            return None
        case int() | float():
            try:
                return float(value.content)
            except OverflowError:
                return math.inf
        case str() if _NUMBER.match(value.content):
            return float(value.content)
        case _:
            return None


def _quote_hint(value: Value) -> str:
    return "" if isinstance(value.content, tuple | dict) else f'; write it in quotes: "{value.text}"'
