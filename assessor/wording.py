"""Sentences for people, marked where they are written and translated where they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(message: str) -> str:
    """Marks a sentence for the catalogues and returns it as it is; `web` translates it in the reader's language."""
    return message


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with one field of a form: a marked sentence with `%(name)s` places, and the values for them."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % dict(self.values) if self.values else self.message
