"""practice is chosen"""

from __future__ import annotations

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The same words on both databases. A batch would copy the table, which on SQLite other tables' rows refer to.
    op.execute(
        "ALTER TABLE assessment_version ADD COLUMN practice_challenge_id VARCHAR "
        "CONSTRAINT fk_assessment_version_practice_challenge_id_challenge REFERENCES challenge (id)"
    )


def downgrade() -> None:
    with op.batch_alter_table("assessment_version", schema=None) as batch_op:
        batch_op.drop_column("practice_challenge_id")
