"""The 15-day schedule (*lịch làm việc 15 ngày*): drafted when a registration closes, edited and sent by the Office."""

from datetime import date, datetime, timedelta

from sqlmodel import select

from bot.i18n import local_day
from bot.work import Work
from models.bookings import Booking, bookings_in
from models.offices import holder_of
from models.people import Delegation, Post
from models.periodic import Periodic, open_turns, owed
from rules import booking as rules
from rules.booking import MACHINE, BookingAct, BookingState, Wish
from rules.deadlines import DueRule
from rules.duties import DutyKind, DutyState
from rules.errors import NotAllowedError
from rules.periodic import PeriodicKind
from services import access, bookings, duties, parties, periodic
from services.duties import NewDuty
from services.notices import bookings as notices
from services.regulation import calendar, regulation


def close_windows(work: Work) -> int:
    """A registration is over: a right that was not used is no fault; what was registered is put into a draft."""
    ended = [
        one for one in open_turns(work.session) if one.turn.kind is PeriodicKind.BOOKING and one.duty.due_at <= work.now
    ]
    for one in ended:
        duties.close(work, one.duty, DutyState.VOID)
    return len(ended) + _draft(work)


def _draft(work: Work) -> int:
    """On the first working morning after the registration, for the Office to look at."""
    if not regulation(work).hours.is_open(work.now, calendar(work)):
        return 0
    turn = periodic.current(work, PeriodicKind.SCHEDULE)
    if turn is None or not bookings_in(work.session, turn.period, BookingState.REGISTERED):
        return 0
    made = periodic.open_kind(work, PeriodicKind.SCHEDULE)
    for row in made:
        place(work, row)
        work.record("booking.drafted", row)
        for person in parties.office(work):
            work.notify(person, notices.draft, row)
    return len(made)


def place(work: Work, turn: Periodic) -> None:
    """Put each registration into free office hours of its leader."""
    found = bookings_in(work.session, turn.period, BookingState.REGISTERED)
    leaders = {row.leader_post_id for row in found}
    units = {row.key: work.session.get_one(Post, row.post_id).unit_id for row in found}
    wishes = [
        Wish(row.key, row.leader_post_id, units[row.key], row.minutes, [date.fromisoformat(day) for day in row.days])
        for row in found
    ]
    days = {leader: _days_of(work, leader, turn) for leader in leaders}
    busy = {leader: bookings.busy_spans(work, leader) for leader in leaders}
    placed = rules.draft(wishes, days, busy, regulation(work).hours)
    for row in found:
        row.starts_at = placed.get(row.key)


def _days_of(work: Work, leader_post_id: int, turn: Periodic) -> list[date]:
    """The working days of a window on which a leader has not given his decisions to another."""
    leader = holder_of(work.session, leader_post_id, work.today)
    away = work.session.exec(select(Delegation).where(Delegation.from_person_id == (leader.id if leader else 0))).all()
    days = [turn.first + timedelta(days=number) for number in range((turn.last - turn.first).days + 1)]
    return [
        day
        for day in days
        if day > work.today
        and calendar(work).is_working(day)
        and not any(one.from_on <= day <= one.to_on for one in away)
    ]


def reschedule(work: Work, row: Booking, moment: datetime) -> None:
    """The Office puts it elsewhere, before the leader is asked."""
    access.require_office(work)
    if row.state is not BookingState.REGISTERED:
        raise NotAllowedError()
    bookings.check_free(work, row, moment)
    row.starts_at = moment
    work.record("booking.rescheduled", row, starts_at=moment.isoformat())


def drop(work: Work, row: Booking, reason: str) -> None:
    """The Office leaves it out, and says why."""
    access.require_office(work)
    row.state = MACHINE.next_state(row.state, BookingAct.DROP)
    row.reason, row.starts_at = reason, None
    work.record("booking.dropped", row, reason=work.hashed(reason))
    bookings.tell_unit(work, row)


def send(work: Work, turn: Periodic) -> int:
    """Each leader is asked for what stands in his schedule; what found no room stays out. Returns how many."""
    access.require_office(work)
    found = bookings_in(work.session, turn.period, BookingState.REGISTERED)
    for row in found:
        if row.starts_at is None or row.starts_at <= work.now:
            drop(work, row, notices.no_room())
    asked = [row for row in found if row.state is BookingState.REGISTERED]
    for row in asked:
        row.state = MACHINE.next_state(row.state, BookingAct.PROPOSE)
        _ask(work, row)
    duties.close_duty(work, DutyKind.SCHEDULE, turn.key)
    work.record("booking.schedule_sent", turn, count=len(asked))
    for post_id in dict.fromkeys(row.leader_post_id for row in asked):
        for person in bookings.deciders(work, post_id):
            work.notify(person, notices.schedule, [row for row in asked if row.leader_post_id == post_id])
    return len(asked)


def _ask(work: Work, row: Booking) -> None:
    assert row.starts_at is not None  # only what has a time is proposed
    duties.open_duty(
        work,
        NewDuty(
            kind=DutyKind.DECIDE_BOOKING,
            subject_id=row.key,
            what=row.content,
            post_id=row.leader_post_id,
            rule=DueRule(local_day(row.starts_at), -1),
            event_at=row.starts_at,
        ),
    )


def turn_of(work: Work, row: Booking) -> Periodic:
    """The schedule that a registration is part of."""
    return owed(work.session, PeriodicKind.SCHEDULE, row.window)[0].turn
