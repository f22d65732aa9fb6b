"""What was written in time and arrives late from a failing network: up to a quarter of an hour after the end it counts.

Nobody can prove when a text was typed on a device that nobody could reach, so the claim is bounded and shown instead of believed:
the browser holds a signed moment of ours that it heard before the end, says how long after it the text was written, and nothing
of the attempt may have been saved since that moment. Reviewers see when it was written, when it arrived, and how long before the
end the attempt was last heard (docs/decisions/0045-late-work.md).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session

from assessor.assessments.attempts import NewSubmission
from assessor.assessments.closing import END_KEY, ENDED, close, settle
from assessor.assessments.models import Attempt, AttemptState, Draft
from assessor.assessments.seats import seat_of
from assessor.assessments.sources import check_language, check_source
from assessor.errors import BadInput, Conflict
from assessor.judging.leases import Priority
from assessor.judging.models import Kind, Submission
from assessor.wording import N_

GRACE = timedelta(minutes=15)
LOST_ANSWERS = timedelta(minutes=2)
"""A save that we took may have been answered into a dead line: the browser then knows an earlier moment than we do."""
MOST_FOR_A_TASK = 2
NEAR_END = timedelta(minutes=2)
HEAR_EVERY = timedelta(seconds=10)
"""Pages ask for the time every few seconds; near the end we remember when, as often as this."""
HARDLY_SILENT_S = 30
"""Who was heard within the last half minute would have saved in time over a line that works: a few saves, a few askings."""
_SALT = "assessor.moment"


@dataclass(frozen=True, slots=True)
class Claim:
    """`heard_at` is the last moment of ours the browser knew, `elapsed_ms` what passed from then until the text was written."""

    heard_at: datetime
    elapsed_ms: int

    @property
    def written_at(self) -> datetime:
        return self.heard_at + timedelta(milliseconds=self.elapsed_ms)


def sign_moment(secret: str, attempt_id: str, now: datetime) -> str:
    """The present moment for a browser to keep; it shows that the browser reached us then."""
    return str(URLSafeSerializer(secret, salt=_SALT).dumps([attempt_id, now.isoformat()]))


def read_claim(secret: str, attempt_id: str, moment: str, elapsed_ms: int) -> Claim:
    """The claim behind a signed moment. Raises BadInput for a forged one, or one of another attempt."""
    try:
        named, heard_at = URLSafeSerializer(secret, salt=_SALT).loads(moment)
    except (BadSignature, ValueError, TypeError):
        named, heard_at = None, ""
    if named != attempt_id or not 0 <= elapsed_ms < 2**40:
        raise BadInput(N_("The request is incomplete. Load the page again."), code="moment", field="moment")
    return Claim(datetime.fromisoformat(heard_at), elapsed_ms)


def hand_in_late(session: Session, attempt_id: str, new: NewSubmission, claim: Claim, now: datetime) -> Submission:
    """Take a text that was written before the end. The same text again is the submission it was before.

    The caller rings the judge's bell after the commit. Raises Conflict when it cannot count any more, with the reason.
    """
    attempt = seat_of(session, attempt_id, new.challenge_version_id)
    mine = _submissions(session, attempt, new.challenge_version_id)
    known = next((row for row in mine if row.client_key == new.client_key), None)
    if known is not None:
        return known
    _end_what_is_over(session, attempt, now)
    _check_in_time(session, attempt, claim, now)
    check_language(attempt.assessment_version, new.language)
    source = check_source(new.source)
    if mine and (mine[-1].language, mine[-1].source.strip()) == (new.language, source.strip()):
        return mine[-1]
    if sum(row.written_at is not None for row in mine) >= MOST_FOR_A_TASK:
        raise Conflict(N_("For this task late work has arrived already."), code="late_enough")
    submission = Submission(
        attempt_id=attempt.id,
        challenge_version_id=new.challenge_version_id,
        kind=Kind.SUBMISSION,
        client_key=new.client_key,
        language=new.language,
        source=source,
        written_at=claim.written_at,
        heard_at=max(moment for moment in (claim.heard_at, attempt.heard_at, _last_saved(session, attempt)) if moment),
        priority=Priority.SUBMISSION,
        queued_at=now,
    )
    session.add(submission)
    session.flush()
    settle(session, attempt.id)
    return submission


def late_minutes(submission: Submission, end: datetime | None) -> int | None:
    """How many begun minutes after the end a submission arrived; null for one that arrived in time."""
    if submission.written_at is None or end is None:
        return None
    return max(1, math.ceil((submission.queued_at - end).total_seconds() / 60))


def silent_seconds(submission: Submission, end: datetime | None) -> int | None:
    """For how long before the end the attempt of a late submission was not heard; null when that was not recorded."""
    if submission.written_at is None or submission.heard_at is None or end is None:
        return None
    return max(0, math.floor((end - submission.heard_at).total_seconds()))


def should_hear(attempt: Attempt, now: datetime) -> bool:
    """Whether it is to be remembered that the attempt's page reaches us now: near the end, and not with every request."""
    if attempt.state is not AttemptState.STARTED or attempt.deadline_at is None:
        return False
    is_near = now < attempt.deadline_at <= now + NEAR_END
    return is_near and (attempt.heard_at is None or attempt.heard_at <= now - HEAR_EVERY)


