"""YAML with line numbers, read safely: only plain values, no tags that build objects, no bombs of aliases, no key twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from challenges.findings import Report
from challenges.text import decode

MAX_BYTES = 512 * 2**10
MAX_VALUES = 20_000
MAX_DEPTH = 40

_TOO_MUCH = "there are too many values here, or they are nested too deeply; write less, and no `&` anchors with `*` aliases"
_PREFIX = "tag:yaml.org,2002:"
_SCALARS = frozenset(_PREFIX + kind for kind in ("str", "int", "float", "bool", "null", "timestamp"))

Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Value:
    """One value and the line it stands on. `content` is a scalar, a tuple of values or a dict of values by key.

    `text` is a scalar as it was written, so that `1.10` can be read as a version and not as a number.
    """

    content: Scalar | tuple[Value, ...] | dict[str, Value]
    line: int
    text: str = ""

    @property
    def kind(self) -> str:
        """What it is, in an author's words."""
        match self.content:
            case None:
                return "nothing"
            case bool():
                return "true or false"
            case int() | float():
                return "a number"
            case str():
                return "a text"
            case tuple():
                return "a list"
            case dict():
                return "a map"


class _Fault(Exception):
    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def read_yaml(path: str, content: bytes, report: Report) -> Value | None:
    """The document in a file. Null, with a finding at the line of the fault, when it cannot be read; an empty file is null."""
    if len(content) > MAX_BYTES:
        report.error(path, f"the file is larger than {MAX_BYTES // 2**10} KiB; a settings file must be smaller")
        return None
    source = decode(path, content, report)
    if source is None:
        return None
    try:
        node = _BoundedLoader(source).get_single_node()
        return None if node is None else _Converter(path, report).convert(node, 0)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        report.error(path, f"not valid YAML: {_reason(fault)}", None if mark is None else mark.line + 1)
    except yaml.YAMLError:
        report.error(path, "not valid YAML: the file holds characters that YAML does not allow")
    except RecursionError:
        report.error(path, f"the values are nested too deeply; at most {MAX_DEPTH} levels are allowed")
    except _Fault as fault:
        report.error(path, str(fault), fault.line)
    return None


def _reason(fault: yaml.MarkedYAMLError) -> str:
    parts = [part for part in (fault.context, fault.problem) if part]
    return ", ".join(parts) + "; check the indentation, colons and quotes here"


class _BoundedLoader(yaml.SafeLoader):
    """Stops while reading, not afterwards, at more values or levels than a settings file can need."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self._left = MAX_VALUES
        self._depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        self._left -= 1
        self._depth += 1
        if self._left < 0 or self._depth > MAX_DEPTH:
            raise _Fault(_TOO_MUCH, self.line + 1)
        node: yaml.Node | None = super().compose_node(parent, index)
        self._depth -= 1
        return node


class _Converter:
    """Turns composed nodes into values, counting every one, also those that an alias repeats."""

    def __init__(self, path: str, report: Report) -> None:
        self._path = path
        self._report = report
        self._left = MAX_VALUES

    def convert(self, node: yaml.Node, depth: int) -> Value:
        line = node.start_mark.line + 1
        self._left -= 1
        if self._left < 0 or depth > MAX_DEPTH:
            raise _Fault(_TOO_MUCH, line)
        match node:
            case yaml.ScalarNode():
                return Value(self._scalar(node, line), line, str(node.value))
            case yaml.SequenceNode():
                return Value(tuple(self.convert(item, depth + 1) for item in node.value), line)
            case yaml.MappingNode():
                return Value(dict(self._items(node, depth)), line)
            case _:
                raise _Fault("a value of an unknown kind; use texts, numbers, lists and maps", line)

    def _items(self, node: yaml.MappingNode, depth: int) -> Iterator[tuple[str, Value]]:
        seen: set[str] = set()
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise _Fault("a key must be a plain word", line)
            name = str(key.value)
            if name in seen:
                self._report.error(self._path, f"the key `{name}` stands here a second time; keep one", line)
            seen.add(name)
            converted = self.convert(value, depth + 1)
            yield name, Value(converted.content, line if converted.content is None else converted.line, converted.text)

    def _scalar(self, node: yaml.ScalarNode, line: int) -> Scalar:
        if node.tag not in _SCALARS:
            raise _Fault(f"the tag `{node.tag.removeprefix(_PREFIX)}` is not allowed; write plain values", line)
        if node.tag == _PREFIX + "timestamp":
            return str(node.value)
        try:
            value = yaml.constructor.SafeConstructor().construct_object(node)
        except (ValueError, OverflowError, yaml.YAMLError):
            raise _Fault(f"`{node.value[:40]}` is not a value; put it in quotes", line) from None
        return value if isinstance(value, str | int | float | bool) else None
