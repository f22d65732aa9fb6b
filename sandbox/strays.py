"""Which containers nobody holds. By our own steady clock: the moment of creation that Docker tells is by one that may be set."""

from __future__ import annotations

import time
from collections.abc import Iterable

STRAY_AFTER_S = 120.0
"""A container whose maker has not heard of it for so long is nobody's: the answer to its making was lost."""


class Strays:
    """Remembers since when a container has had no holder."""

    def __init__(self) -> None:
        self._since: dict[str, float] = {}

    def among(self, unheld: Iterable[str], patience_s: float = STRAY_AFTER_S) -> set[str]:
        """Those of `unheld`, all that have no holder now, that had none `patience_s` ago either."""
        now = time.monotonic()
        self._since = {container_id: self._since.get(container_id, now) for container_id in unheld}
        return {container_id for container_id, since in self._since.items() if now - since >= patience_s}
