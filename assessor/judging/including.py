"""What a package adds to every submission: source files before it is compiled, and files in its working directory.

Included files take the place of submitted ones of the same path. Where one of them is the file a program starts in (a driver),
a program of one file gets another name: the one that the package's own example submissions have in that language, for that is
the name the driver knows.

Source: "Included files" of https://icpc.io/problem-package-format/spec/2025-09.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from assessor.judging.sources import in_one_file
from challenges.problem import ExampleSubmission, Problem, Test
from sandbox.languages import Language
from sandbox.spec import SourceFile

USUAL_STEM = "solution"


def included(problem: Problem, language: Language) -> dict[str, bytes]:
    """The package's files for this language, by path."""
    return problem.includes.of(language.id, *((language.variant_of,) if language.variant_of else ()))


def source_name(problem: Problem, language: Language) -> str:
    """What a program of one file is called when its author did not say."""
    theirs = included(problem, language)
    if language.source_name not in theirs:
        return language.source_name
    names = (_single_name(example, language) for example in problem.submissions if example.permitted == {"AC"})
    known = next((name for name in names if name is not None and name not in theirs), None)
    return known or USUAL_STEM + language.extensions[0]


def with_included(problem: Problem, files: tuple[SourceFile, ...], language: Language) -> tuple[SourceFile, ...]:
    """The whole program: what was handed in, and over it what the package includes."""
    theirs = included(problem, language)
    if not theirs:
        return files if any(file.starts for file in files) else in_one_file(files, language)
    own = tuple(file for file in files if file.path not in theirs)
    if len(own) == 1 and language.source_name not in theirs:
        own = (replace(own[0], starts=True),)
    return own + tuple(SourceFile(path, content) for path, content in theirs.items())


def judged_tests(problem: Problem, language: Language) -> tuple[Test, ...]:
    """Every test, with the included files that are no sources beside its own: a program finds both where it runs."""
    tests, given = problem.root.all_tests(), beside(problem, language)
    return tuple(_with_files(test, given) for test in tests) if given else tests


def beside(problem: Problem, language: Language) -> dict[str, bytes]:
    """The included files that are no sources: a program may open them where it runs."""
    theirs = included(problem, language)
    return {path: content for path, content in theirs.items() if PurePosixPath(path).suffix not in language.extensions}


def _with_files(test: Test, given: dict[str, bytes]) -> Test:
    return replace(test, files=tuple({**given, **dict(test.files)}.items()))


def _single_name(example: ExampleSubmission, language: Language) -> str | None:
    ((name, _content), *more) = example.files
    return name if not more and PurePosixPath(name).suffix in language.extensions else None
