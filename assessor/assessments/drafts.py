"""Drafts: what one types, kept as one types, and never silently overwritten by another tab.

Each save carries `sequence`, the number it wants, and `base`, the number its text grew from, and the tab that wrote it. The
tab that wrote last may go on with any higher number; another tab must have seen the newest text first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from assessor.assessments.attempts import check_running
from assessor.assessments.models import Draft
from assessor.assessments.seats import seat_of
from assessor.assessments.sources import check_draft, check_language
from assessor.database import Base
from assessor.errors import BadInput, Conflict
from assessor.wording import N_

HIGHEST_SEQUENCE = 2**31 - 1


@dataclass(frozen=True, slots=True)
class DraftSave:
    """One save from one tab (`writer`)."""

    challenge_version_id: str
    language: str
    source: str
    base: int
    sequence: int
    writer: str

    def __post_init__(self) -> None:
        fits = 1 <= len(self.writer) <= 64 and self.writer.isprintable()
        if not 0 <= self.base < self.sequence <= HIGHEST_SEQUENCE or not fits:
            raise BadInput(N_("The request is incomplete. Load the page again."), code="draft_sequence", field="sequence")


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A text as it is kept now: its number, the tab that wrote it, and when."""

    source: str
    sequence: int
    writer: str
    saved_at: datetime


class NewerDraft(Conflict):
    """Another tab or device has saved a newer text; it comes along, so that the candidate can choose."""

    code = "newer_draft"

    def __init__(self, newer: KeptDraft) -> None:
        super().__init__(N_("You have written something newer in another window. Choose which text to keep."))
        self.newer = newer


def save(session: Session, attempt_id: str, given: DraftSave, now: datetime) -> KeptDraft:
    """Keep the text. Raises NewerDraft, Conflict when the attempt does not run, BadInput for a source that cannot be kept.

    1. lock the attempt, so that no other save of it is between;
    2. replace the text where this save may, in one statement;
    3. where it did not: the first text of its language, one that arrived late, or one that somebody else has overtaken.
    """
    attempt = seat_of(session, attempt_id, given.challenge_version_id)
    check_running(attempt, now)
    check_language(attempt.assessment_version, given.language)
    source = check_draft(given.source)
    key = {"of_attempt": attempt.id, "of_version": given.challenge_version_id, "in_language": given.language}
    text = {"text": source, "base": given.base, "number": given.sequence, "by": given.writer, "at": now}
    sequence = session.connection().execute(_replacing(), key | text).scalar_one_or_none()
    if sequence is not None:
        return KeptDraft(source, sequence, given.writer, now)
    draft = session.get(Draft, (attempt.id, given.challenge_version_id, given.language))
    if draft is None:
        draft = Draft(attempt_id=attempt.id, challenge_version_id=given.challenge_version_id, language=given.language)
        draft.source, draft.sequence, draft.writer, draft.saved_at = source, given.sequence, given.writer, now
        session.add(draft)
        session.flush()
    elif draft.writer != given.writer:
        raise NewerDraft(kept(draft))
    return kept(draft)  # which is the new one, or an earlier save of the same tab has arrived late


@cache
def _replacing() -> ReturningUpdate[int]:
    """Of the table rather than the record, and built once: others wait while it runs, and it is what a crowd does most."""
    table = Base.metadata.tables[Draft.__tablename__]
    number = sa.bindparam("number", type_=sa.Integer())
    writer = sa.bindparam("by", type_=sa.String())
    own = sa.and_(table.c.writer == writer, table.c.sequence < number)
    has_seen_it = sa.or_(table.c.sequence == sa.bindparam("base"), table.c.source == sa.bindparam("text"))
    allowed = sa.or_(own, sa.and_(table.c.writer != writer, has_seen_it))
    this = sa.and_(
        table.c.attempt_id == sa.bindparam("of_attempt"),
        table.c.challenge_version_id == sa.bindparam("of_version"),
        table.c.language == sa.bindparam("in_language"),
    )
    next_number = sa.case((table.c.sequence >= number, table.c.sequence + 1), else_=number)
    values = {"source": sa.bindparam("text"), "sequence": next_number, "writer": writer, "saved_at": sa.bindparam("at")}
    return sa.update(table).where(this, allowed).values(values).returning(table.c.sequence)


def kept(draft: Draft) -> KeptDraft:
    """The record as a value, which outlives its transaction."""
    return KeptDraft(draft.source, draft.sequence, draft.writer, draft.saved_at)


def drafts_of(session: Session, attempt_id: str, challenge_version_id: str) -> list[Draft]:
    """The drafts of one challenge in every language, the one written last first."""
    return list(
        session.scalars(
            sa.select(Draft)
            .where(Draft.attempt_id == attempt_id, Draft.challenge_version_id == challenge_version_id)
            .order_by(Draft.saved_at.desc(), Draft.sequence.desc())
        )
    )
