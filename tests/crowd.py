"""A crowd that hands in, a clock that is ours, and slots that judge in no time but the clock's."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa

from assessor.assessments.models import Assessment, AssessmentVersion, Attempt, AttemptState, FeedbackPolicy
from assessor.catalogue.models import Challenge, ChallengeVersion, Proof
from assessor.database import Database, Session
from assessor.judging.leases import Lease, LeasedWork, Priority, WorkState, id_of
from assessor.judging.models import Kind, Submission, WorkerRow
from assessor.judging.shares import charge
from assessor.judging.turns import claim
from assessor.people.models import Organisation

LEASE = timedelta(hours=1)
RECORDS: tuple[type[LeasedWork], ...] = (Submission, Proof)


@dataclass
class Crowd:
    """Attempts of organisations, and what they hand in.

    `took` is how long each row takes to judge, `waited` how long it waited.
    """

    database: Database
    start: datetime
    assessments: dict[str, tuple[str, str]] = field(default_factory=dict)
    took: dict[str, timedelta] = field(default_factory=dict)
    waited: dict[str, timedelta] = field(default_factory=dict)
    judged: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        with self.database.writing() as session:
            challenge = Challenge(id="chl_x", slug="x", created_at=self.start)
            version = ChallengeVersion(
                id="chv_x",
                challenge=challenge,
                number=1,
                digest="0" * 64,
                package=b"",
                names={},
                summary={},
                created_at=self.start,
            )
            session.add_all([challenge, version])

    def worker(self, slots: int) -> None:
        """A worker that lives as long as the test."""
        lives = self.start + timedelta(days=1)
        with self.database.writing() as session:
            session.add(WorkerRow(name="w:1", host="w", slots=slots, started_at=self.start, beat_at=lives, detail={}))

    def attempt(self, name: str, organisation: str = "alder") -> str:
        """A started attempt of somebody, in an organisation that is made when it is new."""
        with self.database.writing() as session:
            if organisation not in self.assessments:
                self.assessments[organisation] = _assessment(session, organisation, self.start)
            assessment_id, version_id = self.assessments[organisation]
            session.add(
                Attempt(
                    id=f"att_{name}",
                    assessment_id=assessment_id,
                    assessment_version_id=version_id,
                    organisation_id=f"org_{organisation}",
                    state=AttemptState.STARTED,
                    key_hash="",
                    opened_at=self.start,
                )
            )
        return f"att_{name}"

    def hand_in(
        self, attempt_id: str, at_s: float, took_s: float, times: int = 1, priority: Priority = Priority.SUBMISSION
    ) -> list[str]:
        """Queue `times` submissions (or runs) at one moment."""
        with self.database.writing() as session:
            return self._queue(session, attempt_id, at_s, took_s, times, priority)

    def _queue(self, session: Session, attempt_id: str, at_s: float, took_s: float, times: int, priority: Priority) -> list[str]:
        made = [f"{attempt_id}-{at_s:g}-{priority:d}-{number:04}" for number in range(times)]
        values = {"attempt_id": attempt_id, "challenge_version_id": "chv_x", "language": "python3", "source": "", "tries": 0}
        values |= {"priority": priority, "queued_at": self.at(at_s), "state": WorkState.QUEUED, "by_clock": False}
        kind = Kind.RUN if priority is Priority.RUN else Kind.SUBMISSION
        session.execute(sa.insert(Submission), [{"id": row, "client_key": row, "kind": kind, **values} for row in made])
        self.took |= dict.fromkeys(made, timedelta(seconds=took_s))
        return made

    def ask_for_proof(self, at_s: float, took_s: float) -> str:
        """Queue a proof of the library's challenge."""
        with self.database.writing() as session:
            session.add(Proof(id=f"prf_{at_s:g}", version_id="chv_x", priority=Priority.PROOF, queued_at=self.at(at_s)))
        self.took[f"prf_{at_s:g}"] = timedelta(seconds=took_s)
        return f"prf_{at_s:g}"

    def at(self, seconds: float) -> datetime:
        return self.start + timedelta(seconds=seconds)

    def judge(self, slots: int, until_s: float, arrivals: Sequence[tuple[float, str, float]] = ()) -> None:
        """Let time pass: `arrivals` are (second, attempt, seconds it takes), in order. Rows are claimed as slots become free."""
        held: list[tuple[datetime, str, Lease]] = []
        coming, turn, now = list(arrivals), 0, self.start
        with self.database.writing() as session:  # one transaction: it is about the order, and commits take their time
            while now < self.at(until_s):
                while coming and self.at(coming[0][0]) <= now:
                    second, attempt_id, took_s = coming.pop(0)
                    self._queue(session, attempt_id, second, took_s, 1, Priority.SUBMISSION)
                while held and held[0][0] <= now:
                    self._record(session, heapq.heappop(held)[2], now)
                while len(held) < slots and (lease := claim(session, RECORDS, "w:1", LEASE, turn := turn + 1, now)):
                    queued_at = session.scalar(sa.select(lease.record.queued_at).where(id_of(lease.record) == lease.row_id))
                    assert queued_at is not None
                    self.waited[lease.row_id] = now - queued_at
                    heapq.heappush(held, (now + self.took[lease.row_id], lease.row_id, lease))
                arrives = [self.at(coming[0][0])] if coming else []
                now = min([*arrives, *(entry[0] for entry in held[:1]), self.at(until_s)])

    def _record(self, session: Session, lease: Lease, now: datetime) -> None:
        self.judged.append(lease.row_id)
        charge(session, lease, now)
        done = {"state": WorkState.GRADED, "finished_at": now}
        session.execute(sa.update(lease.record).where(id_of(lease.record) == lease.row_id).values(**done))


def _assessment(session: Session, organisation: str, now: datetime) -> tuple[str, str]:
    session.add(Organisation(id=f"org_{organisation}", name=organisation, created_at=now))
    session.flush()
    assessment = Assessment(organisation_id=f"org_{organisation}", created_at=now)
    rules = {"title": "t", "duration_minutes": 60, "languages": ["python3"], "feedback_policy": FeedbackPolicy.GROUPS}
    version = AssessmentVersion(number=1, created_at=now, **rules)
    assessment.versions.append(version)
    session.add(assessment)
    session.flush()
    return assessment.id, version.id
