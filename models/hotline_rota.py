"""What differs from the computed rota of a hotline's team: half days that a colleague took over, or was asked to."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Date, Index, bindparam
from sqlmodel import Field, Session, col, select

from models.base import Table, UtcDateTime, by_value
from rules.shifts import Half, Shift, SwapState


class HotlineShift(Table, table=True):
    """Trực thay: `post_id` takes the shift of `from_post_id`. Of several accepted ones the last stands.

    The leader's own assignment is accepted at once. Unanswered, it lapses at `starts_at`.
    """

    __table_args__ = (Index("ix_hotlineshift_unit_day", "unit_id", "day"),)

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    day: date
    half: Half = Field(sa_type=by_value(Half))
    starts_at: datetime = Field(sa_type=UtcDateTime)
    from_post_id: int = Field(foreign_key="post.id")
    post_id: int = Field(foreign_key="post.id", index=True)
    state: SwapState = Field(default=SwapState.ASKED, sa_type=by_value(SwapState))
    reason: str = ""
    asked_by_id: int = Field(foreign_key="person.id")
    asked_at: datetime = Field(sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def shift(self) -> Shift:
        return Shift(self.day, self.half)


# Built once, for it is read with every question.
_TAKEN = (
    select(HotlineShift)
    .where(
        col(HotlineShift.unit_id) == bindparam("unit"),
        col(HotlineShift.day).between(bindparam("first", type_=Date), bindparam("last", type_=Date)),
        col(HotlineShift.state) == SwapState.ACCEPTED,
    )
    .order_by(col(HotlineShift.answered_at), col(HotlineShift.id))
)


def shifts_taken(session: Session, unit_id: int, first: date, last: date) -> Sequence[HotlineShift]:
    """What was accepted for days from first to last, in the order in which it came to count."""
    return session.exec(_TAKEN, params={"unit": unit_id, "first": first, "last": last}).all()


def shifts_asked(session: Session, unit_id: int, now: datetime) -> Sequence[HotlineShift]:
    """What waits for an answer, nearest first."""
    return session.exec(
        select(HotlineShift)
        .where(
            HotlineShift.unit_id == unit_id, HotlineShift.state == SwapState.ASKED, col(HotlineShift.starts_at) > now
        )
        .order_by(col(HotlineShift.starts_at), col(HotlineShift.id))
    ).all()


def shifts_unanswered(session: Session, now: datetime) -> Sequence[HotlineShift]:
    """Begun without an answer; another process passes over those that this one holds."""
    return session.exec(
        select(HotlineShift)
        .where(HotlineShift.state == SwapState.ASKED, col(HotlineShift.starts_at) <= now)
        .order_by(col(HotlineShift.id))
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
