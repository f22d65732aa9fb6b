"""Every address of employers, authors and administrators × everybody who may ask: what the permission table says.

A new route fails here until it stands in `ROUTES` with the action it needs.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from results_cast import Employer, fill
from sample_packages import package
from staff_client import Bells, Person

from assessor.assessments.models import Assessment, ExtraTimeWish, Inquiry, InquiryKind, Invitation
from assessor.catalogue.versions import create_version
from assessor.clock import utc_now
from assessor.database import Database
from assessor.people.accounts import add_account
from assessor.people.models import Membership, Role
from assessor.people.organisations import add_member
from assessor.people.permissions import ADMIN, PERMISSIONS, Action
from assessor.results.models import Note
from assessor.settings import Settings
from web.app import create_app
from web.protection import limiter

AUDIENCES = ("employer", "author", "admin")
# Pictures of statements are shown to candidates, who have no account; their view has tests of its own.
UNGUARDED = {"author.picture"}

ROUTES: dict[str, Action] = {
    "employer.home": Action.ASSESSMENT_VIEW,
    "employer.assessments": Action.ASSESSMENT_VIEW,
    "employer.assessment": Action.ASSESSMENT_VIEW,
    "employer.invitations": Action.ASSESSMENT_VIEW,
    "employer.new": Action.ASSESSMENT_WRITE,
    "employer.create": Action.ASSESSMENT_WRITE,
    "employer.edit": Action.ASSESSMENT_WRITE,
    "employer.save": Action.ASSESSMENT_WRITE,
    "employer.close": Action.ASSESSMENT_WRITE,
    "employer.reopen": Action.ASSESSMENT_WRITE,
    "employer.open_link": Action.ASSESSMENT_WRITE,
    "employer.invite": Action.CANDIDATE_INVITE,
    "employer.revoke": Action.CANDIDATE_INVITE,
    "employer.results": Action.RESULTS_READ,
    "employer.report": Action.RESULTS_READ,
    "employer.export": Action.RESULTS_EXPORT,
    "employer.give_time": Action.TIME_GIVE,
    "employer.stage": Action.STAGE_CHANGE,
    "employer.add_note": Action.NOTE_WRITE,
    "employer.delete_note": Action.NOTE_WRITE,
    "employer.release_note": Action.NOTE_WRITE,
    "employer.members": Action.MEMBERS_VIEW,
    "employer.add_member": Action.MEMBERS_MANAGE,
    "employer.change_role": Action.MEMBERS_MANAGE,
    "employer.remove_member": Action.MEMBERS_MANAGE,
    "employer.member_link": Action.MEMBERS_MANAGE,
    "author.challenges": Action.CHALLENGE_VIEW,
    "author.challenge": Action.CHALLENGE_VIEW,
    "author.version": Action.CHALLENGE_VIEW,
    "author.proof": Action.CHALLENGE_VIEW,
    "author.package": Action.CHALLENGE_VIEW,
    "author.upload": Action.CHALLENGE_WRITE,
    "author.submit_upload": Action.CHALLENGE_WRITE,
    "author.prove": Action.CHALLENGE_WRITE,
    "author.answer_inquiry": Action.CHALLENGE_WRITE,
    "author.publish": Action.CHALLENGE_PUBLISH,
    "author.withdraw": Action.CHALLENGE_PUBLISH,
    "admin.judging": Action.QUEUE_MANAGE,
    "admin.retry": Action.QUEUE_MANAGE,
    "admin.retry_all": Action.QUEUE_MANAGE,
    "admin.regrade": Action.QUEUE_MANAGE,
    "admin.regrade_all": Action.QUEUE_MANAGE,
    "admin.extra_time": Action.EXTRA_TIME_DECIDE,
    "admin.decide_extra_time": Action.EXTRA_TIME_DECIDE,
    "admin.system": Action.QUEUE_MANAGE,
    "admin.challenges": Action.LIBRARY_MANAGE,
    "admin.people": Action.ACCOUNTS_MANAGE,
    "admin.create_person": Action.ACCOUNTS_MANAGE,
    "admin.give_link": Action.ACCOUNTS_MANAGE,
    "admin.set_active": Action.ACCOUNTS_MANAGE,
    "admin.set_admin": Action.ACCOUNTS_MANAGE,
    "admin.organisations": Action.ORGANISATIONS_MANAGE,
    "admin.organisation": Action.ORGANISATIONS_MANAGE,
    "admin.create_organisation": Action.ORGANISATIONS_MANAGE,
    "admin.rename": Action.ORGANISATIONS_MANAGE,
    "admin.add_member": Action.ORGANISATIONS_MANAGE,
    "admin.change_role": Action.ORGANISATIONS_MANAGE,
    "admin.remove_member": Action.ORGANISATIONS_MANAGE,
    "admin.audit": Action.AUDIT_READ,
}
HELD = {
    "olga": Role.OWNER.value,
    "rakel": Role.REVIEWER.value,
    "astrid": Role.AUTHOR.value,
    "stig": Role.OWNER.value,
    "adam": ADMIN,
}
VISITORS = ("anonymous", "cyrus")
FORM = {"role": "author", "link": "on"}


class House:
    """One running application with everybody signed in, and the ids that addresses need."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self.database = database
        with database.writing() as session:
            self.cast: Employer = fill(session, utc_now(), candidates=2)
        self.app: Flask = create_app(settings, database, Bells())
        limiter.enabled = False
        self.people = {who: Person(self.app, database, getattr(self.cast, who)) for who in HELD}
        self.visitors = {"anonymous": self.app.test_client(), "cyrus": self.app.test_client()}
        with database.reading() as session:
            token = session.get_one(Assessment, self.cast.assessment).open_token
        self.visitors["cyrus"].get(f"/t/{token}")
        self.arguments = self._arguments()

    def _arguments(self) -> dict[str, object]:
        with self.database.writing() as session:
            version = create_version(session, package(), self.cast.astrid, self.cast.organisation, utc_now())
            asked = Inquiry(
                attempt_id=self.cast.attempts[0],
                challenge_version_id=version.id,
                kind=InquiryKind.QUESTION,
                text="Is zero allowed?",
                asked_at=utc_now(),
            )
            wish = ExtraTimeWish(attempt_id=self.cast.attempts[0], percent=25, asked_at=utc_now())
            session.add_all([asked, wish])
            session.flush()
            return {
                "assessment_id": self.cast.assessment,
                "attempt_id": self.cast.attempts[0],
                "invitation_id": session.scalars(sa.select(Invitation.id).where(Invitation.label == "Waiting 2")).one(),
                "note_id": "",
                "wish_id": wish.id,
                "inquiry_id": asked.id,
                "account_id": add_account(session, "service", "nils", "Nils", utc_now()).id,
                "organisation_id": self.cast.organisation,
                "challenge_id": version.challenge_id,
                "number": version.number,
            }

    def _replenish(self, who: str) -> None:
        """What an earlier question may have removed: member Nils, and a note of who asks."""
        nils = str(self.arguments["account_id"])
        with self.database.writing() as session:
            session.execute(sa.delete(Membership).where(Membership.account_id == nils))
            add_member(session, "service", self.cast.organisation, nils, Role.REVIEWER, utc_now())
            writer = getattr(self.cast, who) if who in HELD and who != "stig" else self.cast.olga
            note = Note(attempt_id=self.cast.attempts[0], account_id=writer, text="A note.", at=utc_now())
            session.add(note)
            session.flush()
            self.arguments["note_id"] = note.id

    def status(self, who: str, endpoint: str) -> int:
        """What one of them gets at an address, with next to nothing in its form where it takes one."""
        self._replenish(who)
        rule = next(self.app.url_map.iter_rules(endpoint))
        missing = set(rule.arguments) - set(self.arguments)
        assert not missing, f"{endpoint} needs {missing}: say which object the matrix asks about"
        path = self.app.url_map.bind("localhost").build(endpoint, {name: self.arguments[name] for name in rule.arguments})
        posts = "POST" in (rule.methods or ())
        if who in VISITORS:
            client = self.visitors[who]
            response = client.post(path) if posts else client.get(path)
        else:
            person = self.people[who]
            place = {"stig": self.cast.elsewhere, "adam": "library"}.get(who, self.cast.organisation)
            response = person.post(path, {**FORM, "organisation": place}) if posts else person.get(path)
        return response.status_code


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    settings = Settings(
        data_dir=tmp_path_factory.mktemp("house"), secret_key="a secret for tests only", database_url=None, public_url=None
    )
    database = Database(settings.url_of_database)
    database.migrate()
    yield House(settings, database)
    limiter.enabled = True
    database.close()


