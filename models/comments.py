"""Opinions that are asked on a draft: the request, and the units that owe one (Tân Yên 4.b, 4.c)."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, col, select

from models.base import Table, UtcDateTime
from models.duties import Duty
from models.people import Unit
from rules.duties import DutyKind


class CommentRequest(Table, table=True):
    """Yêu cầu góp ý dự thảo. `unit_id` leads the draft; with `outside` it comes from another body, by way of that unit.

    `asked_by_id` asked and is told; `closed_at` is when nothing more was waited for.
    """

    id: int | None = Field(default=None, primary_key=True)
    title: str
    unit_id: int = Field(foreign_key="unit.id", index=True)
    outside: str = ""
    document: str = ""
    file_id: int | None = Field(default=None, foreign_key="storedfile.id")
    due_on: date
    asked_by_id: int = Field(foreign_key="person.id", index=True)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CommentAsked(Table, table=True):
    """A unit that is asked: the subject of what it owes."""

    __table_args__ = (UniqueConstraint("request_id", "unit_id"),)

    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="commentrequest.id", index=True)
    unit_id: int = Field(foreign_key="unit.id")


def asked_on(session: Session, request_id: int) -> Sequence[tuple[CommentAsked, Unit, Duty]]:
    """Every unit that was asked, with what it owes."""
    return session.exec(
        select(CommentAsked, Unit, Duty)
        .join(Unit, col(CommentAsked.unit_id) == col(Unit.id))
        .join(Duty, col(Duty.subject_id) == col(CommentAsked.id))
        .where(CommentAsked.request_id == request_id, Duty.kind == DutyKind.COMMENT)
        .order_by(col(CommentAsked.id))
    ).all()


def requests_of(session: Session, unit_id: int | None, most: int = 200) -> Sequence[CommentRequest]:
    """What a unit has asked, or all have; what still runs first, the nearest first, then the latest closed."""
    of_unit = CommentRequest.unit_id == unit_id if unit_id is not None else col(CommentRequest.id).is_not(None)
    return session.exec(
        select(CommentRequest)
        .where(of_unit)
        .order_by(col(CommentRequest.closed_at).is_not(None), col(CommentRequest.due_on), col(CommentRequest.id))
        .limit(most)
    ).all()
