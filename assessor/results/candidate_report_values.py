"""The values of a candidate's report: what its page shows, without a session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from assessor.assessments.models import CreditCause
from assessor.judging.leases import WorkState
from assessor.judging.verdicts import Verdict
from assessor.results.models import Stage
from assessor.results.reviewer import CandidateRow
from assessor.results.scores import TaskScore


@dataclass(frozen=True, slots=True)
class SubmissionLine:
    """One submission in a task's list. `counts`: it is the one the score comes from."""

    id: str
    at: datetime
    language: str
    state: WorkState
    verdict: Verdict | None
    points: float | None
    by_clock: bool
    late_minutes: int | None
    counts: bool


@dataclass(frozen=True, slots=True)
class TaskReport:
    """One challenge of the attempt: what it earned, its submissions newest first, how often samples were run."""

    position: int
    challenge_id: str
    names: Mapping[str, str]
    slug: str
    score: TaskScore
    submissions: tuple[SubmissionLine, ...]
    runs: int
    draft: DraftLine | None


@dataclass(frozen=True, slots=True)
class DraftLine:
    """The last text in the editor that was saved, whether or not it was handed in."""

    language: str
    source: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class TestLine:
    """One test's result. `memory_kib` and the times are as measured; a hidden test shows no data."""

    __test__ = False

    name: str
    verdict: Verdict
    cpu_ms: int
    wall_ms: int
    memory_kib: int
    exit_code: int | None
    signal: str | None
    message: str


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One test group of a submission with its tests; `title` is the author's name for what it tests, by locale."""

    name: str
    title: Mapping[str, str]
    verdict: Verdict | None
    passed: int
    total: int
    score: float | None
    max_score: float | None
    tests: tuple[TestLine, ...]


@dataclass(frozen=True, slots=True)
class SubmissionDetail:
    """One submission opened: its source and everything judging showed."""

    id: str
    challenge_id: str
    at: datetime
    language: str
    state: WorkState
    verdict: Verdict | None
    score: float | None
    max_score: float | None
    source: str
    compile_output: str | None
    groups: tuple[GroupLine, ...]
    by_clock: bool
    written_at: datetime | None
    late_minutes: int | None
    silent_seconds: int | None
    hardly_silent: bool
    time_limit_ms: int | None
    slowest_cpu_ms: int | None
    peak_memory_kib: int | None


@dataclass(frozen=True, slots=True)
class Moment:
    """One event of the attempt's timeline. `what` is a stable word; `position` the task it concerns, if any."""

    at: datetime
    what: str
    position: int | None = None
    verdict: Verdict | None = None
    submission_id: str | None = None
    number: int = 1


@dataclass(frozen=True, slots=True)
class NoteView:
    id: str
    author: str
    own: bool
    text: str
    at: datetime
    released: bool


@dataclass(frozen=True, slots=True)
class StageChangeView:
    before: Stage
    after: Stage
    reason: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CreditView:
    """Time the attempt was given beyond its rules. `author` is null where a fault of ours is made up for."""

    cause: CreditCause
    seconds: int
    reason: str
    author: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Report:
    """The whole page."""

    attempt_id: str
    assessment_id: str
    assessment_title: str
    row: CandidateRow
    opened_at: datetime
    deadline_at: datetime | None
    duration_minutes: int
    locale: str | None
    tasks: tuple[TaskReport, ...]
    chosen: SubmissionDetail | None
    timeline: tuple[Moment, ...]
    stages: tuple[StageChangeView, ...]
    notes: tuple[NoteView, ...]
    credits: tuple[CreditView, ...]
    may_get_time: bool
