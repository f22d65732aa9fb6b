"""The languages candidates may use, for rooms that must not know the sandbox."""

from __future__ import annotations

from sandbox.languages import LANGUAGES, Language

__all__ = ["LANGUAGES", "Language"]
