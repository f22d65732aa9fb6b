"""Pages of employers: assessments, invitations, results, one candidate's report, members."""

from __future__ import annotations

from web.employer.blueprint import blueprint

__all__ = ["blueprint"]
