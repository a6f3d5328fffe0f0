"""A paper handed back goes through the chief of the Office; when an owner read his task."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("handback") as table:
        table.add_column(sa.Column("opinion", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("forwarded_by_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("forwarded_at", sa.DateTime(timezone=True), nullable=True))
        table.create_foreign_key(op.f("fk_handback_forwarded_by_id"), "person", ["forwarded_by_id"], ["id"])
    with op.batch_alter_table("taskassignment") as table:
        table.add_column(sa.Column("read_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("handback") as table:
        table.alter_column("opinion", server_default=None, existing_type=sa.String())
    # What was before the chair already stays there.
    op.execute("UPDATE handback SET forwarded_at = asked_at")
