"""The format's codes of programming languages, where they are not the ids of this service.

Source: https://icpc.io/problem-package-format/appendix/languages.
"""

from __future__ import annotations

_IDS = {"lisp": "commonlisp", "python3numpy": "python3_numpy"}


def language_id(code: str) -> str:
    """The id of the language with this code; one that is unknown here is its own id."""
    return _IDS.get(code, code)


def has_own_code(language_id: str) -> bool:
    """Whether the format can tell this variant of a language from the language itself."""
    return language_id in _IDS.values()
