"""Hotlines with their teams and places, and the procedures that citizens ask about."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "procedure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("keywords", sa.JSON(), nullable=False),
        sa.Column("intake", sa.String(), nullable=False),
        sa.Column("level", sa.String(40), nullable=True),
        sa.Column("guide", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure")),
        sa.UniqueConstraint("code", name=op.f("uq_procedure_code")),
    )
    op.create_table(
        "hotline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("leader_post_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["leader_post_id"], ["post.id"], name=op.f("fk_hotline_leader_post_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_hotline_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hotline")),
        sa.UniqueConstraint("unit_id", name=op.f("uq_hotline_unit_id")),
    )
    op.create_index(op.f("ix_hotline_leader_post_id"), "hotline", ["leader_post_id"], unique=False)
    op.create_table(
        "hotlinemember",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hotline_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["hotline_id"], ["hotline.id"], name=op.f("fk_hotlinemember_hotline_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_hotlinemember_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hotlinemember")),
        sa.UniqueConstraint("hotline_id", "post_id", name=op.f("uq_hotlinemember_hotline_id_post_id")),
    )
    op.create_index(op.f("ix_hotlinemember_hotline_id"), "hotlinemember", ["hotline_id"], unique=False)
    op.create_index(op.f("ix_hotlinemember_post_id"), "hotlinemember", ["post_id"], unique=False)
    op.create_table(
        "hotlineplace",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hotline_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded_name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["hotline_id"], ["hotline.id"], name=op.f("fk_hotlineplace_hotline_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hotlineplace")),
        sa.UniqueConstraint("hotline_id", "name", name=op.f("uq_hotlineplace_hotline_id_name")),
    )
    op.create_index(op.f("ix_hotlineplace_folded_name"), "hotlineplace", ["folded_name"], unique=False)
    op.create_index(op.f("ix_hotlineplace_hotline_id"), "hotlineplace", ["hotline_id"], unique=False)
    with op.batch_alter_table("body") as body:
        body.add_column(sa.Column("directory_digest", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("body") as body:
        body.alter_column("directory_digest", server_default=None, existing_type=sa.String())