def routes_of(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.split(".")[0] in AUDIENCES} - UNGUARDED


def test_every_route_stands_in_the_matrix(house: House) -> None:
    assert routes_of(house.app) == set(ROUTES)


@pytest.mark.parametrize("endpoint", ROUTES)
def test_the_view_asks_for_the_action_of_the_matrix(house: House, endpoint: str) -> None:
    assert getattr(house.app.view_functions[endpoint], "needs", None) is ROUTES[endpoint]


@pytest.mark.parametrize("endpoint", ROUTES)
@pytest.mark.parametrize("who", VISITORS)
def test_visitors_and_candidates_are_sent_to_sign_in(house: House, who: str, endpoint: str) -> None:
    # A form without its token is turned away before anything else.
    assert house.status(who, endpoint) in (303, 400)


@pytest.mark.parametrize("endpoint", ROUTES)
@pytest.mark.parametrize("who", HELD)
def test_the_table_decides(house: House, who: str, endpoint: str) -> None:
    status = house.status(who, endpoint)
    rule = next(house.app.url_map.iter_rules(endpoint))
    if HELD[who] not in PERMISSIONS[ROUTES[endpoint]]:
        assert status == 403
    elif who == "stig" and rule.arguments:
        assert status == 404, "an object of another organisation does not exist for a stranger"
    else:
        # Allowed; a form with next to nothing in it may be refused with a reason, and what it does not name is not found.
        assert status in (200, 302, 303, 409, 422) or (status, endpoint) == (404, "admin.retry")
