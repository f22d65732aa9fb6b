"""The rules of an assessment as an employer fills them in, what they may be made of, and what keeps them from standing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from assessor.assessments.models import FeedbackPolicy
from assessor.catalogue.models import Challenge, ChallengeVersion, VersionState
from assessor.errors import BadInput
from assessor.judging.languages import offered
from assessor.wording import N_, Complaint

SHORTEST_MINUTES, LONGEST_MINUTES = 5, 480
LONGEST_TITLE, LONGEST_INTRODUCTION = 200, 5000
MOST_TASKS = 30
MOST_POINTS = 1000.0
LONGEST_PAUSE_MINUTES = 60


@dataclass(frozen=True, slots=True)
class TaskChoice:
    """A challenge version and the points it is worth; null points are what could not be read as a number."""

    challenge_version_id: str
    points: float | None = 100.0


@dataclass(frozen=True, slots=True)
class Rules:
    """What an employer filled in, checked or not. `tasks` are in the order candidates see them.

    `practice` is the id of a challenge to practise on, null for the one that the service takes by itself.
    """

    title: str
    introduction: str = ""
    duration_minutes: int | None = 60
    languages: tuple[str, ...] = ()
    feedback_policy: str = FeedbackPolicy.GROUPS
    tasks: tuple[TaskChoice, ...] = ()
    pause_minutes: int | None = 0
    own_extra_time: bool = False
    practice: str | None = None


class RulesRefused(BadInput):
    """The rules cannot stand; `complaints` says why, by field."""

    code = "rules_refused"

    def __init__(self, complaints: Mapping[str, Complaint]) -> None:
        super().__init__(str(next(iter(complaints.values()))), field=next(iter(complaints)))
        self.complaints = complaints


@dataclass(frozen=True, slots=True)
class ChoosableChallenge:
    """A published version an assessment may use. `replaces` is the id of an older version the assessment uses now."""

    version_id: str
    challenge_id: str
    number: int
    slug: str
    names: Mapping[str, str]
    skills: tuple[str, ...]
    difficulty: str | None
    languages: tuple[str, ...]
    locales: tuple[str, ...]
    own: bool
    replaces: str | None = None

    def suits(self, languages: Collection[str]) -> bool:
        """Whether it can be solved in one of these languages; one that names none can be in all."""
        return not self.languages or not set(self.languages).isdisjoint(languages)


def choosable_challenges(session: Session, organisation_id: str, used: Collection[str] = ()) -> list[ChoosableChallenge]:
    """The newest published version of every challenge of the library and of the organisation, and the versions in use."""
    query = (
        sa.select(ChallengeVersion)
        .join(ChallengeVersion.challenge)
        .where(sa.or_(Challenge.organisation_id.is_(None), Challenge.organisation_id == organisation_id))
        .where(sa.or_(ChallengeVersion.state == VersionState.PUBLISHED, ChallengeVersion.id.in_(used)))
        .options(joinedload(ChallengeVersion.challenge))
        .order_by(Challenge.slug, Challenge.id, ChallengeVersion.number.desc())
    )
    found: list[ChoosableChallenge] = []
    newest: set[str] = set()
    versions = session.scalars(query).all()
    in_use = {version.challenge_id: version.id for version in versions if version.id in used}
    for version in versions:
        is_newest = version.challenge_id not in newest and version.state is VersionState.PUBLISHED
        newest |= {version.challenge_id} if is_newest else set()
        if is_newest or version.id in used:
            older = in_use.get(version.challenge_id)
            found.append(_choosable(version, older if older != version.id and is_newest else None))
    return found


def _choosable(version: ChallengeVersion, replaces: str | None) -> ChoosableChallenge:
    summary = version.summary
    return ChoosableChallenge(
        version_id=version.id,
        challenge_id=version.challenge_id,
        number=version.number,
        slug=version.challenge.slug,
        names=version.names,
        skills=tuple(summary.get("skills") or ()),
        difficulty=summary.get("difficulty"),
        languages=tuple(summary.get("languages") or ()),
        locales=tuple(summary.get("locales") or ()),
        own=version.challenge.organisation_id is not None,
        replaces=replaces,
    )


def complaints_about(rules: Rules, choosable: Collection[ChoosableChallenge], real: Collection[str] = ()) -> dict[str, Complaint]:
    """Everything that keeps the rules from standing, by field; empty when they can.

    `real` are ids of the challenges that candidates meet in other tests, and may not practise on.
    """
    found: dict[str, Complaint] = {}
    if not 1 <= len(rules.title) <= LONGEST_TITLE:
        found["title"] = Complaint(N_("Give the assessment a title of 1 to %(most)s characters."), {"most": LONGEST_TITLE})
    if len(rules.introduction) > LONGEST_INTRODUCTION:
        found["introduction"] = Complaint(N_("The introduction has at most %(most)s characters."), {"most": LONGEST_INTRODUCTION})
    if rules.duration_minutes is None or not SHORTEST_MINUTES <= rules.duration_minutes <= LONGEST_MINUTES:
        found["duration_minutes"] = Complaint(
            N_("Give a whole number of minutes from %(least)s to %(most)s."),
            {"least": SHORTEST_MINUTES, "most": LONGEST_MINUTES},
        )
    if rules.pause_minutes is None or not 0 <= rules.pause_minutes <= LONGEST_PAUSE_MINUTES:
        found["pause_minutes"] = Complaint(
            N_("Give a whole number of minutes from %(least)s to %(most)s."), {"least": 0, "most": LONGEST_PAUSE_MINUTES}
        )
    if not rules.languages or not set(rules.languages) <= set(offered()):
        found["languages"] = Complaint(N_("Choose at least one of the languages."))
    if rules.feedback_policy not in set(FeedbackPolicy):
        found["feedback_policy"] = Complaint(N_("Choose what candidates are told."))
    if (about_tasks := _complaint_about_tasks(rules.tasks, choosable)) is not None:
        found["tasks"] = about_tasks
    if (about_practice := _complaint_about_practice(rules, choosable, real)) is not None:
        found["practice"] = about_practice
    return found


def _complaint_about_tasks(tasks: tuple[TaskChoice, ...], choosable: Collection[ChoosableChallenge]) -> Complaint | None:
    challenges = {choice.version_id: choice.challenge_id for choice in choosable}
    chosen = [challenges.get(task.challenge_version_id) for task in tasks]
    if not tasks:
        return Complaint(N_("Choose at least one challenge."))
    if len(tasks) > MOST_TASKS:
        return Complaint(N_("An assessment has at most %(most)s challenges."), {"most": MOST_TASKS})
    if None in chosen:
        return Complaint(N_("One of the challenges is not published any more, or not shared with you. Choose again."))
    if len(set(chosen)) < len(chosen):
        return Complaint(N_("A challenge can be chosen once. Keep one of its two versions."))
    if any(task.points is None or not 0 < task.points <= MOST_POINTS for task in tasks):
        return Complaint(N_("Points are numbers above 0, at most %(most)s."), {"most": int(MOST_POINTS)})
    return None


def _complaint_about_practice(rules: Rules, choosable: Collection[ChoosableChallenge], real: Collection[str]) -> Complaint | None:
    if rules.practice is None:
        return None
    challenge = next((choice for choice in choosable if choice.challenge_id == rules.practice), None)
    if challenge is None:
        return Complaint(N_("One of the challenges is not published any more, or not shared with you. Choose again."))
    tasks = {task.challenge_version_id for task in rules.tasks}
    if rules.practice in real or any(c.version_id in tasks for c in choosable if c.challenge_id == rules.practice):
        return Complaint(N_("Candidates meet this challenge in a test, so it cannot be practised on. Choose another one."))
    if not challenge.suits(rules.languages):
        return Complaint(N_("This challenge cannot be solved in any of the allowed languages. Choose another one."))
    return None


def refuse_bad(rules: Rules, choosable: Collection[ChoosableChallenge], real: Collection[str] = ()) -> None:
    """Raise RulesRefused with every complaint there is."""
    if complaints := complaints_about(rules, choosable, real):
        raise RulesRefused(complaints)
