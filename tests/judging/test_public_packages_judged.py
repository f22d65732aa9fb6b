"""Public packages, judged for real with programs of our own: every one earns what its folder promises, and no package is doubted.

The packages are looked for beside the checkout; they hold no programs. Ours lie in `public_submissions/` under the same paths:
example submissions and, where a package needs one, an output validator.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assessor.judging.verdicts import Verdict
from assessor.judging.verify_report import SubmissionReport, VerifyReport
from assessor.judging.verifying import verify
from challenges.findings import Severity
from challenges.package import open_package

if TYPE_CHECKING:
    from sandbox.containers import DockerSandbox

CORPUS = Path(__file__).parents[3] / "shared/corpora/packages"
PROGRAMS = Path(__file__).parent / "public_submissions"
NAMES = sorted(path.name for path in PROGRAMS.iterdir())

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="no public packages beside the checkout")

CRASHES = {Verdict.RTE, Verdict.MLE, Verdict.OLE}
VERDICT_OF_FOLDER = {
    "accepted": {Verdict.AC},
    "partially_accepted": set(Verdict) - {Verdict.AC, Verdict.CE, Verdict.JE},
    "wrong_answer": {Verdict.WA},
    "time_limit_exceeded": {Verdict.TLE},
    "run_time_error": CRASHES,
    "rejected": {Verdict.WA},
    "brute_force": {Verdict.TLE, Verdict.RTE},
}


def verified(name: str, folder: Path, sandbox: DockerSandbox) -> VerifyReport:
    """The public package with our programs in it, verified as `assessor challenge verify` does."""
    shutil.copytree(CORPUS / name, folder)
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    shutil.copytree(PROGRAMS / name, folder, dirs_exist_ok=True)
    return verify(open_package(folder), sandbox)


def folder_of(one: SubmissionReport) -> str:
    return one.path.split("/")[1]


@pytest.mark.parametrize("name", NAMES)
def test_every_program_earns_what_its_folder_promises(name: str, tmp_path: Path, sandbox: DockerSandbox) -> None:
    report = verified(name, tmp_path / name, sandbox)
    assert [str(finding) for finding in report.findings if finding.severity is Severity.ERROR] == []
    assert report.ok
    odd = [(one.path, one.verdict) for one in report.submissions if one.verdict not in VERDICT_OF_FOLDER[folder_of(one)]]
    assert odd == []
    assert {folder_of(one) for one in report.submissions} >= {
        "accepted",
        "wrong_answer",
        "time_limit_exceeded",
        "run_time_error",
    }
    fractions = {one.score / one.max_score for one in report.submissions if one.score is not None and one.max_score}
    assert not fractions or {1.0, 0.0} < fractions, "a scoring package is tried with some of its points too"


def test_every_public_package_is_judged() -> None:
    assert sorted(path.name for path in CORPUS.iterdir() if path.is_dir()) == NAMES
