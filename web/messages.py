"""What people read for an error's code, in their language. Errors without an entry are looked up by their own sentence."""

from __future__ import annotations

from assessor.errors import AssessorError
from web.locales import LazyString, gettext
from web.locales import lazy_gettext as _l

MESSAGES: dict[str, LazyString] = {
    "cross_site": _l("This request came from another site. Open our page and try again."),
}


def message_for(error: AssessorError) -> str:
    """The sentence for the person who caused the error."""
    known = MESSAGES.get(error.code)
    return str(known) if known is not None else gettext(str(error))
