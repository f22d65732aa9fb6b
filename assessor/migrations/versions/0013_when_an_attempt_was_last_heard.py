"""when an attempt was last heard"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import assessor.database

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("attempt", "submission"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("heard_at", assessor.database.UtcDateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for table in ("submission", "attempt"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("heard_at")
