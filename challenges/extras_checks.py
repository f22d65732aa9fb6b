"""Whether `assessor.yaml` fits the package it lies in: it speaks of what there is, in the languages of the statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from challenges.extras import PATH, line_of
from challenges.findings import Report
from challenges.package import Package
from challenges.problem import Problem


def check_extras(package: Package, problem: Problem, groups: Set[str], report: Report) -> None:
    """Findings about the file; none when there is none. `groups` are the names of the test groups."""
    content = package.files.get(PATH)
    if content is None:
        return
    locales = {statement.locale for statement in problem.statements}
    for locale in sorted(set(problem.extras.translations) - locales):
        report.warning(PATH, f"`translations` speaks of `{locale}`, in which there is no statement")
    _check_names(content, "groups", "group", problem.extras.hints, groups, report)
    for name, hint in problem.extras.hints.items():
        for word, texts in (("title", hint.title), ("hint", hint.hint)):
            missing = sorted(locales - set(texts))
            if texts and missing:
                message = f"`groups.{name}.{word}` is not given in {', '.join(missing)}, although there is a statement in it"
                report.warning(PATH, message, line_of(content, "groups", name))
    samples = [test.name.removeprefix("sample/") for test in problem.samples]
    _check_names(content, "samples", "sample", problem.extras.descriptions, samples, report)
    _check_descriptions(content, problem, locales, report)


def _check_names(content: bytes, key: str, what: str, named: Iterable[str], known: Iterable[str], report: Report) -> None:
    for name in named:
        if name not in known:
            message = f"`{key}` speaks of `{name}`, which is no {what}; there are: {', '.join(sorted(known))}"
            report.error(PATH, message, line_of(content, key, name))


def _check_descriptions(content: bytes, problem: Problem, locales: Set[str], report: Report) -> None:
    """A package whose translations are told of has its `.desc` files in every language too."""
    original = problem.original_locale
    for test in problem.samples:
        name = test.name.removeprefix("sample/")
        texts: Mapping[str, str] = problem.extras.descriptions.get(name, {})
        line = line_of(content, "samples", name)
        if test.description and original in texts:
            message = f"`samples.{name}.description` is given in `{original}`, as data/{test.name}.desc is; keep one of them"
            report.warning(PATH, message, line)
        missing = sorted(locales - set(texts) - ({original} if test.description else set()))
        if missing and (texts or (test.description and problem.extras.translations)):
            message = f"`samples.{name}.description` is not given in {', '.join(missing)}, although there is a statement in it"
            report.warning(PATH, message, line)
