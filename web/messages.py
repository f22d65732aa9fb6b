"""What people read for an error: its sentence, translated where the catalogues know it."""

from __future__ import annotations

from assessor.errors import AssessorError
from web.locales import gettext


def message_for(error: AssessorError) -> str:
    """The sentence for the person who caused the error, in the language in force."""
    return gettext(str(error))
