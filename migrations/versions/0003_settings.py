"""When somebody wants his morning's message, and who has taken up his post."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("digest_at", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("tenure") as tenure:
        # Whoever holds a post already has nothing to take over.
        tenure.add_column(sa.Column("is_taken_up", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("person") as person:
        person.alter_column("digest_at", server_default=None, existing_type=sa.String())
    with op.batch_alter_table("tenure") as tenure:
        tenure.alter_column("is_taken_up", server_default=None, existing_type=sa.Boolean())
