"""Languages whose image a service does not use: not offered, and refused with what to do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assessor.errors import BadInput
from assessor.judging.languages import LANGUAGES, offered, refuse_unless_offered
from assessor.judging.sources import language_of
from assessor.settings import load_settings
from sandbox import images
from sandbox.spec import SourceFile


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("ASSESSOR_TIERS", raising=False)
    offered.cache_clear()
    yield
    offered.cache_clear()


def test_without_a_setting_the_usual_ones_are_offered() -> None:
    assert set(offered()) == {id for id, language in LANGUAGES.items() if language.image in images.USUAL}


def test_a_tier_brings_its_languages_and_those_it_stands_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSESSOR_TIERS", "heavy")
    assert load_settings().tiers_in_use == ("core", "main", "heavy")
    assert {"kotlin", "java", "c"} <= set(offered())
    assert "lua" not in offered()


@pytest.mark.parametrize("given", ["core,absent", "", ","])
def test_a_tier_there_is_not_is_named(given: str) -> None:
    with pytest.raises(BadInput, match=r"ASSESSOR_TIERS.*core, main, more, heavy"):
        load_settings(tiers=given)


def test_a_language_that_is_not_offered_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadInput, match=r"Kotlin is not set up here.*'heavy'.*ASSESSOR_TIERS.*sandbox build"):
        refuse_unless_offered(LANGUAGES["kotlin"])
    for given in (None, "kotlin"):
        with pytest.raises(BadInput, match="not set up"):
            language_of([SourceFile("a.kt", b"fun main() {}")], given)
    monkeypatch.setenv("ASSESSOR_TIERS", "core,heavy")
    offered.cache_clear()
    assert language_of([SourceFile("a.kt", b"fun main() {}")]).id == "kotlin"


def test_python_files_are_python_whatever_else_reads_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSESSOR_TIERS", "more")
    files = [SourceFile("a.py", b"print(1)")]
    assert language_of(files).id == "python3"
    assert language_of(files, "pypy3").id == "pypy3"
