"""States and verdicts in the words authors and administrators read, each with its colour and its shape."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import LazyString, lazy_gettext

from assessor.catalogue.models import VersionState
from assessor.judging.languages import LANGUAGES
from assessor.judging.verdicts import Verdict

_l = lazy_gettext

LEFT_TO_RIGHT_MARK = "\N{LEFT-TO-RIGHT MARK}"


@dataclass(frozen=True, slots=True)
class Word:
    """A word, the kind of chip it is shown in, and its icon."""

    text: LazyString
    kind: str
    icon: str


VERDICTS: dict[str, Word] = {
    Verdict.AC: Word(_l("accepted"), "good", "check"),
    Verdict.WA: Word(_l("wrong answer"), "bad", "x"),
    Verdict.TLE: Word(_l("too slow"), "warn", "timer"),
    Verdict.MLE: Word(_l("too much memory"), "warn", "layers"),
    Verdict.OLE: Word(_l("too much output"), "warn", "file-text"),
    Verdict.RTE: Word(_l("crashed"), "bad", "circle-alert"),
    Verdict.CE: Word(_l("does not compile"), "bad", "code"),
    Verdict.JE: Word(_l("could not be judged"), "warn", "triangle-alert"),
}

STATES: dict[VersionState, Word] = {
    VersionState.DRAFT: Word(_l("draft"), "", "pencil"),
    VersionState.PROVING: Word(_l("being proved"), "accent", "loader-circle"),
    VersionState.PROVED: Word(_l("proved"), "good", "check"),
    VersionState.REFUSED: Word(_l("refused"), "bad", "x"),
    VersionState.PUBLISHED: Word(_l("published"), "good", "check-check"),
    VersionState.WITHDRAWN: Word(_l("withdrawn"), "", "minus"),
}

DIFFICULTIES: dict[str, LazyString] = {
    "first-program": _l("first program"),
    "beginner": _l("beginner"),
    "intermediate": _l("intermediate"),
    "advanced": _l("advanced"),
    "senior": _l("senior"),
}


def difficulty_word(difficulty: str | None) -> str:
    """The difficulty in the reader's language; as the author wrote it when it is none of ours."""
    return str(DIFFICULTIES.get(difficulty or "", difficulty or ""))


def language_names() -> dict[str, str]:
    """Programming languages by id. A mark keeps the signs of `C++` behind the letter where the page runs from right to left."""
    names = {language.id: language.name for language in LANGUAGES.values()}
    return {key: name if name[-1].isalnum() else name + LEFT_TO_RIGHT_MARK for key, name in names.items()}
