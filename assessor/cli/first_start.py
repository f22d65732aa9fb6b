"""What a first start brings in (the sample library, a demo assessment) and the links every start prints."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from assessor.assessments.demo import ensure_demo_assessment
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
    """Store what is new in the sample library and have it proved."""
    imported = import_library(database, None, utc_now())
    fresh = [item for item in imported if item.proof_id]
    if fresh:
        say(f"• Sample library: {len(fresh)} of {len(imported)} challenges are new")
    for item in fresh:
        queue.ring("proof", item.proof_id or "", Priority.PROOF)


def wait_for_library(database: Database, say: Callable[[str], None], stop: threading.Event, check: Callable[[], None]) -> None:
    """Show how the worker proves the library, one line a challenge, until no proof is under way."""
    waiting, finished = _library_proofs(database)
    told = set(finished)
    while waiting and not stop.wait(0.3):
        check()
        waiting, finished = _library_proofs(database)
        for slug in sorted(finished.keys() - told):
            told.add(slug)
            say(f"  {len(told)}/{len(finished) + waiting}  {slug}: {finished[slug]}")


def _library_proofs(database: Database) -> tuple[int, dict[str, str]]:
    """How many proofs of library challenges are under way, and how the others ended, by slug."""
    finished: dict[str, str] = {}
    waiting = 0
    with database.reading() as session:
        library = sa.select(Proof).join(Proof.version).join(Challenge).where(Challenge.organisation_id.is_(None))
        for proof in session.scalars(library.order_by(Proof.queued_at)):
            if proof.state in UNDER_WAY:
                waiting += 1
            elif proof.state is WorkState.NOT_JUDGED:
                finished[proof.version.challenge.slug] = f"not proved: {proof.failure}"
            else:
                finished[proof.version.challenge.slug] = proof.version.state.value
    return waiting, finished


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
