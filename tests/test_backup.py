"""A backup holds everything and goes into either kind of database."""

from __future__ import annotations

import stat
from datetime import datetime
from pathlib import Path

import pytest

from assessor.assessments.models import Assessment, AssessmentVersion, FeedbackPolicy
from assessor.backup import back_up, restore
from assessor.catalogue.models import Challenge, ChallengeVersion
from assessor.database import Database
from assessor.errors import BadInput, Conflict
from assessor.people.models import Organisation
from assessor.settings import Settings


def fill(database: Database, now: datetime) -> None:
    with database.writing() as session:
        session.add(Organisation(id="org_a", name="Växjö Bröd & Data مخبز", created_at=now))
        session.flush()
        challenge = Challenge(id="chl_a", slug="a", created_at=now)
        session.add(challenge)
        version = ChallengeVersion(
            challenge=challenge, number=1, digest="d", package=b"\0\xff", names={"ar": "خبز"}, summary={}, created_at=now
        )
        session.add(version)
        assessment = Assessment(organisation_id="org_a", created_at=now)
        assessment.versions.append(
            AssessmentVersion(
                number=1, title="t", duration_minutes=30, languages=["c"], feedback_policy=FeedbackPolicy.GROUPS, created_at=now
            )
        )
        session.add(assessment)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "elsewhere")


def test_what_was_backed_up_is_there_after_restoring(
    database: Database, settings: Settings, elsewhere: Settings, tmp_path: Path, now: datetime
) -> None:
    fill(database, now)
    counts = back_up(database, settings, tmp_path / "b.assessor")
    assert counts["organisation"] == counts["challenge_version"] == 1
    fresh = Database(elsewhere.url_of_database)
    restore(fresh, elsewhere, tmp_path / "b.assessor")
    with fresh.reading() as session:
        organisation = session.get_one(Organisation, "org_a")
        assert (organisation.name, organisation.created_at) == ("Växjö Bröd & Data مخبز", now)
        version = session.query(ChallengeVersion).one()
        assert (version.package, version.names) == (b"\0\xff", {"ar": "خبز"})
        assert session.query(Assessment).one().current.languages == ["c"]
    assert fresh.is_current()
    assert elsewhere.secret == settings.secret
    fresh.close()


def test_a_backup_of_sqlite_goes_into_postgresql(
    sqlite_database: Database, settings: Settings, postgres_url: str, tmp_path: Path, now: datetime
) -> None:
    from postgres import fresh_postgres

    fill(sqlite_database, now)
    back_up(sqlite_database, settings, tmp_path / "b.assessor")
    with fresh_postgres(postgres_url) as url:
        fresh = Database(url)
        restore(fresh, settings, tmp_path / "b.assessor")
        with fresh.reading() as session:
            assert session.get_one(Organisation, "org_a").created_at == now
            assert session.query(Assessment).one().current.languages == ["c"]
        fresh.close()


def test_a_backup_is_for_its_owner_only_and_overwrites_nothing(
    sqlite_database: Database, settings: Settings, tmp_path: Path
) -> None:
    target = tmp_path / "b.assessor"
    back_up(sqlite_database, settings, target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with pytest.raises(BadInput, match="exists"):
        back_up(sqlite_database, settings, target)


def test_restoring_over_something_is_refused_and_changes_nothing(
    sqlite_database: Database, settings: Settings, tmp_path: Path
) -> None:
    back_up(sqlite_database, settings, tmp_path / "b.assessor")
    with pytest.raises(Conflict, match="not empty"):
        restore(sqlite_database, settings, tmp_path / "b.assessor")


def test_something_else_is_not_a_backup(elsewhere: Settings, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("not a database at all, only words " * 100)
    fresh = Database(elsewhere.url_of_database)
    with pytest.raises(BadInput, match="not a backup"):
        restore(fresh, elsewhere, tmp_path / "x")
    fresh.close()
