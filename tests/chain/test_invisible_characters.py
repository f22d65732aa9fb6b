"""Line ends of Windows, byte order marks, missing newlines and trailing spaces, through the real judge and in the browser.

Elsewhere they make a right program wrong without a word. Here they do no harm where the challenge forgives them, and where one
has asked to be strict, the difference is named in words and marked.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from candidates import open_link
from packages import SUM
from pages import WIDE
from playwright.sync_api import Browser, Page, expect
from service import Service

pytestmark = [pytest.mark.docker, pytest.mark.browser]

SLOW_MS = 60_000
STRICT = SUM | {
    "problem.yaml": SUM["problem.yaml"].replace("6a0d8c8e", "6a0d8c8f"),
    "data/secret/test_group.yaml": SUM["data/secret/test_group.yaml"] + "output_validator_args: [space_change_sensitive]\n",
    "data/sample/test_group.yaml": "output_validator_args: [space_change_sensitive]\n",
}
READ = "import sys\na, b = map(int, input().split())\n"


@dataclass(frozen=True)
class Habit:
    """How a program ends its output, and what a strict challenge is to say about it."""

    prints: str
    told: str
    marked: str


HABITS = {
    "line ends of Windows": Habit(r"f'{a + b}\r\n'", "Only the line ends differ: yours are those of Windows.", "␍"),
    "no newline": Habit("f'{a + b}'", "Only the end differs: a new line at the end is missing or too many.", "3"),
    "trailing spaces": Habit(r"f'{a + b}  \n'", "Only spaces or line breaks differ.", "··"),
}
MARKED = Habit(r"f'\ufeff{a + b}\n'", "some characters are others: another script’s digits, or invisible ones.", "[U+FEFF]")


@pytest.fixture(scope="module")
def lenient(service: Service) -> str:
    return open_link(service, languages=("python3", "bash"))


@pytest.fixture(scope="module")
def strict(service: Service) -> str:
    return open_link(service, STRICT, languages=("python3", "bash"))


def begin(chromium: Browser, link: str, *, scripted: bool = True) -> Page:
    page = chromium.new_context(viewport=WIDE, locale="en-GB", java_script_enabled=scripted).new_page()  # type: ignore[arg-type]
    page.set_default_timeout(20_000)
    page.goto(link)
    page.locator("main form button.go").click()
    page.locator(".start-bar button").click()
    page.locator(".cm-editor" if scripted else "#source").wait_for()
    return page


def paste(page: Page, text: str) -> None:
    """Over everything that is there, as the browser hands it to the page."""
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.evaluate(
        """(text) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData('text/plain', text);
          const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
          document.activeElement.dispatchEvent(paste);
        }""",
        text,
    )


def result_of(page: Page, button: str, state: str) -> None:
    """Press it, and wait for a result that was not there before."""
    before = page.locator("#panel .result").get_attribute("data-result") if page.locator("#panel .result").count() else ""
    page.locator(button).click()
    fresh = page.locator(f"#panel .result:not([data-result='{before}'])[data-state=graded] .headline.{state}")
    expect(fresh).to_be_visible(timeout=SLOW_MS)


def printing(habit: Habit) -> str:
    return f"{READ}sys.stdout.buffer.write({habit.prints}.encode())\n"


def test_no_way_of_ending_lines_costs_points_where_space_does_not_count(chromium: Browser, lenient: str) -> None:
    page = begin(chromium, lenient)
    for habit in HABITS.values():
        paste(page, printing(habit))
        result_of(page, "#submit", "good")
    page.context.close()


def test_a_strict_challenge_names_the_difference_and_marks_it(chromium: Browser, strict: str) -> None:
    page = begin(chromium, strict)
    for habit in (*HABITS.values(), MARKED):
        paste(page, printing(habit))
        result_of(page, "#run", "bad")
        expect(page.locator("#panel .why")).to_contain_text(habit.told)
        expect(page.locator("#panel .io .line.differs").last).to_contain_text(habit.marked)
    page.context.close()


def test_a_mark_before_the_answer_is_wrong_everywhere_and_shown(chromium: Browser, lenient: str) -> None:
    page = begin(chromium, lenient)
    paste(page, printing(MARKED))
    result_of(page, "#run", "bad")
    expect(page.locator("#panel .why")).to_contain_text(MARKED.told)
    expect(page.locator("#panel .io mark").last).to_contain_text(MARKED.marked)
    page.context.close()


BASH = ("read -r a b", "echo $((a + b))  ")


@pytest.mark.parametrize(
    "source",
    ["\ufeff" + "\n".join(BASH) + "\n", "\r\n".join(BASH) + "\r\n", "\n".join(BASH), "\ufeff" + "\r\n".join(BASH) + " \t"],
    ids=["mark", "windows", "no newline", "everything"],
)
def test_a_source_copied_from_anywhere_is_judged_as_what_it_says(chromium: Browser, lenient: str, source: str) -> None:
    """In a language whose own interpreter would stumble over each of them."""
    page = begin(chromium, lenient)
    paste(page, "# python")
    page.locator("#language").select_option("bash")
    expect(page.locator(".cm-content")).not_to_contain_text("python")
    paste(page, source)
    result_of(page, "#submit", "good")
    page.context.close()


def test_a_form_sends_line_ends_of_windows_and_is_judged_as_what_it_says(chromium: Browser, lenient: str) -> None:
    page = begin(chromium, lenient, scripted=False)
    page.locator("#language").select_option("bash")
    page.locator("#source").fill("\ufeff" + "\n".join(BASH))
    result_of(page, "#submit", "good")
    page.context.close()


@pytest.mark.parametrize(
    "given", ["\ufeff20 22\n", "20 22\r\n", "20 22", "20 22   \n"], ids=["mark", "windows", "no newline", "trailing spaces"]
)
def test_an_own_input_copied_from_anywhere_is_read_as_what_it_says(chromium: Browser, lenient: str, given: str) -> None:
    page = begin(chromium, lenient)
    paste(page, READ + "print(a + b)\n")
    page.locator("#own-toggle").click()
    page.locator("#own-input").fill(given)
    result_of(page, "#run-own", "good")
    expect(page.locator("#panel .io pre")).to_contain_text("42")
    page.context.close()
