"""The sandbox images: one tier is one image, described by `<tier>.Dockerfile` beside this file.

A tier stands on another's packages or on the base. An operator builds the tiers whose languages are wanted: `USUAL` are the
ones a service starts with.
"""

from __future__ import annotations

REPOSITORY = "assessor-sandbox"

FOUNDATION: dict[str, str | None] = {
    "core": None,
    "main": "core",
    "more": "core",
    "heavy": "main",
}

TIERS = tuple(FOUNDATION)
USUAL = ("core", "main")
PINNED = ("core",)
"""Those whose languages' runtimes have no threads of their own, so that a core for each box serves them best."""


def tag(tier: str) -> str:
    """Docker's name for the image of this tier."""
    return f"{REPOSITORY}:{tier}"


def packages_tag(tier: str) -> str:
    """Docker's name for the layers of this tier below the supervisor, on which other tiers stand."""
    return f"{REPOSITORY}:{tier}-packages"


def with_foundations(tiers: tuple[str, ...]) -> list[str]:
    """These tiers and those below them, in the order in which they must be built."""
    wanted: set[str] = set()
    for tier in tiers:
        below: str | None = tier
        while below is not None:
            wanted.add(below)
            below = FOUNDATION[below]
    return [tier for tier in TIERS if tier in wanted]
