"""An employer with candidates, for tests and for looking at pages: rows made directly, without judging anything.

Owner Olga, reviewer Rakel and author Astrid belong to one organisation, stranger Stig owns another, Adam administers the service;
candidate Cyrus is the first of the list.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from assessor.assessments.models import (
    Assessment,
    AssessmentTask,
    AssessmentVersion,
    Attempt,
    AttemptState,
    Draft,
    FeedbackPolicy,
    Invitation,
)
from assessor.catalogue.models import Challenge, ChallengeVersion, VersionState
from assessor.ids import new_id
from assessor.judging.leases import WorkState
from assessor.judging.models import Kind, ResultRow, Submission
from assessor.judging.verdicts import Verdict
from assessor.people.accounts import actor_of, add_account
from assessor.people.models import Account, Role
from assessor.people.organisations import add_member, create_organisation
from assessor.people.permissions import Actor
from assessor.results.models import Note, StageChange

NAMES = [
    "Cyrus Karimi",
    "Astrid Holm",
    "Nour Haddad",
    "Elin Berg",
    "Omar Said",
    "Linnéa Öberg",
    "سارة العلي",
    "Mikael Ström",
    "Fatima Rahimi",
    "Johan Ek",
    "يوسف حسن",
    "Sofia Lind",
    "Amir Tehrani",
    "Ebba Nyström",
    "Leyla Demir",
    "Oskar Wallin",
    "Hana Kovač",
    "Viktor Sjögren",
    "ليلى ناصر",
    "Isak Dahl",
    "Maja Åkesson",
    "Tomasz Nowak",
    "Zainab Ali",
    "Filip Norén",
    "Aisha Warsame",
    "Hugo Blom",
    "Ines Costa",
    "Anton Hedlund",
    "Rania Khalil",
    "Emil Sandberg",
    "Selma Björk",
    "Yara Mansour",
    "Nils Forsberg",
    "Dana Petrova",
    "Alva Lund",
    "Karim Zaki",
    "Tove Holmgren",
    "Ali Reza Mohammadi",
    "Wilma Falk",
    "A candidate with a remarkably long name that has to be cut somewhere",
]

TITLES = {
    "two-trains": {"en": "Two trains", "sv": "Två tåg", "ar": "قطاران"},
    "till-change": {"en": "Change at the till", "sv": "Växel i kassan", "ar": "الباقي عند الصندوق"},
    "bracket-check": {"en": "Brackets in a settings file", "sv": "Parenteser i en fil", "ar": "أقواس في ملف إعدادات"},
    "booking-overlaps": {"en": "Overlapping bookings", "sv": "Bokningar som krockar", "ar": "حجوزات متداخلة"},
}
GROUPS = (
    ("secret/group1", {"en": "Small numbers", "sv": "Små tal", "ar": "أعداد صغيرة"}, 40.0, 3),
    ("secret/group2", {"en": "Negative numbers", "sv": "Negativa tal", "ar": "أعداد سالبة"}, 60.0, 4),
)
SOURCE = """\
def meet(distance, first, second):
    # where the two trains are after each minute
    closing = first + second
    if closing <= 0:
        return None
    return distance / closing


distance, first, second = map(float, input().split())
answer = meet(distance, first, second)
print("never" if answer is None else f"{answer:.3f}")
"""


@dataclass
class Employer:
    """Ids of everybody and everything."""

    olga: str = ""
    rakel: str = ""
    astrid: str = ""
    stig: str = ""
    adam: str = ""
    organisation: str = ""
    elsewhere: str = ""
    assessment: str = ""
    versions: dict[str, str] = field(default_factory=dict)
    challenges: dict[str, str] = field(default_factory=dict)
    attempts: list[str] = field(default_factory=list)

    def actor(self, session: Session, who: str) -> Actor:
        """What the permission table sees of one of them."""
        account = session.get_one(Account, getattr(self, who))
        session.refresh(account, ["memberships"])
        return actor_of(account)


def make_people(session: Session, now: datetime) -> Employer:
    """Two organisations with their members, and an administrator."""
    cast = Employer()
    cast.organisation = create_organisation(session, "service", "Alder Ltd", now).id
    cast.elsewhere = create_organisation(session, "service", "Elsewhere", now).id
    for name, full in (("olga", "Olga Lind"), ("rakel", "Rakel Ahmadi"), ("astrid", "Astrid Holm"), ("stig", "Stig Strand")):
        setattr(cast, name, add_account(session, "service", name, full, now).id)
    cast.adam = add_account(session, "service", "adam", "Adam Admin", now, is_admin=True).id
    for name, organisation, role in (
        ("olga", cast.organisation, Role.OWNER),
        ("rakel", cast.organisation, Role.REVIEWER),
        ("astrid", cast.organisation, Role.AUTHOR),
        ("stig", cast.elsewhere, Role.OWNER),
    ):
        add_member(session, "service", organisation, getattr(cast, name), role, now)
    return cast


def make_challenge(
    session: Session, cast: Employer, slug: str, now: datetime, *, organisation: str | None = None, number: int = 1
) -> str:
    """A published version without a package; the version's id. A second `number` is another version of the same challenge."""
    if slug not in cast.challenges:
        challenge = Challenge(slug=slug, organisation_id=organisation, created_at=now)
        session.add(challenge)
        session.flush()
        cast.challenges[slug] = challenge.id
    version = ChallengeVersion(
        challenge_id=cast.challenges[slug],
        number=number,
        digest=f"{slug}-{number}",
        state=VersionState.PUBLISHED,
        package=b"",
        names=TITLES.get(slug, {"en": slug}),
        summary={
            "locales": ["en", "sv", "ar"],
            "skills": ["algorithms", "spec-analysis"] if slug != "till-change" else ["arithmetic"],
            "difficulty": {"two-trains": "beginner", "till-change": "first-program"}.get(slug, "intermediate"),
            "languages": ["python3", "javascript"],
            "groups": [{"name": name, "title": title, "max_score": most, "tests": tests} for name, title, most, tests in GROUPS],
        },
        time_limit_ms=2000,
        max_score=100.0,
        created_at=now,
        published_at=now,
    )
    session.add(version)
    session.flush()
    cast.versions[f"{slug}:{number}" if number > 1 else slug] = version.id
    return version.id


