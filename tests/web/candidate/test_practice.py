"""Practice before the start: the real pages, the real judge's queue, and no trace of it anywhere an employer looks."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from candidate_cast import Cast, build_package, solved
from flask.testing import FlaskClient

from assessor.assessments import practising
from assessor.assessments.models import (
    Assessment,
    AssessmentTask,
    AssessmentVersion,
    Attempt,
    Draft,
    FeedbackPolicy,
    Practice,
)
from assessor.catalogue.models import VersionState
from assessor.catalogue.versions import create_version
from assessor.clock import utc_now
from assessor.judging.models import Submission
from assessor.people.models import PRACTICE_ORGANISATION, Organisation, Role
from assessor.people.organisations import all_organisations
from assessor.people.permissions import Actor
from assessor.results.funnel import funnels_of
from assessor.results.reviewer import candidate_rows
from challenges.package import open_zip


@pytest.fixture
def opened(cyrus: FlaskClient, cast: Cast, first_program: str) -> str:
    """The start page's address."""
    return cyrus.post(f"/t/{cast.open_token}", data={"name": "Cyrus"}).headers["Location"]


@pytest.fixture
def practice(cyrus: FlaskClient, opened: str) -> str:
    """The practice task's address."""
    return urlsplit(cyrus.post(opened + "practice").headers["Location"]).path


def count(cast: Cast, record: type) -> int:
    with cast.database.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(record)) or 0


def hand_in(cyrus: FlaskClient, address: str, kind: str) -> str:
    sent = {"kind": kind, "language": "python3", "source": "print(2)", "client_key": f"key-of-{kind}"}
    answer = cyrus.post(address + "/submissions", json=sent)
    assert answer.status_code == 202
    return str(answer.json["id"])


def test_the_start_page_offers_it(cyrus: FlaskClient, opened: str) -> None:
    assert "Try the practice task" in cyrus.get(opened).text


def test_without_a_first_program_nothing_is_offered(cyrus: FlaskClient, cast: Cast) -> None:
    opened = cyrus.post(f"/t/{cast.open_token}", data={}).headers["Location"]
    assert "practice task" not in cyrus.get(opened).text
    assert cyrus.post(opened + "practice").status_code == 409


def test_running_and_submitting_work_as_in_the_test(cyrus: FlaskClient, cast: Cast, practice: str) -> None:
    page = cyrus.get(practice).text
    assert "End practice" in page
    assert "/finish" not in page
    hand_in(cyrus, practice, "run")
    submission = hand_in(cyrus, practice, "submission")
    cast.judge(submission, solved())
    home = practice.split("/task/")[0]
    assert "100" in cyrus.get(f"{home}/submissions/{submission}").json["html"]
    saved = {"language": "python3", "source": "x = 1", "base": 0, "sequence": 1, "writer": "tab"}
    assert cyrus.post(practice + "/draft", json=saved).status_code == 200


def test_it_can_be_left_and_entered_again(cyrus: FlaskClient, opened: str, practice: str) -> None:
    assert "Start" in cyrus.get(opened).text
    assert urlsplit(cyrus.post(opened + "practice").headers["Location"]).path == practice


def test_no_employer_sees_it_anywhere(cyrus: FlaskClient, cast: Cast, practice: str) -> None:
    hand_in(cyrus, practice, "submission")
    actor = Actor("acc_rakel", roles={cast.organisation_id: Role.OWNER})
    with cast.database.reading() as session:
        assert len(candidate_rows(session, actor, cast.assessment_id)[1]) == 1
        funnel = funnels_of(session, [cast.assessment_id])[cast.assessment_id]
        assert (funnel.opened, funnel.started, funnel.judging) == (1, 0, 0)
        listed = all_organisations(session, Actor("acc_adam", is_admin=True))
        assert session.get(Organisation, PRACTICE_ORGANISATION) is not None
        assert [organisation.id for organisation in listed] == [cast.organisation_id]


def test_the_start_deletes_it(cyrus: FlaskClient, cast: Cast, opened: str, practice: str) -> None:
    hand_in(cyrus, practice, "run")
    cyrus.post(opened + "start")
    assert [count(cast, record) for record in (Attempt, Practice, Submission, Draft)] == [1, 0, 0, 0]
    assert cyrus.post(opened + "practice").status_code == 409


def test_deleting_everything_deletes_it_too(cyrus: FlaskClient, cast: Cast, opened: str, practice: str) -> None:
    cyrus.post(opened + "data", data={"sure": "1"})
    assert count(cast, Attempt) == 0


def test_it_is_deleted_after_a_day_and_no_sooner(cast: Cast, practice: str) -> None:
    for age, left in ((practising.KEPT - timedelta(minutes=1), 2), (practising.KEPT + timedelta(minutes=1), 1)):
        with cast.database.writing() as session:
            assert practising.has_old(session, utc_now() + age) == (left == 1)
            practising.forget_old(session, utc_now() + age)
        assert count(cast, Attempt) == left


def test_many_who_practise_share_one_set_of_rules(cyrus: FlaskClient, cast: Cast, practice: str) -> None:
    other = cyrus.post(f"/t/{cast.open_token}", data={}).headers["Location"]
    cyrus.post(other + "practice")
    with cast.database.reading() as session:
        query = sa.select(Attempt.assessment_version_id).where(Attempt.organisation_id == PRACTICE_ORGANISATION)
        assert len(set(session.scalars(query))) == 1


def choose(cast: Cast, slug: str, **changes: str) -> str:
    """The assessment's rules name a fresh challenge to practise on; the id of its version."""
    with cast.database.writing() as session:
        version = create_version(session, open_zip(f"{slug}.zip", build_package(slug, **changes)), None, None, cast.now)
        version.state = VersionState.PUBLISHED
        session.flush()
        session.get_one(Assessment, cast.assessment_id).current.practice_challenge_id = version.challenge_id
        return version.id


def practised(cast: Cast) -> str:
    """The id of the challenge version in somebody's practice."""
    with cast.database.reading() as session:
        practice = session.scalars(sa.select(Attempt).where(Attempt.organisation_id == PRACTICE_ORGANISATION)).one()
        return practice.assessment_version.tasks[0].challenge_version_id


def test_the_challenge_that_the_rules_name_is_practised_on(cyrus: FlaskClient, cast: Cast, opened: str) -> None:
    chosen = choose(cast, "to-practise-on")
    cyrus.post(opened + "practice")
    assert practised(cast) == chosen


def test_a_chosen_challenge_that_has_become_a_real_task_is_not_shown(
    cyrus: FlaskClient, cast: Cast, opened: str, first_program: str
) -> None:
    chosen = choose(cast, "to-practise-on")
    with cast.database.writing() as session:
        other = Assessment(organisation_id=cast.organisation_id, created_at=cast.now)
        rules = {"title": "Other", "duration_minutes": 60, "languages": ["python3"], "feedback_policy": FeedbackPolicy.GROUPS}
        tasks = [AssessmentTask(position=1, challenge_version_id=chosen)]
        session.add_all([other, AssessmentVersion(assessment=other, number=1, created_at=cast.now, tasks=tasks, **rules)])
    cyrus.post(opened + "practice")
    assert practised(cast) == first_program


def test_a_stranger_practises_nothing(stig: FlaskClient, opened: str) -> None:
    assert stig.post(opened + "practice").status_code == 403
