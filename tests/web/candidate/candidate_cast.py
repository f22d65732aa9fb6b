"""Candidate Cyrus and what he meets: a small challenge of our own, an assessment of it, and a judge whose word is ours."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa

from assessor.assessments.closing import settle
from assessor.assessments.models import Assessment, AssessmentTask, AssessmentVersion, FeedbackPolicy, Invitation
from assessor.catalogue.importing import LIBRARY
from assessor.catalogue.models import VersionState
from assessor.catalogue.versions import create_version
from assessor.database import Database, Session
from assessor.judging import leases
from assessor.judging.models import Submission
from assessor.judging.recording import record_grade
from assessor.judging.verdicts import CompileResult, Grade, GroupResult, TestResult, Verdict
from assessor.people.models import Account, Organisation
from challenges.package import open_package, open_zip

PACKAGE = {
    "problem.yaml": "problem_format_version: 2025-09\ntype: scoring\nname:\n  en: Two trains\n  sv: Två tåg\n  ar: قطاران\n"
    "uuid: 6c1f2a52-91d5-4c6c-9d6d-1f0a8a3d4a11\nlicense: cc by-sa\ncredits: Astrid\nlimits:\n  time_limit: 2\n",
    "assessor.yaml": "skills: [algorithms]\ndifficulty: beginner\ngroups:\n"
    "  secret/few:\n    title: {en: Few trips, sv: Få resor, ar: رحلات قليلة}\n"
    "    hint: {en: Read the last sentence again., sv: Läs sista meningen igen., ar: اقرأ الجملة الأخيرة مرة أخرى.}\n"
    "  secret/many:\n    title: {en: Many trips, sv: Många resor, ar: رحلات كثيرة}\n"
    "    hint: {en: Sort by the end., sv: Sortera efter sluttid., ar: رتّب حسب وقت النهاية.}\n"
    "starters:\n  python3: |\n    n = int(input())\n    # read the trips\n",
    "statement/problem.en.md": "A single track joins two stations. You get $n$ trips; each has a start and an end minute.\n\n"
    "Print the largest number of trips that can run.\n\n## Input\n\nThe first line has one integer `n` ($1 \\le n \\le 10^5$).\n",
    "statement/problem.sv.md": "Ett enkelspår förbinder två stationer. Skriv ut det största antalet resor som kan köras.\n",
    "statement/problem.ar.md": "يربط خط واحد بين محطتين. اطبع أكبر عدد من الرحلات الممكنة.\n",
    "data/sample/1.in": "3\n0 30\n20 50\n30 60\n",
    "data/sample/1.ans": "2\n",
    "data/sample/2.in": "1\n5 9\n",
    "data/sample/2.ans": "1\n",
    "data/secret/test_group.yaml": "max_score: 100\nscore_aggregation: sum\n",
    "data/secret/few/test_group.yaml": "max_score: 40\nscore_aggregation: min\n",
    "data/secret/few/very-secret-1.in": "4242\n",
    "data/secret/few/very-secret-1.ans": "4243\n",
    "data/secret/few/very-secret-2.in": "1\n1 2\n",
    "data/secret/few/very-secret-2.ans": "1\n",
    "data/secret/many/test_group.yaml": "max_score: 60\nscore_aggregation: min\n",
    "data/secret/many/very-secret-3.in": "2\n1 2\n2 3\n",
    "data/secret/many/very-secret-3.ans": "2\n",
    "input_validators/validate.py": "import sys\nsys.exit(42)\n",
    "submissions/accepted/all.py": "print(2)\n",
}


@dataclass
class Cast:
    """Ids of what is there. `invite` makes an invitation, `judge` writes a grade as a worker would."""

    database: Database
    now: datetime
    organisation_id: str = ""
    assessment_id: str = ""
    open_token: str = ""
    versions: list[str] = field(default_factory=list)

    def invite(self, **terms: object) -> str:
        """The id of a fresh invitation."""
        with self.database.writing() as session:
            invitation = Invitation(assessment_id=self.assessment_id, created_at=self.now, **terms)
            session.add(invitation)
            session.flush()
            return invitation.id

    def judge(self, submission_id: str, grade: Grade) -> None:
        """Lease the submission and record the grade, as the worker does."""
        with self.database.writing() as session:
            lease = lease_of(session, submission_id)
            assert record_grade(session, lease, grade)
            settle(session, session.get_one(Submission, submission_id).attempt_id)


def build_package(slug: str = "two-trains", **changes: str) -> bytes:
    """The challenge as a zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, text in {**PACKAGE, **changes}.items():
            archive.writestr(path, text)
    return buffer.getvalue()


