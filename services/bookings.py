"""Working sessions with the leadership (Rạch Giá 1): registered, drafted into a schedule, agreed by the leader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import col, select

from bot.i18n import local_day
from bot.work import Work
from models.bookings import STANDING, Booking, agreed_bookings, leaders_bookings, undecided_bookings
from models.meetings import upcoming_invitations
from models.offices import delegate_for, holder_of, posts_of
from models.people import Person, Post, Unit, UnitKind
from models.periodic import owed
from rules import booking as rules
from rules.booking import MACHINE, BookingAct, BookingState, Span
from rules.duties import DutyKind, DutyState
from rules.errors import N_, DomainError, NotAllowedError
from rules.periodic import Occurrence, PeriodicKind
from services import access, agenda, duties, parties, people, periodic
from services.notices import bookings as notices
from services.regulation import calendar, regulation


class BookingError(DomainError):
    """A session cannot be registered or put like this; the text says why."""

    code = "booking"

    def __init__(self, msgid: str, **fields: object) -> None:
        super().__init__(**fields)
        self.msgid = msgid


class ClosedError(BookingError):
    """The registration is over: the clause, and what is open now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBooking:
    window: str
    post: Post
    leader_post: Post
    content: str
    minutes: int
    days: Sequence[date] = ()
    units: Sequence[int] = ()


def window(work: Work) -> Occurrence | None:
    """The window for which units may register now; None where the rules know none."""
    return periodic.current(work, PeriodicKind.BOOKING)


def post_to_register(work: Work, person: Person) -> Post | None:
    """The post for which somebody registers: he answers for a unit below the leadership."""
    for post in posts_of(work.session, person.key, work.today):
        if people.unit_of(work, post).kind is not UnitKind.LEADERS and periodic.post_of(work, post.unit_id) == post.id:
            return post
    return None


def leader_posts(work: Work) -> list[tuple[Post, Person]]:
    """Chair and vice chairs, as they hold their posts today."""
    leaders = [one for one in people.officials(work) if one.post.has_role(*people.LEADERS)]
    return [(one.post, one.person) for one in leaders]


