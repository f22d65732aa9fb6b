"""Following a submission while it is judged: a stream of panels, or one panel at a time where no stream can be had."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from typing import Any

from flask import Response, current_app, jsonify, request, stream_with_context

from assessor.assessments import attempts, extra_time, lateness
from assessor.assessments.pauses import is_paused
from assessor.clock import utc_now
from assessor.errors import TooMany
from assessor.outages import outage_of
from assessor.results.watching import ChangeWatch, SubmissionWatch
from assessor.wording import N_
from web.candidate.credits import credit_sentences
from web.candidate.late import moment
from web.candidate.panels import panel
from web.candidate.passes import with_pass
from web.transaction import database, reading, writing

LONGEST_S = 600
KEEP_ALIVE_S = 15.0
QUEUE_S = 1.0
"""How long nothing need change until a page that waits in the queue looks once more at its place."""
LOOK_S = 0.004
PLACE_S = 0.06
"""How often a page looks whether there is news, and at its place, times the number of pages that follow: together they look as
often, however many they are."""


class Streams:
    """How many streams are open. Each holds a thread of the web process, so half of the threads are kept for the rest."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._guard = threading.Lock()
        self.open = 0

    def enter(self) -> None:
        """Take a place. Raises TooMany; the page then asks from time to time instead."""
        with self._guard:
            if self.open >= self._most:
                raise TooMany(N_("Many people wait at the moment; the page asks again by itself."), retry_after_s=2)
            self.open += 1

    def leave(self) -> None:
        with self._guard:
            self.open -= 1


@with_pass
def show_panel(attempt_id: str, submission_id: str) -> Response:
    """The panel as it is now."""
    return jsonify(panel(attempt_id, submission_id))


@with_pass
def follow(attempt_id: str, submission_id: str) -> Response:
    """Server-sent events: a panel at every change until the result is there. A reconnect gets only what it has not seen."""
    watch: ChangeWatch = current_app.extensions["assessor_watch"]
    own = SubmissionWatch(database(), submission_id)
    tick = watch.tick  # read before looking, so that no change is missed
    own.has_news(PLACE_S)
    first = panel(attempt_id, submission_id)  # another candidate's is refused before a stream begins
    streams: Streams = current_app.extensions["assessor_streams"]
    streams.enter()
    response = Response(stream_with_context(_events(attempt_id, first, watch, own, tick, streams)), mimetype="text/event-stream")
    response.call_on_close(streams.leave)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _events(
    attempt_id: str, now: dict[str, Any], watch: ChangeWatch, own: SubmissionWatch, tick: int, streams: Streams
) -> Iterator[str]:
    """From the panel as it was `now`, at this tick, to the last one."""
    seen = request.headers.get("Last-Event-ID")
    ends_at = time.monotonic() + LONGEST_S
    yield "retry: 1000\n\n"
    while time.monotonic() < ends_at:
        if now["fingerprint"] != seen:
            seen = str(now["fingerprint"])
            yield f"id: {seen}\nevent: panel\ndata: {json.dumps(now)}\n\n"
        if now["finished"]:
            return
        if not watch.wait(tick, QUEUE_S if own.queues else KEEP_ALIVE_S):
            yield ": still there\n\n"
        time.sleep(LOOK_S * max(0, streams.open - 1))
        tick = watch.tick
        try:
            if own.has_news(PLACE_S * streams.open):
                now = panel(attempt_id, now["id"])
        except Exception as error:
            if outage_of(error) is None:
                raise
            return  # the browser comes back by itself and is told in words


@with_pass
def tell_time(attempt_id: str) -> Response:
    """The server's clock and the attempt's deadline: the only ones that count."""
    with reading() as session:
        attempt = attempts.attempt_of(session, attempt_id)
        given = credit_sentences(session, attempt_id)
        now = utc_now()
        paused = is_paused(attempt, now)
        status = extra_time.status_of(session, attempt)
    if lateness.should_hear(attempt, now):
        with writing() as session:
            lateness.hear(session, attempt_id, now)
    return jsonify(
        now=now.isoformat(),
        moment=moment(attempt_id, now),
        deadline=attempt.deadline_at.isoformat() if attempt.deadline_at else None,
        state="paused" if paused else attempt.state.value,
        credits=given,
        extra_time=status.value,
    )


def new_watch() -> ChangeWatch:
    """The watch of this process."""
    return ChangeWatch(database())
