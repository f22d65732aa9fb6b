"""One candidate's report: everything a reviewer may see of one attempt.

Of hidden tests that is the result and, in the judge's message, the one token in which the output first differs; never the input.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from assessor.assessments.extending import credits_of, may_get_time
from assessor.assessments.lateness import HARDLY_SILENT_S, late_minutes, silent_seconds
from assessor.assessments.models import AssessmentTask, Attempt, Draft
from assessor.clock import utc_now
from assessor.errors import NotFound
from assessor.judging.models import Kind, Submission
from assessor.judging.verdicts import Verdict
from assessor.people.models import Account
from assessor.people.permissions import Action, Actor, allowed
from assessor.results.best import points_of
from assessor.results.candidate_report_values import (
    CreditView,
    DraftLine,
    GroupLine,
    Moment,
    NoteView,
    Report,
    StageChangeView,
    SubmissionDetail,
    SubmissionLine,
    TaskReport,
    TestLine,
)
from assessor.results.models import Note, Stage, StageChange
from assessor.results.public_times import PublicTimes
from assessor.results.reviewer import Column, handed_in, row_of
from assessor.results.scores import TaskScore
from assessor.results.shortlisting import own_attempt
from assessor.wording import N_


def candidate_report(
    session: Session, actor: Actor, attempt_id: str, submission_id: str | None = None, *, now: datetime | None = None
) -> Report:
    """The report, with one submission opened: the wished one, or the first that counts. Raises NotFound, NotAllowed."""
    attempt = own_attempt(session, actor, Action.RESULTS_READ, attempt_id)
    now = now or utc_now()
    version = attempt.assessment_version
    columns = tuple(_column(task) for task in version.tasks)
    row = row_of(attempt, handed_in(session, Attempt.id == attempt.id).get(attempt.id, []), columns)
    lines = _lines(session, attempt)
    times = PublicTimes.of(attempt)
    tasks = tuple(
        _task(task, score, lines, _last_draft(session, attempt, task, times), attempt.deadline_at, times)
        for task, score in zip(version.tasks, row.cells, strict=True)
        if score is not None
    )
    wished = submission_id or next((task.score.submission_id for task in tasks if task.score.submission_id), None)
    wished = wished or next((line.id for task in tasks for line in task.submissions), None)
    return Report(
        attempt_id=attempt.id,
        assessment_id=attempt.assessment_id,
        assessment_title=version.title,
        row=row,
        opened_at=attempt.opened_at,
        deadline_at=times.shown(attempt.deadline_at),
        duration_minutes=version.duration_minutes,
        locale=attempt.locale,
        tasks=tasks,
        chosen=_detail(session, attempt, wished, times) if wished else None,
        timeline=_timeline(attempt, version.tasks, lines, times),
        stages=_stages(session, attempt),
        notes=_notes(session, attempt, actor),
        credits=_credits(session, attempt, times),
        may_get_time=allowed(actor, Action.TIME_GIVE, attempt.organisation_id) and may_get_time(attempt, now),
    )


def _credits(session: Session, attempt: Attempt, times: PublicTimes) -> tuple[CreditView, ...]:
    found = credits_of(session, attempt.id)
    names = {row.id: row.name for row in session.scalars(sa.select(Account).where(Account.id.in_(c.account_id for c in found)))}
    return tuple(CreditView(c.cause, c.seconds, c.reason, names.get(c.account_id or ""), times.of_moment(c.at)) for c in found)


def _column(task: AssessmentTask) -> Column:
    version = task.challenge_version
    return Column(version.challenge_id, version.names, version.challenge.slug)


def _lines(session: Session, attempt: Attempt) -> Sequence[Submission]:
    """Every run and submission of the attempt, oldest first, without sources and results."""
    heavy = (Submission.source, Submission.custom_input, Submission.compile_output, Submission.groups, Submission.progress)
    query = (
        sa.select(Submission)
        .where(Submission.attempt_id == attempt.id)
        .options(*(sa.orm.defer(column) for column in heavy))
        .order_by(Submission.queued_at, Submission.id)
    )
    return session.scalars(query).all()


def _task(
    task: AssessmentTask,
    score: TaskScore,
    lines: Sequence[Submission],
    draft: DraftLine | None,
    end: datetime | None,
    times: PublicTimes,
) -> TaskReport:
    mine = [line for line in lines if line.challenge_version_id == task.challenge_version_id]
    submissions = [_line(line, task.points, score, end, times) for line in mine if line.kind is Kind.SUBMISSION]
    return TaskReport(
        position=task.position,
        challenge_id=score.challenge_id,
        names=task.challenge_version.names,
        slug=task.challenge_version.challenge.slug,
        score=score,
        submissions=tuple(reversed(submissions)),
        runs=sum(line.kind is Kind.RUN for line in mine),
        draft=draft,
    )


def _line(line: Submission, points: float, score: TaskScore, end: datetime | None, times: PublicTimes) -> SubmissionLine:
    return SubmissionLine(
        id=line.id,
        at=times.of_moment(line.queued_at),
        language=line.language,
        state=line.state,
        verdict=line.verdict,
        points=points_of(line, points),
        by_clock=line.by_clock,
        late_minutes=late_minutes(line, end),
        counts=line.id == score.submission_id,
    )


def _last_draft(session: Session, attempt: Attempt, task: AssessmentTask, times: PublicTimes) -> DraftLine | None:
    query = (
        sa.select(Draft)
        .where(Draft.attempt_id == attempt.id, Draft.challenge_version_id == task.challenge_version_id)
        .order_by(Draft.saved_at.desc(), Draft.language)
        .limit(1)
    )
    draft = session.scalar(query)
    return DraftLine(draft.language, draft.source, times.of_moment(draft.saved_at)) if draft and draft.source.strip() else None


def _detail(session: Session, attempt: Attempt, submission_id: str, times: PublicTimes) -> SubmissionDetail:
    query = (
        sa.select(Submission)
        .where(Submission.id == submission_id, Submission.attempt_id == attempt.id, Submission.kind == Kind.SUBMISSION)
        .options(selectinload(Submission.results), joinedload(Submission.challenge_version))
    )
    submission = session.scalar(query)
    if submission is None:
        raise NotFound(N_("There is no such submission in this attempt."))
    version, results = submission.challenge_version, submission.results
    silence = silent_seconds(submission, attempt.deadline_at)
    return SubmissionDetail(
        id=submission.id,
        challenge_id=version.challenge_id,
        at=times.of_moment(submission.queued_at),
        language=submission.language,
        state=submission.state,
        verdict=submission.verdict,
        score=submission.score,
        max_score=submission.max_score,
        source=submission.source,
        compile_output=submission.compile_output,
        groups=_groups(submission, version.summary),
        by_clock=submission.by_clock,
        written_at=times.shown(submission.written_at),
        late_minutes=late_minutes(submission, attempt.deadline_at),
        silent_seconds=silence,
        hardly_silent=silence is not None and silence < HARDLY_SILENT_S,
        time_limit_ms=version.time_limit_ms,
        slowest_cpu_ms=max((result.cpu_ms for result in results), default=None),
        peak_memory_kib=max((result.memory_kib for result in results), default=None),
    )


def _groups(submission: Submission, summary: Mapping[str, Any]) -> tuple[GroupLine, ...]:
    """The groups that hold tests, in judging order, each with what the grade says of it where it does."""
    titles = {group["name"]: group.get("title") or {} for group in summary.get("groups") or ()}
    graded = {group["name"]: group for group in submission.groups or ()}
    tests: dict[str, list[TestLine]] = {}
    for result in submission.results:
        tests.setdefault(result.group, []).append(
            TestLine(
                name=result.name.removeprefix(result.group + "/"),
                verdict=result.verdict,
                cpu_ms=result.cpu_ms,
                wall_ms=result.wall_ms,
                memory_kib=result.memory_kib,
                exit_code=result.exit_code,
                signal=result.signal,
                message=result.message,
            )
        )
    names = [*tests, *(name for name, group in graded.items() if name not in tests and name in titles and group["total"])]
    return tuple(_group(name, titles.get(name, {}), graded.get(name), tests.get(name, [])) for name in names)


def _group(name: str, title: Mapping[str, str], graded: Mapping[str, Any] | None, tests: list[TestLine]) -> GroupLine:
    graded = graded or {}
    return GroupLine(
        name=name,
        title=title,
        verdict=Verdict(graded["verdict"]) if graded.get("verdict") else None,
        passed=int(graded.get("passed", sum(test.verdict is Verdict.AC for test in tests))),
        total=int(graded.get("total", len(tests))),
        score=graded.get("score"),
        max_score=graded.get("max_score"),
        tests=tuple(tests),
    )


def _timeline(
    attempt: Attempt, tasks: Sequence[AssessmentTask], lines: Sequence[Submission], times: PublicTimes
) -> tuple[Moment, ...]:
    """What happened when. Runs of one task in a row are one entry with their number."""
    places = {task.challenge_version_id: task.position for task in tasks}
    moments = [Moment(attempt.opened_at, "opened")]
    if attempt.started_at is not None:
        moments.append(Moment(attempt.started_at, "started"))
    for line in lines:
        position = places.get(line.challenge_version_id)
        last = moments[-1]
        if line.kind is Kind.RUN and (last.what, last.position) == ("ran", position):
            moments[-1] = Moment(last.at, "ran", position, number=last.number + 1)
        elif line.kind is Kind.RUN:
            moments.append(Moment(times.of_moment(line.queued_at), "ran", position))
        else:
            moments.append(Moment(times.of_moment(line.queued_at), "handed_in", position, line.verdict, line.id))
    if attempt.submitted_at is not None:
        moments.append(Moment(times.of_moment(attempt.submitted_at), "time_over" if attempt.ended_by_clock else "finished"))
    return tuple(sorted(moments, key=lambda moment: moment.at))


def _stages(session: Session, attempt: Attempt) -> tuple[StageChangeView, ...]:
    query = (
        sa.select(StageChange)
        .where(StageChange.attempt_id == attempt.id)
        .options(joinedload(StageChange.account))
        .order_by(StageChange.at.desc(), StageChange.id)
    )
    return tuple(
        StageChangeView(Stage(change.before), Stage(change.after), change.reason, change.account.name, change.at)
        for change in session.scalars(query)
    )


def _notes(session: Session, attempt: Attempt, actor: Actor) -> tuple[NoteView, ...]:
    query = (
        sa.select(Note).where(Note.attempt_id == attempt.id).options(joinedload(Note.account)).order_by(Note.at.desc(), Note.id)
    )
    return tuple(
        NoteView(
            id=note.id,
            author=note.account.name,
            own=note.account_id == actor.account_id,
            text=note.text,
            at=note.at,
            released=note.released_at is not None,
        )
        for note in session.scalars(query)
    )
