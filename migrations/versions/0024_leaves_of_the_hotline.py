"""Leaves of the hotline."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hotlineleave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_hotlineleave_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_hotlineleave_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hotlineleave")),
    )
    with op.batch_alter_table("hotlineleave", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hotlineleave_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hotlineleave_to_on"), ["to_on"], unique=False)
