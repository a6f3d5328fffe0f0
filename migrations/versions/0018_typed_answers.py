"""Several choices at once, and by when an answer is owed; when it was last said that files do not arrive here."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("prompt") as prompt:
        prompt.add_column(sa.Column("ticks", sa.JSON(), nullable=False, server_default="[]"))
        prompt.add_column(sa.Column("is_used", sa.Boolean(), nullable=False, server_default=sa.false()))
        prompt.add_column(sa.Column("asked", sa.String(), nullable=False, server_default=""))
        prompt.add_column(sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
        prompt.add_column(sa.Column("until", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("prompt") as prompt:
        prompt.alter_column("ticks", server_default=None, existing_type=sa.JSON())
        prompt.alter_column("asked", server_default=None, existing_type=sa.String())
        prompt.alter_column("is_used", server_default=None, existing_type=sa.Boolean())
    with op.batch_alter_table("channelaccount") as account:
        account.add_column(sa.Column("files_refused_at", sa.DateTime(timezone=True), nullable=True))
