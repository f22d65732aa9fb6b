"""Writing down what judging showed: once, in one transaction, and only by the worker that still holds the lease."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from assessor.catalogue.models import Proof
from assessor.database import Base
from assessor.judging.leases import Lease, WorkState, database_now, holds
from assessor.judging.models import ResultRow, Submission
from assessor.judging.verdicts import Grade, TestResult

KEPT_OUTPUT_BYTES = 65536


def record_progress(session: Session, lease: Lease, results: list[TestResult], total: int) -> bool:
    """Note how far judging has come, for the page that waits. False when the lease was lost."""
    progress = {"done": len(results), "total": total, "tests": [[result.name, result.verdict.value] for result in results]}
    update = sa.update(Submission).where(holds(lease)).values(progress=progress)
    return _changed_one(session, update)


def record_proof_progress(session: Session, lease: Lease, done: int, total: int) -> bool:
    """Note how many example submissions of a package have been judged. False when the lease was lost."""
    return _changed_one(session, sa.update(Proof).where(holds(lease)).values(done=done, total=total))


def record_grade(session: Session, lease: Lease, grade: Grade) -> bool:
    """Write verdict, score and every test's result. False, and nothing written, when the lease was lost meanwhile."""
    now = database_now(session)
    values: dict[str, Any] = {
        "state": WorkState.GRADED,
        "verdict": grade.verdict,
        "score": grade.score,
        "max_score": grade.max_score,
        "compile_output": grade.compile.output or None,
        "groups": [json.loads(json.dumps(asdict(group))) for group in grade.groups],
        "progress": {"done": len(grade.tests), "total": len(grade.tests)},
        "judged_with": {
            "runtime": grade.runtime,
            "acquire_ms": grade.acquire_ms,
            "total_ms": grade.total_ms,
            "compile_cpu_ms": grade.compile.cpu_ms,
            "compile_wall_ms": grade.compile.wall_ms,
            "time_limit_ms": grade.time_limit_ms,
            "slowdown": grade.slowdown,
        },
        "finished_at": now,
        "lease_until": None,
        "failure": None,
    }
    connection = session.connection()
    if connection.execute(sa.update(_TABLE).where(holds(lease)), values).rowcount != 1:
        return False
    connection.execute(_FORGET, {"row_id": lease.row_id})
    if grade.tests:
        connection.execute(_RESULTS, [_row(lease.row_id, ordinal, result) for ordinal, result in enumerate(grade.tests)])
    return True


def _row(submission_id: str, ordinal: int, result: TestResult) -> dict[str, Any]:
    return {
        "submission_id": submission_id,
        "ordinal": ordinal,
        "name": result.name,
        "group_name": result.group,
        "verdict": result.verdict,
        "cpu_ms": result.cpu_ms,
        "wall_ms": result.wall_ms,
        "memory_kib": result.memory_kib,
        "exit_code": result.exit_code,
        "signal": result.signal,
        "output_bytes": result.output_bytes,
        "score": result.score,
        "message": result.message,
        "stdout": None if result.stdout is None else result.stdout[:KEPT_OUTPUT_BYTES],
        "stderr": None if result.stderr is None else result.stderr[:KEPT_OUTPUT_BYTES],
    }


# Of the tables rather than the records, and built once: with many small submissions these are a good part of their way.

_TABLE = Base.metadata.tables[Submission.__tablename__]
_RESULT_TABLE = Base.metadata.tables[ResultRow.__tablename__]
_FORGET = sa.delete(_RESULT_TABLE).where(_RESULT_TABLE.c.submission_id == sa.bindparam("row_id"))
_RESULTS = sa.insert(_RESULT_TABLE)


def _changed_one(session: Session, statement: sa.Update) -> bool:
    result = session.execute(statement.execution_options(synchronize_session=False))
    return bool(result.rowcount == 1)  # type: ignore[attr-defined]
