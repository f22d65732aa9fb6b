"""Assessments: versions, the open link, who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from results_cast import Employer, make_challenge, make_people

from assessor.assessments import attempts, authoring, entering
from assessor.assessments.models import Assessment
from assessor.assessments.rules import Rules, RulesRefused, TaskChoice, choosable_challenges
from assessor.catalogue.models import ChallengeVersion, VersionState
from assessor.database import Database, Session
from assessor.errors import Conflict, NotAllowed, NotFound


@pytest.fixture
def employer(database: Database, now: datetime) -> Employer:
    """An organisation with the library's two challenges and one of its own; another organisation has one too."""
    with database.writing() as session:
        cast = make_people(session, now)
        make_challenge(session, cast, "two-trains", now)
        make_challenge(session, cast, "till-change", now)
        make_challenge(session, cast, "ours", now, organisation=cast.organisation)
        make_challenge(session, cast, "theirs", now, organisation=cast.elsewhere)
        return cast


def rules(employer: Employer, *slugs: str) -> Rules:
    tasks = tuple(TaskChoice(employer.versions[slug], 50.0) for slug in slugs or ("two-trains",))
    return Rules("Trainee", "Welcome", 60, ("python3",), "groups", tasks)


def test_an_assessment_begins_with_a_version_and_an_open_link(database: Database, employer: Employer, now: datetime) -> None:
    with database.writing() as session:
        olga = employer.actor(session, "olga")
        made = authoring.create_assessment(session, olga, employer.organisation, rules(employer, "ours", "two-trains"), now)
    with database.reading() as session:
        view = authoring.view_of(session.get_one(Assessment, made.id))
    assert (view.number, view.title, view.max_points, [task.slug for task in view.tasks]) == (
        1,
        "Trainee",
        100.0,
        ["ours", "two-trains"],
    )
    assert view.open_token


def test_what_can_be_chosen_is_the_library_and_the_own_published_challenges(
    database: Database, employer: Employer, now: datetime
) -> None:
    with database.writing() as session:
        session.get_one(ChallengeVersion, employer.versions["till-change"]).state = VersionState.WITHDRAWN
    with database.reading() as session:
        found = choosable_challenges(session, employer.organisation)
    assert [(one.slug, one.own) for one in found] == [("ours", True), ("two-trains", False)]


@pytest.mark.parametrize("slug", ["theirs", "draft"])
def test_a_challenge_that_is_not_shared_or_not_published_is_refused(
    database: Database, employer: Employer, now: datetime, slug: str
) -> None:
    with database.writing() as session:
        version = make_challenge(session, employer, "draft", now)
        session.get_one(ChallengeVersion, version).state = VersionState.DRAFT
    with database.writing() as session, pytest.raises(RulesRefused) as refused:
        authoring.create_assessment(session, employer.actor(session, "olga"), employer.organisation, rules(employer, slug), now)
    assert set(refused.value.complaints) == {"tasks"}


def test_every_complaint_is_made_at_once(database: Database, employer: Employer, now: datetime) -> None:
    bad = Rules("", "x" * 5001, None, (), "nothing", ())
    with database.writing() as session, pytest.raises(RulesRefused) as refused:
        authoring.create_assessment(session, employer.actor(session, "olga"), employer.organisation, bad, now)
    assert set(refused.value.complaints) == {
        "title", "introduction", "duration_minutes", "languages", "feedback_policy", "tasks",
    }  # fmt: skip


def test_an_edit_makes_a_version_and_the_same_rules_do_not(database: Database, employer: Employer, now: datetime) -> None:
    with database.writing() as session:
        olga = employer.actor(session, "olga")
        made = authoring.create_assessment(session, olga, employer.organisation, rules(employer), now)
        authoring.edit_assessment(session, olga, made.id, rules(employer), now, based_on=1)
        assert made.current.number == 1
        authoring.edit_assessment(session, olga, made.id, replace(rules(employer), duration_minutes=90), now, based_on=1)
        assert (made.current.number, made.current.duration_minutes) == (2, 90)
        with pytest.raises(Conflict):
            authoring.edit_assessment(session, olga, made.id, rules(employer), now, based_on=1)


