"""The meeting day: what was seen of whom, each entry kept; and the head count as the chair saw it at the start."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, Session, col, select

from models.base import Table, UtcDateTime, by_value
from models.meetings import Meeting
from rules.attendance import Mark, Status


class Act(StrEnum):
    """What an entry says. ABSENT: the roll call did not find him; UNDO: the entry before it was a slip.

    WITHDRAW: a mark does not stand any more.
    """

    CHECK_IN = "check_in"
    LEAVE = "leave"
    ABSENT = "absent"
    UNDO = "undo"
    CLASSIFY = "classify"
    ACCEPT = "accept"
    MARK = "mark"
    WITHDRAW = "withdraw"
    OBJECT = "object"
    ANSWER = "answer"


class Method(StrEnum):
    """How it came to be known."""

    QR = "qr"
    CODE = "code"
    SELF = "self"
    ROLL_CALL = "roll_call"
    PAPER = "paper"


class AttendanceEntry(Table, table=True):
    """One thing that was seen, said or decided about somebody's attendance; nothing is ever overwritten.

    `invitation_id` is the seat, None for the chair's own; `person_id` who sat on it. `at` is when it happened,
    `entered_at` when it was written down. A classification carries `status`, a mark and its
    withdrawal `mark`, each with a `text` why.
    """

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    invitation_id: int | None = Field(default=None, foreign_key="invitation.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    act: Act = Field(sa_type=by_value(Act))
    method: Method = Field(sa_type=by_value(Method))
    is_online: bool = False
    status: Status | None = Field(default=None, sa_type=by_value(Status))
    mark: Mark | None = Field(default=None, sa_type=by_value(Mark))
    text: str = ""
    at: datetime = Field(sa_type=UtcDateTime)
    entered_at: datetime = Field(sa_type=UtcDateTime)
    entered_by_id: int = Field(foreign_key="person.id")


class HeadCount(Table, table=True):
    """The card as it was last shown; the one at the start (`is_final`) is kept as the record."""

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True)
    figures: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    shown_at: datetime = Field(sa_type=UtcDateTime)
    is_final: bool = False


def entries_of(session: Session, meeting_id: int) -> Sequence[AttendanceEntry]:
    """All entries of a meeting in the order in which they were made."""
    return session.exec(
        select(AttendanceEntry).where(AttendanceEntry.meeting_id == meeting_id).order_by(col(AttendanceEntry.id))
    ).all()


def entries_about(session: Session, invitation_id: int) -> Sequence[AttendanceEntry]:
    """All entries of one seat in the order in which they were made."""
    return session.exec(
        select(AttendanceEntry).where(AttendanceEntry.invitation_id == invitation_id).order_by(col(AttendanceEntry.id))
    ).all()


def judged_seats(session: Session, since: datetime, until: datetime) -> Sequence[tuple[Meeting, int | None]]:
    """Seats that a human has classified or marked in a span, each once, by meeting."""
    return session.exec(
        select(Meeting, col(AttendanceEntry.invitation_id))
        .join(AttendanceEntry, col(AttendanceEntry.meeting_id) == col(Meeting.id))
        .where(
            col(AttendanceEntry.act).in_([Act.CLASSIFY, Act.MARK]),
            col(AttendanceEntry.entered_at) >= since,
            col(AttendanceEntry.entered_at) < until,
            col(AttendanceEntry.invitation_id).is_not(None),
        )
        .group_by(col(Meeting.id), col(AttendanceEntry.invitation_id))
        .order_by(col(Meeting.starts_at), col(AttendanceEntry.invitation_id))
    ).all()


def meeting_with_code(session: Session, code: str) -> Meeting | None:
    """The meeting whose door shows this code."""
    return session.exec(select(Meeting).where(Meeting.check_in_code == code)).first()
