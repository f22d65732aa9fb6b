"""The one tree of errors. Each carries a sentence for the person who caused it; edges turn it into a status or an exit code.

AssessorError
├── BadInput            the caller gave something unusable (422, exit 2)
├── NotFound            no such thing, or not for this reader (404, exit 2)
├── NotAllowed          signed in, but the permission table says no (403)
├── Conflict            true a moment ago, not any more: used link, closed attempt, newer draft (409)
├── TooMany             a limit on rate or amount (429)
├── Busy                the service has too much to do for this now (503)
└── Broken              something of ours is missing or down (503, exit 3)
"""

from __future__ import annotations


class AssessorError(Exception):
    """`code` is stable and for machines; `str(error)` is for people and names the way out."""

    code = "error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        if code is not None:
            self.code = code


class BadInput(AssessorError):
    """The caller gave something unusable; `field` names the input it concerns."""

    code = "bad_input"

    def __init__(self, message: str, *, code: str | None = None, field: str | None = None) -> None:
        super().__init__(message, code=code)
        self.field = field


class NotFound(AssessorError):
    code = "not_found"


class NotAllowed(AssessorError):
    code = "not_allowed"


class Conflict(AssessorError):
    code = "conflict"


class TooMany(AssessorError):
    """`retry_after_s` says when to come back."""

    code = "too_many"

    def __init__(self, message: str, *, retry_after_s: int = 60) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class Busy(AssessorError):
    """Nobody did anything wrong, and nothing is broken. `retry_after_s` says when to come back."""

    code = "busy"

    def __init__(self, message: str, *, code: str | None = None, retry_after_s: int = 20) -> None:
        super().__init__(message, code=code)
        self.retry_after_s = retry_after_s


class Broken(AssessorError):
    code = "broken"
