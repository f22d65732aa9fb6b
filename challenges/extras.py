"""`assessor.yaml`: what the format lacks. Its keys are described in docs/challenge-package.md."""

from __future__ import annotations

from challenges.findings import Report
from challenges.problem import Extras, Hint, Translation
from challenges.problem_yaml import LOCALE
from challenges.sections import Section, read_section
from challenges.skills import skills
from challenges.text import with_whole_numbers

PATH = "assessor.yaml"
MOST_TIME = 20.0
DIFFICULTIES = ("first-program", "beginner", "intermediate", "advanced", "senior")


def read_extras(content: bytes | None, report: Report) -> Extras:
    """The extras; empty when there is no such file."""
    section = read_section(PATH, content, report)
    extras = Extras(
        skills=_skills(section),
        difficulty=_difficulty(section),
        hints=_hints(section.section("groups")),
        descriptions=_descriptions(section.section("samples")),
        starters=_starters(section.section("starters")),
        time_multipliers=_time_multipliers(section.section("time_multipliers")),
        translations=_translations(section.section("translations")),
        not_terms=section.strings("not_terms") or (),
    )
    section.warn_unknown()
    return extras


def line_of(content: bytes, key: str, name: str) -> int | None:
    """The line on which `groups` or `samples` speaks of one of them."""
    return read_section(PATH, content, Report()).section(key).line_of(name)


def _skills(section: Section) -> tuple[str, ...]:
    named = section.strings("skills", one_allowed=False) or ()
    for skill in named:
        if skill not in skills():
            section.wrong("skills", f"names `{skill}`, which is not in the table; choose from: {', '.join(skills())}")
    if len(set(named)) < len(named):
        section.wrong("skills", "names a skill twice; keep one")
    return named


def _difficulty(section: Section) -> str | None:
    word = section.string("difficulty")
    if word is not None and word not in DIFFICULTIES:
        section.wrong("difficulty", f"must be one of {', '.join(DIFFICULTIES)}, not `{word}`")
    return word


def _hints(section: Section) -> dict[str, Hint]:
    hints = {}
    for group in section.names():
        inner = section.section(group)
        hints[group] = Hint(title=_by_locale(inner.section("title")), hint=_by_locale(inner.section("hint")))
        inner.warn_unknown()
    return hints


def _descriptions(section: Section) -> dict[str, dict[str, str]]:
    descriptions = {}
    for sample in section.names():
        inner = section.section(sample)
        descriptions[sample] = _by_locale(inner.section("description"))
        inner.warn_unknown()
    return descriptions


def _by_locale(section: Section) -> dict[str, str]:
    texts = {}
    for locale in section.names():
        text = section.string(locale)
        if not LOCALE.match(locale):
            section.wrong(locale, "must be a language code such as `en`, `sv` or `ar`")
        elif text is not None and text.strip():
            texts[locale] = with_whole_numbers(text.strip())
    return texts


def _time_multipliers(section: Section) -> dict[str, float]:
    numbers = {language: section.number(language, least=1) for language in section.names()}
    for language, number in numbers.items():
        if number is not None and number > MOST_TIME:
            section.wrong(language, f"is {number:g}, but at most {MOST_TIME:g} times the time limit can be given")
    return {language: number for language, number in numbers.items() if number is not None}


def _starters(section: Section) -> dict[str, str]:
    starters = {}
    for language in section.names():
        text = section.string(language)
        if text is not None:
            starters[language] = text
    return starters


def _translations(section: Section) -> dict[str, Translation]:
    states = {}
    for locale in section.names():
        word = section.string(locale)
        if not LOCALE.match(locale):
            section.wrong(locale, "must be a language code such as `en`, `sv` or `ar`")
        elif word is not None and word not in set(Translation):
            section.wrong(locale, f"must be one of {', '.join(Translation)}, not `{word}`")
        elif word is not None:
            states[locale] = Translation(word)
    return states
