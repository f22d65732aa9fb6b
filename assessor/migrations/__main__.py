"""`python -m assessor.migrations "what changed"` writes the next revision from the difference between records and schema."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command

from assessor.database import Database, alembic_config


def write_revision(message: str) -> None:
    """Migrate an empty database to the newest revision, compare it with the records and write what is missing."""
    count = len(list((Path(__file__).parent / "versions").glob("*.py")))
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/empty.db")
        database.migrate()
        with database.engine.connect() as connection:
            config = alembic_config()
            config.attributes["connection"] = connection
            command.revision(config, message=message, autogenerate=True, rev_id=f"{count + 1:04d}")
        database.close()


if __name__ == "__main__":
    write_revision(sys.argv[1])
