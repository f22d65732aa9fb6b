"""The demo assessment of a first start: something to open at once, made of the sample library's gentlest challenges."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from assessor.assessments.authoring import create_assessment
from assessor.assessments.models import Assessment, FeedbackPolicy
from assessor.assessments.rules import ChoosableChallenge, Rules, TaskChoice, choosable_challenges
from assessor.judging.languages import offered
from assessor.people.accounts import actor_of
from assessor.people.first_start import FirstPeople

TITLE = "Demo: three short tasks"
INTRODUCTION = "Try how a test feels. Nobody is hired by this one."
MINUTES = 60
TASKS = 3
EASIEST_FIRST = ("first-program", "beginner", "intermediate", "advanced", "senior")


def ensure_demo_assessment(session: Session, people: FirstPeople, now: datetime) -> Assessment | None:
    """The demo organisation's first assessment, made if there is none; null while no challenge is published."""
    organisation_id = people.organisation.id
    made = sa.select(Assessment).where(Assessment.organisation_id == organisation_id).order_by(Assessment.created_at).limit(1)
    present = session.scalar(made)
    if present is not None:
        return present
    chosen = _gentlest(choosable_challenges(session, organisation_id))
    if not chosen:
        return None
    rules = Rules(
        title=TITLE,
        introduction=INTRODUCTION,
        duration_minutes=MINUTES,
        languages=tuple(offered()),
        feedback_policy=FeedbackPolicy.GROUPS,
        tasks=tuple(TaskChoice(choice.version_id) for choice in chosen),
    )
    return create_assessment(session, actor_of(people.employer), organisation_id, rules, now)


def _gentlest(choices: list[ChoosableChallenge]) -> list[ChoosableChallenge]:
    """The easiest ones that can be solved in more than one language."""
    general = [choice for choice in choices if choice.own is False and len(choice.languages) != 1]
    return sorted(general, key=lambda choice: (ease(choice.difficulty), choice.slug))[:TASKS]


def ease(difficulty: str | None) -> int:
    """The place of a difficulty when the easiest come first; what has none comes last."""
    return EASIEST_FIRST.index(difficulty) if difficulty in EASIEST_FIRST else len(EASIEST_FIRST)
