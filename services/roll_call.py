"""The Office's roll call (*điểm danh*): whose turn it is, and what one tap enters."""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum

from sqlmodel import col, select

from bot.work import Work
from models.attendance import Method
from models.meetings import Invitation, Meeting, MeetingState
from models.offices import holders_in
from models.people import Person, UnitKind
from rules.errors import N_, DomainError, NotAllowedError, StaleError
from services import access, attendance, open_records, people
from services.seats import Seat, seat_of

# The list may be ticked while people take their seats, and put right on the days after.
BEFORE, AFTER = timedelta(hours=2), timedelta(days=3)


class Mode(StrEnum):
    """What a tap on a name enters."""

    PRESENT = "p"
    ABSENT = "a"
    LATE = "l"
    LEAVES = "g"
    ONLINE = "o"
    OTHER = "x"
    UNDO = "u"


class NobodyElseError(DomainError):
    code = "nobody_else"
    msgid = N_("Nobody else of this unit is known. Please enter the absence, and correct it with a reason afterwards.")


class NotHeldError(DomainError):
    code = "not_held"
    msgid = N_("The roll is called from two hours before the meeting until three days after it. Nothing was recorded.")


def require_held(work: Work, meeting: Meeting) -> None:
    is_time = meeting.starts_at - BEFORE <= work.now <= meeting.ends_at + AFTER
    if meeting.state is not MeetingState.PLANNED or not is_time:
        raise NotHeldError()


def meetings_today(work: Work) -> Sequence[Meeting]:
    """Meetings whose roll may be called now, the nearest start first."""
    return work.session.exec(
        select(Meeting)
        .where(
            Meeting.state == MeetingState.PLANNED,
            col(Meeting.starts_at) <= work.now + BEFORE,
            col(Meeting.ends_at) >= work.now - timedelta(hours=12),
        )
        .order_by(col(Meeting.starts_at))
    ).all()


def hold(work: Work, meeting: Meeting) -> None:
    """Two clerks call one roll: what the other has entered is seen. Of the meeting alone: who held its seats as well
    and those who check in would wait for each other."""
    access.load(work, Meeting, meeting.key)


def meeting_of(work: Work, invitation_id: int) -> int:
    """Of which meeting a seat is."""
    found = work.session.get(Invitation, invitation_id)
    if found is None:
        raise NotAllowedError()
    return found.meeting_id


def all_others_present(work: Work, meeting: Meeting) -> int:
    """Everybody of whom nothing was seen and who did not ask to be away is here; returns how many."""
    access.require_office(work)
    hold(work, meeting)
    number = attendance.others_arrive(work, meeting)
    open_records.settle(work, meeting)
    return number


def by_unit(work: Work, found: Sequence[Seat]) -> list[Seat]:
    """Leaders first, then unit by unit, communes last."""
    order = list(UnitKind)

    def place(seat: Seat) -> tuple[int, str, int]:
        unit = people.unit_of(work, seat.post)
        return order.index(unit.kind), unit.code, seat.invitation.key

    return sorted(found, key=place)


def name(work: Work, seat: Seat) -> str:
    """Who is expected, and for whom somebody else sits there."""
    title = people.full_title(seat.post, people.unit_of(work, seat.post))
    expected = f"{seat.holder.full_name}, {title}" if seat.holder else title
    if seat.seen is None or seat.seen.is_holder or seat.sitting is None:
        return expected
    return f"{seat.sitting.full_name} ({expected})"


def enter(work: Work, meeting: Meeting, invitation_id: int, mode: Mode) -> None:
    """What one tap says of one seat; what holds already is not entered twice."""
    access.require_office(work)
    hold(work, meeting)
    seat = _seat_at(work, meeting, invitation_id)
    if seat.holder is None and seat.sitting is None:
        raise NotAllowedError()
    match mode:
        case Mode.ABSENT:
            if seat.is_present or not seat.is_missed:
                attendance.mark_absent(work, meeting, seat, Method.ROLL_CALL)
        case Mode.UNDO:
            if seat.entries:
                attendance.undo(work, meeting, seat)
        case Mode.LEAVES:
            if seat.is_present:
                attendance.leave(work, meeting, seat, Method.ROLL_CALL, work.now)
        case _:
            _arrive(work, meeting, seat, mode)
    open_records.settle(work, meeting)


def _arrive(work: Work, meeting: Meeting, seat: Seat, mode: Mode) -> None:
    """PRESENT is in time, whenever the clerk taps; LATE is now."""
    if mode is Mode.OTHER:
        # Who it is has to be said: `enter_other`.
        raise StaleError()
    if seat.is_present:
        return
    at = work.now if mode is Mode.LATE else min(work.now, meeting.starts_at)
    person = attendance.expected(work, seat)
    attendance.arrive(work, meeting, seat, person, Method.ROLL_CALL, at, is_online=mode is Mode.ONLINE)


def others(work: Work, meeting: Meeting, invitation_id: int) -> Sequence[Person]:
    """Who else of the unit may have come in place of whom is expected, or sits there already."""
    return _others(work, _seat_at(work, meeting, invitation_id))


def _seat_at(work: Work, meeting: Meeting, invitation_id: int) -> Seat:
    seat = seat_of(work, meeting, invitation_id)
    if seat is None:
        raise NotAllowedError()
    return seat


def _others(work: Work, seat: Seat) -> Sequence[Person]:
    known = seat.sitting if seat.is_present else attendance.expected(work, seat) if seat.holder else None
    unit = holders_in(work.session, seat.post.unit_id, work.today)
    found = {person.key: person for _post, person in unit if known is None or person.id != known.id}
    if not found:
        raise NobodyElseError()
    return list(found.values())


def enter_other(work: Work, meeting: Meeting, invitation_id: int, person_id: int, *, is_late: bool) -> None:
    """Somebody else of the unit came: a substitution that the chair has not approved is flagged and he is asked."""
    access.require_office(work)
    hold(work, meeting)
    seat = _seat_at(work, meeting, invitation_id)
    person = next((one for one in _others(work, seat) if one.id == person_id), None)
    if person is None:
        raise StaleError()
    at = work.now if is_late else min(work.now, meeting.starts_at)
    attendance.arrive(work, meeting, seat, person, Method.ROLL_CALL, at)
    open_records.settle(work, meeting)
