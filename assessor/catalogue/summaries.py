"""What lists and pages need to know of a version, taken from its package once, when it is stored.

The summary is a JSON document beside the package: `format`, `type`, `locales`, `translations` (by locale: original, reviewed,
unreviewed), `not_terms` (words the glossary leaves alone), `skills`, `difficulty`, `languages` (ids that the package has starter
code or an accepted example for), `starters`, `samples`, `groups`, `submissions`, `warnings`.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from challenges.findings import Finding
from challenges.problem import Aggregation, ExampleSubmission, Hint, Problem, Test, TestGroup
from sandbox.languages import LANGUAGES

SAMPLE_CHARS = 20_000
"""A sample longer than this is shown cut; the judge uses the package's own."""


def summarise(problem: Problem, warnings: tuple[Finding, ...]) -> dict[str, Any]:
    """The summary document of one package."""
    extras = problem.extras
    return {
        "format": problem.format_version.value,
        "type": problem.type.value,
        "locales": [statement.locale for statement in problem.statements],
        "translations": {locale: state.value for locale, state in extras.translations.items()},
        "not_terms": list(extras.not_terms),
        "skills": list(extras.skills),
        "difficulty": extras.difficulty,
        "languages": _languages(problem),
        "starters": dict(extras.starters),
        "samples": [_sample(test, problem) for test in problem.samples],
        "groups": [_group(group, problem) for group in hidden_groups(problem.root)],
        "submissions": [_example(example) for example in problem.submissions],
        "warnings": [{"path": w.path, "line": w.line, "message": w.message} for w in warnings],
    }


def hidden_groups(root: TestGroup) -> tuple[TestGroup, ...]:
    """The groups of hidden tests that hold tests themselves, in judging order."""
    found = tuple(group for child in root.groups for group in hidden_groups(child))
    return (root, *found) if root.tests and not is_sample(root.name) else found


def is_sample(group: str) -> bool:
    """Whether a group's tests are shown to candidates."""
    return group == "sample" or group.startswith("sample/")


def points_of(group: TestGroup) -> float:
    """The most a group can earn. Legacy: made from `accept_score` by the group's aggregation; 2025-09: given."""
    if group.max_score is not None:
        return group.max_score
    parts = [points_of(child) for child in group.groups] + [group.accept_score] * len(group.tests)
    if not parts:
        return 0.0
    match group.aggregation:
        case Aggregation.SUM:
            return sum(parts)
        case Aggregation.AVG:
            return sum(parts) / len(parts)
        case Aggregation.MIN | Aggregation.PASS_FAIL:
            return min(parts)
        case Aggregation.MAX:
            return max(parts)


def language_of(example: ExampleSubmission) -> str | None:
    """The id of an example submission's language: declared, or told by the first file name that tells."""
    if example.language is not None:
        return example.language
    by_suffix = {
        suffix: language.id for language in LANGUAGES.values() if not language.variant_of for suffix in language.extensions
    }
    return next((by_suffix[s] for path, _ in example.files if (s := PurePosixPath(path).suffix) in by_suffix), None)


def _languages(problem: Problem) -> list[str]:
    accepted = {language_of(example) for example in problem.submissions if example.permitted == {"AC"}}
    known = accepted | set(problem.extras.starters)
    return [language for language in LANGUAGES if language in known]


def _sample(test: Test, problem: Problem) -> dict[str, Any]:
    name = test.name.removeprefix("sample/")
    original = {problem.original_locale: test.description} if test.description and problem.original_locale else {}
    return {
        "name": name,
        "input": _text(test.input),
        "answer": _text(test.answer),
        "description": test.description,
        "descriptions": original | problem.extras.descriptions.get(name, {}),
    }


def _text(data: bytes) -> str:
    text = data.decode("utf-8", errors="replace")
    return text if len(text) <= SAMPLE_CHARS else text[:SAMPLE_CHARS] + "\n…"


def _group(group: TestGroup, problem: Problem) -> dict[str, Any]:
    short = group.name.removeprefix("secret/")
    hint = problem.extras.hints.get(group.name) or problem.extras.hints.get(short) or Hint()
    return {
        "name": group.name,
        "max_score": None if problem.max_score is None else points_of(group),
        "tests": len(group.tests),
        "title": dict(hint.title),
        "hint": dict(hint.hint),
    }


def _example(example: ExampleSubmission) -> dict[str, Any]:
    return {
        "path": example.path,
        "language": language_of(example),
        "permitted": sorted(example.permitted),
        "required": sorted(example.required),
        "files": len(example.files),
        "bytes": sum(len(content) for _, content in example.files),
    }
