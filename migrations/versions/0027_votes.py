"""Votes of the members of the committee."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "vote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("draft", sa.Integer(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("comments_count", sa.Boolean(), nullable=False),
        sa.Column("base", sa.String(40), nullable=False),
        sa.Column("accepts_late", sa.Boolean(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["opened_by_id"], ["person.id"], name=op.f("fk_vote_opened_by_id")),
        sa.ForeignKeyConstraint(["session_id"], ["meeting.id"], name=op.f("fk_vote_session_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_vote_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote")),
    )
    with op.batch_alter_table("vote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vote_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_vote_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "voteasked",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_voteasked_post_id")),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_voteasked_vote_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voteasked")),
        sa.UniqueConstraint("vote_id", "post_id", name=op.f("uq_voteasked_vote_id_post_id")),
    )
    with op.batch_alter_table("voteasked", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_voteasked_post_id"), ["post_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_voteasked_vote_id"), ["vote_id"], unique=False)

    op.create_table(
        "votedraft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("posted_by_id", sa.Integer(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["posted_by_id"], ["person.id"], name=op.f("fk_votedraft_posted_by_id")),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_votedraft_vote_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_votedraft")),
        sa.UniqueConstraint("vote_id", "number", name=op.f("uq_votedraft_vote_id_number")),
    )
    with op.batch_alter_table("votedraft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_votedraft_vote_id"), ["vote_id"], unique=False)

    op.create_table(
        "ballot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asked_id", sa.Integer(), nullable=False),
        sa.Column("draft", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("choice", sa.String(40), nullable=False),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("cast_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["asked_id"], ["voteasked.id"], name=op.f("fk_ballot_asked_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ballot_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
    )
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ballot_asked_id"), ["asked_id"], unique=False)

    op.create_table(
        "votefile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["votedraft.id"], name=op.f("fk_votefile_draft_id")),
        sa.ForeignKeyConstraint(["file_id"], ["storedfile.id"], name=op.f("fk_votefile_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_votefile")),
    )
    with op.batch_alter_table("votefile", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_votefile_draft_id"), ["draft_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_votefile_file_id"), ["file_id"], unique=False)
