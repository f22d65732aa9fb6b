"""Time that faults of ours took from running attempts is given back: pages that did not answer, tests that had to wait.

The pages beat as long as they answer and can write. A gap between two beats is an outage, whatever its cause: a crash, a full
disk, a database that was away, an update. The first beat after it gives every attempt that ran in the gap the time back.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from assessor.assessments.closing import ENDED
from assessor.assessments.extending import credits_of, extend
from assessor.assessments.models import Attempt, AttemptState, CreditCause, Pulse, TimeCredit
from assessor.assessments.pauses import pauses_of
from assessor.judging.leases import Priority, WorkState
from assessor.judging.models import Submission
from assessor.people import audit

BEAT_EVERY = timedelta(seconds=5)
OUTAGE_AFTER = timedelta(seconds=20)
"""Shorter gaps are restarts and hiccups: texts wait on the device, and nobody has to be told."""
WAIT_ALLOWED = timedelta(minutes=1)
MOST_FOR_WAITING = timedelta(hours=1)

Span = tuple[datetime, datetime]


def beat(session: Session, now: datetime, name: str = "web") -> timedelta | None:
    """The pages answer now. The length of the outage that ends with this beat, null when there was none."""
    pulse = session.get(Pulse, name, with_for_update=True)
    if pulse is None:
        session.add(Pulse(name=name, beat_at=now))
        return None
    last, pulse.beat_at = pulse.beat_at, max(now, pulse.beat_at)
    if now - last <= OUTAGE_AFTER:
        return None
    give_back_outage(session, (last, now), now)
    return now - last


def give_back_outage(session: Session, outage: Span, now: datetime) -> list[TimeCredit]:
    """Give every attempt that ran in the outage its time back, also those that it was too long for."""
    began, ended = outage
    ran = sa.or_(Attempt.state == AttemptState.STARTED, sa.and_(Attempt.state.in_(ENDED), Attempt.ended_by_clock))
    query = sa.select(Attempt).where(ran, Attempt.started_at < ended, Attempt.deadline_at > began).with_for_update()
    made = []
    for attempt in session.scalars(query).all():
        assert attempt.started_at is not None
        credit = _credit(session, attempt, CreditCause.OUTAGE, (max(began, attempt.started_at), ended), now)
        made += [credit] if credit else []
    if made:
        audit.record(
            session, audit.SERVICE, "time.outage", now, seconds=round((ended - began).total_seconds()), attempts=len(made)
        )
    return made


def long_waiting(session: Session, now: datetime) -> dict[str, datetime]:
    """The running attempts of which nothing has been judged for more than a minute while something waits, and since when.

    What waits behind the candidate's own programs is no fault of ours: a minute after the last of them it begins to be one.
    """
    rows = sa.select(Submission.attempt_id).where(Submission.priority > Priority.REJUDGE)
    judged = aliased(Submission)
    last_judged = sa.select(sa.func.max(judged.finished_at)).where(
        judged.attempt_id == Submission.attempt_id, judged.priority > Priority.REJUDGE
    )
    query = (
        sa.select(Submission.attempt_id, sa.func.min(Submission.queued_at), last_judged.scalar_subquery())
        .join(Attempt, Attempt.id == Submission.attempt_id)
        .where(
            Submission.state == WorkState.QUEUED,
            Submission.priority > Priority.REJUDGE,
            Submission.queued_at < now - WAIT_ALLOWED,
            Attempt.state == AttemptState.STARTED,
            Submission.attempt_id.not_in(rows.where(Submission.state == WorkState.RUNNING)),
        )
        .group_by(Submission.attempt_id)
    )
    found = {row.attempt_id: max(row[1], row[2] or row[1]) + WAIT_ALLOWED for row in session.execute(query)}
    return {attempt_id: since for attempt_id, since in found.items() if since < now}


def give_back_wait(session: Session, attempt_id: str, since: datetime, now: datetime) -> None:
    """Stop the clock, in effect, while the attempt's tests wait; called again and again until they begin.

    Not for longer than `most_for_waiting` in all: what is missing then is for people to judge.
    """
    attempt = session.get(Attempt, attempt_id, with_for_update=True)
    if attempt is None or attempt.state is not AttemptState.STARTED:
        return
    given = sum(credit.seconds for credit in credits_of(session, attempt_id) if credit.cause is CreditCause.QUEUE)
    _credit(session, attempt, CreditCause.QUEUE, (since, now), now, most_for_waiting(attempt) - timedelta(seconds=given))


def most_for_waiting(attempt: Attempt) -> timedelta:
    """What waiting gives back at most by itself: as much as the test takes, and never more than an hour."""
    return min(timedelta(minutes=attempt.assessment_version.duration_minutes), MOST_FOR_WAITING)


def shortened(spans: Iterable[Span], most: timedelta) -> list[Span]:
    """The first of these spans, as far as they last no longer than `most` together."""
    kept: list[Span] = []
    for began, ended in spans:
        if most > timedelta(0):
            kept.append((began, min(ended, began + most)))
            most -= ended - began
    return kept


def _credit(
    session: Session, attempt: Attempt, cause: CreditCause, span: Span, now: datetime, most: timedelta | None = None
) -> TimeCredit | None:
    """Credit what is not credited yet of a span, at most so much. A fault that goes on lengthens its last credit."""
    known = [credit for credit in credits_of(session, attempt.id) if credit.began_at is not None and credit.ended_at is not None]
    covered = [(credit.began_at, credit.ended_at) for credit in known if credit.began_at and credit.ended_at]
    missing = shortened(uncovered(span, [*covered, *pauses_of(attempt)]), span[1] - span[0] if most is None else most)
    taken = sum((ended - began for began, ended in missing), timedelta())
    if not missing or taken <= timedelta(0) or attempt.deadline_at is None:
        return None
    extend(attempt, attempt.deadline_at + taken)
    last = known[-1] if known else None
    if last is not None and last.cause is cause and last.began_at and last.ended_at == missing[0][0] and len(missing) == 1:
        last.ended_at = missing[0][1]
        last.seconds = math.ceil((last.ended_at - last.began_at).total_seconds())
        return last
    began, ended = missing[0][0], missing[-1][1]
    credit = TimeCredit(
        attempt_id=attempt.id, cause=cause, seconds=math.ceil(taken.total_seconds()), began_at=began, ended_at=ended, at=now
    )
    session.add(credit)
    session.flush()
    return credit


def uncovered(span: Span, covered: Iterable[Span]) -> list[Span]:
    """The parts of a span that no other span covers, in order."""
    left: list[Span] = []
    at, end = span
    for began, ended in sorted(covered):
        if ended <= at or began >= end:
            continue
        if began > at:
            left.append((at, began))
        at = max(at, ended)
    return [*left, (at, end)] if at < end else left
