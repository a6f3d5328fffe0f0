"""What papers do not hold of the checklist."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("dutyentry") as table:
        table.add_column(sa.Column("missing", sa.JSON(), nullable=True))
