"""The employer's way, without scripts: make, link, invite, read, shortlist, export."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from results_cast import Employer, make_attempt, make_submission
from staff_client import Person

from assessor.assessments.models import Assessment, Attempt, AttemptState, Invitation
from assessor.catalogue.models import ChallengeVersion
from assessor.clock import utc_now
from assessor.database import Database
from assessor.judging.leases import WorkState
from assessor.judging.verdicts import Verdict
from assessor.people.models import Membership, Role


def form_for(employer: Employer, **changes: object) -> dict[str, object]:
    """A filled form with two challenges, the second one first."""
    first, second = employer.versions["two-trains"], employer.versions["till-change"]
    return {
        "do": "save",
        "title": "Junior developer",
        "duration_minutes": "45",
        "language": ["python3"],
        "feedback_policy": "total",
        "task": [first, second],
        f"order-{first}": "2",
        f"points-{first}": "60",
        f"order-{second}": "1",
        f"points-{second}": "40,5",
        **changes,
    }


def assessment_called(database: Database, title: str) -> Assessment:
    with database.reading() as session:
        found = session.scalars(sa.select(Assessment).order_by(Assessment.created_at.desc())).all()
        made = next(one for one in found if one.current.title == title)
        assert made.current.tasks
        return made


def test_an_owner_makes_an_assessment_and_gets_its_link(olga: Person, employer: Employer, sqlite_database: Database) -> None:
    answer = olga.post("/o/assessments/new", form_for(employer))
    assert answer.status_code == 303
    made = assessment_called(sqlite_database, "Junior developer")
    assert [(task.challenge_version_id, task.points) for task in made.current.tasks] == [
        (employer.versions["till-change"], 40.5),
        (employer.versions["two-trains"], 60.0),
    ]
    page = olga.get(answer.headers["Location"])
    assert f"/t/{made.open_token}" in page.text
    assert "<svg" in page.text.split('class="qr"')[1][:200]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": "  "}, "Give the assessment a title"),
        ({"duration_minutes": "four"}, "whole number of minutes from 5 to 480"),
        ({"duration_minutes": "4"}, "whole number of minutes from 5 to 480"),
        ({"duration_minutes": "481"}, "whole number of minutes from 5 to 480"),
        ({"language": []}, "Choose at least one of the languages"),
        ({"language": ["klingon"]}, "Choose at least one of the languages"),
        ({"feedback_policy": "everything"}, "Choose what candidates are told"),
        ({"task": []}, "Choose at least one challenge"),
        ({"task": ["chv_unknown"]}, "not published any more"),
    ],
)
def test_a_form_that_cannot_stand_is_shown_again_with_what_was_typed(
    olga: Person, employer: Employer, sqlite_database: Database, changes: dict[str, object], said: str
) -> None:
    answer = olga.post("/o/assessments/new", form_for(employer, introduction="Kept as it was", **changes))
    assert answer.status_code == 422
    assert said in answer.text
    assert "Kept as it was" in answer.text
    with sqlite_database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Assessment)) == 1


@pytest.mark.parametrize("points", ["0", "-5", "nan", "1001", "many"])
def test_points_are_numbers_above_zero(olga: Person, employer: Employer, points: str) -> None:
    field = f"points-{employer.versions['two-trains']}"
    answer = olga.post("/o/assessments/new", form_for(employer, **{field: points}))
    assert answer.status_code == 422
    assert "Points are numbers above 0" in answer.text


def test_searching_challenges_keeps_what_was_filled_in(olga: Person, employer: Employer) -> None:
    page = olga.post(
        "/o/assessments/new", form_for(employer, do="filter", **{"find-difficulty": "intermediate", "find-text": "brackets"})
    )
    assert page.status_code == 200
    rows = re.findall(r"<tr data-challenge.*?</tr>", page.text, re.DOTALL)
    shown = [row for row in rows if " hidden>" not in row.split("\n")[0]]
    assert ["checked" in row for row in shown] == [True, True, False]
    assert "Brackets in a settings file" in shown[2]
    assert 'value="Junior developer"' in page.text


def test_a_practice_task_is_chosen_among_those_no_candidate_meets(
    olga: Person, employer: Employer, sqlite_database: Database
) -> None:
    with sqlite_database.reading() as session:
        met = session.get_one(ChallengeVersion, employer.versions["two-trains"]).challenge_id
    form = olga.get("/o/assessments/new").text.split('name="practice"')[1].split("</select>")[0]
    assert met not in form
    free = re.findall(r'<option value="(\w+)"', form)[0]
    refused = olga.post("/o/assessments/new", form_for(employer, practice=met))
    assert refused.status_code == 422
    assert "cannot be practised on" in refused.text
    olga.post(
        "/o/assessments/new", form_for(employer, title="With practice", task=[employer.versions["two-trains"]], practice=free)
    )
    made = assessment_called(sqlite_database, "With practice")
    assert made.current.practice_challenge_id == free
    edited = olga.get(f"/o/assessments/{made.id}/edit").text
    assert f'<option value="{free}" selected>' in edited
    name = re.findall(rf'<option value="{free}"[^>]*>([^<]+)<', edited)[0]
    assert f"<dt>Practice task</dt><dd><bdi>{name}</bdi></dd>" in olga.get(f"/o/assessments/{made.id}").text


def test_an_assessments_page_says_every_rule_that_candidates_meet(
    olga: Person, sqlite_database: Database, employer: Employer
) -> None:
    olga.post("/o/assessments/new", form_for(employer, title="Plain"))
    olga.post("/o/assessments/new", form_for(employer, title="Patient", pause_minutes="10", own_extra_time="on"))
    plain, patient = (
        olga.get(f"/o/assessments/{assessment_called(sqlite_database, title).id}").text for title in ("Plain", "Patient")
    )
    assert "<dt>Minutes of pause</dt><dd>10</dd>" in patient
    assert "<dt>Extra time</dt><dd>Candidates may take extra time</dd>" in patient
    assert "<dt>Practice task</dt><dd>Chosen by itself</dd>" in patient
    assert "Minutes of pause" not in plain
    assert "Candidates may take extra time" not in plain


def test_challenges_are_found_by_every_difficulty_there_is(olga: Person, employer: Employer) -> None:
    form = olga.get("/o/assessments/new").text.split('name="find-difficulty"')[1].split("</select>")[0]
    assert "beginner" in form


def test_an_edit_makes_a_version_and_leaves_those_who_began(olga: Person, employer: Employer, sqlite_database: Database) -> None:
    path = f"/o/assessments/{employer.assessment}/edit"
    assert "Backend trainee, Växjö" in olga.get(path).text
    assert olga.post(path, form_for(employer, based_on="1")).status_code == 303
    assert olga.post(path, form_for(employer, based_on="2")).status_code == 303
    late = olga.post(path, form_for(employer, based_on="1", title="Overwritten"))
    assert late.status_code == 409
    assert "A colleague has changed this assessment" in late.text
    assert "Overwritten" in late.text
    with sqlite_database.reading() as session:
        assessment = session.get_one(Assessment, employer.assessment)
        assert [version.number for version in assessment.versions] == [1, 2]
        attempt = session.get_one(Attempt, employer.attempts[0])
        assert attempt.assessment_version.number == 1


def test_the_open_link_is_renewed_switched_off_and_on(olga: Person, employer: Employer, sqlite_database: Database) -> None:
    def token() -> str | None:
        with sqlite_database.reading() as session:
            return session.get_one(Assessment, employer.assessment).open_token

    path, seen = f"/o/assessments/{employer.assessment}/link", [token()]
    for wish in ("renew", "off", "on"):
        assert olga.post(path, {"link": wish}).status_code == 303
        seen.append(token())
    assert seen[2] is None
    assert len(set(seen)) == 4
    assert olga.post(path, {"link": "sideways"}).status_code == 422


def test_many_are_invited_at_once_each_with_a_link(olga: Person, employer: Employer, sqlite_database: Database) -> None:
    path = f"/o/assessments/{employer.assessment}/invitations"
    day = (utc_now() + timedelta(days=3)).strftime("%Y-%m-%d")
    names = "Ada\r\n  Bo   Ek \r\n\r\nسلمى"
    form = {"labels": names, "locale": "sv", "extra_time_percent": "25", "last_day": day}
    assert olga.post(path, form).status_code == 303
    with sqlite_database.reading() as session:
        made = session.scalars(sa.select(Invitation).where(Invitation.locale == "sv", Invitation.extra_time_percent == 25)).all()
        fresh = [one for one in made if not one.label.startswith("Waiting")]
    assert {one.label for one in fresh} == {"Ada", "Bo Ek", "سلمى"}
    page = olga.get(path).text
    assert len(set(re.findall(r"<code>(http://localhost/i/[^<]+)</code>", page))) >= 3


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"labels": " \n "}, "Name at least one candidate"),
        ({"labels": "x\n" * 501}, "At most 500"),
        ({"labels": "x" * 201}, "at most 200 characters"),
        ({"extra_time_percent": "lots"}, "whole number of percent"),
        ({"extra_time_percent": "²"}, "whole number of percent"),
        ({"extra_time_percent": "301"}, "between 0 and 300"),
        ({"locale": "xx"}, "one of the languages"),
        ({"last_day": "soon"}, "as a date"),
        ({"last_day": "9999-12-31"}, "as a date"),
        ({"last_day": "2020-01-01"}, "lies in the past"),
    ],
)
def test_bad_invitations_are_refused_whole(
    olga: Person, employer: Employer, sqlite_database: Database, changes: dict[str, str], said: str
) -> None:
    with sqlite_database.reading() as session:
        before = session.scalar(sa.select(sa.func.count()).select_from(Invitation))
    answer = olga.post(f"/o/assessments/{employer.assessment}/invitations", {"labels": "Ada", **changes})
    assert answer.status_code == 422
    assert said in answer.text
    with sqlite_database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Invitation)) == before


def test_a_revoked_invitation_opens_nothing(olga: Person, employer: Employer) -> None:
    path = f"/o/assessments/{employer.assessment}/invitations"
    olga.post(path, {"labels": "Ada"})
    row = next(row for row in olga.get(path).text.split("<tr>") if "Ada" in row)
    link = re.findall(r"<code>http://localhost(/i/[^<]+)</code>", row)[0]
    assert olga.get(link).status_code == 200
    assert olga.post(re.findall(r'action="(/o/invitations/[^"]+)"', row)[0]).status_code == 303
    assert olga.get(link).status_code >= 400


def test_the_list_shows_what_is_not_known_as_not_known(rakel: Person, employer: Employer, sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        assessment = session.get_one(Assessment, employer.assessment)
        attempt = make_attempt(session, assessment, "Waiting Wilma", utc_now(), state=AttemptState.GRADING)
        make_submission(session, attempt, employer.versions["two-trains"], utc_now(), state=WorkState.QUEUED)
    page = rakel.get(f"/o/assessments/{employer.assessment}/results?q=Waiting+Wilma").text
    row = page.split("<tr data-row>")[1].split("</tr>")[0]
    assert "not judged yet" in row
    assert ">0<" not in row.split('class="num total"')[1][:60]


@pytest.mark.parametrize("sort", ["name", "total", "time", "state", "stage", "submitted"])
def test_every_column_is_a_link_that_sorts_both_ways(rakel: Person, employer: Employer, sort: str) -> None:
    base = f"/o/assessments/{employer.assessment}/results"
    up, down = (rakel.get(f"{base}?sort={sort}&order={order}") for order in ("up", "down"))
    names = [re.findall(r"data-open dir=\"auto\"><bdi>(.*?)</bdi>", page.text) for page in (up, down)]
    assert len(names[0]) == 12
    assert sorted(names[0]) == sorted(names[1])
    assert "aria-sort=" in up.text


def test_a_nonsense_address_of_the_list_still_opens(rakel: Person, employer: Employer) -> None:
    odd = "progress=x&stage=y&min=NaN&page=-4&sort=%27%22%3E%3Cscript%3E&order=z&language=zz"
    page = rakel.get(f"/o/assessments/{employer.assessment}/results?{odd}")
    assert page.status_code == 200
    assert "<script>&" not in page.text
    assert '"><script>' not in page.text


def test_the_export_has_the_candidates_of_the_filter(rakel: Person, employer: Employer) -> None:
    answer = rakel.get(f"/o/assessments/{employer.assessment}/results.csv?q=Cyrus")
    assert answer.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["Candidate", "Cyrus Karimi"]


def test_declining_without_a_reason_keeps_the_candidate_and_says_why(
    rakel: Person, employer: Employer, sqlite_database: Database
) -> None:
    path = f"/o/attempts/{employer.attempts[1]}/stage"
    refused = rakel.post(path, {"stage": "declined", "reason": " ", "seen": "shortlisted"})
    assert refused.status_code == 422
    assert "Say in a few words why you decline" in refused.text
    back = f"/o/assessments/{employer.assessment}/results?stage=new"
    moved = rakel.post(path, {"stage": "declined", "reason": "Applied twice.", "seen": "shortlisted", "next": back})
    assert (moved.status_code, moved.headers["Location"]) == (303, back)
    with sqlite_database.reading() as session:
        assert session.get_one(Attempt, employer.attempts[1]).stage == "declined"
    assert "Applied twice." in rakel.get(f"/o/attempts/{employer.attempts[1]}").text


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_next_never_leads_to_another_site(rakel: Person, employer: Employer, target: str) -> None:
    answer = rakel.post(f"/o/attempts/{employer.attempts[2]}/stage", {"stage": "hired", "next": target})
    assert answer.headers["Location"] == f"/o/attempts/{employer.attempts[2]}"


def test_a_hostile_source_is_shown_as_text_with_its_hidden_characters(
    rakel: Person, employer: Employer, sqlite_database: Database
) -> None:
    hostile = 'x = 1 \u202e} if admin\u2066\n</code></pre><script>alert(1)</script>\x1b[31mred\u200b"\n'
    with sqlite_database.writing() as session:
        attempt = make_attempt(session, session.get_one(Assessment, employer.assessment), "<b>Mallory</b>", utc_now())
        make_submission(
            session,
            attempt,
            employer.versions["two-trains"],
            utc_now(),
            source=hostile,
            verdict=Verdict.CE,
            score=0.0,
            compile_output="<img src=x onerror=alert(1)>",
        )
        attempt_id = attempt.id
    page = rakel.get(f"/o/attempts/{attempt_id}").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>Mallory" not in page
    for code in ("U+202E", "U+2066", "U+001B", "U+200B"):
        assert code in page
    assert "\u202e" not in re.sub(r'data-copy="[^"]*"', "", page)


def test_notes_are_added_and_only_the_own_ones_can_be_deleted(rakel: Person, olga: Person, employer: Employer) -> None:
    path = f"/o/attempts/{employer.attempts[2]}"
    assert rakel.post(f"{path}/notes", {"text": "Speaks <b>three</b> languages."}).status_code == 303
    page = rakel.get(path).text
    assert "Speaks &lt;b&gt;three&lt;/b&gt; languages." in page
    delete = re.findall(r'action="(/o/notes/[^"]+/delete)"', page)[0]
    assert "/delete" not in olga.get(path).text
    assert olga.post(delete).status_code == 403
    assert rakel.post(delete).status_code == 303
    assert rakel.post(f"{path}/notes", {"text": ""}).status_code == 422


def test_a_report_knows_who_comes_before_and_after_in_the_list(rakel: Person, employer: Employer) -> None:
    page = rakel.get(f"/o/assessments/{employer.assessment}/results?sort=name").text
    order = re.findall(r'href="/o/attempts/(att_\w+)\?[^"]*" data-open', page)
    middle = rakel.get(f"/o/attempts/{order[1]}?sort=name").text
    assert f'href="/o/attempts/{order[0]}?sort=name" rel="prev"' in middle
    assert f'href="/o/attempts/{order[2]}?sort=name" rel="next"' in middle


def test_a_colleague_is_invited_by_a_link_shown_once(olga: Person, employer: Employer, sqlite_database: Database) -> None:
    answer = olga.post("/o/members", {"login": "nils@example.org", "name": "Nils", "role": "reviewer"})
    link = re.findall(r"http://localhost(/sign-in/link/[\w-]+)", answer.text)[0]
    assert link not in olga.get("/o/members").text
    assert "Welcome, Nils" in olga.get(link).text
    again = olga.post("/o/members", {"login": "nils@example.org", "name": "Nils", "role": "reviewer"})
    assert again.status_code == 422
    assert "already a member" in again.text


def test_the_last_owner_stays(olga: Person, employer: Employer, sqlite_database: Database) -> None:
    assert olga.post(f"/o/members/{employer.olga}/role", {"role": "reviewer"}).status_code == 409
    assert olga.post(f"/o/members/{employer.olga}/remove").status_code == 409
    assert olga.post(f"/o/members/{employer.rakel}/role", {"role": "owner"}).status_code == 303
    with sqlite_database.reading() as session:
        assert session.get_one(Membership, (employer.rakel, employer.organisation)).role is Role.OWNER


def test_an_empty_house_says_what_to_do_next(app, sqlite_database: Database, employer: Employer) -> None:  # type: ignore[no-untyped-def]
    stig = Person(app, sqlite_database, employer.stig)
    page = stig.get("/o/assessments").text
    assert "No assessments yet" in page
    assert 'href="/o/assessments/new"' in page


def running_attempt(database: Database) -> str:
    with database.reading() as session:
        return session.scalars(sa.select(Attempt).where(Attempt.state == AttemptState.STARTED)).first().id  # type: ignore[union-attr]


@pytest.mark.parametrize(("seconds", "said", "warned"), [(12, "12 seconds", True), (300, "5 minutes", False)])
def test_late_work_says_how_long_before_the_end_the_connection_worked(
    rakel: Person, employer: Employer, sqlite_database: Database, seconds: int, said: str, warned: bool
) -> None:
    with sqlite_database.writing() as session:
        attempt = make_attempt(session, session.get_one(Assessment, employer.assessment), "Cyrus", utc_now())
        end = attempt.deadline_at
        assert end is not None
        late = make_submission(session, attempt, employer.versions["two-trains"], end + timedelta(minutes=9))
        late.written_at, late.heard_at = end - timedelta(seconds=1), end - timedelta(seconds=seconds)
        attempt_id = attempt.id
    page = rakel.get(f"/o/attempts/{attempt_id}").text
    assert "arrived 9 minutes after the end" in page
    assert f"The connection last worked {said} before the end." in page
    assert ("only the browser's word" in page) == warned


def test_time_is_given_with_a_reason_and_stands_in_the_report(
    rakel: Person, employer: Employer, sqlite_database: Database
) -> None:
    attempt_id = running_attempt(sqlite_database)
    with sqlite_database.writing() as session:
        attempt = session.get_one(Attempt, attempt_id)
        attempt.deadline_at = before = utc_now() + timedelta(minutes=10)
    given = rakel.post(f"/o/attempts/{attempt_id}/time", {"minutes": "15", "time_reason": "The fire alarm rang."})
    assert given.status_code == 303
    with sqlite_database.reading() as session:
        assert session.get_one(Attempt, attempt_id).deadline_at == before + timedelta(minutes=15)
    page = rakel.get(f"/o/attempts/{attempt_id}").text
    assert "15 minutes more, given by hand" in page
    assert "The fire alarm rang." in page


@pytest.mark.parametrize("minutes", ["", "0", "241", "ten", "1e3", "-5"])
def test_time_that_cannot_be_given_is_refused_and_what_was_typed_is_kept(
    rakel: Person, employer: Employer, sqlite_database: Database, minutes: str
) -> None:
    attempt_id = running_attempt(sqlite_database)
    refused = rakel.post(f"/o/attempts/{attempt_id}/time", {"minutes": minutes, "time_reason": "The fire alarm rang."})
    assert refused.status_code == 422
    assert "Give a whole number of minutes from 1 to 240." in refused.text
    assert "The fire alarm rang." in refused.text
