"""Steps of the plan of an item of the work programme."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.add_column(sa.Column("item_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_task_item_id"), ["item_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_task_item_id"), "programmeitem", ["item_id"], ["id"])
