"""Posts that carry a role."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("post") as table:
        table.create_index(
            "ix_post_with_roles",
            ["id"],
            unique=False,
            sqlite_where=sa.text("CAST(roles AS VARCHAR) != '[]'"),
            postgresql_where=sa.text("CAST(roles AS VARCHAR) != '[]'"),
        )
