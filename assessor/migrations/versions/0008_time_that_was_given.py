"""time that was given"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import assessor.database

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pulse",
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("beat_at", assessor.database.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_pulse")),
    )
    op.create_table(
        "time_credit",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("attempt_id", sa.String(), nullable=False),
        sa.Column("cause", sa.Enum("given", "outage", "queue", name="creditcause", native_enum=False, length=16), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("began_at", assessor.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_at", assessor.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("account_id", sa.String(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("at", assessor.database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_time_credit_account_id_account")),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_time_credit_attempt_id_attempt"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_credit")),
    )
    with op.batch_alter_table("time_credit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_time_credit_attempt_id"), ["attempt_id"], unique=False)


def downgrade() -> None:
    op.drop_table("time_credit")
    op.drop_table("pulse")
