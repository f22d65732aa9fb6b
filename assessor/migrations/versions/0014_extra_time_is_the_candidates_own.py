"""extra time is the candidate's own"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import assessor.database

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "extra_time_wish",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("attempt_id", sa.String(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("asked_at", assessor.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("decided_at", assessor.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_extra_time_wish_attempt_id_attempt"), ondelete="cascade"
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_extra_time_wish_decided_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extra_time_wish")),
    )
    with op.batch_alter_table("extra_time_wish", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_extra_time_wish_attempt_id"), ["attempt_id"], unique=False)
    with op.batch_alter_table("assessment_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("own_extra_time", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.add_column(sa.Column("private_extra_percent", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_column("private_extra_percent")
    with op.batch_alter_table("assessment_version", schema=None) as batch_op:
        batch_op.drop_column("own_extra_time")
    op.drop_table("extra_time_wish")
