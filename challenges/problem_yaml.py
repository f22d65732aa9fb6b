"""problem.yaml of both versions, as one set of values.

Source: the sections "Problem metadata" of `legacy` and `2025-09`. The drafts between them (`2023-07-draft` and its like) have
the keys of 2025-09 and the test data settings of legacy, and are read so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from challenges.findings import Report
from challenges.language_codes import language_id
from challenges.limits_yaml import read_limits
from challenges.problem import FormatVersion, ProblemLimits, ProblemType
from challenges.sections import Section, read_section
from challenges.yaml_values import Value

PATH = "problem.yaml"

MAX_CONSTANT = 200
LICENSES = frozenset({"unknown", "public domain", "cc0", "cc by", "cc by-sa", "educational", "permission"})
LOCALE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?\Z")
_CONSTANT_NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*\Z")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\Z")
_DRAFT = re.compile(r"(20\d\d-\d\d-)?draft\Z|2023-07\Z")

_LEGACY_KEYS = ("uuid", "author", "source", "source_url", "rights_owner", "keywords")
_KEYS = ("version", "credits", "source", "rights_owner", "embargo_until", "keywords", "allow_file_writing")


class Objective(StrEnum):
    MAX = "max"
    MIN = "min"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What problem.yaml says. `name` is a title without a language (legacy, or English alone), `names` are titles by locale.

    `draft` marks a version between legacy and 2025-09. `validator_flags` are legacy flags for every test. `has_grader` and
    `validator_names` are not from the file: whether there is a grader, and what the legacy output validators are called.
    """

    format_version: FormatVersion
    draft: bool
    type: ProblemType
    name: str | None
    names: dict[str, str]
    names_line: int | None
    limits: ProblemLimits
    interactive: bool = False
    multi_pass: bool = False
    submit_answer: bool = False
    custom_validator: bool = False
    custom_score: bool = False
    validator_flags: tuple[str, ...] = ()
    flags_line: int | None = None
    has_grader: bool = False
    validator_names: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    constants: dict[str, str] = field(default_factory=dict)


def read_metadata(content: bytes | None, report: Report) -> Metadata | None:
    """The metadata, or null, with a finding, when the file is missing, unreadable or of an unknown version."""
    if content is None:
        report.error(PATH, "the file is missing; every package needs a problem.yaml at its top")
        return None
    before = len(report.findings)
    section = read_section(PATH, content, report)
    if len(report.findings) > before and not section.names():
        return None
    word = section.string("problem_format_version")
    if word is None or word in ("legacy", "legacy-icpc"):
        return _read_legacy(section)
    draft = bool(_DRAFT.match(word))
    if draft:
        section.odd("problem_format_version", f"`{word}` is a draft of the format; write `2025-09` and check the package anew")
    elif word != FormatVersion.V2025_09:
        section.wrong("problem_format_version", f"must be `legacy` or `2025-09`, not `{word}`")
        return None
    return _read_2025_09(section, draft)


def _read_legacy(section: Section) -> Metadata:
    kind = section.choice("type", ProblemType) or ProblemType.PASS_FAIL
    name, names = _names(section)
    words = (section.string("validation") or "default").split()
    _check_validation(section, words, kind)
    _check_grading(section, kind)
    _check_license(section)
    limits = read_limits(section.section("limits"), legacy=True)
    flags = section.flags("validator_flags") or ()
    section.warn_unknown(_LEGACY_KEYS)
    return Metadata(
        format_version=FormatVersion.LEGACY,
        draft=False,
        type=kind,
        name=name,
        names=names,
        names_line=section.line_of("name"),
        limits=limits,
        interactive="interactive" in words,
        multi_pass="multi-pass" in words,
        custom_validator=words[:1] == ["custom"],
        custom_score="score" in words,
        validator_flags=flags,
        flags_line=section.line_of("validator_flags"),
    )


def _check_validation(section: Section, words: list[str], kind: ProblemType) -> None:
    allowed = {"default"} if words[:1] == ["default"] else {"custom", "score", "interactive", "multi-pass"}
    if words[:1] not in (["default"], ["custom"]) or not set(words) <= allowed:
        section.wrong("validation", "must be `default`, or `custom` with `interactive` and `score` after it where they apply")
    if "score" in words and kind is ProblemType.PASS_FAIL:
        section.wrong("validation", "has `score`, which only packages of type scoring may have")


