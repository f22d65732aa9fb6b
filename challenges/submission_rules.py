"""`submissions.yaml`: what its entries ask of the example submissions that they match, as a whole and on some tests only.

Source: "Example submissions" of `2025-09`.
"""

from __future__ import annotations

from dataclasses import replace

from challenges.expectations import Expectation, verdict_set
from challenges.language_codes import language_id
from challenges.problem import Demand, ProblemType
from challenges.problem_yaml import Metadata
from challenges.sections import Section

_INFORMATION = ("authors", "model_solution")
_RULE_KEYS = frozenset({"permitted", "required", "score", "message", "use_for_time_limit", "language", "entrypoint"})


class Rule:
    """One entry of submissions.yaml: what it asks for and how it changes what its folder asks for."""

    def __init__(self) -> None:
        self.permitted: frozenset[str] | None = None
        self.required: frozenset[str] | None = None
        self.score: tuple[float, float] | None = None
        self.use: str | None = None
        self.language: str | None = None
        self.entrypoint: str | None = None
        self.message: str | None = None
        self.demands: list[Demand] = []
        self.lines: dict[str, int | None] = {}

    def over(self, base: Expectation) -> Expectation:
        """What holds when the rule replaces, key by key, what `base` asks for."""
        permitted = base.permitted if self.permitted is None else self.permitted
        required = base.required if self.required is None else self.required
        changed = self.permitted is not None or self.required is not None
        below = "TLE" not in permitted if changed else base.from_below
        above = required == {"TLE"} if changed else base.from_above
        if self.use is not None:
            below, above = self.use == "lower", self.use == "upper"
        return replace(
            base, permitted=permitted, required=required, score=self.score or base.score, from_below=below, from_above=above
        )


def read_rule(section: Section, metadata: Metadata) -> Rule:
    """One entry of the file, with what it asks of some tests only."""
    rule = Rule()
    _read_demands(rule, section, metadata)
    code = section.string("language")
    rule.language = None if code is None else language_id(code)
    rule.entrypoint = section.string("entrypoint")
    section.known(*_INFORMATION)
    for key in section.names():
        value = section.value(key) if key not in _RULE_KEYS else None
        if value is not None and isinstance(value.content, dict) and key not in _INFORMATION:
            rule.demands.append(_read_demand(key, section.section(key), metadata))
            rule.lines[key] = section.line_of(key)
    section.warn_unknown()
    return rule


def _read_demands(rule: Rule, section: Section, metadata: Metadata) -> None:
    rule.permitted = _verdicts(section, "permitted")
    rule.required = _verdicts(section, "required")
    rule.score = _score(section, metadata)
    rule.use = _use(section)
    rule.message = section.string("message")
    if rule.message is not None and not metadata.custom_validator:
        section.odd("message", "is not checked: the default output validator writes no messages of the author's")
        rule.message = None


def _read_demand(pattern: str, section: Section, metadata: Metadata) -> Demand:
    """What is asked of the tests and groups that a pattern names."""
    rule = Rule()
    _read_demands(rule, section, metadata)
    section.warn_unknown()
    asked = rule.over(Expectation())
    return Demand(pattern, asked.permitted, asked.required, rule.score, rule.message, asked.from_below, asked.from_above)


def _verdicts(section: Section, key: str) -> frozenset[str] | None:
    words = section.strings(key)
    if words is None:
        return None
    verdicts = verdict_set(words)
    if not verdicts:
        section.wrong(key, "must be a list made of AC, WA, TLE and RTE")
        return None
    return verdicts


def _score(section: Section, metadata: Metadata) -> tuple[float, float] | None:
    value = section.value("score")
    if value is None:
        return None
    if metadata.type is ProblemType.PASS_FAIL:
        section.wrong("score", "can be asked for in packages of type scoring only")
    if not isinstance(value.content, tuple):
        number = section.number("score")
        return None if number is None else (number, number)
    numbers = [float(item.content) for item in value.content if isinstance(item.content, int | float)]
    if len(numbers) != 2 or len(value.content) != 2 or numbers[0] > numbers[1]:
        section.wrong("score", "must be a number, or a list of the least and the greatest score")
        return None
    return numbers[0], numbers[1]


def _use(section: Section) -> str | None:
    value = section.value("use_for_time_limit")
    if value is None or value.content is True:
        return None
    if value.content is False:
        return "no"
    if value.content in ("lower", "upper"):
        return str(value.content)
    section.wrong("use_for_time_limit", "must be true, false, `lower` or `upper`")
    return None
