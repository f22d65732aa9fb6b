"""Packages into the database and out of it, by command and at the first start."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from sample_packages import FILES, package, report, zipped

from assessor.catalogue.checking import check
from assessor.catalogue.exporting import find_exported
from assessor.catalogue.importing import LIBRARY, Outcome, import_library, import_package, library_folders
from assessor.catalogue.models import ChallengeVersion, Proof, VersionState
from assessor.catalogue.storing import create_version
from assessor.cli.main import cli
from assessor.database import Database
from assessor.errors import BadInput, NotFound
from assessor.people.organisations import create_organisation
from assessor.settings import Settings
from challenges.package import Package, open_package


class Judge:
    """Proves packages as told and counts how often it was asked."""

    def __init__(self, *, ok: bool = True) -> None:
        self.ok = ok
        self.asked: list[str] = []

    def __call__(self, what: Package) -> dict[str, Any]:
        self.asked.append(what.name)
        return dict(report(ok=self.ok))


def folder(root: Path, name: str = "add-two", **changes: str) -> Path:
    for path, text in {**FILES, **changes}.items():
        file = root / name / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return root / name


def states(database: Database) -> list[VersionState]:
    with database.reading() as session:
        return list(session.scalars(sa.select(ChallengeVersion.state).order_by(ChallengeVersion.created_at)))


def test_what_holds_is_proved_and_published(database: Database, now: datetime) -> None:
    judge = Judge()
    imported = import_package(database, check(package()), None, now, judge)
    assert (imported.outcome, imported.number, judge.asked) == (Outcome.PUBLISHED, 1, ["add-two"])
    assert states(database) == [VersionState.PUBLISHED]


def test_what_was_proved_is_not_proved_again(database: Database, now: datetime) -> None:
    import_package(database, check(package()), None, now, Judge())
    judge = Judge()
    assert import_package(database, check(package()), None, now, judge).outcome is Outcome.UNCHANGED
    assert not judge.asked


def test_what_does_not_hold_is_kept_and_not_published(database: Database, now: datetime) -> None:
    assert import_package(database, check(package()), None, now, Judge(ok=False)).outcome is Outcome.REFUSED
    assert states(database) == [VersionState.REFUSED]
    later = now + timedelta(minutes=5)
    assert import_package(database, check(package()), None, later, Judge()).outcome is Outcome.PUBLISHED


def test_a_judge_that_breaks_leaves_nothing_behind(database: Database, now: datetime) -> None:
    def broken(what: Package) -> dict[str, Any]:
        raise RuntimeError("the engine went away")

    with pytest.raises(RuntimeError):
        import_package(database, check(package()), None, now, broken)
    assert states(database) == []


def test_the_library_is_stored_at_once_and_proved_by_the_worker(database: Database, now: datetime, tmp_path: Path) -> None:
    folder(tmp_path, "first")
    folder(tmp_path, "second")
    imported = import_library(database, None, now, tmp_path)
    assert [(one.slug, one.outcome) for one in imported] == [("first", Outcome.QUEUED), ("second", Outcome.QUEUED)]
    with database.reading() as session:
        proofs = session.scalars(sa.select(Proof)).all()
        assert {proof.id for proof in proofs} == {one.proof_id for one in imported}
        assert all(proof.publish_when_proved for proof in proofs)
    assert {one.outcome for one in import_library(database, None, now, tmp_path)} == {Outcome.UNCHANGED}


def test_a_changed_library_package_is_a_new_version(database: Database, now: datetime, tmp_path: Path) -> None:
    folder(tmp_path)
    import_library(database, None, now, tmp_path)
    (tmp_path / "add-two" / "statement" / "problem.en.md").write_text("Print the sum.\n")
    assert [one.number for one in import_library(database, None, now, tmp_path)] == [2]


def test_one_broken_library_package_keeps_no_other_out(database: Database, now: datetime, tmp_path: Path) -> None:
    folder(tmp_path, "broken", **{"problem.yaml": "name: [\n"})
    folder(tmp_path, "sound")
    outcomes = {one.slug: one.outcome for one in import_library(database, None, now, tmp_path)}
    assert outcomes == {"broken": Outcome.ERRORS, "sound": Outcome.QUEUED}


def test_the_shipped_library_is_found() -> None:
    assert {path.name for path in library_folders()} == {path.parent.name for path in LIBRARY.glob("*/problem.yaml")} != set()


def test_the_newest_published_version_is_exported_unless_another_is_asked_for(database: Database, now: datetime) -> None:
    import_package(database, check(package()), None, now, Judge())
    changed = package(changes={"statement/problem.en.md": "Print the sum.\n"})
    import_package(database, check(changed), None, now, None)
    with database.reading() as session:
        assert find_exported(session, "add-two").number == 1
        assert find_exported(session, "add-two", number=2).package.digest == changed.digest
        with pytest.raises(NotFound, match="no version 3"):
            find_exported(session, "add-two", number=3)


def test_a_name_that_two_organisations_use_must_be_told_apart(database: Database, now: datetime) -> None:
    with database.writing() as session:
        alder, birch = (create_organisation(session, "service", name, now).id for name in ("Alder", "Birch"))
        for owner in (alder, birch):
            create_version(session, package(), None, owner, now)
    with database.reading() as session:
        with pytest.raises(BadInput, match="--organisation"):
            find_exported(session, "add-two")
        assert find_exported(session, "add-two", organisation_id=birch).number == 1


def run(settings: Settings, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["challenge", *arguments, "--data", str(settings.data_dir)])


def test_import_and_export_by_command(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "add-two.zip").write_bytes(zipped())
    imported = run(settings, "import", str(tmp_path / "add-two.zip"), "--json")
    assert imported.exit_code == 0, imported.output
    (line,) = json.loads(imported.stdout)["packages"]
    assert (line["outcome"], line["slug"], line["version"]) == ("stored", "add-two", 1)
    for target in ("out", "out.zip"):
        exported = run(settings, "export", "add-two", "--to", str(tmp_path / target), "--json")
        assert exported.exit_code == 0, exported.output
        assert json.loads(exported.stdout)["digest"] == line["digest"]
        assert open_package(tmp_path / target).digest == line["digest"]


def test_an_export_overwrites_nothing(settings: Settings, tmp_path: Path) -> None:
    run(settings, "import", str(folder(tmp_path)))
    kept = tmp_path / "kept.zip"
    kept.write_text("mine")
    refused = run(settings, "export", "add-two", "--to", str(kept))
    assert isinstance(refused.exception, BadInput)
    assert kept.read_text() == "mine"


def test_a_package_with_errors_has_status_2_and_its_findings_on_stderr(settings: Settings, tmp_path: Path) -> None:
    broken = folder(tmp_path, "broken", **{"problem.yaml": "name: [\n"})
    sound = folder(tmp_path, "sound")
    result = run(settings, "import", str(broken), str(sound), "--json")
    assert result.exit_code == 2
    assert "problem.yaml" in result.stderr
    assert [line["outcome"] for line in json.loads(result.stdout)["packages"]] == ["errors", "stored"]


def test_a_path_that_is_not_there(settings: Settings, tmp_path: Path) -> None:
    assert run(settings, "import", str(tmp_path / "nothing")).exit_code == 2


def test_an_organisation_that_is_not_there(settings: Settings, tmp_path: Path) -> None:
    result = run(settings, "import", str(folder(tmp_path)), "--organisation", "org_nothing")
    assert isinstance(result.exception, NotFound)


@pytest.mark.docker
def test_import_with_publish_in_the_real_sandbox(settings: Settings, tmp_path: Path) -> None:
    sound = folder(tmp_path, "sound")
    wrong = folder(tmp_path, "wrong", **{"submissions/accepted/add.py": "print(0)\n"})
    result = run(settings, "import", str(sound), str(wrong), "--publish", "--json")
    assert result.exit_code == 1, result.output
    first, second = json.loads(result.stdout)["packages"]
    assert (first["outcome"], second["outcome"]) == ("published", "refused")
    assert {one["path"]: one["verdict"] for one in first["report"]["submissions"]} == {
        "submissions/accepted/add.py": "AC",
        "submissions/wrong_answer/absolute.py": "WA",
    }
    assert "sound: version 1 is published" in result.stderr
