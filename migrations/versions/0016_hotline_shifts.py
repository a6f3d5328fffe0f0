"""Shifts of the hotline that a colleague took over, or was asked to."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hotlineshift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("half", sa.String(40), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("from_post_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_hotlineshift_asked_by_id")),
        sa.ForeignKeyConstraint(["from_post_id"], ["post.id"], name=op.f("fk_hotlineshift_from_post_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_hotlineshift_post_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_hotlineshift_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hotlineshift")),
    )
    with op.batch_alter_table("hotlineshift", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hotlineshift_post_id"), ["post_id"], unique=False)
        batch_op.create_index("ix_hotlineshift_unit_day", ["unit_id", "day"], unique=False)
