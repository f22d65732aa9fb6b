"""From the link to the Start, in a browser without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from candidate_cast import Cast
from flask.testing import FlaskClient

from assessor.assessments.invitations import invitation_token
from assessor.assessments.models import Assessment, Attempt, AttemptState
from assessor.clock import utc_now

SECRET = "a secret for tests only"

Later = Callable[[timedelta], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Lets so much time pass for those who hold a pass."""
    passed = timedelta(0)

    def let_pass(more: timedelta) -> None:
        nonlocal passed
        passed += more

    monkeypatch.setattr("web.candidate.passes.utc_now", lambda: utc_now() + passed)
    return let_pass


def test_the_whole_way_in(cyrus: FlaskClient, cast: Cast) -> None:
    door = cyrus.get(f"/t/{cast.open_token}")
    assert door.status_code == 200
    assert "Backend trainee" in door.text
    assert "60 minutes" in door.text
    entered = cyrus.post(f"/t/{cast.open_token}", data={"name": "Cyrus"}, follow_redirects=True)
    assert "Hello, Cyrus" in entered.text
    for told in ("Two trains", "Python", "3.11", "hidden tests", "What is recorded", "Who sees it", "Alder AB", "<svg"):
        assert told in entered.text
    started = cyrus.post(entered.request.path + "start", follow_redirects=True)
    assert started.request.path.endswith("/task/1")
    assert "Submit for scoring" in started.text


def test_the_key_is_shown_until_the_start_and_never_again(cyrus: FlaskClient, stig: FlaskClient, cast: Cast) -> None:
    entered = cyrus.post(f"/t/{cast.open_token}", data={}, follow_redirects=True)
    key = entered.text.split('class="digits"')[1].split("</p>")[0]
    digits = "".join(character for character in key.replace('dir="ltr"', "") if character.isdigit())
    assert len(digits) == 16
    assert "Your return key" in cyrus.get(entered.request.path).text
    cyrus.post(entered.request.path + "start")
    assert digits[:4] + "</span>" not in cyrus.get(entered.request.path, follow_redirects=True).text
    back = stig.post("/return", data={"key": digits}, follow_redirects=True)
    assert back.request.path.endswith("/task/1")


def test_a_wrong_key_is_answered_kindly(stig: FlaskClient, cast: Cast) -> None:
    answer = stig.post("/return", data={"key": "1234 5678 9012 3456"})
    assert answer.status_code == 422
    assert "Check the sixteen digits" in answer.text


def test_keys_cannot_be_tried_without_end(app_with_limits: FlaskClient) -> None:
    statuses = [app_with_limits.post("/return", data={"key": f"{number:016}"}).status_code for number in range(22)]
    assert statuses[0] == 422
    assert statuses[-1] == 429


@pytest.mark.parametrize(
    ("terms", "status", "words"),
    [
        ({"revoked_at": datetime.now(UTC)}, 409, "withdrawn"),
        ({"expires_at": datetime.now(UTC) - timedelta(days=1)}, 409, "last day"),
        ({"used_at": datetime.now(UTC)}, 409, "used before"),
    ],
)
def test_each_dead_invitation_has_its_own_words(
    cyrus: FlaskClient, cast: Cast, terms: dict[str, datetime], status: int, words: str
) -> None:
    token = invitation_token(SECRET, cast.invite(**terms))
    for answer in (cyrus.get(f"/i/{token}"), cyrus.post(f"/i/{token}")):
        assert answer.status_code == status
        assert words in answer.text


def test_forged_cut_and_unknown_links_are_not_found(cyrus: FlaskClient, cast: Cast) -> None:
    token = invitation_token(SECRET, cast.invite())
    for path in (f"/i/{token[:-2]}", f"/i/{token}x", "/t/nothing", "/t/" + "x" * 2000):
        assert cyrus.get(path).status_code == 404, path


def test_a_closed_test_says_so(cyrus: FlaskClient, cast: Cast) -> None:
    with cast.database.writing() as session:
        session.get_one(Assessment, cast.assessment_id).closed_at = datetime.now(UTC)
    answer = cyrus.get(f"/t/{cast.open_token}")
    assert answer.status_code == 409
    assert "closed" in answer.text


