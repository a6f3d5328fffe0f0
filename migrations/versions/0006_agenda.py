"""Items of an agenda, the units that are heard on them, and questions about late papers."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agendaitem",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_agendaitem_meeting_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_agendaitem_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agendaitem")),
        sa.UniqueConstraint("code", name=op.f("uq_agendaitem_code")),
    )
    op.create_index(op.f("ix_agendaitem_meeting_id"), "agendaitem", ["meeting_id"])
    op.create_table(
        "opinionasked",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["agendaitem.id"], name=op.f("fk_opinionasked_item_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_opinionasked_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinionasked")),
        sa.UniqueConstraint("item_id", "unit_id", name=op.f("uq_opinionasked_item_id_unit_id")),
    )
    op.create_index(op.f("ix_opinionasked_item_id"), "opinionasked", ["item_id"])
    op.create_table(
        "latepapers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("moved_to_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_latepapers_decided_by_id")),
        sa.ForeignKeyConstraint(["item_id"], ["agendaitem.id"], name=op.f("fk_latepapers_item_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_latepapers_meeting_id")),
        sa.ForeignKeyConstraint(["moved_to_id"], ["meeting.id"], name=op.f("fk_latepapers_moved_to_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["person.id"], name=op.f("fk_latepapers_proposed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_latepapers")),
    )
    op.create_index(op.f("ix_latepapers_item_id"), "latepapers", ["item_id"])
    op.create_index(op.f("ix_latepapers_meeting_id"), "latepapers", ["meeting_id"])
