"""What the workspace's script gets from the server: addresses, times, texts, and the sentences it says itself."""

from __future__ import annotations

from typing import Any

from flask import url_for

from web.candidate.desk import Desk
from web.locales import gettext as _
from web.protection import csp_nonce


def config_of(desk: Desk) -> dict[str, Any]:
    """A JSON document for the page's `data-config`."""
    attempt_id, position = desk.sitting.attempt_id, desk.task.position
    place: dict[str, Any] = {"attempt_id": attempt_id, "position": position}
    deadline = desk.sitting.deadline_at
    return {
        "attempt": attempt_id,
        "position": position,
        "urls": {
            "draft": url_for("candidate.save_draft", **place),
            "submissions": url_for("candidate.create_submission", **place),
            "panels": url_for("candidate.panel", attempt_id=attempt_id, submission_id="").rstrip("/"),
            "clock": url_for("candidate.clock", attempt_id=attempt_id),
            "end": url_for("candidate.begin", attempt_id=attempt_id),
        },
        "now": desk.now.isoformat(),
        "deadline": deadline.isoformat() if deadline else None,
        "language": desk.language.id,
        "texts": desk.texts,
        "starters": desk.starters,
        "result": {
            "id": desk.result.id,
            "finished": desk.result.finished,
            "language": desk.result.language,
            "marks": [{"line": mark.line, "message": mark.message} for mark in desk.result.marks],
        }
        if desk.result
        else None,
        "nonce": csp_nonce(),
        "words": words(),
    }


def words() -> dict[str, str]:
    """The sentences of the script. `{name}` places are filled in by it."""
    return {
        "saving": _("Saving"),
        "saved": _("Saved {time}"),
        "unsaved": _("Not saved yet"),
        "offline": _("No connection. Kept on this device; trying again"),
        "save_waits": _("Our server cannot save now. Kept on this device; trying again"),
        "refused": _("Not saved: {reason}"),
        "minutes_left": _("{minutes} min left"),
        "hours_left": _("{hours} h {minutes} min left"),
        "seconds_left": _("{minutes}:{seconds} left"),
        "time_over": _("Time is over"),
        "sending": _("Sending"),
        "sending_again": _("The connection was lost. Your code is kept and is being sent again."),
        "sending_waits": _("Your code is kept and is sent again by itself. {reason}"),
        "not_sent": _("It could not be sent: {reason}"),
        "follow_lost": _("The connection was lost. The result will appear as soon as it is back."),
        "recovered": _("We found text on this device that had not reached us, and put it back."),
        "editor": _("Your code"),
        "five_minutes": _("Five minutes left"),
        "one_minute": _("One minute left"),
        "undo": _("Undo"),
        "indent": _("Indent"),
        "left_of": _("Move left"),
        "right_of": _("Move right"),
        "step": _("Task {number}: {mark}"),
    }
