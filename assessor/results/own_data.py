"""Everything we hold about a candidate, for the candidate: one document, and an archive with the sources beside it.

Hidden tests stay hidden here too: of a submission goes out what its pages would show after the end. What members of the
organisation have written for one another is counted and not quoted; the organisation answers for it.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from assessor.assessments.inquiries import inquiries_of
from assessor.assessments.models import Attempt, Draft, ExtraTimeWish, Inquiry, Invitation
from assessor.judging.languages import LANGUAGES
from assessor.judging.models import Kind, Submission
from assessor.people.models import Organisation
from assessor.results.candidate import SubmissionView, view_of
from assessor.results.models import Note, StageChange
from assessor.results.report import released_notes

FORMAT = 1
_ZIP_DATE = (2026, 1, 1, 0, 0, 0)


def own_data(session: Session, attempt: Attempt, locale: str) -> dict[str, Any]:
    """The document: plain values, moments as ISO 8601 in UTC, null for what is not there."""
    organisation = session.get_one(Organisation, attempt.organisation_id)
    return {
        "format": FORMAT,
        "attempt": _attempt(session, attempt),
        "assessment": attempt.assessment_version.title,
        "organisation": organisation.name,
        "drafts": [_draft(draft) for draft in _drafts(session, attempt)],
        "submissions": [_submission(session, attempt, row, locale) for row in _submissions(session, attempt)],
        "inquiries": [_inquiry(row) for row in inquiries_of(session, attempt.id)],
        "extra_time_asked_for": [_wish(row) for row in _wishes(session, attempt)],
        "comments_released": [{"at": _moment(note.released_at), "text": note.text} for note in released_notes(session, attempt)],
        "stages": [{"at": _moment(row.at), "from": row.before, "to": row.after} for row in _stages(session, attempt)],
        "kept_by_the_organisation": {
            "notes": session.scalar(sa.select(sa.func.count()).where(Note.attempt_id == attempt.id)) or 0,
            "reasons": sum(bool(row.reason) for row in _stages(session, attempt)),
        },
    }


def own_data_archive(session: Session, attempt: Attempt, locale: str) -> bytes:
    """A zip of `data.json` and every source as a file of its own, named by task, time and language."""
    document = own_data(session, attempt, locale)
    positions = {task.challenge_version_id: task.position for task in attempt.assessment_version.tasks}
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "data.json", json.dumps(document, ensure_ascii=False, indent=2) + "\n")
        for row in _submissions(session, attempt):
            task = positions.get(row.challenge_version_id, 0)
            _add(
                archive,
                f"sources/task-{task}/{row.queued_at:%Y%m%d-%H%M%S}-{row.kind}-{row.id}{_ending(row.language)}",
                row.source,
            )
        for draft in _drafts(session, attempt):
            task = positions.get(draft.challenge_version_id, 0)
            _add(archive, f"sources/task-{task}/draft-{draft.language}{_ending(draft.language)}", draft.source)
    return kept.getvalue()


def _add(archive: zipfile.ZipFile, name: str, text: str) -> None:
    archive.writestr(zipfile.ZipInfo(name, _ZIP_DATE), text.encode(), zipfile.ZIP_DEFLATED)


def _ending(language_id: str) -> str:
    language = LANGUAGES.get(language_id)
    return language.extensions[0] if language else ".txt"


def _attempt(session: Session, attempt: Attempt) -> dict[str, Any]:
    invitation = session.get(Invitation, attempt.invitation_id) if attempt.invitation_id else None
    return {
        "id": attempt.id,
        "name": attempt.candidate_name,
        "language_of_the_pages": attempt.locale,
        "state": attempt.state.value,
        "extra_time_percent": attempt.extra_time_percent,
        "own_extra_time_percent": attempt.private_extra_percent,
        "seconds_over_when_it_was_granted": attempt.private_wait_seconds,
        "opened_at": _moment(attempt.opened_at),
        "started_at": _moment(attempt.started_at),
        "deadline_at": _moment(attempt.deadline_at),
        "submitted_at": _moment(attempt.submitted_at),
        "ended_by_clock": attempt.ended_by_clock,
        "stage": attempt.stage,
        "invited_as": None if invitation is None else invitation.label,
        "invited_at": None if invitation is None else _moment(invitation.created_at),
        "return_key": "only a hash of it is kept",
    }


def _draft(draft: Draft) -> dict[str, Any]:
    return {
        "challenge_version": draft.challenge_version_id,
        "language": draft.language,
        "saved_at": _moment(draft.saved_at),
        "saves": draft.sequence,
        "source": draft.source,
    }


def _submission(session: Session, attempt: Attempt, row: Submission, locale: str) -> dict[str, Any]:
    view = view_of(session, attempt, row, locale)
    return {
        "id": row.id,
        "kind": row.kind.value,
        "challenge_version": row.challenge_version_id,
        "language": row.language,
        "queued_at": _moment(row.queued_at),
        "finished_at": _moment(row.finished_at),
        "state": row.state.value,
        "by_clock": row.by_clock,
        "custom_input": row.custom_input,
        "source": row.source,
        "verdict": view.verdict.value if view.verdict else None,
        "points": view.points if row.kind is Kind.SUBMISSION else None,
        "max_points": view.max_points,
        "compiler_output": view.compile_error,
        "samples": [{"name": test.name, "verdict": test.verdict.value, "cpu_ms": test.cpu_ms} for test in view.samples],
        "hidden_tests": _hidden(view),
    }


def _hidden(view: SubmissionView) -> dict[str, Any] | None:
    if view.passed is None:
        return None
    groups = [{"title": group.title, "passed": group.passed, "total": group.total} for group in view.groups]
    return {"passed": view.passed, "total": view.hidden, "groups": groups}


def _wishes(session: Session, attempt: Attempt) -> Sequence[ExtraTimeWish]:
    return session.scalars(
        sa.select(ExtraTimeWish).where(ExtraTimeWish.attempt_id == attempt.id).order_by(ExtraTimeWish.asked_at)
    ).all()


def _wish(row: ExtraTimeWish) -> dict[str, Any]:
    return {"at": _moment(row.asked_at), "percent": row.percent, "granted": row.granted, "decided_at": _moment(row.decided_at)}


def _inquiry(row: Inquiry) -> dict[str, Any]:
    return {
        "challenge_version": row.challenge_version_id,
        "kind": row.kind.value,
        "text": row.text,
        "asked_at": _moment(row.asked_at),
        "answer": row.answer,
        "answered_at": _moment(row.answered_at),
    }


def _drafts(session: Session, attempt: Attempt) -> list[Draft]:
    return list(session.scalars(sa.select(Draft).where(Draft.attempt_id == attempt.id).order_by(Draft.saved_at)))


def _submissions(session: Session, attempt: Attempt) -> list[Submission]:
    query = sa.select(Submission).where(Submission.attempt_id == attempt.id).order_by(Submission.queued_at, Submission.id)
    return list(session.scalars(query))


def _stages(session: Session, attempt: Attempt) -> list[StageChange]:
    return list(session.scalars(sa.select(StageChange).where(StageChange.attempt_id == attempt.id).order_by(StageChange.at)))


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
