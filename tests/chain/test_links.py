"""Links that lead nowhere any more, wrong methods and missing tokens, over real HTTP: a kind page, its status, and no change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
import requests
import sqlalchemy as sa
from candidates import FETCH, RIGHT, Candidate, close_assessment, open_link
from service import Service

from assessor.assessments.invitations import invitation_token
from assessor.assessments.models import Assessment, Attempt, Draft, Invitation
from assessor.clock import utc_now
from assessor.judging.models import Submission

pytestmark = pytest.mark.docker


@dataclass
class Links:
    """An assessment's open link and invitations in every state, as paths; and a candidate who has begun."""

    open: str
    paths: dict[str, str]
    cyrus: Candidate


@pytest.fixture(scope="module")
def links(service: Service) -> Links:
    link = open_link(service)
    now = utc_now()
    states: dict[str, dict[str, object]] = {
        "used": {"used_at": now},
        "revoked": {"revoked_at": now},
        "expired": {"expires_at": now - timedelta(minutes=1)},
        "fresh": {},
    }
    with service.database.writing() as session:
        assessment = session.scalars(sa.select(Assessment)).one()
        made = {
            state: Invitation(assessment_id=assessment.id, created_at=now, **values)  # type: ignore[arg-type]
            for state, values in states.items()
        }
        session.add_all(made.values())
    secret = service.settings.secret
    paths = {state: f"/i/{invitation_token(secret, invitation.id)}" for state, invitation in made.items()}
    paths["forged"] = f"/i/{invitation_token('another secret', made['fresh'].id)}"
    paths["cut"] = paths["fresh"][:-3]
    paths["unknown"] = "/t/there-is-no-such-link"
    cyrus = Candidate(service.address).begin(link)
    assert cyrus.save(RIGHT).status_code == 200
    return Links(link, paths, cyrus)


def everything(service: Service) -> list[object]:
    """What candidates could have changed."""
    with service.database.reading() as session:
        counts = [session.scalar(sa.select(sa.func.count()).select_from(kind)) for kind in (Attempt, Submission)]
        used = session.execute(sa.select(Invitation.id, Invitation.used_at).order_by(Invitation.id)).all()
        drafts = session.execute(sa.select(Draft.source, Draft.sequence)).all()
        states = session.execute(sa.select(Attempt.id, Attempt.state).order_by(Attempt.id)).all()
        return [counts, used, drafts, states]


def check_kind(page: requests.Response, status: int, words: str) -> None:
    assert page.status_code == status
    assert words in page.text.replace("&#39;", "'")
    assert '<main id="main"' in page.text
    assert "Traceback" not in page.text


@pytest.mark.parametrize(
    ("state", "status", "words"),
    [
        ("used", 409, "This invitation was used before."),
        ("revoked", 409, "This invitation was withdrawn."),
        ("expired", 409, "The last day to start has passed"),
        ("forged", 404, "This link is not complete or not ours."),
        ("cut", 404, "This link is not complete or not ours."),
        ("unknown", 404, "This link leads nowhere"),
    ],
)
def test_a_link_that_leads_nowhere(service: Service, links: Links, state: str, status: int, words: str) -> None:
    before = everything(service)
    stig = Candidate(service.address)
    check_kind(stig.look(links.paths[state]), status, words)
    check_kind(stig.press(links.paths[state], name="Stig"), status, words)
    assert everything(service) == before


def test_wrong_methods(service: Service, links: Links) -> None:
    before = everything(service)
    cyrus = links.cyrus
    headers = {"X-CSRFToken": cyrus.token}
    for method, path in (("DELETE", links.paths["fresh"]), ("PUT", cyrus.task), ("GET", f"/a/{cyrus.attempt_id}/start")):
        answer = cyrus.session.request(method, service.address + path, headers=headers, timeout=30)
        check_kind(answer, 405, "This address cannot be used in that way.")
        assert answer.headers["Allow"]
    assert everything(service) == before


def test_missing_and_wrong_tokens(service: Service, links: Links) -> None:
    before = everything(service)
    stig, cyrus = Candidate(service.address), links.cyrus
    stig.look(links.paths["fresh"])
    stig.token = ""
    check_kind(stig.press(links.paths["fresh"], name="Stig"), 400, "This page was open for too long")
    stig.token = cyrus.token
    check_kind(stig.press(links.paths["fresh"], name="Stig"), 400, "This page was open for too long")
    check_kind(cyrus.session.post(service.address + cyrus.task, data={"do": "submit"}, timeout=30), 400, "Load it again")
    body = {"kind": "submission", "language": "python3", "source": RIGHT, "client_key": "without-token"}
    refused = cyrus.session.post(service.address + cyrus.task + "/submissions", json=body, headers=FETCH, timeout=30)
    assert (refused.status_code, refused.json()["code"]) == (400, "stale_page")
    assert everything(service) == before


def test_an_attempt_without_its_pass(service: Service, links: Links) -> None:
    before = everything(service)
    stig = Candidate(service.address)
    stig.attempt_id = links.cyrus.attempt_id
    assert stig.look(stig.task).url.startswith(service.address + "/return")
    assert stig.submit(RIGHT, "not-my-attempt").status_code in (400, 403)
    stig.look(links.paths["fresh"])
    refused = stig.submit(RIGHT, "not-my-attempt")
    assert (refused.status_code, refused.json()["code"]) == (403, "no_pass")
    assert everything(service) == before


def test_a_closed_assessment(service: Service, links: Links) -> None:
    close_assessment(service, links.open)
    before = everything(service)
    stig = Candidate(service.address)
    for path in (links.open.removeprefix(service.address), links.paths["fresh"]):
        check_kind(stig.look(path), 409, "This test is closed and takes no new candidates.")
        check_kind(stig.press(path, name="Stig"), 409, "This test is closed and takes no new candidates.")
    assert everything(service) == before
    assert links.cyrus.save(RIGHT + "# who has begun may go on\n", 2).status_code == 200
