"""Statements as HTML: golden files beside this one, and nothing an author writes can run.

After an intended change, write the golden files anew with `python tests/challenges/test_statements.py`, and read the difference.
"""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from package_builder import PLAIN_2025, PROBLEM_2025, errors_of

from challenges.problem import Statement, StatementFormat
from challenges.statements import MATH_TAGS, TEXT_TAGS, render_statement, statement_title

FOLDER = Path(__file__).parent / "statements"
SOURCES = sorted(path.name for path in FOLDER.iterdir() if path.suffix in (".md", ".tex"))
EVENT_OR_STYLE = ("on", "style", "srcset", "formaction", "xlink", "action")


def rendered(source: str, kind: StatementFormat, locale: str = "en") -> str:
    statement = Statement(locale, kind, source, images=(("map.png", b"png"),))
    return render_statement(statement, lambda name: f"/pictures/{name}?v=1&w=2")


def golden(name: str) -> str:
    return rendered((FOLDER / name).read_text(), StatementFormat(name.rpartition(".")[2])) + "\n"


class Inspector(HTMLParser):
    """Collects every tag, attribute and address a browser would see."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: set[str] = set()
        self.open: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses |= {value or "" for name, value in attrs if name in ("href", "src")}


def assert_harmless(markup: str) -> None:
    seen = Inspector(markup)
    assert seen.tags <= TEXT_TAGS | MATH_TAGS | {"span"}
    assert not [name for name in seen.attributes if name.startswith(EVENT_OR_STYLE)]
    assert all(address.startswith(("https://", "http://", "mailto:", "/pictures/map.png", "#fn")) for address in seen.addresses)


@pytest.mark.parametrize("name", SOURCES)
def test_statements_become_their_golden_html(name: str) -> None:
    assert golden(name) == (FOLDER / f"{name}.html").read_text()


@pytest.mark.parametrize("name", SOURCES)
def test_golden_html_is_harmless(name: str) -> None:
    assert_harmless(golden(name))


def test_hostile_pictures_are_asked_for_by_known_names_only() -> None:
    asked: list[str] = []
    for kind in StatementFormat:
        source = (FOLDER / f"hostile.{kind}").read_text()
        render_statement(Statement("en", kind, source, (("map.png", b""),)), lambda name: asked.append(name) or "/p")  # type: ignore[func-returns-value]
    assert set(asked) == {"map.png"}


def test_headings_start_below_the_title_whatever_the_author_began_with() -> None:
    assert rendered("### Deep\n\n#### Deeper\n", StatementFormat.MARKDOWN) == "<h2>Deep</h2>\n<h3>Deeper</h3>"
    assert rendered("\\section{A}\\subsection*{B}", StatementFormat.LATEX) == "<h2>A</h2>\n<h3>B</h3>"


def test_code_and_formulas_run_left_to_right_in_an_arabic_statement() -> None:
    markup = rendered("اكتب `x = 1` و $n$\n\n```\na\n```\n", StatementFormat.MARKDOWN, "ar")
    assert '<code dir="ltr">x = 1</code>' in markup
    assert '<math dir="ltr"' in markup
    assert '<pre dir="ltr">' in markup


def test_numbers_in_groups_keep_their_order_from_right_to_left() -> None:
    assert rendered("من 0 إلى 1 000 000، `1 000`", StatementFormat.MARKDOWN, "ar") == (
        '<p>من 0 إلى 1&nbsp;000&nbsp;000، <code dir="ltr">1 000</code></p>'
    )
    assert rendered("From 10 000 to 1\\,000, \\texttt{1 000}", StatementFormat.LATEX) == (
        '<p>From 10&nbsp;000 to 1\u202f000, <code dir="ltr">1 000</code></p>'
    )


def test_bars_stand_close_to_what_they_enclose() -> None:
    markup = rendered("$|x|$", StatementFormat.MARKDOWN)
    assert markup.count('<mo lspace="0em" rspace="0em" stretchy="false">|</mo>') == 2


@pytest.mark.parametrize(("locale", "heading"), [("en", "Input"), ("sv", "Indata"), ("ar", "المدخلات"), ("pt-BR", "Input")])
def test_the_environments_of_the_format_are_headings_in_the_statements_language(locale: str, heading: str) -> None:
    markup = rendered("\\begin{Input}One number.\\end{Input}", StatementFormat.LATEX, locale)
    assert markup == f"<h2>{heading}</h2>\n<p>One number.</p>"


def test_no_line_breaks_between_a_formula_and_the_marks_beside_it() -> None:
    markup = rendered("The number $n$ ($1 \\le n$), then $m$.", StatementFormat.MARKDOWN)
    held = re.findall(r'<span class="nowrap">(.*?)<math.*?</math>(.*?)</span>', markup)
    assert held == [("(", "),"), ("", ".")]


def test_a_formula_that_cannot_be_converted_shows_its_source() -> None:
    source = "\\frac{a}" + "{" * 1000
    markup = rendered(f"${source}$", StatementFormat.MARKDOWN)
    assert f'<code dir="ltr">{source}</code>' in markup


def test_a_figure_whose_picture_is_missing_leaves_no_hole() -> None:
    assert rendered("A\\illustration{0.3}{gone.png}{Photo}B", StatementFormat.LATEX) == "<p>A</p>\n\n<p>B</p>"


def test_a_comment_before_an_empty_line_does_not_join_paragraphs() -> None:
    assert rendered("One% comment\n  \nTwo", StatementFormat.LATEX) == "<p>One</p>\n<p>Two</p>"
    assert rendered("One% comment\n  Two", StatementFormat.LATEX) == "<p>OneTwo</p>"


def test_a_statement_may_title_itself() -> None:
    def title(source: str) -> str | None:
        return statement_title(Statement("en", StatementFormat.LATEX, source))

    assert title("% \\problemname{No}\n\\problemname{Double it}") == "Double it"
    assert title("%% plainproblemname: x squared\n\\problemname{$x^2$}") == "x squared"
    assert title("\\problemname{$x^2$}") is None
    assert title("\\problemname{}") is None
    assert statement_title(Statement("en", StatementFormat.MARKDOWN, "\\problemname{x}")) is None


@pytest.mark.parametrize(
    "source",
    [
        "\\begin{verbatim}" * 16_000,
        "\\begin{itemize}" + "\\item[" * 40_000,
        "\\newcommand{\\x}[1]{" + "#1" * 50_000 + "}\\x{" + "a" * 100_000 + "}",
        "\\begin{tabular}{l}" + "\\cline{" * 30_000,
        "".join(f"\\verb{chr(0x4E00 + number)}" for number in range(20_000)),
        "%\n" + " " * 100_000 + "%",
        "\\textbf{" * 20_000,
        "{" * 50_000,
        "\\begin{itemize}\\item " * 5_000,
        "$" * 50_001,
        "\\begin{a}" * 10_000,
        "\\[" * 20_000,
        "\\item[" * 20_000,
        "`" * 50_000,
        "\\begin{tabular}{ll}" + "&" * 50_000,
        "\\newcommand{\\x}{\\x\\x}" + "\\x" * 1000,
        "".join(f"\\def\\{a}{{{f'{chr(92)}{b}' * 20}}}" for a, b in zip("efgh", "fghi", strict=True)) + "\\e",
        "\\illustration" * 10_000,
    ],
)
def test_a_latex_statement_made_to_hurt_is_done_within_seconds(source: str) -> None:
    start = time.monotonic()
    assert_harmless(rendered(source[: 256 * 1024], StatementFormat.LATEX))
    assert time.monotonic() - start < 10


@pytest.mark.parametrize(
    "source", ["[" * 20_000, "*a " * 20_000, "> " * 20_000, "$a$" * 5_000, "`" * 20_000, "![a](" * 10_000, "|" * 50_000]
)
def test_a_markdown_statement_made_to_hurt_is_done_within_seconds(source: str) -> None:
    start = time.monotonic()
    assert_harmless(rendered(source, StatementFormat.MARKDOWN))
    assert time.monotonic() - start < 10


@pytest.mark.parametrize(
    ("source", "constants"), [("x" * (64 * 1024 + 1), ""), ("{{a}}" * 1_000, 'constants:\n  a: "' + "![" * 50 + '"\n')]
)
def test_a_statement_is_small_also_with_its_constants(source: str, constants: str) -> None:
    changes = {"problem.yaml": PROBLEM_2025 + constants, "statement/problem.en.md": source}
    assert any("larger than 64 KiB" in error for error in errors_of(PLAIN_2025, changes))


PIECES = st.sampled_from(
    [
        "<script>",
        "</math>",
        "<img src=x onerror=alert(1)>",
        "\\href{javascript:x}{y}",
        "[a](javascript:b)",
        "$",
        "$$",
        "\\text{",
        "{",
        "}",
        "\\begin{tabular}{l}",
        "\\end{tabular}",
        "\\begin{verbatim}",
        "\\end{verbatim}",
        "&",
        "\\\\",
        "\n\n",
        "`",
        "```",
        "\"'",
        "%",
        "\\",
        "[",
        "]",
        "(",
        ")",
        "\\item",
        "\\begin{itemize}",
        "\\end{itemize}",
        "\\verb|",
        "|",
        "\ue000",
        "\ue0010\ue001",
        "<!--",
        "-->",
        "&lt;",
        "\\includegraphics{map}",
        "a",
        "\\x",
        "1",
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join), st.sampled_from(StatementFormat))
@settings(max_examples=400, deadline=None)
def test_no_mixture_of_markup_is_more_than_harmless_html(source: str, kind: StatementFormat) -> None:
    assert_harmless(rendered(source, kind))


if __name__ == "__main__":
    for changed in SOURCES:
        (FOLDER / f"{changed}.html").write_text(golden(changed))
