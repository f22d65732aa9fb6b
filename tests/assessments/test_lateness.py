"""Work that arrives after the end: what was written in time from a silent connection counts, and nothing else does."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from candidate_cast import Cast, solved

from assessor.assessments import attempts, drafts, lateness
from assessor.assessments.attempts import NewSubmission
from assessor.assessments.models import Attempt, AttemptState
from assessor.errors import BadInput, Conflict
from assessor.judging.models import Submission

SECRET = "a secret for tests only"
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def late(
    cast: Cast,
    attempt_id: str,
    now: datetime,
    heard_at: datetime,
    written_after: timedelta,
    key: str = "late-0001",
    source: str = "print(2)\n",
) -> Submission:
    token = lateness.sign_moment(SECRET, attempt_id, heard_at)
    claim = lateness.read_claim(SECRET, attempt_id, token, int(written_after.total_seconds() * 1000))
    new = NewSubmission(challenge_version_id=cast.versions[0], language="python3", source=source, client_key=key)
    with cast.database.writing() as session:
        return lateness.hand_in_late(session, attempt_id, new, claim, now)


def save(cast: Cast, attempt_id: str, now: datetime, source: str = "print(1)\n") -> None:
    with cast.database.writing() as session:
        draft = drafts.DraftSave(cast.versions[0], "python3", source, 0, 1, "tab")
        drafts.save(session, attempt_id, draft, now)


@pytest.fixture
def ended(cast: Cast, attempt_id: str, now: datetime) -> str:
    """Cyrus saved at minute 40, then his connection failed, and the hour ended."""
    save(cast, attempt_id, now + 40 * MINUTE)
    with cast.database.writing() as session:
        attempts.close_overdue(session, now + HOUR)
    return attempt_id


def test_what_was_written_in_time_counts_and_says_so(cast: Cast, ended: str, now: datetime) -> None:
    made = late(cast, ended, now + HOUR + 9 * MINUTE, now + 40 * MINUTE, 12 * MINUTE)
    assert made.written_at == now + 52 * MINUTE
    with cast.database.reading() as session:
        attempt = session.get_one(Attempt, ended)
        assert attempt.state is AttemptState.GRADING
        assert lateness.late_minutes(session.get_one(Submission, made.id), attempt.deadline_at) == 9
    with cast.database.reading() as session:
        (first,) = session.scalars(sa.select(Submission).where(Submission.by_clock))
    for row in (first, made):
        cast.judge(row.id, solved())
    with cast.database.reading() as session:
        assert session.get_one(Attempt, ended).state is AttemptState.GRADED


def test_sent_again_it_is_the_same(cast: Cast, ended: str, now: datetime) -> None:
    first = late(cast, ended, now + HOUR + MINUTE, now + 40 * MINUTE, MINUTE)
    assert late(cast, ended, now + HOUR + 2 * MINUTE, now + 40 * MINUTE, MINUTE).id == first.id
    assert late(cast, ended, now + HOUR + 2 * MINUTE, now + 40 * MINUTE, MINUTE, key="late-0002").id == first.id


@pytest.mark.parametrize(
    ("arrives", "heard", "written_after", "code"),
    [
        (HOUR + 16 * MINUTE, 40 * MINUTE, MINUTE, "too_late"),
        (HOUR + 5 * MINUTE, 40 * MINUTE, 21 * MINUTE, "written_late"),
        (HOUR + 5 * MINUTE, HOUR + MINUTE, timedelta(0), "written_late"),
        (HOUR + 5 * MINUTE, -MINUTE, 2 * MINUTE, "written_late"),
        (HOUR + 5 * MINUTE, 30 * MINUTE, MINUTE, "not_silent"),
    ],
)
def test_what_cannot_be_in_time_is_refused_with_its_reason(
    cast: Cast, ended: str, now: datetime, arrives: timedelta, heard: timedelta, written_after: timedelta, code: str
) -> None:
    with pytest.raises(Conflict) as refused:
        late(cast, ended, now + arrives, now + heard, written_after)
    assert refused.value.code == code


def test_a_save_whose_answer_was_lost_does_not_count_against_one(cast: Cast, ended: str, now: datetime) -> None:
    assert late(cast, ended, now + HOUR + MINUTE, now + 39 * MINUTE, 2 * MINUTE).written_at


def test_a_forged_moment_or_one_of_another_attempt_is_refused(cast: Cast, ended: str, now: datetime) -> None:
    token = lateness.sign_moment(SECRET, "att_other", now)
    for moment, elapsed in ((token, 0), (token[:-2] + "xx", 0), ("", 0), (lateness.sign_moment(SECRET, ended, now), -1)):
        with pytest.raises(BadInput):
            lateness.read_claim(SECRET, ended, moment, elapsed)


def test_the_grace_is_no_second_sitting(cast: Cast, ended: str, now: datetime) -> None:
    for number in range(lateness.MOST_FOR_A_TASK):
        late(cast, ended, now + HOUR + MINUTE, now + 40 * MINUTE, MINUTE, f"late-000{number}", f"print({number + 5})")
    with pytest.raises(Conflict) as refused:
        late(cast, ended, now + HOUR + MINUTE, now + 40 * MINUTE, MINUTE, "late-0009", "print(9)")
    assert refused.value.code == "late_enough"


def silence(cast: Cast, submission_id: str) -> int | None:
    with cast.database.reading() as session:
        made = session.get_one(Submission, submission_id)
        return lateness.silent_seconds(made, session.get_one(Attempt, made.attempt_id).deadline_at)


def test_it_is_kept_when_the_attempt_was_last_heard(cast: Cast, ended: str, now: datetime) -> None:
    by_its_save = late(cast, ended, now + HOUR + MINUTE, now + 39 * MINUTE, MINUTE)
    assert silence(cast, by_its_save.id) == 20 * 60


def test_who_asked_for_the_time_until_the_end_was_connected_until_then(cast: Cast, attempt_id: str, now: datetime) -> None:
    save(cast, attempt_id, now + 40 * MINUTE)
    for second in range(0, 3600, 4):
        moment = now + timedelta(seconds=second)
        with cast.database.writing() as session:
            if lateness.should_hear(session.get_one(Attempt, attempt_id), moment):
                lateness.hear(session, attempt_id, moment)
    with cast.database.writing() as session:
        attempts.close_overdue(session, now + HOUR)
    made = late(cast, attempt_id, now + HOUR + 14 * MINUTE, now + 40 * MINUTE, 20 * MINUTE)
    known = silence(cast, made.id)
    assert known is not None
    assert known < lateness.HARDLY_SILENT_S


def test_asking_for_the_time_is_remembered_near_the_end_alone_and_not_each_time(
    cast: Cast, attempt_id: str, now: datetime
) -> None:
    def should(at: timedelta) -> bool:
        with cast.database.reading() as session:
            return lateness.should_hear(session.get_one(Attempt, attempt_id), now + at)

    assert [should(at) for at in (MINUTE, 57 * MINUTE, 58 * MINUTE, HOUR)] == [False, False, True, False]
    with cast.database.writing() as session:
        lateness.hear(session, attempt_id, now + 58 * MINUTE)
    assert not should(58 * MINUTE + timedelta(seconds=9))
    assert should(58 * MINUTE + timedelta(seconds=10))


def test_who_finished_has_finished(cast: Cast, attempt_id: str, now: datetime) -> None:
    with cast.database.writing() as session:
        attempts.finish(session, attempt_id, now + 10 * MINUTE)
    with pytest.raises(Conflict) as refused:
        late(cast, attempt_id, now + 11 * MINUTE, now + MINUTE, MINUTE)
    assert refused.value.code == "finished"
