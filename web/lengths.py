"""A length of time in words."""

from __future__ import annotations

from web.locales import ngettext


def length(seconds: int) -> str:
    """Seconds up to a minute and a half, then minutes upwards."""
    if seconds < 90:
        return ngettext("%(num)d second", "%(num)d seconds", seconds)
    return ngettext("%(num)d minute", "%(num)d minutes", -(-seconds // 60))
