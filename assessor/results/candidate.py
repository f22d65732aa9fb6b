"""What a candidate may see of a submission. Hidden tests are removed here: no input, no output, no name of one leaves.

| feedback policy | while the attempt runs | after its end |
|---|---|---|
| groups | every group's title, how many of its tests passed, how the others failed, the author's hint, points | the same |
| total | how many hidden tests passed in all, and the points | the same |
| none | that it was received | as `total` |

Samples and the candidate's own input are shown whole, whatever the policy: the candidate knows them anyway.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from assessor.assessments.attempts import task_of
from assessor.assessments.closing import ENDED
from assessor.assessments.lateness import late_minutes
from assessor.assessments.models import Attempt, FeedbackPolicy
from assessor.errors import NotFound
from assessor.judging.languages import LANGUAGES
from assessor.judging.leases import WorkState, database_now
from assessor.judging.models import Kind, ResultRow, Submission
from assessor.judging.places import Place, place_of
from assessor.judging.verdicts import Verdict
from assessor.locales import pick
from assessor.results.best import points_of
from assessor.results.difference_kinds import DifferenceKind, kind_of_difference
from assessor.results.differences import Difference, Shown, compare_shown, show
from assessor.results.faults import Explanation, Moment, explain, innermost_first
from assessor.results.locations import MarkedLine, marked_lines
from assessor.wording import N_


@dataclass(frozen=True, slots=True)
class ShownTest:
    """A sample's or the own input's result.

    `difference` and its `kind` are null for own input and for a right answer; `explanation` and `line` (of the source, from 1)
    say what ended a program that stopped with an error, as far as that is known.
    """

    name: str
    verdict: Verdict
    input: str | None
    output: Shown
    difference: Difference | None
    kind: DifferenceKind | None
    explanation: Explanation | None
    line: int | None
    stderr: str
    cpu_ms: int
    wall_ms: int
    exit_code: int | None
    signal: str | None


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group of hidden tests in the author's words. `failures` counts its failed tests by verdict."""

    title: str
    passed: int
    total: int
    failures: tuple[tuple[Verdict, int], ...]
    hint: str
    points: float | None
    max_points: float | None


