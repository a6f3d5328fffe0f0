"""Duties of every kind: what was done about them, how their due day was counted, for whom a reminder is."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dutyentry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("signed", sa.Boolean(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("due_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_after", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_dutyentry_duty_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["person.id"], name=op.f("fk_dutyentry_entered_by_id")),
        sa.ForeignKeyConstraint(["file_id"], ["storedfile.id"], name=op.f("fk_dutyentry_file_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_dutyentry_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dutyentry")),
    )
    op.create_index(op.f("ix_dutyentry_duty_id"), "dutyentry", ["duty_id"], unique=False)
    with op.batch_alter_table("duty") as duty:
        duty.add_column(sa.Column("what", sa.String(), nullable=False, server_default=""))
        duty.add_column(sa.Column("superior_id", sa.Integer(), nullable=True))
        duty.add_column(sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True))
        duty.add_column(sa.Column("event_at", sa.DateTime(timezone=True), nullable=True))
        duty.add_column(sa.Column("rule", sa.JSON(), nullable=True))
        duty.add_column(sa.Column("is_provisional", sa.Boolean(), nullable=False, server_default=sa.false()))
        duty.create_index("ix_duty_state_due", ["state", "due_at"], unique=False)
        duty.create_foreign_key(duty.f("fk_duty_superior_id"), "person", ["superior_id"], ["id"])
    with op.batch_alter_table("ping") as ping:
        ping.add_column(sa.Column("addressee", sa.String(), nullable=True))
    # When a former duty arose was not kept; each of them was about a meeting, and ended with it.
    op.execute("UPDATE duty SET opened_at = due_at, event_at = due_at")
    op.execute(
        """
        UPDATE ping SET addressee = (
            SELECT CASE WHEN duty.person_id IS NULL THEN 'post:' || duty.post_id ELSE 'person:' || duty.person_id END
            FROM duty WHERE duty.id = ping.duty_id
        )
        """
    )
    op.execute("UPDATE ping SET addressee = 'office' WHERE addressee IS NULL")
    with op.batch_alter_table("duty") as duty:
        duty.alter_column("opened_at", nullable=False, existing_type=sa.DateTime(timezone=True))
        duty.alter_column("what", server_default=None, existing_type=sa.String())
        duty.alter_column("is_provisional", server_default=None, existing_type=sa.Boolean())
    with op.batch_alter_table("ping") as ping:
        ping.alter_column("addressee", nullable=False, existing_type=sa.String())
