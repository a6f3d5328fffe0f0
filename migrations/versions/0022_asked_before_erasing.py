"""How often a chat had asked before its data was erased."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("channelaccount") as account:
        account.add_column(sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
        account.add_column(sa.Column("asked_before_erasing", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("channelaccount") as account:
        account.alter_column("asked_before_erasing", server_default=None, existing_type=sa.Integer())