def _check_grading(section: Section, kind: ProblemType) -> None:
    grading = section.section("grading")
    if grading.names() and kind is ProblemType.PASS_FAIL:
        section.odd("grading", "is for packages of type scoring only; it is ignored")
    if grading.choice("objective", Objective) is Objective.MIN:
        grading.wrong("objective", "is `min`, but scores here are always better when greater; turn the scoring round")
    grading.boolean("show_test_data_groups")
    grading.warn_unknown()


def _check_license(section: Section) -> None:
    word = section.string("license")
    if word is not None and word not in LICENSES:
        section.odd("license", f"is `{word}`, which the format does not know; use one of {', '.join(sorted(LICENSES))}")


def _names(section: Section) -> tuple[str | None, dict[str, str]]:
    value = section.value("name")
    if value is None or not isinstance(value.content, dict):
        name = section.string("name")
        return (name.strip() or None) if name else None, {}
    inner = section.section("name")
    names: dict[str, str] = {}
    for locale in inner.names():
        name = inner.string(locale)
        if not LOCALE.match(locale):
            inner.wrong(locale, "must be a language code such as `en` or `pt-BR`")
        elif name is None or not name.strip():
            inner.wrong(locale, "must be the title in that language")
        else:
            names[locale] = name.strip()
    return None, names


def _read_2025_09(section: Section, draft: bool) -> Metadata:
    given = section.strings("type")
    types = (ProblemType.PASS_FAIL.value,) if given is None else given
    _check_types(section, types)
    _check_passes(section, types)
    name, names = _names(section)
    if name is None and not names and section.value("name") is None:
        section.wrong("name", "is missing; give the title, or a map of language codes to titles")
    _check_uuid(section)
    _check_license(section)
    limits = read_limits(section.section("limits"), legacy=False)
    section.boolean("allow_file_writing")
    languages = section.strings("languages") or ("all",)
    constants = _constants(section)
    section.warn_unknown(_KEYS)
    return Metadata(
        format_version=FormatVersion.V2025_09,
        draft=draft,
        type=ProblemType.SCORING if "scoring" in types else ProblemType.PASS_FAIL,
        name=None,
        names=names if name is None else {"en": name},
        names_line=section.line_of("name"),
        limits=limits,
        interactive="interactive" in types,
        multi_pass="multi-pass" in types,
        submit_answer="submit-answer" in types,
        languages=() if "all" in languages else tuple(map(language_id, languages)),
        constants=constants,
    )


def _check_types(section: Section, types: tuple[str, ...]) -> None:
    allowed = ("pass-fail", "scoring", "multi-pass", "interactive", "submit-answer")
    unknown = [word for word in types if word not in allowed]
    if unknown or not types:
        section.wrong("type", f"must be made of {', '.join(allowed)}" + (f"; not `{unknown[0]}`" if unknown else ""))
    if len(set(types)) < len(types):
        section.wrong("type", "has the same word twice; keep one")
    for first, second in (("pass-fail", "scoring"), ("submit-answer", "multi-pass"), ("submit-answer", "interactive")):
        if first in types and second in types:
            section.wrong("type", f"cannot be both `{first}` and `{second}`")


def _check_passes(section: Section, types: tuple[str, ...]) -> None:
    limits = section.section("limits")
    if limits.value("validation_passes") is not None and "multi-pass" not in types:
        limits.odd("validation_passes", "is for packages of type multi-pass only; it is ignored")


def _check_uuid(section: Section) -> None:
    uuid = section.string("uuid")
    if uuid is None:
        section.odd("uuid", "is missing; give the package a UUID of its own, so that a new version is known again")
    elif not _UUID.match(uuid):
        section.odd("uuid", "is not a UUID such as 5ca6ba5b-36d5-4eff-8aa7-d967cbc4375e")


def _constants(section: Section) -> dict[str, str]:
    inner = section.section("constants")
    constants: dict[str, str] = {}
    for name in inner.names():
        value = inner.value(name)
        text = None if value is None else _constant_text(value)
        if not _CONSTANT_NAME.match(name):
            inner.wrong(name, "must be named with letters, digits and underscores")
        elif text is None or len(text) > MAX_CONSTANT:
            inner.wrong(name, f"must be a number or a text of at most {MAX_CONSTANT} characters")
        else:
            constants[name] = text
    return constants


def _constant_text(value: Value) -> str | None:
    if isinstance(value.content, dict):
        value = value.content.get("value", Value(None, value.line))
    return value.text if isinstance(value.content, str | int | float) and not isinstance(value.content, bool) else None
