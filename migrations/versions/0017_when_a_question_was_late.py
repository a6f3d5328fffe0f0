"""When a question was late."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.add_column(sa.Column("late_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("late_unit_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_ticket_late_unit_id"), "unit", ["late_unit_id"], ["id"])
