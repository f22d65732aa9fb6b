"""Running and submitting: idempotent, bounded, in time, in shape."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from candidate_cast import Cast, half_solved, solved

from assessor.assessments import attempts
from assessor.assessments.attempts import NewSubmission
from assessor.assessments.models import Attempt, AttemptState
from assessor.errors import AssessorError, BadInput, Conflict, NotFound, TooMany
from assessor.judging.leases import Priority, WorkState
from assessor.judging.models import Kind, Submission
from assessor.results.best import best_of, points_of


def new(cast: Cast, key: str = "key-00000001", **changes: Any) -> NewSubmission:
    given = {"challenge_version_id": cast.versions[0], "language": "python3", "source": "print(2)\n", "client_key": key}
    return NewSubmission(**{**given, **changes})


def submit(cast: Cast, attempt_id: str, now: datetime, **changes: Any) -> Submission:
    with cast.database.writing() as session:
        return attempts.submit(session, attempt_id, new(cast, **changes), now)


def test_a_submission_waits_for_the_judge(cast: Cast, attempt_id: str, now: datetime) -> None:
    made = submit(cast, attempt_id, now, source="print(2)\r\n", custom_input="ignored")
    assert (made.kind, made.state, made.priority) == (Kind.SUBMISSION, WorkState.QUEUED, Priority.SUBMISSION)
    assert made.source == "print(2)\n"
    assert made.custom_input is None
    assert made.score is None


def test_what_was_copied_out_of_a_file_is_taken_as_what_it_says(cast: Cast, attempt_id: str, now: datetime) -> None:
    with cast.database.writing() as session:
        given = new(cast, source="\ufeffread a\r\necho $a \t", custom_input="\ufeff1 \r\n2")
        made = attempts.run(session, attempt_id, given, now)
    assert (made.source, made.custom_input) == ("read a\necho $a \t", "1 \n2")


def test_the_same_key_is_the_same_submission_even_after_the_end(cast: Cast, attempt_id: str, now: datetime) -> None:
    first = submit(cast, attempt_id, now)
    again = submit(cast, attempt_id, now + timedelta(hours=5), source="something else")
    assert again.id == first.id
    with cast.database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Submission)) == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"source": ""}, "source_empty"),
        ({"source": " \n\t\n"}, "source_empty"),
        ({"source": "\ufeff\r\n"}, "source_empty"),
        ({"source": "x" * (128 * 1024 + 1)}, "source_too_large"),
        ({"source": "é" * (64 * 1024 + 1)}, "source_too_large"),
        ({"source": "print(1)\0"}, "not_text"),
        ({"source": "print('\ud800')"}, "not_text"),
        ({"language": "rust"}, "language"),
        ({"language": "no such"}, "language"),
    ],
)
def test_what_cannot_be_judged_is_refused_and_nothing_is_queued(
    cast: Cast, attempt_id: str, now: datetime, changes: dict[str, str], code: str
) -> None:
    with pytest.raises(BadInput) as refused:
        submit(cast, attempt_id, now, **changes)
    assert refused.value.code == code
    with cast.database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Submission)) == 0


def test_a_source_of_just_128_kib_is_taken(cast: Cast, attempt_id: str, now: datetime) -> None:
    assert submit(cast, attempt_id, now, source="x" * 128 * 1024).id


@pytest.mark.parametrize("key", ["", "short", "k" * 65, "schlüssel-12", "end-of-the-test", "key\0-000001"])
def test_a_client_key_has_a_shape(cast: Cast, key: str) -> None:
    with pytest.raises(BadInput):
        new(cast, key=key)


def test_a_task_of_another_test_is_not_found(cast: Cast, attempt_id: str, now: datetime) -> None:
    with pytest.raises(NotFound):
        submit(cast, attempt_id, now, challenge_version_id="chv_elsewhere")


def test_after_the_deadline_nothing_is_taken(cast: Cast, attempt_id: str, now: datetime) -> None:
    submit(cast, attempt_id, now + timedelta(minutes=60, microseconds=-1))
    with pytest.raises(Conflict) as refused:
        submit(cast, attempt_id, now + timedelta(minutes=60), key="key-00000002")
    assert refused.value.code == "time_over"


def test_two_runs_may_wait_and_no_more(cast: Cast, attempt_id: str, now: datetime) -> None:
    def run(number: int) -> Submission:
        with cast.database.writing() as session:
            return attempts.run(session, attempt_id, new(cast, key=f"run-{number:08}", custom_input="1\n"), now)

    first = run(1)
    assert (first.kind, first.priority, first.custom_input) == (Kind.RUN, Priority.RUN, "1\n")
    run(2)
    with pytest.raises(TooMany) as refused:
        run(3)
    assert refused.value.retry_after_s > 0
    cast.judge(first.id, solved())
    assert run(3).id


def test_submissions_are_limited_by_the_minute(cast: Cast, attempt_id: str, now: datetime) -> None:
    for number in range(attempts.MAX_SUBMISSIONS_A_MINUTE):
        cast.judge(submit(cast, attempt_id, now, key=f"key-{number:08}").id, solved())
    with pytest.raises(TooMany):
        submit(cast, attempt_id, now + timedelta(seconds=59), key="key-99999999")
    assert submit(cast, attempt_id, now + timedelta(seconds=61), key="key-99999999").id


def test_an_own_input_has_a_limit(cast: Cast, attempt_id: str, now: datetime) -> None:
    with cast.database.writing() as session, pytest.raises(BadInput) as refused:
        attempts.run(session, attempt_id, new(cast, custom_input="1" * (64 * 1024 + 1)), now)
    assert refused.value.code == "input_too_large"


def test_nothing_is_taken_before_the_start_or_after_the_finish(cast: Cast, attempt_id: str, now: datetime) -> None:
    with cast.database.writing() as session:
        attempts.finish(session, attempt_id, now)
    with pytest.raises(Conflict) as refused:
        submit(cast, attempt_id, now)
    assert refused.value.code == "finished"
    with cast.database.writing() as session:
        session.get_one(Attempt, attempt_id).started_at = None
    with pytest.raises(Conflict) as refused:
        submit(cast, attempt_id, now)
    assert refused.value.code == "not_started"


def test_the_best_submission_counts_whatever_came_later(cast: Cast, attempt_id: str, now: datetime) -> None:
    good = submit(cast, attempt_id, now, key="key-00000001")
    cast.judge(good.id, solved())
    worse = submit(cast, attempt_id, now + timedelta(minutes=2), key="key-00000002")
    cast.judge(worse.id, half_solved())
    waiting = submit(cast, attempt_id, now + timedelta(minutes=3), key="key-00000003")
    with cast.database.reading() as session:
        rows = list(session.scalars(sa.select(Submission)))
        best = best_of(rows)
        assert best is not None
        assert best.id == good.id
        assert points_of(best, 25) == 25.0
        assert points_of(session.get_one(Submission, worse.id), 25) == 15.0
        assert points_of(session.get_one(Submission, waiting.id), 25) is None


def test_a_finished_attempt_is_graded_when_its_last_submission_is(cast: Cast, attempt_id: str, now: datetime) -> None:
    waiting = submit(cast, attempt_id, now)
    with cast.database.writing() as session:
        assert attempts.finish(session, attempt_id, now).state is AttemptState.GRADING
    cast.judge(waiting.id, solved())
    with cast.database.reading() as session:
        assert session.get_one(Attempt, attempt_id).state is AttemptState.GRADED


def test_what_could_not_be_judged_keeps_the_attempt_open_for_staff(cast: Cast, attempt_id: str, now: datetime) -> None:
    waiting = submit(cast, attempt_id, now)
    with cast.database.writing() as session:
        session.get_one(Submission, waiting.id).state = WorkState.NOT_JUDGED
        attempts.finish(session, attempt_id, now)
    with cast.database.reading() as session:
        assert session.get_one(Attempt, attempt_id).state is AttemptState.GRADING


def test_a_finish_before_the_start_is_refused(cast: Cast, attempt_id: str, now: datetime) -> None:
    with cast.database.writing() as session:
        attempt = session.get_one(Attempt, attempt_id)
        attempt.state, attempt.started_at = AttemptState.OPENED, None
    with cast.database.writing() as session, pytest.raises(AssessorError):
        attempts.finish(session, attempt_id, now)
