"""The catalogue's cast: author Astrid in her organisation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cast:
    """Astrid writes challenges for Alder Ltd."""

    astrid_id: str
    organisation_id: str
