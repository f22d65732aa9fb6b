"""Opaque ids with a prefix that tells what they name: `att_…` an attempt, `sub_…` a submission. Random, so not guessable."""

from __future__ import annotations

import secrets
from collections.abc import Callable

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH = 16
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 6


def new_id(prefix: str) -> str:
    """A fresh id such as `att_7k2m9x4c0d3f5h8j` (80 random bits)."""
    return prefix + "_" + "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


def id_factory(prefix: str) -> Callable[[], str]:
    """For a column's default."""
    return lambda: new_id(prefix)


def new_token() -> str:
    """A secret for a link, 160 bits, safe in a URL."""
    return secrets.token_urlsafe(20)


def new_code() -> str:
    """Six characters to type, none of which looks like another: one of 887 million."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