def test_an_old_version_in_use_can_be_kept_or_replaced_but_not_doubled(
    database: Database, employer: Employer, now: datetime
) -> None:
    with database.writing() as session:
        olga = employer.actor(session, "olga")
        made = authoring.create_assessment(session, olga, employer.organisation, rules(employer), now)
        newer = make_challenge(session, employer, "two-trains", now, number=2)
        used = [employer.versions["two-trains"]]
        found = choosable_challenges(session, employer.organisation, used)
        assert [(one.number, one.replaces) for one in found if one.slug == "two-trains"] == [(2, used[0]), (1, None)]
        both = replace(rules(employer), tasks=(TaskChoice(used[0]), TaskChoice(newer)))
        with pytest.raises(RulesRefused):
            authoring.edit_assessment(session, olga, made.id, both, now)
        authoring.edit_assessment(session, olga, made.id, replace(rules(employer), title="Kept"), now)
        authoring.edit_assessment(session, olga, made.id, replace(rules(employer), tasks=(TaskChoice(newer),)), now)
        assert made.current.tasks[0].challenge_version_id == newer


def practising_on(session: Session, employer: Employer, slug: str, *tasks: str) -> Rules:
    version = session.get_one(ChallengeVersion, employer.versions[slug])
    return replace(rules(employer, *tasks), practice=version.challenge_id)


def test_the_practice_task_is_kept_and_can_be_one_that_was_a_task_until_now(
    database: Database, employer: Employer, now: datetime
) -> None:
    with database.writing() as session:
        olga = employer.actor(session, "olga")
        wanted = practising_on(session, employer, "till-change", "ours")
        made = authoring.create_assessment(session, olga, employer.organisation, wanted, now)
        assert authoring.view_of(made).rules == wanted
        turned = practising_on(session, employer, "ours", "till-change")
        authoring.edit_assessment(session, olga, made.id, turned, now)
        assert authoring.view_of(made).rules == turned


def test_a_practice_task_gives_no_real_one_away(database: Database, employer: Employer, now: datetime) -> None:
    with database.writing() as session:
        olga = employer.actor(session, "olga")
        other = authoring.create_assessment(session, olga, employer.organisation, rules(employer, "ours"), now)
        for slug in ("ours", "till-change", "theirs"):
            bad = practising_on(session, employer, slug, "till-change")
            with pytest.raises(RulesRefused) as refused:
                authoring.create_assessment(session, olga, employer.organisation, bad, now)
            assert set(refused.value.complaints) == {"practice"}, slug
        authoring.close_assessment(session, olga, other.id, now)
        closed = practising_on(session, employer, "ours", "till-change")
        authoring.create_assessment(session, olga, employer.organisation, closed, now)


def test_who_has_begun_keeps_a_task_from_being_practised_on(database: Database, employer: Employer, now: datetime) -> None:
    with database.writing() as session:
        olga = employer.actor(session, "olga")
        made = authoring.create_assessment(session, olga, employer.organisation, rules(employer, "ours"), now)
        door = entering.door_of_open_link(session, str(made.open_token))
        attempt = entering.enter(session, "a secret", door, "Cyrus", "en", now).attempt
        authoring.edit_assessment(session, olga, made.id, rules(employer, "two-trains"), now)
        with pytest.raises(RulesRefused):
            authoring.edit_assessment(session, olga, made.id, practising_on(session, employer, "ours", "two-trains"), now)
        attempts.start(session, attempt.id, now)
        attempts.finish(session, attempt.id, now)
        authoring.edit_assessment(session, olga, made.id, practising_on(session, employer, "ours", "two-trains"), now)


def test_a_practice_task_can_be_solved_in_an_allowed_language(database: Database, employer: Employer, now: datetime) -> None:
    with database.writing() as session:
        version = session.get_one(ChallengeVersion, employer.versions["till-change"])
        version.summary = {**version.summary, "languages": ["sql"]}
        bad = practising_on(session, employer, "till-change", "ours")
        with pytest.raises(RulesRefused) as refused:
            authoring.create_assessment(session, employer.actor(session, "olga"), employer.organisation, bad, now)
    assert "languages" in str(refused.value.complaints["practice"].message)


@pytest.mark.parametrize(
    ("who", "refusal"), [("rakel", NotAllowed), ("astrid", NotAllowed), ("stig", NotFound), ("adam", NotFound)]
)
def test_only_owners_make_and_change_assessments(
    database: Database, employer: Employer, now: datetime, who: str, refusal: type[Exception]
) -> None:
    with database.writing() as session:
        made = authoring.create_assessment(session, employer.actor(session, "olga"), employer.organisation, rules(employer), now)
        actor = employer.actor(session, who)
        for change in (
            lambda: authoring.create_assessment(session, actor, employer.organisation, rules(employer), now),
            lambda: authoring.edit_assessment(session, actor, made.id, rules(employer), now),
            lambda: authoring.close_assessment(session, actor, made.id, now),
            lambda: authoring.reopen_assessment(session, actor, made.id, now),
            lambda: authoring.set_open_link(session, actor, made.id, False, now),
            lambda: authoring.renew_open_link(session, actor, made.id, now),
        ):
            with pytest.raises(refusal):
                change()
