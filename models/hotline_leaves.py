"""Days on which somebody of a hotline's team is away, without a meeting that would say so."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Date, bindparam
from sqlmodel import Field, Session, col, select

from models.base import Table, UtcDateTime
from models.recall import recalled


class HotlineLeave(Table, table=True):
    """Nghỉ trực: a person is off the rota of every team on these days, both included; `by_id` has said so."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    from_on: date
    to_on: date = Field(index=True)
    by_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=UtcDateTime)


# Built once, for it is read with every question.
_WITHIN = (
    select(HotlineLeave)
    .where(
        col(HotlineLeave.from_on) <= bindparam("last", type_=Date),
        col(HotlineLeave.to_on) >= bindparam("first", type_=Date),
    )
    .order_by(col(HotlineLeave.from_on), col(HotlineLeave.id))
)


@recalled
def leaves_within(session: Session, first: date, last: date) -> Sequence[HotlineLeave]:
    """All that touch one of the days from first to last, the earliest first."""
    return session.exec(_WITHIN, params={"first": first, "last": last}).all()
