"""Stages and notes: what an employer's people decide and write about a candidate."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from assessor.assessments.models import Attempt
from assessor.errors import BadInput, Conflict, NotAllowed, NotFound
from assessor.people import audit
from assessor.people.permissions import Action, Actor, require
from assessor.results.models import Note, Stage, StageChange
from assessor.wording import N_

LONGEST_TEXT = 5000


def own_attempt(session: Session, actor: Actor, action: Action, attempt_id: str, *, lock: bool = False) -> Attempt:
    """The attempt, if the actor may do this with it. Raises NotFound for strangers, NotAllowed for members."""
    attempt = session.get(Attempt, attempt_id, with_for_update=lock or None)
    require(actor, action, attempt.organisation_id if attempt else "")
    assert attempt is not None
    return attempt


def change_stage(
    session: Session, actor: Actor, attempt_id: str, stage: str, reason: str, now: datetime, *, seen: str | None = None
) -> Attempt:
    """Put a candidate into another stage; declining needs a reason.

    `seen` is the stage the actor saw; Conflict when a colleague has changed it since. The stage as it is makes no change.
    """
    attempt = own_attempt(session, actor, Action.STAGE_CHANGE, attempt_id, lock=True)
    if stage not in set(Stage):
        raise BadInput(N_("Choose one of the stages."), field="stage")
    reason = _text(reason, "reason")
    if stage == Stage.DECLINED and not reason:
        raise BadInput(N_("Say in a few words why you decline; the candidate may ask."), field="reason")
    if seen is not None and seen != attempt.stage:
        raise Conflict(N_("A colleague has moved this candidate in the meantime. Look again."), code="stage_moved")
    if stage == attempt.stage:
        return attempt
    session.add(
        StageChange(attempt_id=attempt.id, before=attempt.stage, after=stage, reason=reason, account_id=actor.account_id, at=now)
    )
    before, attempt.stage = attempt.stage, stage
    _log(session, actor, "stage.change", attempt, now, before=before, after=stage)
    return attempt


def add_note(session: Session, actor: Actor, attempt_id: str, text: str, now: datetime) -> Note:
    """Write something about a candidate for the colleagues. Raises BadInput for nothing or too much."""
    attempt = own_attempt(session, actor, Action.NOTE_WRITE, attempt_id)
    text = _text(text, "text")
    if not text:
        raise BadInput(N_("Write something first."), field="text")
    note = Note(attempt_id=attempt.id, account_id=actor.account_id, text=text, at=now)
    session.add(note)
    session.flush()
    _log(session, actor, "note.add", attempt, now, note=note.id)
    return note


def release_note(session: Session, actor: Actor, note_id: str, now: datetime) -> str:
    """Let the candidate read a note of one's own; the attempt's id. It stays released: what was read cannot be unread."""
    note, attempt = _own_note(session, actor, note_id)
    if note.released_at is None:
        note.released_at = now
        _log(session, actor, "note.release", attempt, now, note=note.id)
    return attempt.id


def delete_note(session: Session, actor: Actor, note_id: str, now: datetime) -> str:
    """Take back a note of one's own; the attempt's id. Raises NotAllowed for a colleague's."""
    note, attempt = _own_note(session, actor, note_id)
    session.delete(note)
    session.flush()
    _log(session, actor, "note.delete", attempt, now, note=note_id)
    return attempt.id


def _own_note(session: Session, actor: Actor, note_id: str) -> tuple[Note, Attempt]:
    note = session.get(Note, note_id)
    if note is None:
        raise NotFound(N_("There is nothing here, or it is not shared with you."))
    attempt = own_attempt(session, actor, Action.NOTE_WRITE, note.attempt_id)
    if note.account_id != actor.account_id:
        raise NotAllowed(N_("Only who wrote a note can delete or release it."))
    return note, attempt


def _text(text: str, field: str) -> str:
    cleaned = text.strip().replace("\r\n", "\n").replace("\x00", "")
    if len(cleaned) > LONGEST_TEXT:
        raise BadInput(N_("Use at most 5000 characters."), field=field)
    return cleaned


def _log(session: Session, actor: Actor, action: str, attempt: Attempt, now: datetime, **detail: object) -> None:
    audit.record(session, actor, action, now, object_id=attempt.id, organisation_id=attempt.organisation_id, **detail)
