"""The one table: what it names is allowed, everything else is not."""

from __future__ import annotations

import pytest

from assessor.errors import NotAllowed, NotFound
from assessor.people.models import Role
from assessor.people.permissions import (
    ADMIN,
    PERMISSIONS,
    SERVICE_WIDE,
    SHARED_WITH_ALL,
    Action,
    Actor,
    allowed,
    organisations_where,
    require,
)

ACTORS = {role: Actor("acc_x", roles={"org_a": role}) for role in Role} | {ADMIN: Actor("acc_adam", is_admin=True)}
READS_CANDIDATES = {Action.RESULTS_READ, Action.RESULTS_EXPORT, Action.STAGE_CHANGE, Action.NOTE_WRITE}


def test_every_action_stands_in_the_table() -> None:
    assert set(PERMISSIONS) == set(Action)


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("holder", ACTORS)
def test_in_the_own_organisation_the_table_decides(holder: str, action: Action) -> None:
    assert allowed(ACTORS[holder], action, "org_a") == (holder in PERMISSIONS[action])


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", Role)
def test_a_role_counts_for_nothing_in_another_organisation(role: Role, action: Action) -> None:
    assert not allowed(ACTORS[role], action, "org_b")


@pytest.mark.parametrize("action", Action)
def test_nobody_may_do_anything_without_signing_in_or_membership(action: Action) -> None:
    assert not allowed(None, action, "org_a")
    assert not allowed(None, action, None)
    assert not allowed(Actor("acc_stig"), action, "org_a")
    assert not allowed(Actor("acc_stig"), action, None)


@pytest.mark.parametrize("action", sorted(set(Action) - SHARED_WITH_ALL))
@pytest.mark.parametrize("role", Role)
def test_what_belongs_to_no_organisation_is_for_administrators(role: Role, action: Action) -> None:
    assert not allowed(ACTORS[role], action, None)


def test_administrators_do_not_read_what_candidates_wrote_unless_they_are_members() -> None:
    assert not any(allowed(ACTORS[ADMIN], action, "org_a") for action in READS_CANDIDATES)
    member_too = Actor("acc_adam", is_admin=True, roles={"org_a": Role.REVIEWER})
    assert all(allowed(member_too, action, "org_a") for action in READS_CANDIDATES)


def test_reviewers_change_neither_members_nor_assessments() -> None:
    rakel = ACTORS[Role.REVIEWER]
    assert not any(allowed(rakel, action, "org_a") for action in (Action.ASSESSMENT_WRITE, Action.MEMBERS_MANAGE))
    assert not any(allowed(rakel, action, None) for action in SERVICE_WIDE)


def test_strangers_learn_nothing_and_members_learn_that_their_role_is_too_small() -> None:
    with pytest.raises(NotFound):
        require(Actor("acc_stig", roles={"org_b": Role.OWNER}), Action.RESULTS_READ, "org_a")
    with pytest.raises(NotAllowed):
        require(ACTORS[Role.REVIEWER], Action.MEMBERS_MANAGE, "org_a")
    require(ACTORS[Role.OWNER], Action.MEMBERS_MANAGE, "org_a")


def test_lists_are_limited_to_where_the_role_allows_it() -> None:
    both = Actor("acc_x", is_admin=True, roles={"org_a": Role.REVIEWER, "org_b": Role.AUTHOR})
    assert organisations_where(both, Action.RESULTS_READ) == {"org_a"}
    assert organisations_where(both, Action.CHALLENGE_WRITE) == {"org_b"}
