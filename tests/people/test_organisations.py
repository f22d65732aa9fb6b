"""Organisations and members: each keeps an owner, and owners rule only at home."""

from __future__ import annotations

import threading
from datetime import datetime

import pytest
from people_cast import People, as_actor

from assessor.database import Database
from assessor.errors import Conflict, NotAllowed, NotFound
from assessor.people import organisations
from assessor.people.accounts import account_with_login, set_password
from assessor.people.first_start import ensure_first_people
from assessor.people.models import Account, Membership, Organisation, Role
from assessor.people.signin_links import use_link


def test_an_owner_invites_a_colleague_who_comes_in_by_a_link(database: Database, people: People, now: datetime) -> None:
    with database.writing() as session:
        olga = as_actor(session, people.olga)
        invited = organisations.invite_member(session, olga, people.employer, "nils@example.org", "Nils", Role.REVIEWER, now)
        assert invited.token is not None
        nils = use_link(session, invited.token, now)
    assert (nils.login, nils.memberships[0].role) == ("nils@example.org", Role.REVIEWER)


def test_an_owner_gets_no_link_into_an_account_that_exists(database: Database, people: People, now: datetime) -> None:
    with database.writing() as session:
        olga, adam = as_actor(session, people.olga), as_actor(session, people.adam)
        invited = organisations.invite_member(session, adam, people.employer, "stig", "Stig", Role.REVIEWER, now)
        assert invited.account.id == people.stig
        assert invited.token is None
        with pytest.raises(Conflict):
            organisations.fresh_link_for_member(session, olga, people.employer, people.stig, now)


def test_an_account_that_another_organisation_made_is_added_by_an_administrator_only(
    database: Database, people: People, now: datetime
) -> None:
    with database.writing() as session:
        stig, olga = as_actor(session, people.stig), as_actor(session, people.olga)
        planted = organisations.invite_member(session, stig, people.elsewhere, "nils", "Nils", Role.REVIEWER, now)
        assert planted.token
        with pytest.raises(Conflict):
            organisations.invite_member(session, olga, people.employer, "nils", "Nils", Role.OWNER, now)
        assert session.get(Membership, (planted.account.id, people.employer)) is None


def test_a_fresh_link_only_until_there_is_a_password(database: Database, people: People, now: datetime) -> None:
    with database.writing() as session:
        olga = as_actor(session, people.olga)
        assert organisations.fresh_link_for_member(session, olga, people.employer, people.rakel, now)
        set_password(session, people.rakel, "$argon2id$…", now)
        with pytest.raises(Conflict):
            organisations.fresh_link_for_member(session, olga, people.employer, people.rakel, now)


def test_the_last_owner_can_neither_leave_nor_step_down(database: Database, people: People, now: datetime) -> None:
    with database.writing() as session:
        olga = as_actor(session, people.olga)
        with pytest.raises(Conflict):
            organisations.remove_member(session, olga, people.employer, people.olga, now)
        with pytest.raises(Conflict):
            organisations.change_role(session, olga, people.employer, people.olga, Role.REVIEWER, now)
        organisations.change_role(session, olga, people.employer, people.rakel, Role.OWNER, now)
        organisations.remove_member(session, olga, people.employer, people.olga, now)
    with database.reading() as session:
        assert session.get(Membership, (people.olga, people.employer)) is None
        assert session.get_one(Membership, (people.rakel, people.employer)).role is Role.OWNER


def test_of_two_owners_who_remove_each_other_at_once_one_stays(database: Database, people: People, now: datetime) -> None:
    with database.writing() as session:
        organisations.change_role(session, as_actor(session, people.olga), people.employer, people.rakel, Role.OWNER, now)
        actors = {id: as_actor(session, id) for id in (people.olga, people.rakel)}
    together, refused = threading.Barrier(2), []

    def remove(by: str, whom: str) -> None:
        together.wait()
        try:
            with database.writing() as session:
                organisations.remove_member(session, actors[by], people.employer, whom, now)
        except Conflict as error:
            refused.append(error)

    threads = [threading.Thread(target=remove, args=pair) for pair in ((people.olga, people.rakel), (people.rakel, people.olga))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        owners = [m for m in session.query(Membership).all() if m.organisation_id == people.employer and m.role is Role.OWNER]
    assert len(owners) == 1
    assert len(refused) == 1


@pytest.mark.parametrize("who", ["rakel", "astrid", "stig"])
def test_nobody_else_manages_members(database: Database, people: People, now: datetime, who: str) -> None:
    with database.writing() as session:
        actor = as_actor(session, getattr(people, who))
        expected = NotFound if who == "stig" else NotAllowed
        with pytest.raises(expected):
            organisations.invite_member(session, actor, people.employer, "new", "New", Role.OWNER, now)
        with pytest.raises(expected):
            organisations.change_role(session, actor, people.employer, people.rakel, Role.OWNER, now)
        with pytest.raises(expected):
            organisations.remove_member(session, actor, people.employer, people.rakel, now)
        with pytest.raises(expected):
            organisations.fresh_link_for_member(session, actor, people.employer, people.rakel, now)


def test_administrators_manage_members_of_every_organisation(database: Database, people: People, now: datetime) -> None:
    with database.writing() as session:
        adam = as_actor(session, people.adam)
        organisations.change_role(session, adam, people.employer, people.rakel, Role.OWNER, now)
        assert len(organisations.members_of(session, adam, people.employer)) == 3
        assert {o.name for o in organisations.all_organisations(session, adam)} == {"Employer", "Elsewhere"}


def test_a_fresh_service_has_its_first_people_once(database: Database, now: datetime) -> None:
    with database.writing() as session:
        first = ensure_first_people(session, now)
    with database.writing() as session:
        again = ensure_first_people(session, now)
        assert (again.admin.id, again.employer.id, again.organisation.id) == (
            first.admin.id,
            first.employer.id,
            first.organisation.id,
        )
        assert session.query(Account).count() == 2
        assert session.query(Organisation).count() == 1
        assert again.admin.is_admin
        assert session.get_one(Membership, (again.employer.id, again.organisation.id)).role is Role.OWNER
        employer = account_with_login(session, "employer")
        assert employer is not None
        employer.active = False
    with database.writing() as session:
        assert ensure_first_people(session, now).employer.id == first.employer.id
