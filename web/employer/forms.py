"""The assessment form: from the fields a browser sends to `Rules`, and the rows it shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from flask import request
from werkzeug.datastructures import MultiDict

from assessor.assessments.models import FeedbackPolicy
from assessor.assessments.rules import ChoosableChallenge, Rules, TaskChoice
from assessor.catalogue.skills import skill_names
from assessor.catalogue.statements import name_in
from assessor.judging.languages import offered
from web.author.words import DIFFICULTIES
from web.locales import current_code
from web.locales import gettext as _


@dataclass(frozen=True, slots=True)
class ChallengeFilter:
    """Which challenges the form shows beside the chosen ones; empty strings do not limit."""

    text: str = ""
    skill: str = ""
    difficulty: str = ""
    language: str = ""

    def fits(self, challenge: ChoosableChallenge) -> bool:
        """Whether the challenge is among those looked for."""
        named = skill_names(challenge.skills, current_code())
        words = " ".join((challenge.slug, *challenge.names.values(), *challenge.skills, *named)).casefold()
        return (
            self.text.casefold() in words
            and (not self.skill or self.skill in challenge.skills)
            and (not self.difficulty or self.difficulty == challenge.difficulty)
            and (not self.language or self.language in challenge.languages)
        )


@dataclass(frozen=True, slots=True)
class ChallengeRow:
    """One challenge of the form with what has been filled in for it."""

    challenge: ChoosableChallenge
    chosen: bool
    order: str
    points: str
    shown: bool


def read_rules(form: MultiDict[str, str]) -> Rules:
    """What was filled in, unchecked; challenges in the order of their numbers, then of the list."""
    chosen = sorted(enumerate(form.getlist("task")), key=lambda pair: (_number(form.get(f"order-{pair[1]}")) or 1e9, pair[0]))
    return Rules(
        title=" ".join(form.get("title", "").split()),
        introduction=form.get("introduction", "").replace("\r\n", "\n").strip(),
        duration_minutes=_whole(form.get("duration_minutes")),
        pause_minutes=_whole(form.get("pause_minutes", "0")),
        own_extra_time="own_extra_time" in form,
        practice=form.get("practice") or None,
        languages=tuple(language for language in offered() if language in form.getlist("language")),
        feedback_policy=form.get("feedback_policy", ""),
        tasks=tuple(TaskChoice(id, _number(form.get(f"points-{id}"))) for _, id in chosen),
    )


def read_filter(form: Mapping[str, str]) -> ChallengeFilter:
    """Which challenges to show."""
    return ChallengeFilter(*(form.get(f"find-{name}", "").strip() for name in ("text", "skill", "difficulty", "language")))


def empty_rules() -> Rules:
    """What a new form holds: an hour, every language, the most helpful feedback, extra time for whoever needs it."""
    return Rules(
        title="",
        duration_minutes=60,
        languages=tuple(offered()),
        feedback_policy=FeedbackPolicy.GROUPS,
        own_extra_time=True,
    )


def rows(
    challenges: Sequence[ChoosableChallenge], rules: Rules, wanted: ChallengeFilter, locale: str, typed: Mapping[str, str] = {}
) -> list[ChallengeRow]:
    """The chosen challenges in their order, then the others by difficulty and name; what was typed is kept."""
    places = {task.challenge_version_id: place for place, task in enumerate(rules.tasks, start=1)}
    points = {task.challenge_version_id: task.points for task in rules.tasks}
    levels = {level: place for place, level in enumerate(DIFFICULTIES)}
    ordered = sorted(
        challenges,
        key=lambda c: (
            places.get(c.version_id, 1000),
            levels.get(c.difficulty or "", 9),
            name_in(dict(c.names), locale).casefold(),
        ),
    )
    return [
        ChallengeRow(
            challenge=challenge,
            chosen=challenge.version_id in places,
            order=str(places.get(challenge.version_id, typed.get(f"order-{challenge.version_id}", ""))),
            points=typed.get(f"points-{challenge.version_id}") or _plain(points.get(challenge.version_id) or 100.0),
            shown=challenge.version_id in places or wanted.fits(challenge),
        )
        for challenge in ordered
    ]


def practice_options(challenges: Sequence[ChoosableChallenge], real: Collection[str], locale: str) -> list[tuple[str, str]]:
    """Ids and names of the challenges candidates may practise on, by name; the first one leaves the choice to the service."""
    names = {c.challenge_id: name_in(dict(c.names), locale) or c.slug for c in challenges if c.challenge_id not in real}
    return [("", _("Chosen by itself")), *sorted(names.items(), key=lambda option: option[1].casefold())]


def skills_of(challenges: Collection[ChoosableChallenge]) -> list[str]:
    """Every skill that one of the challenges needs, for the filter."""
    return sorted({skill for challenge in challenges for skill in challenge.skills})


def difficulties_of(challenges: Collection[ChoosableChallenge]) -> list[str]:
    """The difficulties there are, the easiest first."""
    return [level for level in DIFFICULTIES if any(challenge.difficulty == level for challenge in challenges)]


def wants_only_filter() -> bool:
    """Whether the form was sent by its filter button, not to be saved."""
    return request.form.get("do") == "filter"


def _whole(text: str | None) -> int | None:
    digits = (text or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else None


def _number(text: str | None) -> float | None:
    try:
        value = float((text or "").strip().replace(",", "."))
    except ValueError:
        return None
    return value if value == value and abs(value) < 1e9 else None


def _plain(value: float) -> str:
    return f"{value:g}"
