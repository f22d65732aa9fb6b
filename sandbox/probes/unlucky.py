"""What each language shows of how a program can end badly."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unlucky:
    """Five programs in one language."""

    spins: str
    hogs: str
    floods: str
    crashes: str
    broken: str
