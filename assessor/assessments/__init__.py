"""Assessments, invitations, attempts, the clock, drafts."""
