"""The return key: sixteen digits with which a candidate comes back from another device. Only a slow hash of it is kept.

The hash is salted with the service's secret and not for each key, so that an attempt can be found by its key alone; without
the secret a stolen database gives no key away, and with it each guess among 10^16 costs a scrypt.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from assessor.assessments.models import Attempt, AttemptState
from assessor.errors import NotFound
from assessor.wording import N_

DIGITS = 16
_EASTERN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def new_return_key() -> str:
    """A fresh key: sixteen digits, in groups of four with spaces."""
    return grouped("".join(secrets.choice("0123456789") for _ in range(DIGITS)))


@dataclass(frozen=True, slots=True)
class ReturnKey:
    """A key to be told once, and the slow hash that is kept."""

    told: str
    hash: str


def fresh_return_key(secret: str) -> ReturnKey:
    """A fresh key. It takes a while: make it before the transaction, where nobody waits for it."""
    key = new_return_key()
    return ReturnKey(key, hash_return_key(secret, key))


def grouped(key: str) -> str:
    """Sixteen digits in groups of four."""
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


def western_digits(text: str) -> str:
    """The text with Arabic and Persian digits as 0 to 9."""
    return text.translate(_EASTERN_DIGITS)


def hash_return_key(secret: str, key: str) -> str:
    """The slow hash of a key, 64 hex digits. Spaces, hyphens and the script of the digits do not matter."""
    salt = hmac.digest(secret.encode(), b"assessor.return-key", "sha256")
    digits = "".join(character for character in western_digits(key) if character.isdigit())
    return hashlib.scrypt(digits.encode(), salt=salt, n=2**14, r=8, p=1, dklen=32).hex()


def find_by_return_key(session: Session, secret: str, key: str) -> Attempt:
    """The attempt a key belongs to. Raises NotFound for any other sixteen digits."""
    attempt = session.scalar(sa.select(Attempt).where(Attempt.key_hash == hash_return_key(secret, key)))
    if attempt is None or attempt.state is AttemptState.VOIDED:
        raise NotFound(N_("We do not know this return key. Check the sixteen digits and try again."), code="return_key_unknown")
    return attempt


def renew_return_key(session: Session, secret: str, attempt_id: str) -> str:
    """A new key for an attempt; the old one is worth nothing from now on."""
    key = new_return_key()
    session.execute(sa.update(Attempt).where(Attempt.id == attempt_id).values(key_hash=hash_return_key(secret, key)))
    return key
