"""The workspace: its page, and what it sends while one works. Every action also works as a plain form, without JavaScript."""

from __future__ import annotations

import secrets
from typing import Any

from flask import jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from assessor.assessments import attempts, drafts
from assessor.assessments.attempts import NewSubmission
from assessor.assessments.drafts import KeptDraft
from assessor.assessments.seats import version_at
from assessor.clock import utc_now
from assessor.database import Session
from assessor.errors import AssessorError, BadInput, Busy, Conflict, TooMany
from assessor.judging.models import Kind, Submission
from web.candidate.config import config_of
from web.candidate.credits import credit_sentences
from web.candidate.desk import desk_of
from web.candidate.given import json_object, new_client_key, number_of, text_of
from web.candidate.late import moment
from web.candidate.panels import panel
from web.candidate.passes import with_pass
from web.failures import problem, status_of
from web.locales import current_code, understood
from web.messages import message_for
from web.protection import began_at
from web.transaction import reading, ring, write_together, writing

COOKIE = "language"


@with_pass
def workspace(attempt_id: str, position: int) -> str | Response | tuple[str, int]:
    """Statement, editor, results. An attempt that does not run is shown where it stands."""
    return show_workspace(attempt_id, position)


def show_workspace(
    attempt_id: str,
    position: int,
    *,
    error: str | None = None,
    text: str | None = None,
    language: str | None = None,
    status: int = 200,
) -> str | Response | tuple[str, int]:
    """The page; `error`, `text` and its `language` come from a form that was refused, so that nothing typed is lost."""
    with reading() as db:
        desk = desk_of(
            db,
            attempt_id,
            position,
            locale=current_code(),
            understood=understood(),
            statement_locale=request.args.get("statement"),
            language=language or request.args.get("language"),
            usual_language=request.cookies.get(COOKIE),
            result_id=request.args.get("result"),
            now=utc_now(),
        )
        given = credit_sentences(db, attempt_id)
    if desk is None or desk.sitting.is_paused(desk.now):
        return redirect(url_for("candidate.begin", attempt_id=attempt_id))
    values = {
        "desk": desk,
        "desk_config": config_of(desk),
        "credits": given,
        "error": error,
        "minutes_left": desk.sitting.minutes_left(desk.now),
        "text": text,
        "client_key": new_client_key(),
    }
    page = render_template("candidate/workspace.html", **values)
    return (page, status) if status != 200 else page


@with_pass
def act(attempt_id: str, position: int) -> str | Response | tuple[str, int]:
    """The workspace's form without JavaScript: save, run, submit or change the language, as the pressed button says."""
    form, action = request.form, request.form.get("do", "save")
    written_in = form.get("written_in" if action == "language" else "language", "")
    try:
        match action:
            case "run" | "run_own" | "submit":
                done = hand_in(attempt_id, position, form.to_dict(), Kind.SUBMISSION if action == "submit" else Kind.RUN)
                result: str | None = done.id
            case _:
                save_from_form(attempt_id, position, written_in)
                result = None
    except (BadInput, Busy, Conflict, TooMany) as error:
        refused = {"error": message_for(error), "text": form.get("source"), "language": written_in}
        return show_workspace(attempt_id, position, **refused, status=status_of(error))
    url = url_for("candidate.workspace", attempt_id=attempt_id, position=position, result=result, language=form.get("language"))
    return redirect(url + "#result")


@with_pass
def create_submission(attempt_id: str, position: int) -> Response:
    """A run or a submission from the page's script: 202 with the panel that waits for it."""
    given = json_object()
    kind = Kind.SUBMISSION if given.get("kind") == "submission" else Kind.RUN
    submission = hand_in(attempt_id, position, given, kind)
    response = jsonify(panel(attempt_id, submission.id))
    response.status_code = 202
    return response


@with_pass
def save_draft(attempt_id: str, position: int) -> Response:
    """Keep the text; 409 with the newer one when another window has written since."""
    given, now = json_object(), began_at()
    language, source, writer = (text_of(given, name) for name in ("language", "source", "writer"))
    base, sequence = number_of(given, "base"), number_of(given, "sequence")

    def keep(db: Session) -> KeptDraft:
        version_id = version_at(db, attempt_id, position)
        return drafts.save(db, attempt_id, drafts.DraftSave(version_id, language, source, base, sequence, writer), now)

    try:
        draft = write_together(keep)
    except drafts.NewerDraft as newer:
        return problem(status_of(newer), newer.code, message_for(newer), newer=draft_document(newer.newer))
    return jsonify(draft_document(draft, with_source=False) | {"now": now.isoformat(), "moment": moment(attempt_id, now)})


def save_from_form(attempt_id: str, position: int, language: str) -> KeptDraft:
    """A save without script knows no sequence: it says which one its page was made with."""
    form = request.form
    with writing() as db:
        given = form.get("base", "0")
        base = int(given) if given.isdecimal() and len(given) < 11 else 0
        save = drafts.DraftSave(
            challenge_version_id=version_at(db, attempt_id, position),
            language=language,
            source=form.get("source", ""),
            base=base,
            sequence=base + 1,
            writer=f"form-{secrets.token_hex(8)}",
        )
        return drafts.save(db, attempt_id, save, began_at())


def hand_in(attempt_id: str, position: int, given: dict[str, Any], kind: Kind) -> Submission:
    """Make the submission or run, keep its text as the draft where that is possible, and wake a worker."""
    own = given.get("custom_input") if given.get("do") != "run" else None
    with writing() as db:
        new = NewSubmission(
            challenge_version_id=version_at(db, attempt_id, position),
            language=text_of(given, "language"),
            source=text_of(given, "source"),
            client_key=text_of(given, "client_key"),
            custom_input=str(own) if own is not None and kind is Kind.RUN else None,
        )
        hand = attempts.submit if kind is Kind.SUBMISSION else attempts.run
        submission = hand(db, attempt_id, new, began_at())
    if request.form:
        keep_as_draft(attempt_id, position, new.language)
    ring("submission", submission.id, submission.priority)
    return submission


def draft_document(draft: KeptDraft, *, with_source: bool = True) -> dict[str, Any]:
    """A draft for the page's script."""
    document = {"sequence": draft.sequence, "writer": draft.writer, "saved_at": draft.saved_at.isoformat()}
    return document | {"source": draft.source} if with_source else document


def keep_as_draft(attempt_id: str, position: int, language: str) -> None:
    """A form that runs or submits saves too; a newer draft elsewhere stays as it is."""
    try:
        save_from_form(attempt_id, position, language)
    except AssessorError:
        return
