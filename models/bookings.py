"""Working sessions with the leadership that units have registered."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import JSON, Column
from sqlmodel import Field, Session, col, or_, select

from models.base import Table, UtcDateTime, by_value
from rules.booking import BookingState


class Booking(Table, table=True):
    """Đăng ký lịch làm việc: the holder of a post asks for time of whoever holds a leader's post.

    `window` is the first and last day of the 15 days that it is for. `days` are ISO dates, `units` the ids of the
    units concerned. `starts_at` is drafted, then proposed, then agreed, as the state says.
    """

    id: int | None = Field(default=None, primary_key=True)
    window: str = Field(index=True)
    post_id: int = Field(foreign_key="post.id", index=True)
    leader_post_id: int = Field(foreign_key="post.id", index=True)
    content: str
    minutes: int
    days: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    units: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    state: BookingState = Field(default=BookingState.REGISTERED, sa_type=by_value(BookingState))
    starts_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = ""
    registered_at: datetime = Field(sa_type=UtcDateTime)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")

    @property
    def ends_at(self) -> datetime | None:
        return self.starts_at + timedelta(minutes=self.minutes) if self.starts_at else None

    @property
    def last(self) -> date:
        """The last day of its window."""
        return date.fromisoformat(self.window.partition("/")[2])


# What still takes a leader's time, or may.
STANDING = (BookingState.REGISTERED, BookingState.PROPOSED, BookingState.APPROVED)


def bookings_in(session: Session, window: str, *states: BookingState) -> Sequence[Booking]:
    """Those of a window, in the order in which they were made."""
    query = select(Booking).where(Booking.window == window).order_by(col(Booking.id))
    return session.exec(query.where(col(Booking.state).in_(states)) if states else query).all()


def standing_bookings(session: Session, post_ids: Sequence[int], today: date) -> Sequence[Booking]:
    """What these posts have registered, and how it stands, as long as its window runs."""
    rows = session.exec(
        select(Booking)
        .where(col(Booking.post_id).in_(post_ids), Booking.state != BookingState.WITHDRAWN)
        .order_by(col(Booking.id))
    ).all()
    return [row for row in rows if row.last >= today]


def leaders_bookings(
    session: Session, leader_post_ids: Sequence[int], since: datetime, *states: BookingState
) -> Sequence[Booking]:
    """What stands in leaders' schedules from a moment on, in order of time."""
    return session.exec(
        select(Booking)
        .where(
            col(Booking.leader_post_id).in_(leader_post_ids),
            col(Booking.state).in_(states),
            col(Booking.starts_at) >= since,
        )
        .order_by(col(Booking.starts_at), col(Booking.id))
    ).all()


def agreed_bookings(session: Session, post_ids: Sequence[int], since: datetime) -> Sequence[Booking]:
    """Sessions to come of whoever holds these posts, as the one who asked or as the leader."""
    return session.exec(
        select(Booking)
        .where(
            or_(col(Booking.post_id).in_(post_ids), col(Booking.leader_post_id).in_(post_ids)),
            Booking.state == BookingState.APPROVED,
            col(Booking.starts_at) >= since,
        )
        .order_by(col(Booking.starts_at), col(Booking.id))
    ).all()


# Asked by the clock at each of its looks: built once.
_UNDECIDED = (
    select(Booking)
    .where(col(Booking.state).in_([BookingState.REGISTERED, BookingState.PROPOSED]))
    .order_by(col(Booking.id))
)


def undecided_bookings(session: Session) -> Sequence[Booking]:
    return session.exec(_UNDECIDED).all()
