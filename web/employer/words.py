"""States, stages and verdicts in the words reviewers read, each with its colour and its shape."""

from __future__ import annotations

from assessor.assessments.invitations import InvitationState
from assessor.assessments.models import AttemptState, FeedbackPolicy
from assessor.judging.leases import WorkState
from assessor.judging.verdicts import Verdict
from assessor.people.models import Role
from assessor.results.listing import Progress
from assessor.results.models import Stage
from assessor.results.scores import CellState
from web.author.words import Word
from web.locales import LazyString
from web.locales import lazy_gettext as _l

STAGES: dict[Stage, Word] = {
    Stage.NEW: Word(_l("new"), "", "circle-dashed"),
    Stage.SHORTLISTED: Word(_l("shortlisted"), "accent", "star"),
    Stage.INTERVIEWING: Word(_l("interviewing"), "accent", "message-square"),
    Stage.HIRED: Word(_l("hired"), "good", "check"),
    Stage.DECLINED: Word(_l("declined"), "", "minus"),
}

ATTEMPTS: dict[AttemptState, Word] = {
    AttemptState.INVITED: Word(_l("invited"), "", "mail"),
    AttemptState.OPENED: Word(_l("opened"), "", "eye"),
    AttemptState.STARTED: Word(_l("working"), "accent", "clock"),
    AttemptState.SUBMITTED: Word(_l("being judged"), "warn", "loader-circle"),
    AttemptState.GRADING: Word(_l("being judged"), "warn", "loader-circle"),
    AttemptState.GRADED: Word(_l("graded"), "good", "check"),
    AttemptState.DECLINED: Word(_l("turned down"), "", "minus"),
    AttemptState.EXPIRED: Word(_l("expired"), "", "minus"),
    AttemptState.CANCELLED: Word(_l("cancelled"), "", "minus"),
    AttemptState.VOIDED: Word(_l("voided"), "", "minus"),
}

PROGRESS: dict[Progress, LazyString] = {
    Progress.WORKING: _l("Working"),
    Progress.JUDGING: _l("Being judged"),
    Progress.GRADED: _l("Graded"),
    Progress.GONE: _l("Ended early"),
}

INVITATIONS: dict[InvitationState, Word] = {
    InvitationState.WAITING: Word(_l("not opened yet"), "", "mail"),
    InvitationState.OPENED: Word(_l("opened"), "accent", "eye"),
    InvitationState.STARTED: Word(_l("working"), "accent", "clock"),
    InvitationState.FINISHED: Word(_l("finished"), "good", "check"),
    InvitationState.REVOKED: Word(_l("revoked"), "", "minus"),
    InvitationState.EXPIRED: Word(_l("expired"), "", "minus"),
}

CELLS: dict[CellState, LazyString] = {
    CellState.NOTHING: _l("nothing handed in"),
    CellState.WAITING: _l("not judged yet"),
    CellState.NOT_JUDGED: _l("could not be judged; staff have been told"),
    CellState.GRADED: _l("graded"),
}

# What a reviewer reads about a submission, in words a person without the jargon understands.
VERDICTS: dict[Verdict, Word] = {
    Verdict.AC: Word(_l("Right on every test"), "good", "check"),
    Verdict.WA: Word(_l("Wrong answer on a test"), "bad", "x"),
    Verdict.TLE: Word(_l("Ran out of time on a test"), "warn", "timer"),
    Verdict.MLE: Word(_l("Used too much memory on a test"), "warn", "layers"),
    Verdict.OLE: Word(_l("Printed too much on a test"), "warn", "file-text"),
    Verdict.RTE: Word(_l("Stopped with an error on a test"), "bad", "circle-alert"),
    Verdict.CE: Word(_l("Does not compile"), "bad", "code"),
    Verdict.JE: Word(_l("Could not be judged"), "warn", "triangle-alert"),
}

SHORT_VERDICTS: dict[Verdict, Word] = {
    Verdict.AC: Word(_l("right"), "good", "check"),
    Verdict.WA: Word(_l("wrong answer"), "bad", "x"),
    Verdict.TLE: Word(_l("out of time"), "warn", "timer"),
    Verdict.MLE: Word(_l("out of memory"), "warn", "layers"),
    Verdict.OLE: Word(_l("too much output"), "warn", "file-text"),
    Verdict.RTE: Word(_l("stopped with an error"), "bad", "circle-alert"),
    Verdict.CE: Word(_l("does not compile"), "bad", "code"),
    Verdict.JE: Word(_l("not judged"), "warn", "triangle-alert"),
}

WORK: dict[WorkState, Word] = {
    WorkState.QUEUED: Word(_l("Waiting to be judged"), "", "clock"),
    WorkState.RUNNING: Word(_l("Being judged now"), "accent", "loader-circle"),
    WorkState.GRADED: Word(_l("Judged"), "", "check"),
    WorkState.NOT_JUDGED: Word(_l("Could not be judged; staff have been told"), "warn", "triangle-alert"),
}

POLICIES: dict[FeedbackPolicy, tuple[LazyString, LazyString]] = {
    FeedbackPolicy.GROUPS: (
        _l("Which requirements hold"),
        _l("After each submission: each hidden test group's name, how many tests passed, and a hint."),
    ),
    FeedbackPolicy.TOTAL: (_l("Only the points"), _l("After each submission: the points, nothing about hidden tests.")),
    FeedbackPolicy.NONE: (_l("Nothing before the end"), _l("Candidates run the samples; points come after the end.")),
}

ROLES: dict[Role, tuple[LazyString, LazyString]] = {
    Role.OWNER: (_l("Owner"), _l("Makes assessments, reads results, manages members and challenges.")),
    Role.REVIEWER: (_l("Reviewer"), _l("Invites candidates, reads results, changes stages, writes notes.")),
    Role.AUTHOR: (_l("Author"), _l("Writes challenges; sees no candidates.")),
}

TIMELINE: dict[str, LazyString] = {
    "opened": _l("Opened the link"),
    "started": _l("Started"),
    "ran": _l("Ran the samples"),
    "handed_in": _l("Submitted"),
    "finished": _l("Finished"),
    "time_over": _l("Time was over"),
}
