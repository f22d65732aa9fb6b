"""Passwords: argon2id, checked in the same time whether or not the account exists.

Hashing takes a fifth of a second: do it before a transaction begins, never inside one.
"""

from __future__ import annotations

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from assessor.errors import BadInput
from assessor.wording import N_

SHORTEST = 12
LONGEST = 256
"""Longer ones are refused before they are hashed: hashing a megabyte is a way to keep the service busy."""

_hasher = PasswordHasher()
# One hash takes 64 MiB and a core: so many at once, the others wait.
_at_once = threading.BoundedSemaphore(4)
# Verified against when there is no account or no password, so that the answer takes as long as for a real one.
_NOBODY = _hasher.hash("nobody has this password, it only takes as long as a real one")

# Twelve characters and more that turn up first in every list of guesses, beside the patterns `_too_simple` finds.
_COMMON = frozenset(
    {
        "123456789012",
        "1234567890123",
        "1q2w3e4r5t6y",
        "qwertyuiop123",
        "qwertyuiopas",
        "passwordpassword",
        "password1234",
        "password12345",
        "password123456",
        "administrator",
        "administrator1",
        "letmeinletmein",
        "iloveyouiloveyou",
        "welcomewelcome",
        "welcome12345",
        "changemechangeme",
        "qwerty123456",
        "qwerty1234567",
        "abcdefghijkl",
        "abcd1234abcd",
        "1qaz2wsx3edc",
        "trustno1trustno1",
        "football1234",
        "monkeymonkey",
        "dragondragon",
        "sunshinesunshine",
        "princessprincess",
        "assessor1234",
        "losenordlosenord",
    }
)


def hash_password(password: str, *, login: str = "") -> str:
    """The argon2id hash to store. Raises BadInput, with what to do, for a password that is too easy to guess."""
    if len(password) < SHORTEST:
        raise BadInput(N_("Use at least 12 characters. Four or five words in a row are easy to remember."), field="password")
    if len(password) > LONGEST:
        raise BadInput(N_("Use at most 256 characters."), field="password")
    if _too_simple(password, login):
        raise BadInput(N_("This password is among the first anybody would guess. Choose another one."), field="password")
    with _at_once:
        return _hasher.hash(password)


def replacement_hash(stored_hash: str | None, login: str, present: str, fresh: str) -> str:
    """The hash of a new password, after proving the present one; who has none yet need not. Raises BadInput."""
    if stored_hash is not None and not verify_password(stored_hash, present):
        raise BadInput(N_("This is not your present password."), field="present")
    return hash_password(fresh, login=login)


def _too_simple(password: str, login: str) -> bool:
    plain = password.casefold()
    name = login.casefold().partition("@")[0]
    return plain in _COMMON or len(set(plain)) < 5 or (len(name) >= 4 and plain.replace(name, "").strip("0123456789.-_! ") == "")


def verify_password(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one. Takes as long for a null hash, and then answers False."""
    if len(password) > LONGEST:
        password = ""
    try:
        with _at_once:
            _hasher.verify(password_hash or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None
