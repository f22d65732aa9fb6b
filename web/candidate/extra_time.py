"""Extra time on the start page: chosen by the candidate, or asked for where the rules leave it to an administrator."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from assessor.assessments import attempts, extra_time
from assessor.assessments.extra_time import OFFERED, WishStatus
from assessor.assessments.models import Attempt
from assessor.clock import utc_now
from assessor.database import Session
from web.candidate.passes import with_pass
from web.transaction import writing


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the offered times: how much more, and how long the test then is."""

    percent: int
    minutes: int

    @property
    def factor(self) -> str:
        """As a multiple of the time: 1.25, 1.5, 2."""
        return f"{1 + self.percent / 100:g}"


@dataclass(frozen=True, slots=True)
class Offer:
    """What the card shows. `own`: the candidate decides. `percent` is what was chosen, or asked for last."""

    own: bool
    percent: int
    status: WishStatus
    choices: tuple[Choice, ...]


def offer_of(session: Session, attempt: Attempt) -> Offer:
    """The card of an attempt; only what is more than the invitation gave already is offered."""
    offered = [percent for percent in OFFERED if percent > attempt.extra_time_percent]
    wish = extra_time.newest_wish(session, attempt.id)
    own = attempt.assessment_version.own_extra_time
    return Offer(
        own=own,
        percent=attempt.private_extra_percent if own or wish is None else wish.percent,
        status=extra_time.status_of(session, attempt),
        choices=tuple(Choice(percent, extra_time.minutes_with(attempt, percent)) for percent in ([0] if own else []) + offered),
    )


@with_pass
def settle(attempt_id: str) -> Response:
    """Take the chosen time, or send the wish."""
    chosen = request.form.get("percent", "")
    percent = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 4 else -1
    with writing() as session:
        attempt = attempts.attempt_of(session, attempt_id)
        settle_it = extra_time.choose if attempt.assessment_version.own_extra_time else extra_time.ask
        settle_it(session, attempt_id, percent, utc_now())
    return redirect(url_for("candidate.begin", attempt_id=attempt_id) + "#extra-time", 303)
