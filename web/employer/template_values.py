"""What the employer's templates may use beside the shell's own."""

from __future__ import annotations

from datetime import timedelta

from assessor.assessments.models import CreditCause
from assessor.catalogue.skills import skill_name, skill_names
from assessor.catalogue.statements import name_in
from assessor.people.permissions import Action
from assessor.results.candidate_report_values import CreditView
from assessor.results.listing import PROGRESS
from web.author.words import difficulty_word, language_names
from web.employer import asking, words
from web.lengths import length
from web.locales import gettext as _


def template_values() -> dict[str, object]:
    """For the blueprint's context processor."""
    return {
        "words": words,
        "name_in": name_in,
        "difficulty_word": difficulty_word,
        "language_names": language_names(),
        "skill_name": skill_name,
        "skill_names": skill_names,
        "duration_words": duration_words,
        "credit_words": credit_words,
        "milliseconds": milliseconds,
        "length": length,
        "may": asking.may,
        "Action": Action,
        "open_link": asking.open_link,
        "invitation_link": asking.invitation_link,
        "progress_of": PROGRESS,
    }


def duration_words(value: timedelta | None) -> str:
    """A time used, to the minute: `1 h 04 min`. A dash when there is none."""
    if value is None:
        return "–"
    minutes = round(value.total_seconds() / 60)
    if minutes < 60:
        return _("%(minutes)s min", minutes=minutes)
    return _("%(hours)s h %(minutes)s min", hours=minutes // 60, minutes=f"{minutes % 60:02}")


def credit_words(credit: CreditView) -> str:
    """How much time was given, and what for."""
    time = length(credit.seconds)
    match credit.cause:
        case CreditCause.OUTAGE:
            return _("%(time)s back: our service did not answer for that long", time=time)
        case CreditCause.QUEUE:
            return _("%(time)s back: tests had to wait that long", time=time)
        case CreditCause.GIVEN:
            return _("%(time)s more, given by hand", time=time)


def milliseconds(value: int | None) -> str:
    """A measured time: `840 ms`, `2.31 s`; a dash when there is none."""
    if value is None:
        return "–"
    return f"{value} ms" if value < 1000 else f"{value / 1000:.2f} s"
