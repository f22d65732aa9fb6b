"""Work is not lost, in a real browser: ten minutes without a network, crashes, two windows, two devices, the end in between."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from candidate_browser import Service, check_axe, enter, open_page, running, saved, show, write
from pages import power_off
from playwright.sync_api import Browser, Error, Page, expect

from assessor.assessments.attempts import close_overdue
from assessor.assessments.models import Attempt, Draft

pytestmark = pytest.mark.browser

CACHED = """async (path) => {
  await navigator.serviceWorker.ready;
  for (const name of await caches.keys()) if (await caches.match(path, { cacheName: name })) return true;
  return false;
}"""


def kept_for_offline(page: Page, path: str | None = None) -> None:
    """Wait until the task's page is on the device."""
    wanted = path or page.url.split("?")[0].split("#")[0]
    # Asked again and again from here: a promise is something, and `wait_for_function` would be content with it.
    for _ in range(400):
        if page.evaluate(CACHED, wanted):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{wanted} is not kept")


def texts(service: Service) -> dict[int, str]:
    """What the server holds, by task."""
    with service.cast.database.reading() as session:
        return {service.cast.versions.index(d.challenge_version_id) + 1: d.source for d in session.scalars(sa.select(Draft))}


def end_now(service: Service, attempt_id: str, seconds: float = 0) -> None:
    with service.cast.database.writing() as session:
        session.get_one(Attempt, attempt_id).deadline_at = datetime.now(UTC) + timedelta(seconds=seconds)


def sweep(service: Service) -> None:
    with service.cast.database.writing() as session:
        close_overdue(session, datetime.now(UTC))


