"""What a reviewer sees, and that nobody else does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from results_cast import Employer, make_assessment, make_attempt, make_challenge, make_submission
from sqlalchemy.orm import Session

from assessor.assessments.models import Assessment, AttemptState
from assessor.database import Database
from assessor.errors import AssessorError, NotAllowed, NotFound
from assessor.judging.leases import WorkState
from assessor.judging.models import Kind
from assessor.judging.verdicts import Verdict
from assessor.people.permissions import Actor
from assessor.results.candidate_report import candidate_report
from assessor.results.exporting import neutral, results_csv
from assessor.results.reviewer import assessment_line, candidate_rows, list_assessments


def test_the_funnel_counts_each_step(database: Database, employer: Employer) -> None:
    with database.reading() as session:
        line = list_assessments(session, employer.actor(session, "rakel"), employer.organisation)[0]
        rows = candidate_rows(session, employer.actor(session, "rakel"), employer.assessment)[1]
    assert line.funnel.opened == len(rows) == 40
    assert line.funnel.started == sum(row.started_at is not None for row in rows)
    assert line.funnel.submitted == sum(row.submitted_at is not None for row in rows)
    assert line.funnel.graded == sum(row.state is AttemptState.GRADED for row in rows)
    assert (line.funnel.judging, line.funnel.not_judged) == (1, 1)
    assert line.funnel.invited == 43


def test_totals_are_null_for_who_is_not_graded_and_numbers_for_who_is(database: Database, employer: Employer) -> None:
    with database.reading() as session:
        _columns, rows = candidate_rows(session, employer.actor(session, "rakel"), employer.assessment)
    assert all((row.total is not None) == (row.state is AttemptState.GRADED) for row in rows)
    assert all(row.max_total == 100.0 for row in rows)


def test_runs_are_never_scored(database: Database, employer: Employer, now: datetime) -> None:
    with database.writing() as session:
        attempt = make_attempt(session, session.get_one(Assessment, employer.assessment), "Runs only", now)
        make_submission(session, attempt, employer.versions["two-trains"], now, kind=Kind.RUN, score=100.0)
    with database.reading() as session:
        rows = candidate_rows(session, employer.actor(session, "rakel"), employer.assessment)[1]
    assert next(row for row in rows if row.name == "Runs only").total == 0.0


def test_an_attempt_keeps_the_columns_of_its_version(database: Database, employer: Employer, now: datetime) -> None:
    """After an edit the list has the columns of both versions; who lacks a challenge has an empty cell there."""
    from assessor.assessments.authoring import edit_assessment, view_of
    from assessor.assessments.rules import Rules, TaskChoice

    with database.writing() as session:
        olga = employer.actor(session, "olga")
        present = view_of(session.get_one(Assessment, employer.assessment)).rules
        fresh = make_challenge(session, employer, "new-one", now)
        rules = Rules(present.title, "", 60, present.languages, present.feedback_policy, (TaskChoice(fresh, 10.0),))
        edit_assessment(session, olga, employer.assessment, rules, now)
        make_attempt(session, session.get_one(Assessment, employer.assessment), "Later", now)
    with database.reading() as session:
        columns, rows = candidate_rows(session, employer.actor(session, "rakel"), employer.assessment)
    later = next(row for row in rows if row.name == "Later")
    assert columns[0].slug == "new-one"
    assert len(columns) == 5
    assert [cell is None for cell in later.cells] == [False, True, True, True, True]
    assert later.max_total == 10.0
    assert rows[0].cells[0] is None


READS: list[Callable[[Session, Actor, Employer], object]] = [
    lambda session, actor, cast: assessment_line(session, actor, cast.assessment),
    lambda session, actor, cast: candidate_rows(session, actor, cast.assessment),
    lambda session, actor, cast: candidate_report(session, actor, cast.attempts[0]),
]


@pytest.mark.parametrize("read", READS)
@pytest.mark.parametrize(("who", "refusal"), [("stig", NotFound), ("adam", NotFound), ("astrid", NotAllowed)])
def test_an_employer_sees_only_its_own_organisations_data(
    database: Database,
    employer: Employer,
    read: Callable[[Session, Actor, Employer], object],
    who: str,
    refusal: type[AssessorError],
) -> None:
    with database.reading() as session, pytest.raises(refusal):
        read(session, employer.actor(session, who), employer)


def test_the_list_of_another_organisation_is_empty_for_strangers(database: Database, employer: Employer) -> None:
    with database.reading() as session:
        assert list_assessments(session, employer.actor(session, "stig"), employer.organisation) == []
        assert list_assessments(session, employer.actor(session, "adam"), employer.organisation) == []
        assert list_assessments(session, employer.actor(session, "astrid"), employer.organisation) == []


def test_a_report_shows_every_submission_and_opens_the_one_that_counts(database: Database, employer: Employer) -> None:
    with database.reading() as session:
        report = candidate_report(session, employer.actor(session, "rakel"), employer.attempts[0])
    assert report.chosen is not None
    counting = [line for task in report.tasks for line in task.submissions if line.counts]
    assert report.chosen.id in {line.id for line in counting}
    assert [group.title["en"] for group in report.chosen.groups] == ["Small numbers", "Negative numbers"]
    assert sum(len(group.tests) for group in report.chosen.groups) == 7
    assert {moment.what for moment in report.timeline} >= {"opened", "started", "ran", "handed_in", "finished"}
    assert [moment.at for moment in report.timeline] == sorted(moment.at for moment in report.timeline)
    assert {note.author for note in report.notes} == {"Olga Lind", "Rakel Ahmadi"}
    assert [note.own for note in report.notes] == [True, False]
    assert report.stages[0].after == "shortlisted"


def test_a_submission_of_another_attempt_is_not_found_through_this_one(database: Database, employer: Employer) -> None:
    with database.reading() as session:
        rakel = employer.actor(session, "rakel")
        other = candidate_report(session, rakel, employer.attempts[1]).chosen
        assert other is not None
        with pytest.raises(NotFound):
            candidate_report(session, rakel, employer.attempts[0], other.id)


def test_a_submission_that_could_not_be_judged_has_no_points(database: Database, employer: Employer, now: datetime) -> None:
    with database.writing() as session:
        attempt = make_attempt(
            session, session.get_one(Assessment, employer.assessment), "Unlucky", now, state=AttemptState.GRADING
        )
        make_submission(session, attempt, employer.versions["two-trains"], now, state=WorkState.NOT_JUDGED)
        attempt_id = attempt.id
    with database.reading() as session:
        report = candidate_report(session, employer.actor(session, "rakel"), attempt_id)
    assert report.row.total is None
    assert report.tasks[0].submissions[0].points is None


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "＝"])
def test_no_cell_of_an_export_begins_like_a_formula(start: str) -> None:
    assert neutral(f"{start}HYPERLINK(1)").startswith("'")
    assert neutral("Cyrus") == "Cyrus"


def test_an_export_opens_in_spreadsheets_and_leaves_unknown_points_empty(
    database: Database, employer: Employer, now: datetime
) -> None:
    with database.writing() as session:
        assessment = session.get_one(Assessment, employer.assessment)
        attempt = make_attempt(
            session, assessment, '=HYPERLINK("http://evil")', now + timedelta(hours=1), state=AttemptState.GRADING
        )
        make_submission(session, attempt, employer.versions["two-trains"], now, state=WorkState.QUEUED)
        make_submission(session, attempt, employer.versions["till-change"], now, score=40.0, verdict=Verdict.WA)
    with database.reading() as session:
        columns, rows = candidate_rows(session, employer.actor(session, "rakel"), employer.assessment)
    content = results_csv(rows, columns, {"candidate": "Kandidat"}, "sv")
    assert content.startswith(b"\xef\xbb\xbf")
    lines = content.decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith("Kandidat,attempt,state,stage,Två tåg,Växel i kassan")
    evil = next(line for line in lines if "evil" in line)
    assert evil.startswith('"\'=HYPERLINK(""http://evil"")"')
    assert ",grading,new,,10,,,,100," in evil


def test_two_organisations_do_not_share_a_list(database: Database, employer: Employer, now: datetime) -> None:
    with database.writing() as session:
        first = employer.assessment
        employer.organisation, employer.elsewhere = employer.elsewhere, employer.organisation
        theirs = make_assessment(session, employer, now).id
        employer.assessment = first
    with database.reading() as session:
        stig = employer.actor(session, "stig")
        assert [line.view.id for line in list_assessments(session, stig, employer.organisation)] == [theirs]
        with pytest.raises(NotFound):
            candidate_rows(session, stig, first)
