"""The meeting day: what was seen of whom, the head count, the code at the door."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("meeting") as meeting:
        meeting.add_column(sa.Column("check_in_code", sa.String(), nullable=True))
        meeting.create_unique_constraint(meeting.f("uq_meeting_check_in_code"), ["check_in_code"])
    op.create_table(
        "headcount",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_final", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_headcount_meeting_id")),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_headcount")),
    )
    op.create_table(
        "attendanceentry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(40), nullable=False),
        sa.Column("method", sa.String(40), nullable=False),
        sa.Column("is_online", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(40), nullable=True),
        sa.Column("mark", sa.String(40), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entered_by_id"], ["person.id"], name=op.f("fk_attendanceentry_entered_by_id")),
        sa.ForeignKeyConstraint(["invitation_id"], ["invitation.id"], name=op.f("fk_attendanceentry_invitation_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_attendanceentry_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attendanceentry_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendanceentry")),
    )
    for name in ("meeting_id", "invitation_id", "person_id"):
        op.create_index(op.f(f"ix_attendanceentry_{name}"), "attendanceentry", [name], unique=False)
