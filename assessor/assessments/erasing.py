"""Deleting everything about one candidate, for good, because the candidate wants it: no one is asked and nothing is kept back.

What stays is that somebody has: the invitation as used, without its label, and a line in the audit log that names the assessment
and nobody. Backups keep what they hold until they are deleted themselves.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from assessor.assessments import practising
from assessor.assessments.attempts import attempt_of
from assessor.assessments.models import Attempt, Invitation
from assessor.people import audit
from assessor.people.models import AuditEvent

CANDIDATE = "candidate"
"""The actor in the audit log: no account, and no name."""

ERASED = "attempt.erase"


def erase(session: Session, attempt_id: str, now: datetime) -> None:
    """Delete the attempt with its drafts, submissions, results, stages and notes. Raises NotFound when it is gone already.

    What is being judged for it is judged in vain: the row is gone, so the worker records nothing.
    """
    attempt = attempt_of(session, attempt_id)
    if attempt.invitation_id is not None:
        blank = {"label": "", "locale": None, "extra_time_percent": 0}
        session.execute(sa.update(Invitation).where(Invitation.id == attempt.invitation_id).values(**blank))
    audit.record(session, CANDIDATE, ERASED, now, object_id=attempt.assessment_id, organisation_id=attempt.organisation_id)
    _forget_in_the_log(session, attempt)
    practising.forget(session, attempt_id)
    session.execute(sa.delete(Attempt).where(Attempt.id == attempt_id))
    session.expunge(attempt)


def _forget_in_the_log(session: Session, attempt: Attempt) -> None:
    """Earlier lines keep who did what and when; they no longer say to whom."""
    mentions = AuditEvent.object_id.in_([name for name in (attempt.id, attempt.invitation_id) if name])
    session.execute(sa.update(AuditEvent).where(mentions).values(object_id=None, detail={}))


def erased_count(session: Session, assessment_id: str) -> int:
    """How many candidates of an assessment have deleted their data, for those who wonder where they are."""
    query = sa.select(sa.func.count()).where(AuditEvent.action == ERASED, AuditEvent.object_id == assessment_id)
    return session.scalar(query) or 0
