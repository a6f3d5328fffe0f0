"""Opinions that are asked on drafts."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "commentrequest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("outside", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_commentrequest_asked_by_id")),
        sa.ForeignKeyConstraint(["file_id"], ["storedfile.id"], name=op.f("fk_commentrequest_file_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_commentrequest_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commentrequest")),
    )
    with op.batch_alter_table("commentrequest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_commentrequest_asked_by_id"), ["asked_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_commentrequest_unit_id"), ["unit_id"], unique=False)
    op.create_table(
        "commentasked",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["commentrequest.id"], name=op.f("fk_commentasked_request_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_commentasked_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commentasked")),
        sa.UniqueConstraint("request_id", "unit_id", name=op.f("uq_commentasked_request_id_unit_id")),
    )
    with op.batch_alter_table("commentasked", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_commentasked_request_id"), ["request_id"], unique=False)
