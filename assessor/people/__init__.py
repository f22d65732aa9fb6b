"""Organisations, accounts, roles, the one permission table, sign-in links, the audit log."""