def register(work: Work, new: NewBooking) -> Booking:
    """Ask for time in the coming window; raises ClosedError when its registration is over."""
    open_one = window(work)
    if open_one is None or open_one.period != new.window:
        raise closed(work, new.window)
    row = Booking(
        window=new.window,
        post_id=new.post.key,
        leader_post_id=new.leader_post.key,
        content=new.content,
        minutes=new.minutes,
        days=[day.isoformat() for day in new.days],
        units=list(new.units),
        registered_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    for turn in owed(work.session, PeriodicKind.BOOKING, new.window):
        if turn.unit.id == new.post.unit_id:
            duties.close_duty(work, DutyKind.REGISTER, turn.turn.key)
    work.record("booking.registered", row, leader=row.leader_post_id, content=work.hashed(row.content))
    return row


def closed(work: Work, period: str) -> ClosedError:
    """Why nothing is taken for that window any more, and what is open instead."""
    clause = regulation(work).cite("booking")
    open_one = window(work)
    if open_one is None:
        return ClosedError(N_("Nothing can be registered at present."))
    return ClosedError(
        N_("The registration for {window} is over ({clause}). Open now: {next}, until the end of {until}."),
        window=notices.window_words(period),
        clause=clause,
        next=notices.window_words(open_one.period),
        until=notices.until(work, open_one),
    )


def withdraw(work: Work, row: Booking) -> None:
    """The unit needs it no more; who has been asked already is told."""
    before = row.state
    row.state = MACHINE.next_state(row.state, BookingAct.WITHDRAW)
    duties.close_duty(work, DutyKind.DECIDE_BOOKING, row.key, DutyState.VOID)
    work.record("booking.withdrawn", row)
    if before is not BookingState.REGISTERED:
        leader = leader_of(work, row)
        for person in [*([leader] if leader else []), *parties.office(work)]:
            work.notify(person, notices.withdrawn, row)


def busy_spans(work: Work, leader_post_id: int, but: Booking | None = None) -> list[Span]:
    """A leader's meetings, and the sessions that stand in his schedule already."""
    leader = holder_of(work.session, leader_post_id, work.today)
    chaired = agenda.presided_by(work, leader) if leader else []
    invited = [meeting for _invitation, meeting in upcoming_invitations(work.session, [leader_post_id], work.now)]
    spans = [Span(meeting.starts_at, meeting.ends_at) for meeting in [*chaired, *invited]]
    for row in leaders_bookings(work.session, [leader_post_id], work.now, *STANDING):
        if row is not but and row.starts_at and row.ends_at:
            spans.append(Span(row.starts_at, row.ends_at))
    return spans


def check_free(work: Work, row: Booking, moment: datetime) -> None:
    """Raises BookingError where the leader has something else then, or it is no time for work."""
    span = Span(moment, moment + timedelta(minutes=row.minutes))
    if not calendar(work).is_working(local_day(moment)):
        raise BookingError(N_("That is no working day. Please choose another time."))
    if not rules.is_free(span, busy_spans(work, row.leader_post_id, row)):
        raise BookingError(N_("The leader has something else at that time. Please choose another time."))


def decide(work: Work, row: Booking, act: BookingAct, *, moment: datetime | None = None, reason: str = "") -> None:
    """The leader agrees, perhaps to another time, or not; those concerned are told."""
    state = MACHINE.next_state(row.state, act)
    if moment is not None:
        check_free(work, row, moment)
        row.starts_at = moment
    row.state, row.reason = state, reason
    row.decided_at, row.decided_by_id = work.now, access.actor(work).id
    duties.close_duty(work, DutyKind.DECIDE_BOOKING, row.key)
    work.record("booking.decided", row, state=state, moved=moment is not None, reason=work.hashed(reason))
    tell_unit(work, row)
    if state is BookingState.APPROVED:
        for person in _concerned(work, row):
            work.notify(person, notices.concerned, row)


def lapse(work: Work) -> int:
    """Silence is never consent: what nobody decided before its time, or its window's end, is over."""
    over = [row for row in undecided_bookings(work.session) if _is_over(work, row)]
    for row in over:
        row.state = MACHINE.next_state(row.state, BookingAct.LAPSE)
        duties.close_duty(work, DutyKind.DECIDE_BOOKING, row.key, DutyState.MISSED)
        work.record("booking.lapsed", row)
        tell_unit(work, row)
    return len(over)


def _is_over(work: Work, row: Booking) -> bool:
    proposed = row.state is BookingState.PROPOSED and row.starts_at is not None and row.starts_at <= work.now
    return proposed or row.last < work.today


def agreed(work: Work, person: Person) -> Sequence[Booking]:
    """His sessions to come, as a leader or for his unit."""
    posts = [post.key for post in posts_of(work.session, person.key, work.today)]
    return agreed_bookings(work.session, posts, work.now)


def leader_of(work: Work, row: Booking) -> Person | None:
    return holder_of(work.session, row.leader_post_id, work.today)


def deciders(work: Work, leader_post_id: int) -> list[Person]:
    """The leader, or who decides in his place today."""
    leader = holder_of(work.session, leader_post_id, work.today)
    delegate = delegate_for(work.session, leader.key, work.today) if leader else None
    return [person for person in (delegate or leader,) if person]


def _concerned(work: Work, row: Booking) -> list[Person]:
    posts = [periodic.post_of(work, unit_id) for unit_id in row.units]
    found = [holder_of(work.session, post_id, work.today) for post_id in posts if post_id]
    return [person for person in found if person]


def tell_unit(work: Work, row: Booking) -> None:
    """Whoever answers for the unit that registered learns how it ended."""
    holder = holder_of(work.session, row.post_id, work.today)
    if holder is not None:
        work.notify(holder, notices.outcome, row)


def units_below(work: Work) -> Sequence[Unit]:
    return work.session.exec(select(Unit).where(Unit.kind != UnitKind.LEADERS).order_by(col(Unit.id))).all()


def own_booking(work: Work, key: int) -> Booking:
    row = access.load(work, Booking, key)
    holder = holder_of(work.session, row.post_id, work.today)
    if holder is None or holder.id != access.actor(work).id:
        raise NotAllowedError()
    return row


def booking_to_decide(work: Work, key: int) -> Booking:
    row = access.load(work, Booking, key)
    leader, person = leader_of(work, row), access.actor(work)
    if person.id != (leader.id if leader else None) and person not in deciders(work, row.leader_post_id):
        raise NotAllowedError()
    return row


def office_booking(work: Work, key: int) -> Booking:
    access.require_office(work)
    return access.load(work, Booking, key)
