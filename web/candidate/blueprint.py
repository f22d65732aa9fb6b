"""The addresses of the candidate's pages and how often each may be asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, request

from web.candidate import (
    belongings,
    entering,
    extra_time,
    finishing,
    following,
    inquiring,
    late,
    leaving,
    offline,
    passes,
    practising,
    resting,
    working,
)
from web.protection import limiter

blueprint = Blueprint("candidate", __name__, template_folder="templates")


def by_attempt() -> str:
    """Many candidates share one address: what one of them may do is counted by attempt."""
    return f"attempt:{(request.view_args or {}).get('attempt_id')}"


def route(
    rule: str, view: Callable[..., Any], endpoint: str, methods: tuple[str, ...] = ("GET",), limit: str | None = None
) -> None:
    """One address; `limit` counts by attempt, or by client address where there is none yet."""
    if limit is not None:
        view = limiter.limit(limit, key_func=by_attempt if "attempt_id" in rule else None)(view)
    blueprint.add_url_rule(rule, endpoint, view, methods=list(methods))


ATTEMPT = "/a/<attempt_id>"
TASK = ATTEMPT + "/task/<int:position>"

route("/", entering.welcome, "welcome")
route("/code", entering.follow_code, "follow_code", ("POST",), limit="20/minute; 200/hour")
route("/<any(t, i):kind>/<token>", entering.look, "look", limit="120/minute")
route("/<any(t, i):kind>/<token>", entering.enter, "enter", ("POST",), limit="60/minute")
route("/return", entering.come_back, "come_back")
route("/return", entering.let_back_in, "let_back_in", ("POST",), limit="20/minute; 200/hour")
route(ATTEMPT + "/", entering.begin, "begin")
route(ATTEMPT + "/start", entering.start, "start", ("POST",))
route(ATTEMPT + "/extra-time", extra_time.settle, "extra_time", ("POST",), limit="20/minute")
route(ATTEMPT + "/practice", practising.practise, "practise", ("POST",), limit="20/minute")
route(ATTEMPT + "/keep", passes.keep, "keep", ("POST",), limit="20/minute")
route(ATTEMPT + "/silent", passes.let_go, "let_go", ("POST",), limit="20/minute")
route(ATTEMPT + "/key", entering.renew_key, "renew_key", ("POST",), limit="6/minute")
route(TASK, working.workspace, "workspace")
route(TASK, working.act, "act", ("POST",), limit="60/minute")
route(TASK + "/draft", working.save_draft, "save_draft", ("POST",), limit="120/minute")
route(TASK + "/submissions", working.create_submission, "create_submission", ("POST",), limit="60/minute")
route(TASK + "/late", late.hand_in_late, "hand_in_late", ("POST",), limit="20/minute")
route(ATTEMPT + "/submissions/<submission_id>", following.show_panel, "panel", limit="240/minute")
route(ATTEMPT + "/submissions/<submission_id>/events", following.follow, "follow", limit="120/minute")
route(ATTEMPT + "/clock", following.tell_time, "clock", limit="120/minute")
route(ATTEMPT + "/offline.js", offline.send_worker, "offline_worker")
route(ATTEMPT + "/finish", finishing.ask_to_finish, "ask_to_finish")
route(ATTEMPT + "/finish", finishing.finish, "finish", ("POST",))
route(ATTEMPT + "/pause", resting.pause, "pause", ("POST",))
route(ATTEMPT + "/go-on", resting.go_on, "go_on", ("POST",))
route(ATTEMPT + "/leave", leaving.ask_to_leave, "ask_to_leave")
route(ATTEMPT + "/leave", leaving.leave, "leave", ("POST",))
route("/left", leaving.left, "left")
route(ATTEMPT + "/report", finishing.report, "report")
route(TASK + "/ask", inquiring.show, "inquire")
route(TASK + "/ask", inquiring.send, "send_inquiry", ("POST",), limit="10/minute")
route(ATTEMPT + "/data", belongings.show, "data")
route(ATTEMPT + "/data.zip", belongings.download, "download", limit="10/minute")
route(ATTEMPT + "/data", belongings.delete, "delete", ("POST",), limit="10/minute")
route("/deleted", belongings.deleted, "deleted")
