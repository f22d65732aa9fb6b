"""The example submissions of a package and what each of them must earn.

Source: "Example submissions" of both versions.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from challenges.expectations import FOLDERS, Expectation, commented_expectation, commented_score, glob_matches
from challenges.findings import Report
from challenges.problem import ExampleSubmission, FormatVersion, ProblemType, TestGroup
from challenges.problem_yaml import Metadata
from challenges.sections import read_section
from challenges.submission_rules import Rule, read_rule
from challenges.text import filled

FOLDER = "submissions"
SETTINGS = "submissions/submissions.yaml"
MAX_RULES = 200


def read_submissions(
    files: Mapping[str, bytes], metadata: Metadata, root: TestGroup, max_score: float | None, report: Report
) -> tuple[ExampleSubmission, ...]:
    """Every example submission, in order of paths."""
    section = read_section(SETTINGS, files.get(SETTINGS), report)
    rules = {pattern: read_rule(section.section(pattern), metadata) for pattern in section.names()}
    programs = _programs(files, report)
    if len(rules) > MAX_RULES:
        report.error(SETTINGS, f"has {len(rules)} patterns: at most {MAX_RULES} are allowed; use `*`")
        return ()
    for pattern in rules:
        if pattern not in FOLDERS[metadata.format_version] and not any(glob_matches(pattern, path) for path in programs):
            section.odd(pattern, "matches no file under submissions/; check its spelling")
    tests = [test.name for test in root.all_tests()]
    _check_demands(rules, tests, report)
    submissions = []
    for path, program in programs.items():
        submission = _submission(path, program, rules, metadata, max_score, report)
        if submission is not None:
            _check_consistent(submission, tests, report)
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


def _check_demands(rules: dict[str, Rule], tests: list[str], report: Report) -> None:
    """A warning for every pattern of tests that names none."""
    for pattern, rule in rules.items():
        for demand in rule.demands:
            if not any(glob_matches(demand.pattern, test) for test in tests):
                message = f"`{pattern}.{demand.pattern}` names no test and no group of tests; check its spelling"
                report.warning(SETTINGS, message, rule.lines[demand.pattern])


def _check_consistent(submission: ExampleSubmission, tests: list[str], report: Report) -> None:
    """An error for a test that no verdict is permitted on."""
    if not submission.demands:
        return
    for test in tests:
        permitted = submission.permitted
        for demand in submission.demands:
            if glob_matches(demand.pattern, test):
                permitted = permitted & demand.permitted
        if not permitted:
            message = f"the rules of submissions.yaml permit no verdict at all on {test}; make them agree"
            report.error(submission.path, message)
            return


def _submission(
    path: str,
    program: dict[str, bytes],
    rules: dict[str, Rule],
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
        files=tuple((name, filled(content, metadata.constants)) for name, content in sorted(program.items())),
        permitted=expectation.permitted,
        required=expectation.required & expectation.permitted,
        language=next((rule.language for rule in matching if rule.language), None),
        score=expectation.score,
        bounds_time_limit_from_below=expectation.from_below,
        bounds_time_limit_from_above=expectation.from_above,
        entrypoint=next((rule.entrypoint for rule in matching if rule.entrypoint), None),
        messages=tuple(rule.message for rule in matching if rule.message),
        demands=tuple(demand for rule in matching for demand in rule.demands),
    )


def _folder_expectation(folder: str, full: str, rules: dict[str, Rule], metadata: Metadata, report: Report) -> Expectation | None:
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
