"""What is owed once a period."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "periodic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_periodic_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_periodic")),
        sa.UniqueConstraint("kind", "period", "unit_id", name=op.f("uq_periodic_kind_period_unit_id")),
    )
    op.create_index(op.f("ix_periodic_unit_id"), "periodic", ["unit_id"], unique=False)
