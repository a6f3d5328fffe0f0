"""Hear contributing units."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("taskunit") as table:
        table.add_column(sa.Column("opinion", sa.String(40), nullable=True))
        table.add_column(sa.Column("opinion_text", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("opinion_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("taskunit") as table:
        table.alter_column("opinion_text", server_default=None, existing_type=sa.String())
