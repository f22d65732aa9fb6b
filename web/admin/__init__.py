"""Pages of administrators: judging, extra time, people, organisations, challenges, the audit log, the system's own state."""

from __future__ import annotations

from web.admin.blueprint import blueprint

__all__ = ["blueprint"]
