"""A version's samples as they are shown beside a statement: what describes them in that statement's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessor.locales import pick


@dataclass(frozen=True, slots=True)
class ShownSample:
    """One sample. `description` is null when there is none; `locale` is that of the description, null when nobody knows."""

    name: str
    input: str
    answer: str
    description: str | None
    locale: str | None


def samples_beside(summary: Mapping[str, Any], locale: str) -> tuple[ShownSample, ...]:
    """The samples of a version's summary beside its statement in a locale."""
    return tuple(_shown(sample, locale) for sample in summary.get("samples", ()))


def _shown(sample: Mapping[str, Any], locale: str) -> ShownSample:
    # Versions stored before descriptions had languages have the one of the `.desc` file alone.
    texts = {code: (text, code) for code, text in (sample.get("descriptions") or {}).items()}
    description, code = pick(texts, locale) or (sample["description"], None)
    return ShownSample(sample["name"], sample["input"], sample["answer"], description, code)
