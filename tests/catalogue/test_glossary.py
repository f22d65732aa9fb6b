"""Terms of statements: found once, in any of their forms, never where they are code or part of another word."""

from __future__ import annotations

import pytest

from assessor.catalogue import glossary
from web.languages import LANGUAGES


def test_every_term_is_explained_in_every_language_of_the_interface() -> None:
    assert set(glossary.locales()) == set(LANGUAGES)
    wanted = set(glossary.terms_in("en"))
    assert {"loop", "array", "recursion", "string", "integer", "input", "output", "sorting", "index", "hidden-test"} <= wanted
    for locale in glossary.locales():
        terms = glossary.terms_in(locale)
        assert set(terms) == wanted, locale
        assert all(term.name and term.words and term.text for term in terms.values()), locale
        if locale != "en":
            assert not {term.text for term in terms.values()} & {term.text for term in glossary.terms_in("en").values()}


@pytest.mark.parametrize(
    ("locale", "html", "found"),
    [
        ("en", "<p>Sort the Array. The arrays</p>", ("sorting", "array")),
        ("en", "<p>a time\nlimit, a timeline, outlines</p>", ("time-limit",)),
        ("en-GB", "<p>a hidden test</p>", ("hidden-test",)),
        ("ar", "<p>في السطر الأول عدد صحيح، والمدخلات</p>", ("line", "integer", "input")),
        ("sv", "<p>Första raden har ett heltal.</p>", ("line", "integer")),
        ("uk", "<p>Відсортуйте масиви цілих чисел</p>", ("array", "integer")),
        ("ti", "<p>እታዎ ኣብ መስመር</p>", ("input", "line")),
        ("fi", "<p>input</p>", ()),
    ],
)
def test_terms_are_found_in_their_forms(locale: str, html: str, found: tuple[str, ...]) -> None:
    assert glossary.mark(html, locale)[1] == found


def test_only_the_first_is_linked_and_nothing_else_changes() -> None:
    html = "<p>A <b>loop</b> &amp; a loop&#33;<br/>x</p>"
    marked, found = glossary.mark(html, "en")
    assert marked == html.replace("loop", '<a class="term" href="#term-loop">loop</a>', 1)
    assert found == ("loop",)


def test_code_mathematics_headings_and_links_are_left_alone() -> None:
    html = '<h2>Input</h2><pre>loop</pre><p><code>string</code> <a href="/x">line</a> <math><mi>index</mi></math></p>'
    assert glossary.mark(html, "en") == (html, ())


def test_authors_keep_words_that_mean_something_else() -> None:
    assert glossary.mark("<p>a railway line with an input</p>", "en", ("line",))[1] == ("input",)


def test_terms_are_explained_in_the_readers_language() -> None:
    loop, unknown = glossary.explained(["loop"], "ar"), glossary.explained(["nothing"], "ar")
    assert loop[0].name == "حلقة"
    assert unknown == []
    assert glossary.explained(["loop"], "de")[0].name == "loop"
