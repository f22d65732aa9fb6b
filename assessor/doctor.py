"""What the service depends on, found or not, and what to do. Without the Docker Engine, so that the web process may ask too.

What only a machine with the engine can tell is in `assessor.cli.doctor`; here the workers' own reports stand for it.
"""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from assessor.clock import utc_now
from assessor.database import Database
from assessor.judging.leases import WorkState
from assessor.judging.models import Submission, WorkerRow
from assessor.readiness import WORKER_SILENCE, Check, check_readiness
from assessor.settings import Settings


def examine(settings: Settings, database: Database) -> list[Check]:
    """Every check the database can answer, the failing ones with their way out."""
    checks = [_needing_someone(check) for check in check_readiness(database, settings, utc_now())]
    if checks[0].ok:
        checks += [_not_judged(database), _engines(database)]
    return checks


def _needing_someone(check: Check) -> Check:
    """A long queue keeps no page from working, but somebody has to know."""
    return replace(check, ok=not check.message) if check.name == "queue" else check


def _not_judged(database: Database) -> Check:
    with database.reading() as session:
        query = sa.select(sa.func.count()).select_from(Submission).where(Submission.state == WorkState.NOT_JUDGED)
        count = session.scalar(query) or 0
    subject = "One submission" if count == 1 else f"{count} submissions"
    message = f"{subject} could not be judged. See the queue page, mend the cause, and retry."
    return Check("not_judged", count == 0, message if count else "")


def _engines(database: Database) -> Check:
    with database.reading() as session:
        alive = session.scalars(
            sa.select(WorkerRow).where(WorkerRow.stopped_at.is_(None), WorkerRow.beat_at > utc_now() - WORKER_SILENCE)
        ).all()
    deaf = [row.host for row in alive if not row.detail.get("engine_answers", True)]
    message = f"The Docker Engine does not answer on: {', '.join(sorted(set(deaf)))}. Nothing is lost; judging waits for it."
    return Check("engine", not deaf, message if deaf else "")
