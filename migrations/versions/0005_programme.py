"""The work programme: items, changes asked of the chair, explanations of what is not finished."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "programmeitem",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_programmeitem_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programmeitem")),
        sa.UniqueConstraint("code", name=op.f("uq_programmeitem_code")),
    )
    op.create_index(op.f("ix_programmeitem_due_on"), "programmeitem", ["due_on"], unique=False)
    op.create_index(op.f("ix_programmeitem_unit_id"), "programmeitem", ["unit_id"], unique=False)
    op.create_table(
        "programmechange",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("ground", sa.String(40), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("necessity", sa.String(), nullable=False),
        sa.Column("impact", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("former_due_on", sa.Date(), nullable=True),
        sa.Column("former_content", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_reason", sa.String(), nullable=False),
        sa.Column("pack_id", sa.String(), nullable=False),
        sa.Column("pack_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_programmechange_asked_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_programmechange_decided_by_id")),
        sa.ForeignKeyConstraint(["item_id"], ["programmeitem.id"], name=op.f("fk_programmechange_item_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_programmechange_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programmechange")),
    )
    for column in ("asked_by_id", "item_id", "state", "unit_id"):
        op.create_index(op.f(f"ix_programmechange_{column}"), "programmechange", [column], unique=False)
    op.create_table(
        "explanation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["programmeitem.id"], name=op.f("fk_explanation_item_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_explanation_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_explanation")),
        sa.UniqueConstraint("item_id", "meeting_id", name=op.f("uq_explanation_item_id_meeting_id")),
    )
    for column in ("item_id", "meeting_id"):
        op.create_index(op.f(f"ix_explanation_{column}"), "explanation", [column], unique=False)