def hear(session: Session, attempt_id: str, now: datetime) -> None:
    """Remember that the attempt's page has reached us now."""
    session.execute(sa.update(Attempt).where(Attempt.id == attempt_id).values(heard_at=now))


def _end_what_is_over(session: Session, attempt: Attempt, now: datetime) -> None:
    """The worker ends attempts once a second; who comes in between need not wait for it."""
    if attempt.state is AttemptState.STARTED and attempt.deadline_at is not None:
        if now < attempt.deadline_at:
            raise Conflict(N_("Your test goes on. Load the page again."), code="still_running")
        close(session, attempt, now, by_clock=True)


def _submissions(session: Session, attempt: Attempt, challenge_version_id: str) -> list[Submission]:
    return list(
        session.scalars(
            sa.select(Submission)
            .where(
                Submission.attempt_id == attempt.id,
                Submission.challenge_version_id == challenge_version_id,
                Submission.kind == Kind.SUBMISSION,
            )
            .order_by(Submission.queued_at, Submission.id)
        )
    )


def _check_in_time(session: Session, attempt: Attempt, claim: Claim, now: datetime) -> None:
    end = attempt.deadline_at
    if attempt.state not in ENDED or not attempt.ended_by_clock or end is None or attempt.started_at is None:
        raise Conflict(N_("You have finished this test; nothing more can be handed in."), code="finished")
    if now > end + GRACE:
        raise Conflict(
            N_("This arrived more than 15 minutes after the end and cannot count. It is kept on this device."), code="too_late"
        )
    if not attempt.started_at <= claim.heard_at or claim.written_at > end:
        raise Conflict(N_("This was written after the end and cannot count. It is kept on this device."), code="written_late")
    if (saved := _last_saved(session, attempt)) is not None and saved > claim.heard_at + LOST_ANSWERS:
        raise Conflict(
            N_("Your test was saved from elsewhere after this was written; that counts. This text is kept on this device."),
            code="not_silent",
        )


def _last_saved(session: Session, attempt: Attempt) -> datetime | None:
    """When the candidate last saved, ran or submitted anything in time, from any device."""
    saved = session.scalar(sa.select(sa.func.max(Draft.saved_at)).where(Draft.attempt_id == attempt.id))
    handed_in = session.scalar(
        sa.select(sa.func.max(Submission.queued_at)).where(
            Submission.attempt_id == attempt.id,
            Submission.written_at.is_(None),
            Submission.client_key.not_like(f"{END_KEY}%"),
        )
    )
    return max((moment for moment in (saved, handed_in) if moment is not None), default=None)
