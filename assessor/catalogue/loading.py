"""From a stored version back to its package and problem. A version never changes, so what was read once is kept."""

from __future__ import annotations

import threading
from collections import OrderedDict

import sqlalchemy as sa
from sqlalchemy.orm import Session

from assessor.catalogue.models import Challenge, ChallengeVersion
from assessor.errors import Broken, NotFound
from assessor.wording import N_
from challenges.package import Package, PackageError, open_zip
from challenges.problem import Problem
from challenges.reading import read_problem

KEPT_BYTES = 256 * 1024 * 1024
"""How much test data the problems kept in memory may hold together."""


class ProblemCache:
    """The problems used last, by short name and digest, bounded by the size of their files. Safe for threads."""

    def __init__(self, kept_bytes: int) -> None:
        self._kept_bytes = kept_bytes
        self._entries: OrderedDict[tuple[str, str], tuple[Problem, int]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: tuple[str, str]) -> Problem | None:
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return None
            self._entries.move_to_end(key)
            return entry[0]

    def put(self, key: tuple[str, str], problem: Problem, size: int) -> None:
        """Keep a problem, forgetting the ones unused for longest; one that is too large alone is not kept."""
        with self._lock:
            if key in self._entries or size > self._kept_bytes:
                return
            self._entries[key] = (problem, size)
            self._bytes += size
            while self._bytes > self._kept_bytes:
                _, (_, dropped) = self._entries.popitem(last=False)
                self._bytes -= dropped


_problems = ProblemCache(KEPT_BYTES)

_KEY = (
    sa.select(Challenge.slug, ChallengeVersion.digest)
    .join(ChallengeVersion.challenge)
    .where(ChallengeVersion.id == sa.bindparam("version_id"))
)


def load_package(session: Session, version_id: str) -> Package:
    """The package of a version, as it was stored. Raises NotFound, or Broken when the stored bytes are damaged."""
    row = session.execute(
        sa.select(Challenge.slug, ChallengeVersion.digest, ChallengeVersion.package)
        .join(ChallengeVersion.challenge)
        .where(ChallengeVersion.id == version_id)
    ).one_or_none()
    if row is None:
        raise NotFound(N_("There is no such version of a challenge."))
    try:
        package = open_zip(row.slug, row.package)
    except PackageError as error:
        raise Broken(f"The stored package of {row.slug} cannot be read; restore it from a backup. {error}") from error
    if package.digest != row.digest:
        raise Broken(f"The stored package of {row.slug} is not the one that was checked; restore it from a backup.")
    return package


def load_problem(session: Session, version_id: str) -> Problem:
    """The problem of a version, from memory when it was used lately. Raises NotFound or Broken."""
    key = session.execute(_KEY, {"version_id": version_id}).one_or_none()
    if key is None:
        raise NotFound(N_("There is no such version of a challenge."))
    known = _problems.get((key.slug, key.digest))
    if known is not None:
        return known
    package = load_package(session, version_id)
    problem, findings = read_problem(package)
    if problem is None:
        raise Broken(f"The stored package of {key.slug} cannot be read by this release: {findings[0] if findings else ''}")
    _problems.put((key.slug, key.digest), problem, sum(len(content) for content in package.files.values()))
    return problem
