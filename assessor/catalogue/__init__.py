"""Challenges and their immutable versions: upload, checks, proving, publishing, export."""
