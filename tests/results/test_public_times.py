"""What an employer sees of two candidates, one with private extra time, is the same."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from results_cast import Employer, fill

from assessor.assessments.models import Attempt
from assessor.database import Database
from assessor.people.models import Role
from assessor.people.permissions import Actor
from assessor.results.candidate_report import candidate_report
from assessor.results.funnel import last_activity
from assessor.results.public_times import PublicTimes
from assessor.results.reviewer import candidate_rows

START = datetime.fromisoformat("2026-03-02T09:00:00+00:00")


def times(private: timedelta, whole: timedelta) -> PublicTimes:
    return PublicTimes(START, (whole - private) / whole)


def test_the_start_stays_and_the_end_falls_where_the_employer_expects_it() -> None:
    public = times(timedelta(minutes=60), timedelta(minutes=120))
    assert public.of_moment(START - timedelta(hours=1)) == START - timedelta(hours=1)
    assert public.of_moment(START) == START
    assert public.of_moment(START + timedelta(minutes=120)) == START + timedelta(minutes=60)
    assert public.of_moment(START + timedelta(minutes=30)) == START + timedelta(minutes=15)


def test_without_private_extra_time_every_moment_is_the_real_one() -> None:
    moment = START + timedelta(minutes=7, microseconds=5)
    assert PublicTimes(START, 1.0).of_moment(moment) == moment


@pytest.fixture
def employer(database: Database, now: datetime) -> Employer:
    with database.writing() as session:
        return fill(session, now, candidates=6)


def stretch(database: Database, attempt_id: str, percent: int) -> None:
    """The candidate had so much private extra time and used the time as evenly longer."""
    with database.writing() as session:
        attempt = session.get_one(Attempt, attempt_id)
        assert attempt.started_at
        minutes = attempt.assessment_version.duration_minutes
        attempt.extra_time_percent = 0
        attempt.private_extra_percent = percent
        attempt.deadline_at = attempt.started_at + timedelta(minutes=-(-minutes * (100 + percent) // 100))
        attempt.submitted_at = attempt.deadline_at
        attempt.ended_by_clock = True


def ended(database: Database, employer: Employer) -> str:
    with database.reading() as session:
        return next(id for id in employer.attempts if session.get_one(Attempt, id).submitted_at)


@pytest.mark.parametrize("percent", [25, 50, 100])
def test_no_row_and_no_report_tells_of_private_extra_time(database: Database, employer: Employer, percent: int) -> None:
    attempt_id = ended(database, employer)
    actor = Actor(employer.rakel, roles={employer.organisation: Role.REVIEWER})
    stretch(database, attempt_id, percent)
    with database.reading() as session:
        row = next(row for row in candidate_rows(session, actor, employer.assessment)[1] if row.attempt_id == attempt_id)
        report = candidate_report(session, actor, attempt_id)
        real = session.get_one(Attempt, attempt_id)
        assert row.time_used == timedelta(minutes=report.duration_minutes)
        assert row.extra_time_percent == 0
        end = row.started_at + row.time_used if row.started_at and row.time_used else None
        assert (row.submitted_at, report.deadline_at, report.timeline[-1].at) == (end, end, end)
        assert real.submitted_at
        assert last_activity(session, [employer.assessment])[employer.assessment] != real.submitted_at
