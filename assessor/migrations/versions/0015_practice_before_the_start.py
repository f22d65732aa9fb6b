"""practice before the start"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "practice",
        sa.Column("attempt_id", sa.String(), nullable=False),
        sa.Column("of_attempt_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_practice_attempt_id_attempt"), ondelete="cascade"),
        sa.ForeignKeyConstraint(
            ["of_attempt_id"], ["attempt.id"], name=op.f("fk_practice_of_attempt_id_attempt"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_practice")),
        sa.UniqueConstraint("of_attempt_id", name=op.f("uq_practice_of_attempt_id")),
    )


def downgrade() -> None:
    op.drop_table("practice")
