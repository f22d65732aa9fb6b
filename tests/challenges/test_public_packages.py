"""Public packages are read without unfounded findings. They are looked for beside the checkout and not part of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from challenges.checking import check_all
from challenges.findings import Severity
from challenges.package import open_package, open_zip, to_zip
from challenges.problem import FormatVersion, ProblemType
from challenges.statements import render_statement

CORPUS = Path(__file__).parents[3] / "shared/corpora/packages"
PACKAGES = sorted(path.name for path in CORPUS.iterdir()) if CORPUS.is_dir() else []

pytestmark = pytest.mark.skipif(not PACKAGES, reason="no public packages beside the checkout")

FOUNDED = (
    "there is no example submission",  # the corpus has no program code
    "there are no samples",
    "is a draft of the format",
    "which the format does not know",  # a licence
    "not supported yet",
    "the program of the output validator is missing",
    "is not beside the statement",  # the corpus has no pictures
    "draws with `tikzpicture`",
    "is not a key this file may have here",  # source_url in 2025-09
    "calls this file test_group.yaml",
)


@pytest.mark.parametrize("name", PACKAGES)
def test_a_public_package_has_founded_findings_only(name: str) -> None:
    problem, findings = check_all(open_package(CORPUS / name))
    assert problem is not None
    assert [str(finding) for finding in findings if finding.severity is Severity.ERROR] == []
    assert [str(finding) for finding in findings if not any(words in finding.message for words in FOUNDED)] == []


@pytest.mark.parametrize("name", PACKAGES)
def test_a_public_package_survives_the_zip_and_shows_its_statements(name: str) -> None:
    package = open_package(CORPUS / name)
    assert open_zip(name, to_zip(package)).digest == package.digest
    problem, _ = check_all(package)
    assert problem is not None
    for statement in problem.statements:
        assert len(render_statement(statement, str)) > 100


@pytest.mark.parametrize(
    ("name", "version", "kind", "max_score", "tests", "locales"),
    [
        ("hello", FormatVersion.LEGACY, ProblemType.PASS_FAIL, None, 1, ["en", "sv"]),
        ("po_virus3", FormatVersion.LEGACY, ProblemType.SCORING, 100, 67, ["en", "sv"]),
        ("po_klippaprotein", FormatVersion.LEGACY, ProblemType.SCORING, 100, 44, ["en", "sv"]),
        ("oddecho", FormatVersion.LEGACY, ProblemType.SCORING, 100, 18, ["en", "sv"]),
        ("spec_scoring", FormatVersion.V2025_09, ProblemType.SCORING, 100, 7, ["en"]),
        ("spec_maximal", FormatVersion.V2025_09, ProblemType.PASS_FAIL, None, 5, ["en", "sv"]),
    ],
)
def test_public_packages_say_what_they_say(
    name: str, version: FormatVersion, kind: ProblemType, max_score: float | None, tests: int, locales: list[str]
) -> None:
    problem, _ = check_all(open_package(CORPUS / name))
    assert problem is not None
    assert (problem.format_version, problem.type, problem.max_score) == (version, kind, max_score)
    assert len(problem.root.all_tests()) == tests
    assert [statement.locale for statement in problem.statements] == locales
