"""a pause"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import assessor.database

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("assessment_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pause_minutes", sa.Integer(), server_default="0", nullable=False))
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.add_column(sa.Column("paused_at", assessor.database.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("paused_seconds", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_column("paused_seconds")
        batch_op.drop_column("paused_at")
    with op.batch_alter_table("assessment_version", schema=None) as batch_op:
        batch_op.drop_column("pause_minutes")