def test_the_invitations_language_and_extra_time_are_kept(cyrus: FlaskClient, cast: Cast) -> None:
    token = invitation_token(SECRET, cast.invite(locale="ar", extra_time_percent=50))
    door = cyrus.get(f"/i/{token}")
    assert '<html lang="ar" dir="rtl"' in door.text
    entered = cyrus.post(f"/i/{token}", follow_redirects=True)
    assert 'dir="rtl"' in entered.text
    assert "90" in entered.text
    assert '<html lang="sv" dir="ltr"' in cyrus.get(entered.request.path + "?lang=sv").text


def test_without_a_pass_a_stranger_sees_nothing(stig: FlaskClient, attempt_id: str) -> None:
    for path in ("/", "/task/1", "/finish", "/report"):
        answer = stig.get(f"/a/{attempt_id}{path}")
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/return")
    for path in ("/start", "/key", "/task/1", "/finish"):
        assert stig.post(f"/a/{attempt_id}{path}").status_code == 403
    for path in ("/clock", "/submissions/sub_x", "/submissions/sub_x/events"):
        answer = stig.get(f"/a/{attempt_id}{path}", headers={"Accept": "application/json"})
        assert (answer.status_code, answer.json["code"]) == (403, "no_pass")


def test_after_the_test_a_silent_browser_loses_its_pass(cyrus: FlaskClient, attempt_id: str, later: Later) -> None:
    cyrus.post(f"/a/{attempt_id}/finish")
    for _ in range(3):
        later(timedelta(minutes=50))
        assert cyrus.get(f"/a/{attempt_id}/report").status_code == 200
    later(timedelta(minutes=61))
    assert cyrus.get(f"/a/{attempt_id}/report").headers["Location"].startswith("/return")
    assert cyrus.get(f"/a/{attempt_id}/data.zip").status_code == 302
    assert cyrus.post(f"/a/{attempt_id}/keep").status_code == 403


def test_what_a_page_asks_for_by_itself_is_no_sign_of_life(cyrus: FlaskClient, attempt_id: str, later: Later) -> None:
    cyrus.post(f"/a/{attempt_id}/finish")
    for _ in range(2):
        later(timedelta(minutes=40))
        cyrus.get(f"/a/{attempt_id}/clock", headers={"Accept": "application/json"})
    assert cyrus.get(f"/a/{attempt_id}/report").status_code == 302


def test_a_pass_is_let_go_after_the_test_only_and_not_when_it_is_kept(cyrus: FlaskClient, attempt_id: str) -> None:
    assert cyrus.post(f"/a/{attempt_id}/silent").json == {"kept": True}
    cyrus.post(f"/a/{attempt_id}/finish")
    cyrus.post(f"/a/{attempt_id}/keep")
    assert cyrus.post(f"/a/{attempt_id}/silent").json == {"kept": True}
    assert cyrus.get(f"/a/{attempt_id}/report").status_code == 200


def test_nobody_loses_their_pass_in_the_middle_of_the_work(cyrus: FlaskClient, attempt_id: str, later: Later) -> None:
    later(timedelta(days=2))
    assert cyrus.get(f"/a/{attempt_id}/task/1").status_code == 200


def test_a_browser_that_may_keep_its_pass_keeps_it(cyrus: FlaskClient, attempt_id: str, later: Later) -> None:
    cyrus.post(f"/a/{attempt_id}/finish")
    assert 'id="idle"' in cyrus.get(f"/a/{attempt_id}/report").text
    assert cyrus.post(f"/a/{attempt_id}/keep").json == {"kept": True}
    later(timedelta(days=20))
    report = cyrus.get(f"/a/{attempt_id}/report")
    assert report.status_code == 200
    assert 'id="idle"' not in report.text


def test_a_pass_is_for_one_attempt(cyrus: FlaskClient, stig: FlaskClient, attempt_id: str, cast: Cast) -> None:
    entered = stig.post(f"/t/{cast.open_token}", data={})
    cookie = stig.get_cookie("attempt", path=entered.headers["Location"].rstrip("/"))
    assert cookie is not None
    stig.set_cookie("attempt", cookie.value, path=f"/a/{attempt_id}")
    assert stig.get(f"/a/{attempt_id}/task/1").status_code == 302


