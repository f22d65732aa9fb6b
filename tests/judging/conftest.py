"""What the tests of judging share."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("judging", deadline=None)  # a busy machine proves nothing about a pure function
settings.load_profile("judging")