def make_assessment(session: Session, cast: Employer, now: datetime, slugs: tuple[str, ...] = tuple(TITLES)) -> Assessment:
    """An assessment of these challenges, 25 points each."""
    version = AssessmentVersion(
        number=1,
        title="Backend trainee, Växjö",
        introduction="",
        duration_minutes=90,
        languages=["python3"],
        feedback_policy=FeedbackPolicy.GROUPS,
        created_at=now,
        tasks=[
            AssessmentTask(position=place, challenge_version_id=cast.versions[slug], points=25.0)
            for place, slug in enumerate(slugs, 1)
        ],
    )
    assessment = Assessment(organisation_id=cast.organisation, created_by=cast.olga, created_at=now, versions=[version])
    session.add(assessment)
    session.flush()
    cast.assessment = assessment.id
    return assessment


def make_attempt(session: Session, assessment: Assessment, name: str, now: datetime, **values: object) -> Attempt:
    """One candidate's attempt, graded and half an hour long unless `values` say otherwise."""
    attempt = Attempt(
        **{  # type: ignore[arg-type]
            "id": new_id("att"),
            "assessment_version_id": assessment.current.id,
            "assessment_id": assessment.id,
            "organisation_id": assessment.organisation_id,
            "candidate_name": name,
            "state": AttemptState.GRADED,
            "key_hash": "x",
            "opened_at": now,
            "started_at": now,
            "deadline_at": now + timedelta(minutes=90),
            "submitted_at": now + timedelta(minutes=30),
            **values,
        }
    )
    session.add(attempt)
    session.flush()
    return attempt


def make_submission(
    session: Session,
    attempt: Attempt,
    version_id: str,
    at: datetime,
    *,
    score: float | None = 100.0,
    verdict: Verdict | None = Verdict.AC,
    state: WorkState = WorkState.GRADED,
    max_score: float | None = 100.0,
    source: str = SOURCE,
    language: str = "python3",
    kind: Kind = Kind.SUBMISSION,
    compile_output: str | None = None,
    with_tests: bool = False,
) -> Submission:
    """A submission as judging leaves it; `with_tests` adds a result for every test of the two groups."""
    done = state is WorkState.GRADED
    submission = Submission(
        id=new_id("sub"),
        attempt_id=attempt.id,
        challenge_version_id=version_id,
        kind=kind,
        client_key=f"k{random.getrandbits(60)}",
        language=language,
        source=source,
        state=state,
        queued_at=at,
        verdict=verdict if done else None,
        score=score if done else None,
        max_score=max_score if done else None,
        compile_output=compile_output,
        groups=_groups(score or 0.0, verdict or Verdict.WA) if done and with_tests else None,
    )
    if done and with_tests:
        submission.results = list(_results(score or 0.0, verdict or Verdict.WA))
    session.add(submission)
    return submission


def _groups(score: float, verdict: Verdict) -> list[dict[str, object]]:
    second = score >= 100
    first = score >= 40
    return [
        {"name": "secret", "verdict": verdict, "passed": 7 if second else 3, "total": 7, "score": score, "max_score": 100.0},
        {
            "name": "secret/group1",
            "verdict": "AC" if first else verdict,
            "passed": 3 if first else 0,
            "total": 3,
            "score": 40.0 * first,
            "max_score": 40.0,
        },
        {
            "name": "secret/group2",
            "verdict": "AC" if second else verdict,
            "passed": 4 if second else 1,
            "total": 4,
            "score": 60.0 * second,
            "max_score": 60.0,
        },
    ]


