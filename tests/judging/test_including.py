"""What a package adds to a program, and what lies beside it where it runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pytest
from given_packages import DRIVER, LIBRARY
from number_packages import MODERN, package

from assessor.errors import BadInput
from assessor.judging.including import judged_tests, source_name, with_included
from assessor.judging.sources import starting_in
from assessor.judging.verifying import verify
from challenges.findings import Severity
from challenges.problem import Problem
from challenges.reading import read_problem
from sandbox.languages import LANGUAGES
from sandbox.spec import SourceFile

if TYPE_CHECKING:
    from sandbox.containers import DockerSandbox

PYTHON, CPP, JAVA = LANGUAGES["python3"], LANGUAGES["cpp"], LANGUAGES["java"]


def problem_of(base: Mapping[str, str], /, **changes: str | None) -> Problem:
    problem, findings = read_problem(package(base, **changes))
    assert problem is not None, findings
    return problem


def test_without_included_files_a_single_file_gets_the_usual_name() -> None:
    problem = problem_of(MODERN)
    assert source_name(problem, PYTHON) == "main.py"
    assert with_included(problem, (SourceFile("a.py", b"x"),), PYTHON) == (SourceFile("main.py", b"x"),)


def test_under_a_driver_a_program_is_called_what_the_accepted_ones_are() -> None:
    problem = problem_of(DRIVER)
    assert [source_name(problem, language) for language in (PYTHON, CPP, JAVA)] == ["sums.py", "main.cpp", "Sums.java"]
    unknown = problem_of(DRIVER, **{"submissions/accepted/sums.py": None})
    assert source_name(unknown, PYTHON) == "solution.py"


def test_included_files_take_the_place_of_submitted_ones() -> None:
    problem = problem_of(DRIVER)
    found = with_included(problem, (SourceFile("main.py", b"mine"), SourceFile("sums.py", b"sums")), PYTHON)
    assert [file.path for file in found] == ["sums.py", "main.py"]
    assert found[1].content.startswith(b"from sums import add")


def test_a_program_beside_a_library_is_where_it_starts() -> None:
    problem = problem_of(LIBRARY)
    found = with_included(problem, (SourceFile("look.py", b"x"),), PYTHON)
    assert found[0] == SourceFile("look.py", b"x", starts=True)
    assert {file.path for file in found} == {"look.py", "words.txt", "reading.py"}


def test_included_files_that_are_no_sources_lie_beside_those_of_a_test() -> None:
    sample, first, second, _third = judged_tests(problem_of(LIBRARY), PYTHON)
    assert dict(sample.files) == {"words.txt": "ett one\ntvå two\n".encode()}
    assert set(dict(first.files)) == {"words.txt", "more/words.txt"}
    assert dict(second.files) == {"words.txt": b"ett 1\n"}


@pytest.mark.parametrize("entrypoint", ["other.py", "other"])
def test_an_entry_point_is_a_file(entrypoint: str) -> None:
    files = (SourceFile("main.py", b""), SourceFile("other.py", b""))
    assert [file.starts for file in starting_in(files, entrypoint, PYTHON)] == [False, True]


def test_or_a_class_and_one_that_is_not_there_is_refused() -> None:
    files = (SourceFile("A.java", b"class Main { }"), SourceFile("B.java", b"package p; public class B { }"))
    assert [file.starts for file in starting_in(files, "p.B", JAVA)] == [False, True]
    with pytest.raises(BadInput, match="entry point “C”"):
        starting_in(files, "C", JAVA)


@pytest.mark.docker
@pytest.mark.parametrize("base", [DRIVER, LIBRARY], ids=["driver", "library and files"])
def test_whole_packages_hold(sandbox: DockerSandbox, base: Mapping[str, str]) -> None:
    report = verify(package(base), sandbox)
    assert [str(finding) for finding in report.findings if finding.severity is Severity.ERROR] == []
    assert all(one.ok for one in report.submissions)
