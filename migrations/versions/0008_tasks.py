"""Tasks with their chain of assignment and contributing units; extensions, hand-backs, what was not done, the list."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("extended_to", sa.Date(), nullable=True),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("responsible_post_id", sa.Integer(), nullable=False),
        sa.Column("assigner_id", sa.Integer(), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_given", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["assigner_id"], ["person.id"], name=op.f("fk_task_assigner_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["person.id"], name=op.f("fk_task_entered_by_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_task_post_id")),
        sa.ForeignKeyConstraint(["responsible_post_id"], ["post.id"], name=op.f("fk_task_responsible_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("code", name=op.f("uq_task_code")),
    )
    for column in ("post_id", "responsible_post_id"):
        op.create_index(op.f(f"ix_task_{column}"), "task", [column], unique=False)
    op.create_index(
        "ix_task_waiting",
        "task",
        ["received_at"],
        unique=False,
        sqlite_where=sa.text("is_given = 0"),
        postgresql_where=sa.text("NOT is_given"),
    )
    op.create_table(
        "taskassignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("assigned_by_id", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["assigned_by_id"], ["person.id"], name=op.f("fk_taskassignment_assigned_by_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_taskassignment_post_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_taskassignment_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taskassignment")),
    )
    op.create_index(op.f("ix_taskassignment_task_id"), "taskassignment", ["task_id"], unique=False)
    op.create_table(
        "taskunit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("nominee_id", sa.Integer(), nullable=True),
        sa.Column("nominated_by_id", sa.Integer(), nullable=True),
        sa.Column("nominated_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["nominated_by_id"], ["person.id"], name=op.f("fk_taskunit_nominated_by_id")),
        sa.ForeignKeyConstraint(["nominee_id"], ["person.id"], name=op.f("fk_taskunit_nominee_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_taskunit_task_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_taskunit_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taskunit")),
        sa.UniqueConstraint("task_id", "unit_id", name=op.f("uq_taskunit_task_id_unit_id")),
    )
    op.create_index(op.f("ix_taskunit_nominee_id"), "taskunit", ["nominee_id"], unique=False)
    op.create_index(op.f("ix_taskunit_task_id"), "taskunit", ["task_id"], unique=False)
    op.create_table(
        "taskfailure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(40), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_taskfailure_decided_by_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_taskfailure_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taskfailure")),
        sa.UniqueConstraint("task_id", "due_at", name=op.f("uq_taskfailure_task_id_due_at")),
    )
    op.create_index(op.f("ix_taskfailure_task_id"), "taskfailure", ["task_id"], unique=False)
    _create_requests()
    _create_lists()


def _create_requests() -> None:
    op.create_table(
        "extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("new_due_on", sa.Date(), nullable=False),
        sa.Column("due_before", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_moment", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_extension_asked_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_extension_decided_by_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_extension_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
    )
    op.create_index(op.f("ix_extension_task_id"), "extension", ["task_id"], unique=False)
    op.create_table(
        "handback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=False),
        sa.Column("timeliness", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("proposed_unit_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_handback_asked_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_handback_decided_by_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_handback_post_id")),
        sa.ForeignKeyConstraint(["proposed_unit_id"], ["unit.id"], name=op.f("fk_handback_proposed_unit_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_handback_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handback")),
    )
    op.create_index(op.f("ix_handback_task_id"), "handback", ["task_id"], unique=False)


def _create_lists() -> None:
    op.create_table(
        "weeklylist",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("week_of", sa.Date(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("cutoff_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["approved_by_id"], ["person.id"], name=op.f("fk_weeklylist_approved_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weeklylist")),
        sa.UniqueConstraint("week_of", name=op.f("uq_weeklylist_week_of")),
    )
    op.create_table(
        "weeklyitem",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["list_id"], ["weeklylist.id"], name=op.f("fk_weeklyitem_list_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_weeklyitem_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weeklyitem")),
    )
    op.create_index(op.f("ix_weeklyitem_list_id"), "weeklyitem", ["list_id"], unique=False)
