"""What the workspace's script gets from the server: addresses, times, texts, and the sentences it says itself."""

from __future__ import annotations

from typing import Any

from flask import url_for

from assessor.assessments.sitting import Sitting
from web.candidate.desk import Desk
from web.candidate.late import moment
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
        "positions": [task.position for task in desk.sitting.rules.tasks],
        "urls": {
            "draft": url_for("candidate.save_draft", **place),
            "submissions": url_for("candidate.create_submission", **place),
            "panels": url_for("candidate.panel", attempt_id=attempt_id, submission_id="").rstrip("/"),
            "clock": url_for("candidate.clock", attempt_id=attempt_id),
            "tasks": tasks_url(attempt_id),
            "worker": url_for("candidate.offline_worker", attempt_id=attempt_id),
            "end": url_for("candidate.begin", attempt_id=attempt_id),
        },
        "now": desk.now.isoformat(),
        "moment": moment(attempt_id, desk.now),
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


def report_config(attempt_id: str, sitting: Sitting) -> dict[str, Any]:
    """What the end page's script needs to send what a device still holds."""
    return {
        "attempt": attempt_id,
        "tasks": tasks_url(attempt_id),
        "clock": url_for("candidate.clock", attempt_id=attempt_id),
        "ended_by_clock": sitting.ended_by_clock,
        "words": late_words(),
    }


def tasks_url(attempt_id: str) -> str:
    """The address of a task's page, with a place for its position."""
    return url_for("candidate.begin", attempt_id=attempt_id) + "task/{position}"


def words() -> dict[str, str]:
    """The sentences of the script. `{name}` places are filled in by it."""
    return {
        "saving": _("Saving"),
        "saved": _("Saved {time}"),
        "saved_testing": _("Saved {time}, being tested"),
        "unsaved": _("Not saved yet"),
        "kept": _("Kept on this device"),
        "offline": _("No connection. Kept on this device; trying again"),
        "offline_open": _("No connection. Keep this page open; trying again"),
        "save_waits": _("Our server cannot save now. Kept on this device; trying again"),
        "refused": _("Not saved: {reason}"),
        "minutes_left": _("{minutes} min left"),
        "hours_left": _("{hours} h {minutes} min left"),
        "seconds_left": _("{minutes}:{seconds} left"),
        "time_over": _("Time is over"),
        "time_goes_on": _("You have more time. Go on."),
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
        "past_written": _("{lines} lines"),
        "past_replaced": _("{lines} lines, put aside"),
        "past_elsewhere": _("{lines} lines, from another window"),
        "over_saved": _("What you wrote last is handed in for you. Well done for working through it."),
    } | late_words()


def late_words() -> dict[str, str]:
    """What is said about work that has not arrived at the end; the end page says it too."""
    return {
        "late_waits": _(
            "What you wrote last has not reached us yet. It is kept on this device. Stay here: if the connection returns within "
            "15 minutes of the end, it counts."
        ),
        "late_counts": _("What you wrote before the end has reached us and counts."),
        "late_refused": _("What you wrote last could not be taken: {reason}"),
    }
