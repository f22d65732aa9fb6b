"""Alembic's environment and the schema's history, shipped with the package and applied by `Database.migrate`."""
