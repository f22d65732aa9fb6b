"""Does a package hold what it promises? Every example submission is judged and must earn what its place in the package says.

1. Check the package; with errors, or with parts that cannot be judged here, nothing is run.
2. Try the package's validators on its data, and its grader on groups in which everything is accepted.
3. Judge the submissions that bound the time limit from below, with a generous limit, and derive the time limit from them.
4. Judge the rest; those meant to be too slow get a little more time than the limit, so that one sees by how much they miss it.
5. Settle every verdict under the final limit: from the times measured where they are clear, by judging again where they are not.
6. Compare with what is permitted and required, and with the scores asked for.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from assessor.errors import BadInput
from assessor.judging.bounding import Entry, fastest_above, lower_patterns, slowest_below, upper_patterns
from assessor.judging.expecting import VERDICT_ORDER, faults_of, in_order, is_undecided, observed
from assessor.judging.failures import JudgeError
from assessor.judging.graders import grader_of
from assessor.judging.grading import grade
from assessor.judging.including import with_included
from assessor.judging.limits import NEAR, JudgeLimits, limits_for
from assessor.judging.proving import GRADER_RUNS, data_findings
from assessor.judging.scoring import score
from assessor.judging.sources import check_allowed, check_source, language_of, starting_in
from assessor.judging.timing import TimePicture, derive_ms, provisional_ms, timing_findings
from assessor.judging.verdicts import Grade, Verdict
from assessor.judging.verify_report import SubmissionReport, VerifyReport
from challenges.checking import check_all, errors_of, findings_before_publishing
from challenges.findings import Finding, Severity
from challenges.package import Package
from challenges.problem import ExampleSubmission, FormatVersion, Problem
from sandbox.languages import Language
from sandbox.spec import Sandbox, SourceFile

OnProgress = Callable[[int, int, str], None]
"""Called with how many submissions are done, how many there are, and what comes next."""


def verify(package: Package, sandbox: Sandbox, on_progress: OnProgress | None = None) -> VerifyReport:
    """Judge every example submission. Raises `SandboxFailure` when the sandbox fails; everything else is in the report."""
    problem, findings = check_all(package)
    if problem is None or errors_of(findings):
        return VerifyReport(package.name, tuple(findings))
    findings = findings + findings_before_publishing(problem)
    if problem.unsupported:
        return VerifyReport(package.name, tuple(findings))
    try:
        findings = findings + data_findings(problem, sandbox)
        return _Verifying(problem, sandbox, on_progress or _silent).report(package.name, findings)
    except JudgeError as error:
        return VerifyReport(package.name, (*findings, Finding(Severity.ERROR, error.path, error.line, str(error))))


def _silent(_done: int, _total: int, _what: str) -> None:
    pass


class _Verifying:
    """The verifying of one package."""

    def __init__(self, problem: Problem, sandbox: Sandbox, on_progress: OnProgress) -> None:
        self._problem = problem
        self._sandbox = sandbox
        self._on_progress = on_progress
        self._findings: list[Finding] = []
        self._entries = [self._entry(submission) for submission in problem.submissions]
        self._done = 0

    def report(self, name: str, findings: list[Finding]) -> VerifyReport:
        """Steps 3 to 6."""
        provisional = provisional_ms(self._problem.limits)
        for entry in self._judgeable(from_below=True):
            self._judge(entry, provisional)
        time_ms = derive_ms(self._problem.limits, slowest_below(self._problem, self._entries))
        for entry in self._judgeable(from_below=False):
            room = self._problem.limits.time_limit_to_tle if upper_patterns(entry.submission) else 1.0
            self._judge(entry, math.ceil(time_ms * max(1.0, room)))
        explicit = self._problem.limits.time_limit_ms is not None
        slowest, fastest = slowest_below(self._problem, self._entries), fastest_above(self._problem, self._entries, time_ms)
        picture = TimePicture(time_ms, explicit, slowest, fastest)
        for entry in self._entries:
            self._settle(entry, time_ms)
        self._on_progress(self._done, self._done, "")
        self._check_accepted()
        reports = tuple(self._submission_report(entry) for entry in self._entries)
        found = (*findings, *self._findings, *timing_findings(self._problem, picture))
        return VerifyReport(name, found, reports, picture)

    # --- step 1: what can be judged

    def _entry(self, submission: ExampleSubmission) -> Entry:
        files = tuple(SourceFile(path, content) for path, content in submission.files)
        try:
            language = language_of(files, submission.language)
            check_allowed(self._problem, language)
        except BadInput as error:
            self._findings.append(Finding(Severity.WARNING, submission.path, None, f"was not judged: {error}"))
            return Entry(submission)
        try:
            check_source(files, language, limits_for(self._problem, language).code_kib)
        except BadInput as error:
            self._findings.append(Finding(Severity.ERROR, submission.path, None, str(error)))
            return Entry(submission)
        try:
            files = with_included(self._problem, starting_in(files, submission.entrypoint, language), language)
        except BadInput as error:
            self._findings.append(Finding(Severity.ERROR, submission.path, None, str(error)))
            return Entry(submission)
        return Entry(submission, language, files)

    def _judgeable(self, *, from_below: bool) -> list[Entry]:
        known = [entry for entry in self._entries if entry.language is not None]
        return [entry for entry in known if bool(lower_patterns(entry.submission)) is from_below]

    # --- steps 3 and 4: judging

    def _judge(self, entry: Entry, time_ms: int) -> None:
        """Judge one submission. Version 2025-09 speaks of the verdicts of all tests, legacy of the one verdict that candidates
        would get; there all tests are run only when what is required has not shown before judging stopped.
        """
        assert entry.language is not None
        total = sum(one.language is not None for one in self._entries)
        self._on_progress(self._done, total, entry.submission.path)
        modern = self._problem.format_version is FormatVersion.V2025_09 or bool(entry.submission.demands)
        must_pass_all = entry.submission.permitted == {"AC"}
        entry.grade = self._grade(entry, entry.language, time_ms, all_tests=modern and not must_pass_all)
        if not modern and is_undecided(entry.submission, entry.grade):
            entry.grade = self._grade(entry, entry.language, time_ms, all_tests=True)
        entry.judged_with_ms = time_ms
        self._done += 1

    def _grade(self, entry: Entry, language: Language, time_ms: int, *, all_tests: bool) -> Grade:
        limits = self._limits(language, time_ms)
        slow_is_enough = "TLE" in entry.submission.required and not entry.submission.demands
        return grade(
            self._problem,
            entry.files,
            language,
            self._sandbox,
            limits,
            all_tests=all_tests,
            but_after_slow=slow_is_enough,
            grader_runs=GRADER_RUNS,
        )

    def _limits(self, language: Language, time_ms: int) -> JudgeLimits:
        return limits_for(self._problem, language, time_ms)

    # --- step 5: the final limit

    def _settle(self, entry: Entry, time_ms: int) -> None:
        if entry.grade is None or entry.language is None or entry.judged_with_ms == time_ms:
            return
        limits = self._limits(entry.language, time_ms)
        over = [result for result in entry.grade.tests if result.cpu_ms > limits.time_ms or result.wall_ms > limits.wall_ms]
        if any(result.cpu_ms <= limits.time_ms * (1 + NEAR) and result.verdict is not Verdict.TLE for result in over):
            self._done -= 1
            self._judge(entry, time_ms)
        elif over:
            entry.grade = self._under(entry.grade, {result.name for result in over})

    def _under(self, judged: Grade, too_slow: set[str]) -> Grade:
        """The grade when these tests count as too slow."""
        results = [replace(one, verdict=Verdict.TLE) if one.name in too_slow else one for one in judged.tests]
        with grader_of(self._problem, self._sandbox, runs=GRADER_RUNS) as grade_group:
            scored = score(self._problem, results, grade_group)
        return replace(judged, verdict=scored.verdict, score=scored.score, groups=scored.groups, tests=scored.results)

    # --- step 6: what was promised

    def _check_accepted(self) -> None:
        accepted = [entry for entry in self._entries if entry.submission.permitted == {"AC"}]
        if accepted and all(entry.grade is None for entry in accepted):
            message = "no submission that must be accepted could be judged; add one in a language known here"
            self._findings.append(Finding(Severity.ERROR, "submissions/accepted", None, message))

    def _submission_report(self, entry: Entry) -> SubmissionReport:
        submission, found = entry.submission, entry.grade
        report = SubmissionReport(
            path=submission.path,
            language=entry.language.id if entry.language else submission.language,
            expected=in_order(submission.permitted),
            required=in_order(submission.required),
        )
        if found is None:
            return report
        faults = list(faults_of(submission, found))
        self._findings += [Finding(Severity.ERROR, submission.path, None, fault) for fault in faults]
        return replace(
            report,
            verdict=found.verdict,
            observed=tuple(sorted(observed(found), key=VERDICT_ORDER.index)),
            score=found.score,
            max_score=found.max_score,
            ok=not faults,
            slowest_cpu_ms=max((result.cpu_ms for result in found.tests), default=None),
            groups=found.groups,
        )
