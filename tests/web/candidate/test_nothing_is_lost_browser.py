"""Work is not lost, in a real browser: ten minutes without a network, crashes, the end in between."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from candidate_browser import Service, check_axe, end_now, enter, open_page, running, saved, sweep, write
from pages import power_off
from playwright.sync_api import Browser, Error, Page, expect
from wire import wired

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


def test_a_network_cut_in_mid_word_for_ten_minutes_and_reloads_in_between(service: Service, browser: Browser) -> None:
    with wired(service.url) as wire:
        there = replace(service, url=wire.url)
        page = open_page(there, browser)
        page.clock.install()
        enter(page, there)
        write(page, "print('before')\n")
        saved(page)
        kept_for_offline(page)
        page.reload()  # with a clock that is not the browser's, its list of loaded files is empty: kept when asked for again
        page.locator(".cm-editor").wait_for()
        type_at_the_end(page, "# with")
        wire.pull()  # after a reload, a browser that is only told to be offline reaches us all the same
        page.context.set_offline(True)
        page.keyboard.type("out a network")
        expect(page.locator("#save-line")).to_have_attribute("data-state", "offline")
        expect(page.locator("#save-line")).to_contain_text("No connection. Kept on this device; trying again")
        page.clock.fast_forward("10:00")
        expect(page.locator("#clock")).to_contain_text("50 min left")
        page.reload()
        expect(page.locator(".cm-content")).to_contain_text("# without a network")
        type_at_the_end(page, ", after the reload")
        page.reload()
        expect(page.locator(".cm-content")).to_contain_text("# without a network, after the reload")
        assert "without" not in service.texts()[1]
        wire.plug()
        page.context.set_offline(False)
        page.clock.fast_forward("00:30")
        saved(page)
        assert service.texts() == {1: "print('before')\n# without a network, after the reload"}
        page.context.close()


def type_at_the_end(page: Page, text: str) -> None:
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


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
        if len(service.texts()) == 2:
            break
        page.wait_for_timeout(100)
    assert service.texts() == {1: "print('left in the first')\n", 2: "print('in the second')\n"}


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
    assert service.texts()[1] == "print('two')\n"


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
