"""What the service depends on, found or not, and what to do. Without the Docker Engine, so that the web process may ask too.

What only a machine with the engine can tell is in `assessor.cli.doctor`; here the workers' own reports stand for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import sqlalchemy as sa

from assessor.database import Database, Session
from assessor.judging.leases import WorkState, database_now
from assessor.judging.models import Submission, WorkerRow
from assessor.judging.speeds import SLOWEST, proven_ms, speed_sentence
from assessor.readiness import WORKER_SILENCE, Check, check_readiness
from assessor.settings import Settings


def examine(settings: Settings, database: Database) -> list[Check]:
    """Every check the database can answer, the failing ones with their way out."""
    checks = [_needing_someone(check) for check in check_readiness(database, settings)]
    if checks[0].ok:
        checks += [_not_judged(database), _engines(database), _speeds(database)]
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


def _speeds(database: Database) -> Check:
    """Whether limits can be kept in proportion on every host that judges."""
    with database.reading() as session:
        there_ms = proven_ms(session)
        hosts = {row.host: row.detail.get("reference_ms") for row in _alive(session)}
    known = {host: ms for host, ms in sorted(hosts.items()) if ms}
    slow = [host for host, ms in known.items() if there_ms and ms / there_ms > SLOWEST]
    if slow:
        message = f"Over {SLOWEST:g} times slower than the host that proved the time limits: {', '.join(slow)}. Judge elsewhere."
        return Check("speed", False, message)
    return Check("speed", True, " ".join(f"{host}: {speed_sentence(ms, there_ms)}" for host, ms in known.items()))


def _alive(session: Session) -> Sequence[WorkerRow]:
    alive = sa.and_(WorkerRow.stopped_at.is_(None), WorkerRow.beat_at > database_now(session) - WORKER_SILENCE)
    return session.scalars(sa.select(WorkerRow).where(alive)).all()


def _engines(database: Database) -> Check:
    with database.reading() as session:
        alive = _alive(session)
        unable = {row.host: str(row.detail["trouble"]) for row in alive if row.detail.get("trouble")}
        deaf = [row.host for row in alive if not row.detail.get("engine_answers", True)]
    message = f"The Docker Engine does not answer on: {', '.join(sorted(set(deaf)))}. Nothing is lost; judging waits for it."
    if not deaf and unable:
        where = "; ".join(f"{host}: {trouble}" for host, trouble in sorted(unable.items()))
        message = f"The Docker Engine makes no boxes. Nothing is lost; judging waits for it. {where}"
    return Check("engine", not (deaf or unable), message if deaf or unable else "")
