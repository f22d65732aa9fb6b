"""Pages of authors: challenges with their versions, upload, proof, publishing."""

from __future__ import annotations

from web.author.blueprint import blueprint

__all__ = ["blueprint"]
