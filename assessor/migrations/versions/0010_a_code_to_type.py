"""a code to type"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from assessor.ids import new_code

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("code", sa.String(length=6), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_assessment_code"), ["code"])
    assessment = sa.table("assessment", sa.column("id", sa.String), sa.column("code", sa.String))
    connection = op.get_bind()
    for row in connection.execute(sa.select(assessment.c.id)).all():
        connection.execute(sa.update(assessment).where(assessment.c.id == row.id).values(code=new_code()))


def downgrade() -> None:
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_assessment_code"), type_="unique")
        batch_op.drop_column("code")