def test_a_new_key_ends_the_access_of_other_devices(cyrus: FlaskClient, attempt_id: str) -> None:
    assert cyrus.get(f"/a/{attempt_id}/task/1").status_code == 200
    cookie = cyrus.get_cookie("attempt", path=f"/a/{attempt_id}")
    assert cookie is not None
    cyrus.post(f"/a/{attempt_id}/key")
    assert cyrus.get(f"/a/{attempt_id}/task/1").status_code == 200
    cyrus.set_cookie("attempt", cookie.value, path=f"/a/{attempt_id}")
    assert cyrus.get(f"/a/{attempt_id}/task/1").status_code == 302


def test_a_cancelled_attempt_is_explained(cyrus: FlaskClient, cast: Cast) -> None:
    entered = cyrus.post(f"/t/{cast.open_token}", data={})
    path = entered.headers["Location"]
    with cast.database.writing() as session:
        session.get_one(Attempt, path.split("/")[2]).state = AttemptState.CANCELLED
    assert cyrus.get(path).status_code == 409
    assert cyrus.post(path + "start").status_code == 409


def test_a_typed_code_leads_to_the_open_link(stig: FlaskClient, cast: Cast) -> None:
    with cast.database.reading() as session:
        code = session.get_one(Assessment, cast.assessment_id).code
    assert code is not None
    for typed in (code, code.lower(), f" {code[:3]}-{code[3:]} "):
        answer = stig.post("/code", data={"code": typed})
        assert answer.status_code == 303
        assert answer.headers["Location"] == f"/t/{cast.open_token}"


@pytest.mark.parametrize("typed", ["", "ABC", "ZZZZZZ", "'; --", "٢٣٤٥٦٧", "A" * 200])
def test_a_code_that_nobody_has_is_answered_kindly_and_kept_in_the_field(stig: FlaskClient, cast: Cast, typed: str) -> None:
    answer = stig.post("/code", data={"code": typed})
    assert answer.status_code == 422
    assert "We do not know this code" in answer.text


def test_codes_cannot_be_tried_without_end(app_with_limits: FlaskClient) -> None:
    statuses = [app_with_limits.post("/code", data={"code": f"AAAA{number:02}"}).status_code for number in range(22)]
    assert (statuses[0], statuses[-1]) == (422, 429)


def test_a_code_is_worth_nothing_without_its_open_link(stig: FlaskClient, cast: Cast) -> None:
    with cast.database.writing() as session:
        assessment = session.get_one(Assessment, cast.assessment_id)
        code, assessment.open_token = assessment.code, None
    assert stig.post("/code", data={"code": code}).status_code == 422


def test_titles_tell_whoever_looks_over_the_shoulder_nothing(cyrus: FlaskClient, cast: Cast) -> None:
    entered = cyrus.post(f"/t/{cast.open_token}", data={}, follow_redirects=True)
    attempt = entered.request.path
    cyrus.post(f"{attempt}start")
    pages = [cyrus.get(f"/t/{cast.open_token}"), cyrus.get(f"{attempt}task/1")]
    cyrus.post(f"{attempt}finish")
    pages.append(cyrus.get(f"{attempt}report"))
    for page in (entered, *pages):
        title = page.text.split("<title>")[1].split("</title>")[0]
        assert "Backend" not in title
        assert "Two trains" not in title
        assert "Alder" not in title
        assert page.headers["Cache-Control"] == "no-store"


def test_leaving_clears_the_browser_and_takes_the_pass_back(cyrus: FlaskClient, cast: Cast) -> None:
    entered = cyrus.post(f"/t/{cast.open_token}", data={}, follow_redirects=True)
    attempt = entered.request.path
    assert "Leave this device?" in cyrus.get(f"{attempt}leave").text
    left = cyrus.post(f"{attempt}leave")
    assert left.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert left.headers["Location"] == "/left?lang=en"
    assert cyrus.get(attempt).headers["Location"].startswith("/return")
