"""What a host's speed means for time limits. Pure but for `proven_ms`.

A limit counts CPU time on the host that proved it. On a host that needs longer for the reference program the limit is longer in
proportion, up to four times; on a faster one it stays, for nobody may get less than was promised. Differences of up to
15 % are within what measuring itself varies and change nothing, so that equal hosts have equal limits.
"""

from __future__ import annotations

import statistics

import sqlalchemy as sa
from sqlalchemy.orm import Session

from assessor.catalogue.models import ChallengeVersion, VersionState

SAME = 1.15
SLOWEST = 4.0


def slowdown(here_ms: int | None, proven_ms: int | None) -> float:
    """By how much time limits are longer here; 1 where either speed is unknown."""
    if not here_ms or not proven_ms:
        return 1.0
    ratio = here_ms / proven_ms
    return 1.0 if ratio <= SAME else min(round(ratio, 2), SLOWEST)


def proven_ms(session: Session) -> int | None:
    """The reference program's time where the limits of published challenges were proven: the median, null while none is known."""
    query = sa.select(ChallengeVersion.reference_ms).where(
        ChallengeVersion.state == VersionState.PUBLISHED, ChallengeVersion.reference_ms.is_not(None)
    )
    found = [ms for ms in session.scalars(query) if ms is not None]
    return round(statistics.median(found)) if found else None


def speed_sentence(here_ms: int, there_ms: int | None) -> str:
    """For the people who run the service."""
    if there_ms is None:
        return f"The reference program takes {here_ms} ms here. No time limit has been proven with it yet."
    factor = slowdown(here_ms, there_ms)
    kept = "time limits are kept as they are" if factor == 1.0 else f"time limits are {factor:g} times as long here"
    ratio = f"factor {here_ms / there_ms:.2f}"
    return f"The reference program takes {here_ms} ms here, {there_ms} ms where time limits were proven: {ratio}, {kept}."
