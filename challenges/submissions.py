"""The example submissions of a package and what each of them must earn.

Source: "Example submissions" of both versions.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from challenges.expectations import FOLDERS, Expectation, commented_expectation, commented_score, glob_matches, verdict_set
from challenges.findings import Report
from challenges.problem import ExampleSubmission, FormatVersion, ProblemType
from challenges.problem_yaml import Metadata
from challenges.sections import Section, read_section
from challenges.text import with_constants

FOLDER = "submissions"
SETTINGS = "submissions/submissions.yaml"
MAX_RULES = 200

_INFORMATION = ("authors", "model_solution")
_RULE_KEYS = frozenset({"permitted", "required", "score", "message", "use_for_time_limit"})


def read_submissions(
    files: Mapping[str, bytes], metadata: Metadata, max_score: float | None, report: Report
) -> tuple[ExampleSubmission, ...]:
    """Every example submission, in order of paths."""
    section = read_section(SETTINGS, files.get(SETTINGS), report)
    rules = {pattern: _read_rule(section.section(pattern), metadata, report) for pattern in section.names()}
    programs = _programs(files, report)
    if len(rules) > MAX_RULES:
        report.error(SETTINGS, f"has {len(rules)} patterns: at most {MAX_RULES} are allowed; use `*`")
        return ()
    for pattern in rules:
        if pattern not in FOLDERS[metadata.format_version] and not any(glob_matches(pattern, path) for path in programs):
            section.odd(pattern, "matches no file under submissions/; check its spelling")
    submissions = []
    for path, program in programs.items():
        submission = _submission(path, program, rules, metadata, max_score, report)
        if submission is not None:
            submissions.append(submission)
    return tuple(submissions)


def _programs(files: Mapping[str, bytes], report: Report) -> dict[str, dict[str, bytes]]:
    """The files of each program, by the program's path under `submissions/`."""
    programs: dict[str, dict[str, bytes]] = {}
    for path in sorted(files):
        parts = path.split("/")
        if parts[0] != FOLDER or path == SETTINGS:
            continue
        if len(parts) < 3:
            report.warning(path, "is ignored; example submissions lie in a folder such as submissions/accepted/")
            continue
        inside = "/".join(parts[3:]) or parts[2]
        programs.setdefault(f"{parts[1]}/{parts[2]}", {})[inside] = files[path]
    return programs


class _Rule:
    """One entry of submissions.yaml: what it asks for and how it changes what its folder asks for."""

    def __init__(self) -> None:
        self.permitted: frozenset[str] | None = None
        self.required: frozenset[str] | None = None
        self.score: tuple[float, float] | None = None
        self.use: str | None = None
        self.language: str | None = None

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


def _read_rule(section: Section, metadata: Metadata, report: Report) -> _Rule:
    rule = _Rule()
    rule.permitted = _verdicts(section, "permitted")
    rule.required = _verdicts(section, "required")
    rule.score = _score(section, metadata)
    rule.use = _use(section)
    rule.language = section.string("language")
    if section.value("message") is not None:
        section.odd("message", "is not checked: the default output validator writes no messages of the author's")
    if section.value("entrypoint") is not None:
        section.odd("entrypoint", "is not used; name the file to start as the language's default asks")
    section.known(*_INFORMATION)
    for key in section.names():
        value = section.value(key) if key not in _RULE_KEYS else None
        if value is not None and isinstance(value.content, dict) and key not in _INFORMATION:
            section.odd(key, "asks for verdicts of single tests or groups, which are not checked; the rest of the rule is")
    section.warn_unknown()
    return rule


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


def _submission(
    path: str,
    program: dict[str, bytes],
    rules: dict[str, _Rule],
    metadata: Metadata,
    max_score: float | None,
    report: Report,
) -> ExampleSubmission | None:
    full = f"{FOLDER}/{path}"
    folder = path.partition("/")[0]
    expectation = _folder_expectation(folder, full, rules, metadata, report)
    if expectation is None:
        return None
    matching = [rule for pattern, rule in rules.items() if glob_matches(pattern, path)]
    for pattern, rule in rules.items():
        if pattern != folder and glob_matches(pattern, path):
            expectation = expectation.and_also(rule.over(Expectation()))
            if rule.use is not None:
                expectation = replace(expectation, from_below=rule.use == "lower", from_above=rule.use == "upper")
    expectation = _with_comment(expectation, full, program, report)
    if expectation.contradiction:
        report.error(full, "its folder, submissions.yaml and its comment ask for verdicts that exclude one another")
        return None
    if expectation.below_maximum and expectation.score is None and max_score is not None:
        expectation = replace(expectation, score=(0.0, max(0.0, math.nextafter(max_score, 0.0))))
    return ExampleSubmission(
        path=full,
        files=tuple((name, _filled(content, metadata)) for name, content in sorted(program.items())),
        permitted=expectation.permitted,
        required=expectation.required & expectation.permitted,
        language=next((rule.language for rule in matching if rule.language), None),
        score=expectation.score,
        bounds_time_limit_from_below=expectation.from_below,
        bounds_time_limit_from_above=expectation.from_above,
    )


def _folder_expectation(
    folder: str, full: str, rules: dict[str, _Rule], metadata: Metadata, report: Report
) -> Expectation | None:
    known = FOLDERS[metadata.format_version] | (FOLDERS[FormatVersion.V2025_09] if metadata.draft else {})
    base = known.get(folder)
    if base is None and not any(glob_matches(pattern, full.removeprefix(FOLDER + "/")) for pattern in rules):
        report.warning(full, f"is ignored: `{folder}` is none of {', '.join(known)}, and submissions.yaml does not speak of it")
        return None
    if base is not None and base.below_maximum and metadata.type is ProblemType.PASS_FAIL:
        report.error(full, "submissions can be accepted in part in packages of type scoring only; move it to another folder")
    base = base or Expectation()
    return rules[folder].over(base) if folder in rules else base


def _with_comment(expectation: Expectation, full: str, program: dict[str, bytes], report: Report) -> Expectation:
    """The expectation when a comment in the source is heard: it is narrower than the folder's, and must lie within it."""
    for name, content in sorted(program.items()):
        path = full if full.endswith("/" + name) else f"{full}/{name}"
        commented, unknown = commented_expectation(content)
        for word in unknown:
            report.warning(path, f"the comment @EXPECTED_RESULTS@ has `{word}`, which is no verdict; the comment is ignored")
        if commented is not None:
            line = content[: content.index(b"@EXPECTED_RESULTS@")].count(b"\n") + 1
            if not commented.required & expectation.required and commented.required != {"CE"}:
                report.error(path, "the comment @EXPECTED_RESULTS@ and the folder exclude one another; change one", line)
                return expectation
            return replace(commented, score=commented.score or expectation.score)
        score = commented_score(content)
        if score is not None:
            return replace(expectation, score=score)
    return expectation


def _filled(content: bytes, metadata: Metadata) -> bytes:
    """The source with the package's constants put in; what is no text stays as it is."""
    try:
        return with_constants(content.decode(), metadata.constants).encode() if metadata.constants else content
    except UnicodeDecodeError:
        return content
