"""The conclusions of a meeting, a line each, until they are tasks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, func
from sqlmodel import Field, Session, col, select

from models.base import Table, UtcDateTime
from models.meetings import Meeting, MeetingState


class Conclusion(Table, table=True):
    """Kết luận của chủ trì, as the Office typed it. `known` is what of the "5 rõ" was typed with it."""

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    text: str
    known: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    task_id: int | None = Field(default=None, foreign_key="task.id", unique=True)
    is_dropped: bool = False
    entered_by_id: int = Field(foreign_key="person.id")
    entered_at: datetime = Field(sa_type=UtcDateTime)

    @property
    def is_open(self) -> bool:
        """Neither a task yet nor dropped."""
        return self.task_id is None and not self.is_dropped


def conclusions_of(session: Session, meeting_id: int) -> Sequence[Conclusion]:
    """Those that stand, in the order in which they were typed."""
    return session.exec(
        select(Conclusion)
        .where(Conclusion.meeting_id == meeting_id, col(Conclusion.is_dropped).is_(False))
        .order_by(col(Conclusion.id))
    ).all()


def unassigned_conclusions(session: Session) -> Sequence[tuple[Meeting, int]]:
    """Meetings with conclusions that are no task yet, the earliest first, and how many of them."""
    return session.exec(
        select(Meeting, func.count(col(Conclusion.id)))
        .join(Conclusion, col(Conclusion.meeting_id) == col(Meeting.id))
        .where(col(Conclusion.task_id).is_(None), col(Conclusion.is_dropped).is_(False))
        .group_by(col(Meeting.id))
        .order_by(col(Meeting.starts_at))
    ).all()


def meetings_without_conclusions(session: Session, since: datetime, until: datetime) -> Sequence[Meeting]:
    """Meetings that ended in a span and of which nobody has typed a conclusion."""
    typed = select(Conclusion.id).where(col(Conclusion.meeting_id) == col(Meeting.id))
    return session.exec(
        select(Meeting)
        .where(
            Meeting.state == MeetingState.PLANNED,
            col(Meeting.ends_at) >= since,
            col(Meeting.ends_at) < until,
            ~typed.exists(),
        )
        .order_by(col(Meeting.starts_at))
    ).all()


def meetings_to_assign(session: Session) -> Sequence[Meeting]:
    """Meetings with a conclusion that is no task yet, the latest first."""
    waiting = select(Conclusion.meeting_id).where(
        col(Conclusion.task_id).is_(None), col(Conclusion.is_dropped).is_(False)
    )
    return session.exec(
        select(Meeting).where(col(Meeting.id).in_(waiting)).order_by(col(Meeting.starts_at).desc()).limit(5)
    ).all()