def test_ten_minutes_without_a_network_and_a_reload_in_between(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    page.clock.install()
    enter(page, service)
    write(page, "print('before')\n")
    saved(page)
    kept_for_offline(page)
    page.reload()  # with a clock that is not the browser's, its list of loaded files is empty: they are kept when asked for again
    page.locator(".cm-editor").wait_for()
    page.context.set_offline(True)
    write(page, "print('without a network')\n")
    expect(page.locator("#save-line")).to_have_attribute("data-state", "offline")
    expect(page.locator("#save-line")).to_contain_text("No connection. Kept on this device; trying again")
    assert texts(service) == {1: "print('before')\n"}
    page.clock.fast_forward("10:00")
    expect(page.locator("#clock")).to_contain_text("50 min left")
    page.reload()
    expect(page.locator(".cm-content")).to_contain_text("without a network")
    write(page, "print('without a network, after the reload')\n")
    page.reload()
    expect(page.locator(".cm-content")).to_contain_text("after the reload")
    page.context.set_offline(False)
    saved(page)
    assert texts(service) == {1: "print('without a network, after the reload')\n"}


def test_a_page_that_crashes_keeps_the_last_letter(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    enter(page, service)
    address, context = page.url, page.context
    page.route("**/draft", lambda route: route.abort())
    write(page, "print('kept')  # ")
    page.keyboard.type("z")
    expect(page.locator(".cm-content")).to_contain_text("# z")
    power_off(page)
    again = service.watch(context.new_page())
    again.goto(address)
    expect(again.locator(".cm-content")).to_contain_text("print('kept')  # z")
    saved(again)


def test_what_was_left_in_another_task_arrives_from_this_one(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    enter(page, service)
    second = page.url.replace("/task/1", "/task/2")
    kept_for_offline(page, second)
    page.context.set_offline(True)
    write(page, "print('left in the first')\n")
    expect(page.locator("#save-line")).to_have_attribute("data-state", "offline")
    page.locator("[data-step='2']").click()
    page.wait_for_url(second)
    write(page, "print('in the second')\n")
    expect(page.locator("#save-line")).to_have_attribute("data-state", "offline")
    page.context.set_offline(False)
    saved(page)
    page.wait_for_function("async () => (await fetch('/healthz')).ok")
    for _ in range(100):
        if len(texts(service)) == 2:
            break
        page.wait_for_timeout(100)
    assert texts(service) == {1: "print('left in the first')\n", 2: "print('in the second')\n"}


def test_two_windows_without_a_network_ask_and_both_texts_stay_in_the_history(service: Service, browser: Browser) -> None:
    first = open_page(service, browser)
    enter(first, service)
    second = service.watch(first.context.new_page())
    second.goto(first.url)
    second.locator(".cm-editor").wait_for()
    first.context.set_offline(True)
    for page, word in ((first, "one"), (second, "two")):
        page.bring_to_front()
        write(page, f"print('{word}')\n")
        expect(page.locator("#save-line")).to_have_attribute("data-state", "offline")
    first.context.set_offline(False)
    for _ in range(150):
        if any(page.locator("#conflict-dialog").is_visible() for page in (first, second)):
            break
        first.wait_for_timeout(100)
    loser = first if first.locator("#conflict-dialog").is_visible() else second
    mine, theirs = ("one", "two") if loser is first else ("two", "one")
    expect(loser.locator("#conflict-text")).to_contain_text(theirs)
    loser.locator("#conflict-theirs").click()
    expect(loser.locator(".cm-content")).to_contain_text(theirs)
    loser.locator("#history").click()
    expect(loser.locator("#history-list")).to_contain_text("another window")
    check_axe(loser, "history")
    loser.locator("#history-list label", has_text="put aside").first.click()
    expect(loser.locator("#history-text")).to_contain_text(mine)
    loser.locator("#history-take").click()
    expect(loser.locator(".cm-content")).to_contain_text(mine)
    saved(loser)
    assert mine in texts(service)[1]


def test_another_device_goes_on_and_the_first_one_is_asked(service: Service, browser: Browser) -> None:
    laptop = open_page(service, browser)
    laptop.goto(service.link)
    laptop.locator("main form button.go").click()
    key = "".join(laptop.locator(".digits span").all_inner_texts())
    laptop.locator(".start-bar button").click()
    write(laptop, "print('laptop')\n")
    saved(laptop)
    phone = open_page(service, browser, 360)
    phone.goto(f"{service.url}/return")
    phone.locator("input[name=key]").fill(key)
    phone.locator("main form button.go").click()
    phone.locator(".cm-editor").wait_for(state="attached")
    show(phone, "code")
    expect(phone.locator(".cm-content")).to_contain_text("laptop")
    write(phone, "print('phone')\n")
    saved(phone)
    write(laptop, "print('laptop again')\n")
    expect(laptop.locator("#conflict-text")).to_contain_text("phone")
    laptop.locator("#conflict-mine").click()
    saved(laptop)
    assert texts(service)[1] == "print('laptop again')\n"


def test_what_was_written_in_time_arrives_late_and_counts(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    attempt_id = enter(page, service)
    page.context.set_offline(True)
    write(page, "print('good, in time')\n")
    expect(page.locator("#save-line")).to_have_attribute("data-state", "offline")
    end_now(service, attempt_id, 1)
    page.wait_for_timeout(1500)
    with running(lambda: sweep(service)):
        page.context.set_offline(False)
        expect(page.locator("#over-text")).to_contain_text("has reached us and counts")
        check_axe(page, "late")
        page.locator("#over-on a").click()
        expect(page.locator("main.report")).to_contain_text("Written before the end. The connection was lost")
    (row,) = service.submissions()
    assert row.source == "print('good, in time')\n"
    assert row.written_at is not None


def test_a_closed_page_hands_in_late_when_it_is_opened_again(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    attempt_id = enter(page, service)
    page.context.set_offline(True)
    write(page, "print('good, in time')\n")
    expect(page.locator("#save-line")).to_have_attribute("data-state", "offline")
    address, context = page.url, page.context
    end_now(service, attempt_id)  # before the page is closed, for with its last breath it may still send what it has
    page.close()
    with running(lambda: sweep(service)):
        context.set_offline(False)
        again = service.watch(context.new_page())
        again.wait_for_timeout(1500)
        again.goto(address)
        again.locator("main.report").wait_for()
        expect(again.locator("main.report")).to_contain_text("Written before the end. The connection was lost")
    assert [bool(row.written_at) for row in service.submissions()] == [True]
    again.wait_for_function("async () => (await caches.keys()).length === 0")


def test_what_was_written_after_the_end_is_refused_with_its_reason_and_shown(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    attempt_id = enter(page, service)
    page.context.set_offline(True)
    end_now(service, attempt_id, -30)
    write(page, "print('too late')\n")
    expect(page.locator("#save-line")).to_have_attribute("data-state", "offline")
    address, context = page.url, page.context
    page.close()
    sweep(service)
    context.set_offline(False)
    again = service.watch(context.new_page())
    again.goto(address)
    expect(again.locator("#late-notice")).to_contain_text("This was written after the end and cannot count")
    again.locator("#late-details summary").click()
    expect(again.locator("#late-source")).to_contain_text("too late")
    check_axe(again, "refused")
    assert service.submissions() == []


def test_five_presses_on_a_slow_line_are_one_submission(service: Service, browser: Browser) -> None:
    page = open_page(service, browser, 360)
    enter(page, service)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 25_000}
    line.send("Network.emulateNetworkConditions", slow)
    write(page, "print('good')  # " + "x" * 20_000)
    page.evaluate("for (let n = 0; n < 5; n++) document.getElementById('submit').click()")
    line.send("Network.emulateNetworkConditions", {**slow, "offline": True})
    line.send("Network.emulateNetworkConditions", slow)
    expect(page.locator("#panel")).to_contain_text("All tests passed", timeout=60_000)
    assert len(service.submissions()) == 1


def test_a_device_that_keeps_nothing_says_so(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    page.add_init_script("Object.defineProperty(window, 'indexedDB', { get() { throw new Error('forbidden'); } })")
    enter(page, service)
    write(page, "print('one')\n")
    saved(page)
    page.context.set_offline(True)
    write(page, "print('two')\n")
    expect(page.locator("#save-line")).to_contain_text("No connection. Keep this page open; trying again")
    page.context.set_offline(False)
    saved(page)
    assert texts(service)[1] == "print('two')\n"


def test_a_reply_that_never_comes_keeps_the_line_true(service: Service, browser: Browser) -> None:
    page = open_page(service, browser)
    enter(page, service)
    held: list[Any] = []
    page.route("**/draft", lambda route: held.append(route))
    write(page, "print('on its way')\n")
    expect(page.locator("#save-line")).to_have_attribute("data-state", "saving")
    page.wait_for_timeout(300)
    assert "Saved" not in page.locator("#save-line").inner_text()
    held.pop().continue_()
    saved(page)


def test_leaving_the_device_leaves_nothing_on_it(service: Service, browser: Browser) -> None:
    page = open_page(service, browser, 360)
    enter(page, service)
    write(page, "print('mine')\n")
    saved(page)
    kept_for_offline(page)
    address = page.url
    page.goto(address.split("/task")[0] + "/leave")
    check_axe(page, "leave")
    page.locator("#leave button").click()
    page.wait_for_url("**/left?lang=en")
    check_axe(page, "left")
    found = page.evaluate(
        """async () => [(await caches.keys()).length, (await indexedDB.databases()).length, localStorage.length,
                         (await navigator.serviceWorker.getRegistrations()).length]"""
    )
    assert found == [0, 0, 0, 0]
    assert [cookie["name"] for cookie in page.context.cookies() if cookie["name"] == "attempt"] == []
    page.goto(address)
    page.wait_for_url("**/return?why=no_pass")
    page.context.set_offline(True)
    with pytest.raises(Error):
        page.goto(address)
