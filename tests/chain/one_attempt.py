"""One started attempt at one challenge, straight in the database: for tests of workers, which need no pages."""

from __future__ import annotations

import uuid
from datetime import timedelta

from packages import SUM, zipped

from assessor.assessments.models import Assessment, AssessmentTask, AssessmentVersion, Attempt, AttemptState, FeedbackPolicy
from assessor.catalogue.models import VersionState
from assessor.catalogue.versions import create_version
from assessor.clock import utc_now
from assessor.database import Database, Session
from assessor.judging.models import Kind, Submission
from assessor.people.models import Organisation
from challenges.package import open_zip

ORGANISATION, ATTEMPT = "org_bench", "att_cyrus"


def begin_attempt(database: Database) -> str:
    """Cyrus sits at the task; the id of its challenge version."""
    with database.writing() as session:
        session.add(Organisation(id=ORGANISATION, name="Bench", created_at=utc_now()))
        session.flush()
        version = create_version(session, open_zip("sum-of-two.zip", zipped(SUM)), None, None, utc_now())
        version.state = VersionState.PROVED
        session.flush()
        _add_attempt(session, version.id)
        return version.id


def _add_attempt(session: Session, version_id: str) -> None:
    now = utc_now()
    assessment = Assessment(organisation_id=ORGANISATION, created_at=now)
    rules = AssessmentVersion(
        number=1,
        title="t",
        duration_minutes=60,
        languages=["python3"],
        feedback_policy=FeedbackPolicy.GROUPS,
        created_at=now,
    )
    rules.tasks.append(AssessmentTask(position=1, challenge_version_id=version_id))
    assessment.versions.append(rules)
    session.add(assessment)
    session.flush()
    session.add(
        Attempt(
            id=ATTEMPT,
            assessment_id=assessment.id,
            assessment_version_id=rules.id,
            organisation_id=ORGANISATION,
            state=AttemptState.STARTED,
            key_hash="",
            opened_at=now,
            started_at=now,
            deadline_at=now + timedelta(hours=1),
        )
    )


def hand_in(
    database: Database,
    version_id: str,
    source: str,
    kind: Kind = Kind.SUBMISSION,
    custom_input: str | None = None,
    by: str | None = None,
) -> str:
    """A submission, or a run, by Cyrus or in another attempt; its id."""
    row_id = f"sub_{uuid.uuid4().hex[:8]}"
    with database.writing() as session:
        session.add(
            Submission(
                id=row_id,
                attempt_id=by or ATTEMPT,
                challenge_version_id=version_id,
                kind=kind,
                client_key=row_id,
                language="python3",
                source=source,
                custom_input=custom_input,
                queued_at=utc_now(),
            )
        )
    return row_id
