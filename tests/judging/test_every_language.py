"""Every verdict in every language, on real Docker, through the grading that candidates get."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pretend_sandbox import numbers
from verdict_programs import PROGRAMS

from assessor.judging.grading import grade
from assessor.judging.limits import limits_for
from challenges.problem import Problem, ProblemLimits, Test, TestGroup
from sandbox.languages import LANGUAGES, Language
from sandbox.spec import SourceFile

if TYPE_CHECKING:
    from sandbox.containers import DockerSandbox

CASES = [(language, verdict) for language, programs in PROGRAMS.items() for verdict in programs]


def problem_for(language: str) -> Problem:
    """One hidden test: 41 is to become 42."""
    given = b"CREATE TABLE given (n INTEGER);\nINSERT INTO given VALUES (41);\n" if language == "sql" else b"41\n"
    secret = TestGroup(name="secret", tests=(Test("secret/1", given, b"42\n"),))
    limits = ProblemLimits(time_limit_ms=2000, memory_mib=64)
    return replace(numbers({}), limits=limits, root=TestGroup(name="", groups=(secret,)))


def test_every_language_has_a_program_for_every_verdict() -> None:
    assert set(PROGRAMS) == set(LANGUAGES)
    assert all(set(programs) == {"AC", "WA", "TLE", "MLE", "OLE", "RTE", "CE"} for programs in PROGRAMS.values())


@pytest.mark.docker
@pytest.mark.parametrize(("language_id", "verdict"), CASES, ids=[f"{language}-{verdict}" for language, verdict in CASES])
def test_every_verdict_in_every_language(
    sandbox: DockerSandbox, needs_image: Callable[[Language], None], language_id: str, verdict: str
) -> None:
    language, problem = LANGUAGES[language_id], problem_for(language_id)
    needs_image(language)
    files = (SourceFile(language.source_name, PROGRAMS[language_id][verdict].encode()),)
    found = grade(problem, files, language, sandbox, limits_for(problem, language))
    said = (found.compile.output, found.tests)
    assert found.verdict.value == verdict, said
    assert bool(found.compile.output.strip()) or verdict != "CE", said
