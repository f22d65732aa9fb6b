"""What a first start brings in (the sample library, a demo assessment) and the links every start prints."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from assessor.assessments.demo import TASKS, ease, ensure_demo_assessment
from assessor.catalogue.importing import import_library
from assessor.catalogue.models import Challenge, Proof
from assessor.clock import utc_now
from assessor.database import Database
from assessor.judging.leases import Priority, WorkState
from assessor.judging.queue import JudgingQueue
from assessor.people.first_start import ensure_first_people, new_signin_link
from assessor.settings import Settings

LINK_LIFE = timedelta(hours=12)
UNDER_WAY = (WorkState.QUEUED, WorkState.RUNNING)


@dataclass(frozen=True, slots=True)
class Links:
    """Where each kind of person begins; `candidate` is null while no challenge is published."""

    address: str
    candidate: str | None
    employer: str
    admin: str


def bring_in_library(database: Database, queue: JudgingQueue, say: Callable[[str], None]) -> None:
    """Store what is new in the sample library and have it proved, the demo's gentle challenges first."""
    imported = import_library(database, None, utc_now())
    fresh = [item.proof_id for item in imported if item.proof_id]
    if not fresh:
        return
    say(f"• Sample library: {len(fresh)} of {len(imported)} challenges are new")
    with database.writing() as session:
        proofs = session.scalars(sa.select(Proof).where(Proof.id.in_(fresh)).options(joinedload(Proof.version))).all()
        for proof in sorted(proofs, key=lambda proof: ease(proof.version.summary.get("difficulty")))[:TASKS]:
            proof.priority = Priority.SUBMISSION
    for proof_id in fresh:
        queue.ring("proof", proof_id, Priority.PROOF)


def wait_for_library(database: Database, say: Callable[[str], None], stop: threading.Event, check: Callable[[], None]) -> None:
    """Show how the worker proves what the demo needs, one line a challenge; the rest goes on in the background."""
    urgent, later, finished = _library_proofs(database)
    told = set(finished)
    while urgent and not stop.wait(0.3):
        check()
        urgent, later, finished = _library_proofs(database)
        for slug in sorted(finished.keys() - told):
            told.add(slug)
            say(f"  {slug}: {finished[slug]}")
    if later:
        say(f"  {later} more challenges are being proved in the background")


def _library_proofs(database: Database) -> tuple[int, int, dict[str, str]]:
    """How many urgent and how many other proofs of library challenges are under way, and how the rest ended, by slug."""
    finished: dict[str, str] = {}
    urgent = later = 0
    with database.reading() as session:
        library = sa.select(Proof).join(Proof.version).join(Challenge).where(Challenge.organisation_id.is_(None))
        for proof in session.scalars(library.order_by(Proof.queued_at)):
            if proof.state in UNDER_WAY:
                urgent += proof.priority > Priority.PROOF
                later += proof.priority <= Priority.PROOF
            elif proof.state is WorkState.NOT_JUDGED:
                finished[proof.version.challenge.slug] = f"not proved: {proof.failure}"
            else:
                finished[proof.version.challenge.slug] = proof.version.state.value
    return urgent, later, finished


def make_links(database: Database, settings: Settings, demo: bool) -> Links:
    """Fresh one-time sign-in links, and the demo assessment's open link."""
    now = utc_now()
    with database.writing() as session:
        people = ensure_first_people(session, now)
        assessment = ensure_demo_assessment(session, people, now) if demo else None
        employer = new_signin_link(session, people.employer.id, now, LINK_LIFE)
        admin = new_signin_link(session, people.admin.id, now, LINK_LIFE)
        token = assessment.open_token if assessment else None
    sign_in = f"{settings.address}/sign-in/link/"
    candidate = f"{settings.address}/t/{token}" if token else None
    return Links(settings.address, candidate, sign_in + employer, sign_in + admin)
