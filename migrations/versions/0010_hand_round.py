"""Which item a paper is about, and when it goes round."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("meetingpaper") as table:
        table.add_column(sa.Column("item_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("hand_round_at", sa.DateTime(timezone=True), nullable=True))
        table.create_foreign_key(op.f("fk_meetingpaper_item_id"), "agendaitem", ["item_id"], ["id"])
        table.create_index(op.f("ix_meetingpaper_hand_round_at"), ["hand_round_at"])
