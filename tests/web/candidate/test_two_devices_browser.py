"""Two windows, two devices: never a silent overwrite, a choice that is seen, and both texts to be had afterwards."""

from __future__ import annotations

import pytest
from candidate_browser import Service, check_axe, enter, open_page, saved, show, write
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


def key_of(page: Page) -> str:
    return "".join(page.locator(".digits span").all_inner_texts())


def come_back(page: Page, service: Service, key: str) -> Page:
    """To the editor by the return key."""
    page.goto(f"{service.url}/return")
    page.locator("input[name=key]").fill(key)
    page.locator("main form button.go").click()
    page.locator(".cm-editor").wait_for(state="attached")
    show(page, "code")
    return page


def take_past(page: Page, reason: str, text: str) -> None:
    """Put a text of the history into the editor."""
    page.locator("#history").click()
    page.locator("#history-list label", has_text=reason).first.click()
    expect(page.locator("#history-text")).to_contain_text(text)
    page.locator("#history-take").click()
    expect(page.locator(".cm-content")).to_contain_text(text)


def two_windows(service: Service, browser: Browser) -> tuple[Page, Page]:
    """The same task in two windows of one browser."""
    first = open_page(service, browser)
    enter(first, service)
    second = service.watch(first.context.new_page())
    second.goto(first.url)
    second.locator(".cm-editor").wait_for()
    return first, second


def test_two_windows_ask_which_text_to_keep(service: Service, browser: Browser) -> None:
    first, second = two_windows(service, browser)
    write(first, "print('one')\n")
    saved(first)
    write(second, "print('two')\n")
    expect(second.locator("#conflict-dialog")).to_be_visible()
    expect(second.locator("#conflict-text")).to_contain_text("one")
    check_axe(second, "conflict")
    second.locator("#conflict-mine").click()
    saved(second)
    write(first, "print('three')\n")
    expect(first.locator("#conflict-text")).to_contain_text("two")
    first.locator("#conflict-theirs").click()
    expect(first.locator(".cm-content")).to_contain_text("two")


def test_two_windows_without_a_network_ask_and_both_texts_stay_in_the_history(service: Service, browser: Browser) -> None:
    first, second = two_windows(service, browser)
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
    assert mine in service.texts()[1]


def test_another_device_goes_on_and_the_first_one_is_asked(service: Service, browser: Browser) -> None:
    laptop = open_page(service, browser)
    laptop.goto(service.link)
    laptop.locator("main form button.go").click()
    key = key_of(laptop)
    laptop.locator(".start-bar button").click()
    write(laptop, "print('laptop')\n")
    saved(laptop)
    phone = come_back(open_page(service, browser, 360), service, key)
    expect(phone.locator(".cm-content")).to_contain_text("laptop")
    write(phone, "print('phone')\n")
    saved(phone)
    write(laptop, "print('laptop again')\n")
    expect(laptop.locator("#conflict-dialog")).to_be_visible()
    expect(laptop.locator("#conflict-text")).to_contain_text("phone")
    assert service.texts()[1] == "print('phone')\n"
    laptop.locator("#conflict-mine").click()
    saved(laptop)
    assert service.texts()[1] == "print('laptop again')\n"
    write(phone, "print('phone again')\n")
    expect(phone.locator("#conflict-text")).to_contain_text("laptop again")
    assert service.texts()[1] == "print('laptop again')\n"
    phone.locator("#conflict-theirs").click()
    expect(phone.locator(".cm-content")).to_contain_text("laptop again")
    take_past(phone, "put aside", "phone again")
    saved(phone)
    take_past(laptop, "another window", "print('phone')")


def test_what_a_closed_device_still_holds_is_a_choice_when_another_has_gone_on(service: Service, browser: Browser) -> None:
    laptop = open_page(service, browser)
    laptop.goto(service.link)
    laptop.locator("main form button.go").click()
    key = key_of(laptop)
    laptop.locator(".start-bar button").click()
    laptop.locator(".cm-editor").wait_for()
    laptop.context.set_offline(True)
    write(laptop, "print('on the train')\n")
    expect(laptop.locator("#save-line")).to_have_attribute("data-state", "offline")
    address, bag = laptop.url, laptop.context
    laptop.close()
    phone = come_back(open_page(service, browser, 360), service, key)
    write(phone, "print('at home')\n")
    saved(phone)
    bag.set_offline(False)
    laptop = service.watch(bag.new_page())
    laptop.goto(address)
    expect(laptop.locator("#conflict-text")).to_contain_text("at home")
    assert service.texts()[1] == "print('at home')\n"
    laptop.locator("#conflict-theirs").click()
    expect(laptop.locator(".cm-content")).to_contain_text("at home")
    take_past(laptop, "", "on the train")
    saved(laptop)
    assert service.texts()[1] == "print('on the train')\n"
