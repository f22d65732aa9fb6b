"""A crowd at work: many candidates who type and hand in at the same time, on the whole service, for minutes.

Each saves every few seconds as a page does while one types, and hands in now and then. Counted is what must never happen, a save
or a submission that was answered for and is not there; measured is how long a save takes, beside a request that does nothing, and
how long a submission waits for a worker.
"""

from __future__ import annotations

import random
import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
import sqlalchemy as sa

from assessor.assessments.models import Draft
from assessor.database import Database
from assessor.judging.leases import WorkState
from assessor.judging.models import Submission
from bench.measuring import BenchFailure
from bench.programs import Submission as Programs
from bench.serving import TIMEOUT_S, Served, Serving, serving

SAVES_EVERY_S = 3.0
HANDS_IN_EVERY_S = 90.0
LOOKS_EVERY_S = 0.2
AGAIN_AFTER_S = 1.0
JUDGED_WITHIN_S = 300.0

EMPTY, SAVE, WAIT, LONGEST_WAIT = "empty request, p95", "save, p95", "wait, p95", "wait, longest"


class Typist(Served):
    """One candidate, seen by the service under an address of its own. Keeps what was answered for."""

    def __init__(self, service: Serving, programs: Programs) -> None:
        super().__init__(service, programs)
        self.seconds_of_saves: list[float] = []
        self.saved = 0
        self.text = ""
        self.handed_in: list[str] = []

    def work(self, until: float, chance: random.Random) -> None:
        """Type until then; a save that is refused, or is not answered, ends the benchmark."""
        hands_in_at = time.monotonic() + chance.uniform(1, min(HANDS_IN_EVERY_S, until - time.monotonic()) / 2)
        time.sleep(chance.uniform(0, SAVES_EVERY_S))
        while time.monotonic() < until:
            self._save(f"# {secrets.token_hex(chance.randrange(20, 400))}\n{self.programs.source}")
            if time.monotonic() > hands_in_at:
                self._hand_in()
                hands_in_at = time.monotonic() + HANDS_IN_EVERY_S
            time.sleep(SAVES_EVERY_S * chance.uniform(0.7, 1.3))

    def _save(self, text: str) -> None:
        body = {
            "language": self.programs.language.id,
            "source": text,
            "base": self.saved,
            "sequence": self.saved + 1,
            "writer": "bench",
        }
        began = time.perf_counter()
        answer = self._post_patiently("draft", body)
        self.seconds_of_saves.append(time.perf_counter() - began)
        self.saved, self.text = int(answer["sequence"]), text

    def _post_patiently(self, what: str, body: dict[str, Any]) -> dict[str, Any]:
        """As the page does it: where too many save at one moment, the same once more. The wait counts as part of the request."""
        until = time.monotonic() + TIMEOUT_S
        while True:
            try:
                return self.post(what, body)
            except BenchFailure as failure:
                if "answered 503" not in str(failure) or time.monotonic() > until:
                    raise
            time.sleep(AGAIN_AFTER_S)

    def _hand_in(self) -> None:
        body = {
            "kind": "submission",
            "language": self.programs.language.id,
            "source": self.text,
            "client_key": secrets.token_hex(8),
        }
        self.handed_in.append(str(self._post_patiently("submissions", body)["id"]))


@dataclass
class _Beside:
    """Asks for a page that does nothing, all the while: what a request costs on a machine this busy."""

    address: str
    seconds: list[float] = field(default_factory=list)

    def look(self, until: float) -> None:
        with requests.Session() as pages:
            while time.monotonic() < until:
                began = time.perf_counter()
                pages.get(f"{self.address}/healthz", timeout=TIMEOUT_S).raise_for_status()
                self.seconds.append(time.perf_counter() - began)
                time.sleep(LOOKS_EVERY_S)


class Crowd:
    """So many candidates in one running service."""

    def __init__(self, folder: Path, programs: Programs, runtime: str, candidates: int) -> None:
        self._stack = ExitStack()
        # Each candidate comes from an address of its own, as in life: how often one address may ask is limited.
        service = self._stack.enter_context(serving(folder, programs, runtime, ASSESSOR_TRUSTED_PROXIES="1"))
        self._database: Database = service.database
        self._address = service.address
        self._typists = [Typist(service, programs) for _ in range(candidates)]
        with ThreadPoolExecutor(8) as threads:
            list(threads.map(_begin, range(candidates), self._typists))

    def figures(self, seconds: float) -> dict[str, float]:
        """What so many seconds of their work show. Raises BenchFailure when anything that was answered for is lost."""
        until = time.monotonic() + seconds
        beside, chance = _Beside(self._address), random.Random(1)  # noqa: S311
        seeds = [random.Random(chance.random()) for _ in self._typists]  # noqa: S311
        with ThreadPoolExecutor(len(self._typists) + 1) as threads:
            looking = threads.submit(beside.look, until)
            working = [threads.submit(one.work, until, seed) for one, seed in zip(self._typists, seeds, strict=True)]
            for done in (*working, looking):
                done.result()
        saves = [second for one in self._typists for second in one.seconds_of_saves]
        waits = self._check()
        return {
            EMPTY: _at(beside.seconds, 0.95) * 1000,
            SAVE: _at(saves, 0.95) * 1000,
            WAIT: _at(waits, 0.95) * 1000,
            LONGEST_WAIT: max(waits, default=0.0) * 1000,
        }

    def close(self) -> None:
        self._stack.close()

    def _check(self) -> list[float]:
        """Everything answered for is there, judged once; how long each submission waited for a worker, in seconds."""
        deadline = time.monotonic() + JUDGED_WITHIN_S
        expected = {made for one in self._typists for made in one.handed_in}
        while True:
            with self._database.reading() as session:
                rows = session.scalars(sa.select(Submission).where(Submission.id.in_(expected))).all()
            if all(row.state is WorkState.GRADED for row in rows) or time.monotonic() > deadline:
                break
            time.sleep(0.5)
        lost = expected - {row.id for row in rows if row.state is WorkState.GRADED and row.verdict == "AC"}
        if lost:
            raise BenchFailure(f"{len(lost)} of {len(expected)} submissions are lost, unjudged or wrong")
        for one in self._typists:
            self._check_drafts(one)
        return [(row.started_at - row.queued_at).total_seconds() for row in rows if row.started_at]

    def _check_drafts(self, one: Typist) -> None:
        with self._database.reading() as session:
            kept = session.scalars(sa.select(Draft).where(Draft.attempt_id == one.attempt)).all()
        if [(draft.sequence, draft.source) for draft in kept] != ([(one.saved, one.text)] if one.saved else []):
            raise BenchFailure(f"a save is lost: the last that was answered for was number {one.saved}")


def _begin(number: int, typist: Typist) -> None:
    typist.seen_as(f"10.{number // 65536}.{number // 256 % 256}.{number % 256}")
    typist.begin()


def _at(values: list[float], share: float) -> float:
    """The value below which this share of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
