"""Drafts: what one types, kept as one types, and never silently overwritten by another tab.

Each save carries `sequence`, the number it wants, and `base`, the number its text grew from, and the tab that wrote it. The
tab that wrote last may go on with any higher number; another tab must have seen the newest text first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from assessor.assessments.attempts import attempt_of, check_running, task_of
from assessor.assessments.models import Draft
from assessor.assessments.sources import check_draft, check_language
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


class NewerDraft(Conflict):
    """Another tab or device has saved a newer text; it comes along, so that the candidate can choose."""

    code = "newer_draft"

    def __init__(self, newer: Draft) -> None:
        super().__init__(N_("You have written something newer in another window. Choose which text to keep."))
        self.newer = newer


def save(session: Session, attempt_id: str, given: DraftSave, now: datetime) -> Draft:
    """Keep the text. Raises NewerDraft, Conflict when the attempt does not run, BadInput for a source that cannot be kept."""
    attempt = attempt_of(session, attempt_id, lock=True)
    check_running(attempt, now)
    task_of(session, attempt, given.challenge_version_id)
    check_language(attempt.assessment_version, given.language)
    source = check_draft(given.source)
    draft = session.get(Draft, (attempt.id, given.challenge_version_id, given.language))
    if draft is None:
        draft = Draft(attempt_id=attempt.id, challenge_version_id=given.challenge_version_id, language=given.language)
        session.add(draft)
    elif draft.writer == given.writer and given.sequence <= draft.sequence:
        return draft  # an earlier save of the same tab that arrived late
    elif draft.writer != given.writer and given.base != draft.sequence and draft.source != source:
        session.expunge(draft)  # it outlives the transaction that the refusal ends
        raise NewerDraft(draft)
    draft.source = source
    draft.sequence = max(given.sequence, (draft.sequence or 0) + 1)
    draft.writer = given.writer
    draft.saved_at = now
    session.flush()
    return draft


def drafts_of(session: Session, attempt_id: str, challenge_version_id: str) -> list[Draft]:
    """The drafts of one challenge in every language, the one written last first."""
    return list(
        session.scalars(
            sa.select(Draft)
            .where(Draft.attempt_id == attempt_id, Draft.challenge_version_id == challenge_version_id)
            .order_by(Draft.saved_at.desc(), Draft.sequence.desc())
        )
    )
