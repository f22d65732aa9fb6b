"""The result panel: one submission's state and result in words, rendered once for pages, scripts and streams alike."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import render_template

from assessor.assessments import attempts
from assessor.assessments.sitting import sitting_of
from assessor.clock import utc_now
from assessor.database import Session
from assessor.results.candidate import SubmissionView, submission_view
from web.locales import current_code
from web.transaction import reading


def panel(attempt_id: str, submission_id: str) -> dict[str, Any]:
    """The panel and what the page's script needs beside it."""
    with reading() as session:
        return panel_in(session, attempt_id, submission_id)


def panel_in(session: Session, attempt_id: str, submission_id: str) -> dict[str, Any]:
    """`panel` within a session."""
    attempt = attempts.attempt_of(session, attempt_id)
    locale = current_code()
    view = submission_view(session, attempt, submission_id, locale)
    sitting = sitting_of(session, attempt, locale)
    return {
        "id": view.id,
        "kind": view.kind.value,
        "finished": view.finished,
        "fingerprint": fingerprint(view),
        "ahead": view.place.ahead if view.place else 0,
        "html": render_template("candidate/result.html", view=view),
        "marks": [asdict(mark) for mark in view.marks],
        "tasks": {task.position: task.mark.value for task in sitting.rules.tasks},
        "state": attempt.state.value,
        "now": utc_now().isoformat(),
    }


def fingerprint(view: SubmissionView) -> str:
    """Changes whenever the panel does."""
    place = f"{view.place.ahead}.{view.place.wait_s}" if view.place else ""
    return f"{view.state.value}-{place}-{view.done}-{view.total}"