def _results(score: float, verdict: Verdict) -> list[ResultRow]:
    rows = []
    for group, _title, _most, tests in GROUPS:
        passed = score >= (40 if group.endswith("1") else 100)
        for number in range(1, tests + 1):
            right = passed or number == 1
            rows.append(
                ResultRow(
                    ordinal=len(rows),
                    name=f"{group}/{number}",
                    group=group,
                    verdict=Verdict.AC if right else verdict,
                    cpu_ms=12 + 7 * number if right else 140,
                    wall_ms=20 + 8 * number,
                    memory_kib=9216 + 128 * number,
                    exit_code=0 if right or verdict is not Verdict.RTE else 1,
                    signal=None,
                    output_bytes=7,
                    score=None,
                    message="" if right else "the answer's second token differs",
                )
            )
    return rows


def fill(session: Session, now: datetime, candidates: int = len(NAMES)) -> Employer:
    """A whole employer: four challenges, an assessment, and candidates in every state; the same every time."""
    chance = random.Random(20261102)
    cast = make_people(session, now)
    for slug in TITLES:
        make_challenge(session, cast, slug, now - timedelta(days=9))
    make_challenge(session, cast, "inventory-merge", now - timedelta(days=9), organisation=cast.organisation)
    assessment = make_assessment(session, cast, now - timedelta(days=8))
    for place in range(candidates):
        _candidate(session, cast, assessment, place, now, chance)
    for place in range(3):
        session.add(
            Invitation(
                assessment_id=assessment.id,
                label=f"Waiting {place + 1}",
                locale="sv" if place else None,
                extra_time_percent=25 * place,
                created_by=cast.olga,
                created_at=now - timedelta(days=1, minutes=place),
                expires_at=now + timedelta(days=6) if place else now - timedelta(hours=1),
            )
        )
    session.flush()
    return cast


def _candidate(
    session: Session, cast: Employer, assessment: Assessment, place: int, now: datetime, chance: random.Random
) -> None:
    at = now - timedelta(days=7) + timedelta(hours=3 * place, minutes=chance.randrange(60))
    state = AttemptState.GRADED
    if place % 13 == 9:
        state = AttemptState.STARTED
    elif place % 17 == 11:
        state = AttemptState.GRADING
    elif place % 19 == 15:
        state = AttemptState.OPENED
    ended = state in (AttemptState.GRADED, AttemptState.GRADING)
    invitation = Invitation(
        id=new_id("inv"),
        assessment_id=assessment.id,
        label=NAMES[place],
        created_by=cast.olga,
        created_at=at - timedelta(hours=2),
    )
    session.add(invitation)
    attempt = make_attempt(
        session,
        assessment,
        NAMES[place] if place % 11 != 7 else "",
        at,
        state=state,
        invitation_id=invitation.id if place % 11 != 7 else None,
        started_at=None if state is AttemptState.OPENED else at,
        submitted_at=at + timedelta(minutes=chance.randrange(35, 91)) if ended else None,
        ended_by_clock=place % 6 == 5,
        extra_time_percent=25 if place % 14 == 4 else 0,
        stage=("new", "shortlisted", "new", "interviewing", "new", "new", "declined", "new", "hired", "new")[place % 10],
    )
    cast.attempts.append(attempt.id)
    if state is AttemptState.OPENED:
        return
    skill = chance.random()
    for number, slug in enumerate(TITLES):
        version = cast.versions[slug]
        moment = at + timedelta(minutes=6 + 9 * number)
        if chance.random() < 0.12:
            continue
        make_submission(session, attempt, version, moment - timedelta(minutes=3), kind=Kind.RUN, score=None, max_score=None)
        if chance.random() < 0.5:
            make_submission(session, attempt, version, moment, score=0.0, verdict=Verdict.RTE, with_tests=True)
        score = 100.0 if chance.random() < skill else chance.choice((0.0, 40.0, 40.0))
        verdict = Verdict.AC if score == 100 else chance.choice((Verdict.WA, Verdict.TLE))
        make_submission(session, attempt, version, moment + timedelta(minutes=5), score=score, verdict=verdict, with_tests=True)
    if state is AttemptState.GRADING:
        waiting = WorkState.NOT_JUDGED if place == 28 else WorkState.QUEUED
        make_submission(session, attempt, cast.versions["booking-overlaps"], at + timedelta(minutes=50), state=waiting)
    if place == 0:
        _written_about(session, cast, attempt, now)


def _written_about(session: Session, cast: Employer, attempt: Attempt, now: datetime) -> None:
    attempt.stage = "shortlisted"
    session.add(
        StageChange(
            attempt_id=attempt.id,
            before="new",
            after="shortlisted",
            reason="Clear code, named well.",
            account_id=cast.rakel,
            at=now,
        )
    )
    session.add(Note(attempt_id=attempt.id, account_id=cast.olga, text="Ask about the second group of tests.", at=now))
    session.add(Note(attempt_id=attempt.id, account_id=cast.rakel, text="Is free from March.", at=now + timedelta(hours=1)))
    session.add(
        Draft(
            attempt_id=attempt.id,
            challenge_version_id=cast.versions["booking-overlaps"],
            language="python3",
            source=SOURCE,
            saved_at=now,
        )
    )
