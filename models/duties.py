"""Duties: who owes what by when under which clause; and the pings that push them."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, Session, col, select

from models.base import Table, UtcDateTime, by_value


class DutyKind(StrEnum):
    ANSWER_INVITATION = "answer_invitation"
    DECIDE_ABSENCE = "decide_absence"


class DutyState(StrEnum):
    OPEN = "open"
    DONE = "done"
    MISSED = "missed"
    VOID = "void"


class Duty(Table, table=True):
    """Owed by the holder of a post, or by a person where the act is personal (a chair's decision).

    `subject_id` is the invitation or request that it is about. `pack_id`, `pack_version` and `clause` are
    those in force when it arose.
    """

    __table_args__ = (UniqueConstraint("kind", "subject_id"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: DutyKind = Field(sa_type=by_value(DutyKind))
    subject_id: int
    post_id: int | None = Field(default=None, foreign_key="post.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    due_at: datetime = Field(sa_type=UtcDateTime)
    clause: str
    pack_id: str
    pack_version: int
    state: DutyState = Field(default=DutyState.OPEN, sa_type=by_value(DutyState))
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PingState(StrEnum):
    """`dropped`: its moment had passed when it could have been sent."""

    PENDING = "pending"
    SENT = "sent"
    DROPPED = "dropped"


class Ping(Table, table=True):
    """One reminder of one duty; nothing is sent after `not_after`, when what it announces has happened."""

    __table_args__ = (
        UniqueConstraint("duty_id", "stage", "due_at"),
        Index(
            "ix_ping_pending",
            "due_at",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    duty_id: int = Field(foreign_key="duty.id", index=True)
    stage: str
    due_at: datetime = Field(sa_type=UtcDateTime)
    not_after: datetime = Field(sa_type=UtcDateTime)
    state: PingState = Field(default=PingState.PENDING, sa_type=by_value(PingState))


def duty_about(session: Session, kind: DutyKind, subject_id: int) -> Duty | None:
    return session.exec(select(Duty).where(Duty.kind == kind, Duty.subject_id == subject_id)).first()


def pending_pings(session: Session, duty_id: int) -> Sequence[Ping]:
    return session.exec(select(Ping).where(Ping.duty_id == duty_id, Ping.state == PingState.PENDING)).all()


def due_pings(session: Session, now: datetime, most: int = 200) -> Sequence[tuple[Ping, Duty]]:
    """Claimed for this transaction: on PostgreSQL another process skips them."""
    return session.exec(
        select(Ping, Duty)
        .join(Duty)
        .where(Ping.state == PingState.PENDING, col(Ping.due_at) <= now)
        .order_by(col(Ping.due_at), col(Ping.id))
        .limit(most)
        .with_for_update(of=Ping, skip_locked=True)
    ).all()
