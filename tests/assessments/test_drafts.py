"""Drafts are kept in order, a stale window overwrites nothing, and at the end of time the last ones are handed in."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from candidate_cast import Cast

from assessor.assessments import attempts, drafts, entering
from assessor.assessments.attempts import NewSubmission, close_overdue, finish
from assessor.assessments.drafts import DraftSave, KeptDraft, NewerDraft
from assessor.assessments.models import Attempt, AttemptState, Draft
from assessor.database import Session
from assessor.errors import BadInput, Conflict
from assessor.judging import duties
from assessor.judging.duties import Duties
from assessor.judging.models import Submission
from assessor.settings import Settings

END = timedelta(minutes=60)


def save(cast: Cast, attempt_id: str, now: datetime, **changes: Any) -> KeptDraft:
    given = {
        "challenge_version_id": cast.versions[0], "language": "python3", "source": "print(1)\n",
        "base": 0, "sequence": 1, "writer": "tab one", **changes,
    }  # fmt: skip
    with cast.database.writing() as session:
        return drafts.save(session, attempt_id, DraftSave(**given), now)


def sources(cast: Cast) -> list[tuple[str, bool]]:
    with cast.database.reading() as session:
        rows = session.scalars(sa.select(Submission).order_by(Submission.challenge_version_id))
        return [(row.source, row.by_clock) for row in rows]


def test_a_draft_may_be_empty_but_for_a_byte_order_mark(cast: Cast, attempt_id: str, now: datetime) -> None:
    assert save(cast, attempt_id, now, source="\ufeff\r\n").source == "\n"


def test_a_window_saves_again_and_again(cast: Cast, attempt_id: str, now: datetime) -> None:
    assert save(cast, attempt_id, now).sequence == 1
    assert save(cast, attempt_id, now, source="two", base=1, sequence=2).sequence == 2
    assert save(cast, attempt_id, now, source="lost reply", base=1, sequence=3).source == "lost reply"


def test_a_save_that_arrives_late_changes_nothing(cast: Cast, attempt_id: str, now: datetime) -> None:
    save(cast, attempt_id, now, source="new", sequence=5)
    assert save(cast, attempt_id, now, source="old", sequence=4).source == "new"


def test_a_second_window_is_told_of_the_newer_text_and_may_then_replace_it(cast: Cast, attempt_id: str, now: datetime) -> None:
    save(cast, attempt_id, now, source="first window", sequence=3)
    with pytest.raises(NewerDraft) as refused:
        save(cast, attempt_id, now, source="second window", base=0, sequence=1, writer="tab two")
    assert (refused.value.newer.source, refused.value.newer.sequence) == ("first window", 3)
    kept = save(cast, attempt_id, now, source="second window", base=3, sequence=4, writer="tab two")
    assert kept.source == "second window"


def test_the_same_text_from_two_windows_is_no_conflict(cast: Cast, attempt_id: str, now: datetime) -> None:
    save(cast, attempt_id, now, sequence=3)
    assert save(cast, attempt_id, now, base=0, sequence=1, writer="tab two").sequence == 4


def test_two_windows_at_the_same_moment_lose_no_text(cast: Cast, attempt_id: str, now: datetime) -> None:
    save(cast, attempt_id, now, source="start", sequence=1)
    refusals: list[str] = []

    def window(name: str) -> None:
        try:
            save(cast, attempt_id, now, source=f"text of {name}", base=1, sequence=2, writer=name)
        except NewerDraft as newer:
            refusals.append(newer.newer.source)

    threads = [threading.Thread(target=window, args=(f"tab {number}",)) for number in (2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with cast.database.reading() as session:
        kept = session.scalars(sa.select(Draft)).one().source
    assert refusals == [kept]


@pytest.mark.parametrize(
    "changes",
    [{"sequence": 0}, {"base": 5, "sequence": 5}, {"base": -1}, {"writer": ""}, {"writer": "tab\0"}, {"sequence": 2**31}],
)
def test_a_save_without_sense_is_refused(cast: Cast, attempt_id: str, now: datetime, changes: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        save(cast, attempt_id, now, **changes)


def test_drafts_of_two_languages_live_side_by_side(cast: Cast, attempt_id: str, now: datetime) -> None:
    save(cast, attempt_id, now)
    save(cast, attempt_id, now + timedelta(seconds=1), language="cpp", source="int main() {}")
    with cast.database.reading() as session:
        found = drafts.drafts_of(session, attempt_id, cast.versions[0])
    assert [draft.language for draft in found] == ["cpp", "python3"]


def test_after_the_end_nothing_is_saved(cast: Cast, attempt_id: str, now: datetime) -> None:
    with pytest.raises(Conflict):
        save(cast, attempt_id, now + END)


def test_at_the_end_of_time_the_last_drafts_are_handed_in(cast: Cast, attempt_id: str, now: datetime) -> None:
    save(cast, attempt_id, now, source="print(2)\n")
    save(cast, attempt_id, now + timedelta(minutes=1), language="cpp", source="int main() {}\n")
    save(cast, attempt_id, now, challenge_version_id=cast.versions[1], source="print('second')\n")
    with cast.database.writing() as session:
        assert close_overdue(session, now + END - timedelta(seconds=1)) == []
    with cast.database.writing() as session:
        made = close_overdue(session, now + END + timedelta(seconds=3))
    assert len(made) == 2
    assert sorted(sources(cast)) == [("int main() {}\n", True), ("print('second')\n", True)]
    with cast.database.reading() as session:
        attempt = session.get_one(Attempt, attempt_id)
    assert (attempt.state, attempt.submitted_at, attempt.ended_by_clock) == (AttemptState.GRADING, now + END, True)


def test_the_end_comes_once(cast: Cast, attempt_id: str, now: datetime) -> None:
    save(cast, attempt_id, now)
    for _ in range(2):
        with cast.database.writing() as session:
            close_overdue(session, now + END)
    assert len(sources(cast)) == 1


def test_two_workers_close_an_attempt_once(cast: Cast, attempt_id: str, now: datetime) -> None:
    save(cast, attempt_id, now)

    def worker() -> None:
        with cast.database.writing() as session:
            close_overdue(session, now + END)

    threads = [threading.Thread(target=worker) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sources(cast)) == 1


def test_an_attempt_that_cannot_be_closed_keeps_no_other_open(
    cast: Cast, attempt_id: str, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with cast.database.writing() as session:
        entered = entering.enter(session, "a secret", entering.door_of_open_link(session, cast.open_token), "Stig", "en", now)
        stigs = attempts.start(session, entered.attempt.id, now + timedelta(seconds=1)).id
    save(cast, attempt_id, now)
    save(cast, stigs, now + timedelta(seconds=2))

    def broken_for_one(session: Session, moment: datetime, whose: str) -> list[str]:
        if whose == attempt_id:
            raise ValueError("a row that is not as it should be")
        return close_overdue(session, moment, whose)

    monkeypatch.setattr(duties, "close_overdue", broken_for_one)
    Duties(Settings(), cast.database, None, None, None).close_overdue_attempts()  # type: ignore[arg-type]  # neither is rung
    with cast.database.reading() as session:
        assert session.get_one(Attempt, attempt_id).state is AttemptState.STARTED
        assert session.get_one(Attempt, stigs).state is AttemptState.GRADING


@pytest.mark.parametrize("source", ["   \n", "n = int(input())\n# read the trips\n"])
def test_nothing_and_untouched_starter_code_are_not_handed_in(cast: Cast, attempt_id: str, now: datetime, source: str) -> None:
    save(cast, attempt_id, now, source=source)
    with cast.database.writing() as session:
        assert close_overdue(session, now + END) == []
    with cast.database.reading() as session:
        assert session.get_one(Attempt, attempt_id).state is AttemptState.GRADED


def test_what_was_submitted_last_is_not_handed_in_twice(cast: Cast, attempt_id: str, now: datetime) -> None:
    save(cast, attempt_id, now, source="print(2)\n")
    with cast.database.writing() as session:
        attempts.submit(session, attempt_id, NewSubmission(cast.versions[0], "python3", "print(2)\n", "key-00000001"), now)
        finish(session, attempt_id, now)
    assert sources(cast) == [("print(2)\n", False)]


def test_finishing_by_hand_hands_in_too_but_not_by_the_clock(cast: Cast, attempt_id: str, now: datetime) -> None:
    save(cast, attempt_id, now, source="print(2)\n")
    with cast.database.writing() as session:
        finish(session, attempt_id, now + timedelta(minutes=5))
    assert sources(cast) == [("print(2)\n", False)]
    with cast.database.reading() as session:
        assert session.get_one(Attempt, attempt_id).submitted_at == now + timedelta(minutes=5)