@dataclass(frozen=True, slots=True)
class SubmissionView:
    """One submission or run as its candidate may see it. What the policy keeps back is null or empty.

    `place` tells where it stands while it is queued; `done` of `total` tests are judged, null before that is known.
    """

    id: str
    kind: Kind
    state: WorkState
    language: str
    by_clock: bool
    late_minutes: int | None
    custom: bool
    place: Place | None
    done: int | None
    total: int | None
    verdict: Verdict | None
    compile_error: str | None
    explanation: Explanation | None
    marks: tuple[MarkedLine, ...]
    samples: tuple[ShownTest, ...]
    groups: tuple[ShownGroup, ...]
    passed: int | None
    hidden: int | None
    points: float | None
    max_points: float | None
    held_back: bool

    @property
    def finished(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.state in (WorkState.GRADED, WorkState.NOT_JUDGED)


def policy_in_force(attempt: Attempt) -> FeedbackPolicy:
    """The assessment's policy; what it kept back to the end is then told as a total."""
    policy = attempt.assessment_version.feedback_policy
    return FeedbackPolicy.TOTAL if policy is FeedbackPolicy.NONE and attempt.state in ENDED else policy


def submission_view(session: Session, attempt: Attempt, submission_id: str, locale: str) -> SubmissionView:
    """One of the attempt's submissions. Raises NotFound for anybody else's."""
    submission = session.get(Submission, submission_id)
    if submission is None or submission.attempt_id != attempt.id:
        raise NotFound(N_("There is nothing here, or it is not shared with you."))
    return view_of(session, attempt, submission, locale)


def latest_views(session: Session, attempt: Attempt, challenge_version_id: str, locale: str) -> list[SubmissionView]:
    """The newest submission or run of one challenge, for the result panel, and the submissions before it, newest first."""
    rows = session.scalars(
        sa.select(Submission)
        .where(Submission.attempt_id == attempt.id, Submission.challenge_version_id == challenge_version_id)
        .order_by(Submission.queued_at.desc(), Submission.id.desc())
        .limit(20)
    ).all()
    return [view_of(session, attempt, row, locale) for place, row in enumerate(rows) if place == 0 or row.kind is Kind.SUBMISSION]


def view_of(session: Session, attempt: Attempt, submission: Submission, locale: str) -> SubmissionView:
    """Build the view, removing what the candidate may not see."""
    policy = policy_in_force(attempt)
    graded = submission.state is WorkState.GRADED
    scored = submission.kind is Kind.SUBMISSION
    compile_error = submission.compile_output if submission.verdict is Verdict.CE else None
    tell = graded and scored and policy is not FeedbackPolicy.NONE and compile_error is None
    results = submission.results if graded else []
    hidden = [row for row in results if not _is_shown(row)]
    points, max_points = _points(session, attempt, submission) if scored and policy is not FeedbackPolicy.NONE else (None, None)
    done, total = _progress(submission, policy)
    verdict_told = graded and (not scored or policy is FeedbackPolicy.GROUPS or _tells_no_more(submission, policy))
    groups = _group_rows(submission)
    return SubmissionView(
        id=submission.id,
        kind=submission.kind,
        state=submission.state,
        language=submission.language,
        by_clock=submission.by_clock,
        late_minutes=late_minutes(submission, attempt.deadline_at),
        custom=submission.custom_input is not None,
        place=place_of(session, submission, database_now(session)) if submission.state is WorkState.QUEUED else None,
        done=done,
        total=total,
        verdict=submission.verdict if verdict_told else None,
        compile_error=compile_error,
        explanation=None if compile_error is None else explain(submission.language, compile_error, Moment.COMPILING),
        marks=_marks(submission, compile_error, results),
        samples=tuple(_shown_test(submission, row) for row in results if _is_shown(row)),
        groups=tuple(_shown_group(submission, group, hidden, locale) for group in groups)
        if tell and policy is FeedbackPolicy.GROUPS
        else (),
        passed=sum(int(group["passed"]) for group in groups) if tell else None,
        hidden=sum(int(group["total"]) for group in groups) if tell else None,
        points=points,
        max_points=max_points,
        held_back=graded and scored and policy is FeedbackPolicy.NONE and compile_error is None,
    )


def _tells_no_more(submission: Submission, policy: FeedbackPolicy) -> bool:
    """A program that does not compile is always told so; that all tests passed, the total says anyway."""
    return submission.verdict is Verdict.CE or (submission.verdict is Verdict.AC and policy is FeedbackPolicy.TOTAL)


def _is_shown(row: ResultRow) -> bool:
    return row.group == "sample" or row.name.startswith("sample/") or row.name == "custom"


def _group_rows(submission: Submission) -> list[dict[str, Any]]:
    """The groups that hold hidden tests themselves, as the grade has them."""
    known = {group["name"] for group in submission.challenge_version.summary.get("groups", [])}
    return [group for group in submission.groups or [] if group["name"] in known]


def _progress(submission: Submission, policy: FeedbackPolicy) -> tuple[int | None, int | None]:
    """How far judging is. The number of tests done tells nothing that the policy keeps back but how many there are."""
    progress = submission.progress or {}
    if not progress.get("total") or (policy is FeedbackPolicy.NONE and submission.kind is Kind.SUBMISSION):
        return None, None
    return int(progress.get("done", 0)), int(progress["total"])


def _points(session: Session, attempt: Attempt, submission: Submission) -> tuple[float | None, float]:
    task = task_of(session, attempt, submission.challenge_version_id)
    return points_of(submission, task.points), task.points


def _marks(submission: Submission, compile_error: str | None, results: list[ResultRow]) -> tuple[MarkedLine, ...]:
    """Lines of the source that the compiler, or the error output of a shown test, points at."""
    language = LANGUAGES.get(submission.language)
    if language is None:
        return ()
    lines = submission.source.count("\n") + 1
    if compile_error is not None:
        return marked_lines(compile_error, language.source_name, lines)
    crashed = next((row for row in results if _is_shown(row) and row.verdict is Verdict.RTE and row.stderr), None)
    mark = None if crashed is None else _crash_mark(submission, crashed)
    return () if mark is None else (mark,)


def _crash_mark(submission: Submission, row: ResultRow) -> MarkedLine | None:
    """The line of the source in which a program stopped: the innermost of those its trace names."""
    language = LANGUAGES.get(submission.language)
    if language is None or row.verdict is not Verdict.RTE:
        return None
    marks = marked_lines(_decode(row.stderr), language.source_name, submission.source.count("\n") + 1)
    return None if not marks else marks[0 if innermost_first(submission.language) else -1]


def _shown_test(submission: Submission, row: ResultRow) -> ShownTest:
    samples = {f"sample/{sample['name']}": sample for sample in submission.challenge_version.summary.get("samples", [])}
    sample = samples.get(row.name)
    got = _decode(row.stdout)
    expected = None if sample is None or row.verdict is Verdict.AC else str(sample["answer"])
    mark = _crash_mark(submission, row)
    return ShownTest(
        name=str(list(samples).index(row.name) + 1) if row.name in samples else "",
        verdict=row.verdict,
        input=submission.custom_input if sample is None else str(sample["input"]),
        output=show(got),
        difference=None if expected is None else compare_shown(expected, got),
        kind=kind_of_difference(expected, got) if expected is not None and row.verdict is Verdict.WA else None,
        explanation=explain(submission.language, _decode(row.stderr), Moment.RUNNING, row.signal)
        if row.verdict is Verdict.RTE
        else None,
        line=None if mark is None else mark.line,
        stderr=_decode(row.stderr),
        cpu_ms=row.cpu_ms,
        wall_ms=row.wall_ms,
        exit_code=row.exit_code,
        signal=row.signal,
    )


def _shown_group(submission: Submission, group: dict[str, Any], hidden: list[ResultRow], locale: str) -> ShownGroup:
    described: dict[str, Any] = next(
        (known for known in submission.challenge_version.summary["groups"] if known["name"] == group["name"]), {}
    )
    failures = Counter(row.verdict for row in hidden if row.group == group["name"] and row.verdict is not Verdict.AC)
    solved = int(group["passed"]) >= int(group["total"])
    return ShownGroup(
        title=_in_locale(described.get("title", {}), locale),
        passed=int(group["passed"]),
        total=int(group["total"]),
        failures=tuple(failures.most_common()),
        hint="" if solved else _in_locale(described.get("hint", {}), locale),
        points=group.get("score"),
        max_points=group.get("max_score"),
    )


def _in_locale(texts: dict[str, str], locale: str) -> str:
    return pick(texts, locale) or ""


def _decode(data: bytes | None) -> str:
    return (data or b"").decode("utf-8", errors="replace")