def make_cast(
    database: Database,
    now: datetime,
    *,
    tasks: int = 2,
    minutes: int = 60,
    policy: FeedbackPolicy = FeedbackPolicy.GROUPS,
    languages: tuple[str, ...] = ("python3", "cpp", "javascript"),
) -> Cast:
    """An organisation with one assessment of `tasks` challenges."""
    cast = Cast(database, now)
    with database.writing() as session:
        organisation = Organisation(name="Alder AB", created_at=now)
        account = Account(login="rakel", name="Rakel", created_at=now)
        session.add_all([organisation, account])
        session.flush()
        assessment = Assessment(organisation_id=organisation.id, created_by=account.id, created_at=now)
        version = AssessmentVersion(
            assessment=assessment,
            number=1,
            title="Backend trainee",
            introduction="Two short tasks, the kind we meet at work.",
            duration_minutes=minutes,
            languages=list(languages),
            feedback_policy=policy,
            created_at=now,
        )
        session.add_all([assessment, version])
        session.flush()
        for position in range(1, tasks + 1):
            challenge = _publish(session, f"two-trains-{position}", now)
            cast.versions.append(challenge)
            session.add(
                AssessmentTask(assessment_version_id=version.id, position=position, challenge_version_id=challenge, points=25)
            )
        cast.organisation_id, cast.assessment_id = organisation.id, assessment.id
        cast.open_token = assessment.open_token or ""
    return cast


def _publish(session: Session, slug: str, now: datetime) -> str:
    version = create_version(session, open_zip(f"{slug}.zip", build_package()), None, None, now)
    version.state = VersionState.PUBLISHED
    version.published_at = now
    session.flush()
    return version.id


def put_library_first(cast: Cast, slug: str = "hello-you") -> None:
    """The assessment's first task is a challenge of the library, which is there in every language of the interface."""
    with cast.database.writing() as session:
        version = create_version(session, open_package(LIBRARY / slug), None, None, cast.now)
        session.scalars(sa.select(AssessmentTask).where(AssessmentTask.position == 1)).one().challenge_version = version


def lease_of(session: Session, submission_id: str) -> leases.Lease:
    """A worker's lease of one queued submission."""
    fence = session.scalar(
        sa.update(Submission)
        .where(Submission.id == submission_id, Submission.state == leases.WorkState.QUEUED)
        .values(
            state=leases.WorkState.RUNNING,
            tries=Submission.tries + 1,
            lease_until=leases.database_now(session) + timedelta(minutes=1),
        )
        .returning(Submission.tries)
    )
    assert fence is not None
    return leases.Lease(Submission, submission_id, fence)


def result(name: str, verdict: Verdict = Verdict.AC, **values: object) -> TestResult:
    """One test's result."""
    given: dict[str, object] = {
        "cpu_ms": 14,
        "wall_ms": 16,
        "memory_kib": 9000,
        "exit_code": 0,
        "signal": None,
        "output_bytes": 2,
        **values,
    }
    return TestResult(name=name, group=name.rpartition("/")[0], verdict=verdict, **given)  # type: ignore[arg-type]


def solved() -> Grade:
    """Everything right."""
    return grade_of(
        result("sample/1", stdout=b"2\n"),
        result("sample/2", stdout=b"1\n"),
        *(result(f"secret/{name}") for name in ("few/very-secret-1", "few/very-secret-2", "many/very-secret-3")),
    )


def half_solved() -> Grade:
    """One sample and one hidden group wrong."""
    return grade_of(
        result("sample/1", Verdict.WA, stdout=b"1 \n"),
        result("sample/2", stdout=b"1\n"),
        result("secret/few/very-secret-1", Verdict.WA, message="expected 4243 got 1"),
        result("secret/few/very-secret-2", Verdict.TLE),
        result("secret/many/very-secret-3"),
    )


def grade_of(*tests: TestResult) -> Grade:
    """A grade with groups and scores from the tests' verdicts."""
    groups = tuple(_group(name, points, tests) for name, points in (("secret/few", 40.0), ("secret/many", 60.0)))
    verdict = next((test.verdict for test in tests if test.verdict is not Verdict.AC), Verdict.AC)
    score = sum(group.score or 0.0 for group in groups)
    return Grade(verdict, score, 100.0, CompileResult(Verdict.AC, "", 1, 1), tests, groups)


def _group(name: str, points: float, tests: tuple[TestResult, ...]) -> GroupResult:
    mine = [test for test in tests if test.group == name]
    passed = sum(test.verdict is Verdict.AC for test in mine)
    verdict = next((test.verdict for test in mine if test.verdict is not Verdict.AC), Verdict.AC)
    return GroupResult(name, verdict, passed, len(mine), points if passed == len(mine) and mine else 0.0, points)


def not_compiling(output: str) -> Grade:
    """A source that does not compile."""
    return Grade(Verdict.CE, 0.0, 100.0, CompileResult(Verdict.CE, output, 1, 1), (), ())
