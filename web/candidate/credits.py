"""Time that was given, in the candidate's words: how much, and why."""

from __future__ import annotations

from assessor.assessments.extending import credits_of
from assessor.assessments.models import CreditCause, TimeCredit
from assessor.database import Session
from web.lengths import length
from web.locales import gettext as _


def credit_sentences(session: Session, attempt_id: str) -> list[str]:
    """One sentence for each credit, the oldest first."""
    return [sentence(credit) for credit in credits_of(session, attempt_id)]


def sentence(credit: TimeCredit) -> str:
    """What one credit is and why it was given."""
    time = length(credit.seconds)
    match credit.cause:
        case CreditCause.OUTAGE:
            return _("You have %(time)s more: our service did not answer for that long.", time=time)
        case CreditCause.QUEUE:
            return _("You have %(time)s more: your code had to wait that long to be tested.", time=time)
        case CreditCause.GIVEN if credit.reason:
            return _("You were given %(time)s more: %(reason)s", time=time, reason=credit.reason)
        case CreditCause.GIVEN:
            return _("You were given %(time)s more.", time=time)
