"""The meeting day: checking in, leaving, who is absent, what the chair accepts and the Office classifies."""

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.i18n import local_day
from bot.work import Work
from models.absence import substitutions_at
from models.attendance import Act, AttendanceEntry, Method, meeting_with_code
from models.meetings import Meeting, MeetingState, invitations_of, invitations_of_units
from models.offices import posts_of
from models.people import Person
from rules.absence import OPEN, Kind, State
from rules.attendance import Mark, Status
from rules.errors import N_, DomainError, NotAllowedError, StaleError
from services import access, counters, open_records
from services.notices import attendance as notices
from services.seats import Seat, seat_of, seats

OPENS_BEFORE = timedelta(minutes=30)
# No look-alikes: it is read from a door and typed.
ALPHABET = "ABCDEFGHJKMNPQRTUVWXY2346789"
CODE_LENGTH = 6


class CheckInClosedError(DomainError):
    code = "check_in_closed"
    msgid = N_("Checking in is possible from 30 minutes before the meeting until its end. Nothing was recorded.")


class NotInvitedError(DomainError):
    code = "not_invited"
    msgid = N_("You are not invited to this meeting; please ask the Office at the door. Nothing was recorded.")


class NotOverError(DomainError):
    code = "meeting_not_over"
    msgid = N_("The meeting is not over yet; until then the roll call tells. Nothing was recorded.")


def door_code(work: Work, meeting: Meeting) -> str:
    """The code that is shown at the door, as a picture and to be typed; made when first asked for."""
    if meeting.check_in_code is None:
        while meeting_with_code(work.session, code := _new_code()) is not None:
            pass
        meeting.check_in_code = code
        work.session.flush()
    return meeting.check_in_code


def _new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def is_open(work: Work, meeting: Meeting) -> bool:
    """Whether one may check in now."""
    return meeting.state is MeetingState.PLANNED and meeting.starts_at - OPENS_BEFORE <= work.now <= meeting.ends_at


def check_in(work: Work, meeting: Meeting, method: Method, *, is_online: bool = False) -> Seat:
    """The actor reports himself present, on his own seat, his principal's or his unit's.

    Twice is once. Who sits in without an approved substitution is recorded as *không đúng thành phần*, and the
    chair is asked at once whether he accepts him.
    """
    if not is_open(work, meeting):
        raise CheckInClosedError()
    person = access.actor(work)
    seat = _seat_for(work, meeting, person)
    if seat.is_present and seat.sitting is not None and seat.sitting.id == person.id:
        return seat
    return arrive(work, meeting, seat, person, method, work.now, is_online=is_online)


def arrive(
    work: Work, meeting: Meeting, seat: Seat, person: Person, method: Method, at: datetime, *, is_online: bool = False
) -> Seat:
    """Somebody came, at a moment that may lie back; `work.actor` wrote it down."""
    enter(work, meeting, seat, person, Act.CHECK_IN, method, at, is_online=is_online)
    after = _now(work, meeting, seat)
    # Once the meeting is over, the Office classifies what the chair was not asked about.
    if Status.SUBSTITUTE_WRONG in after.statuses and work.now < meeting.ends_at:
        chair = work.session.get(Person, meeting.chair_id) if meeting.chair_id else None
        if chair is not None:
            work.notify(chair, notices.wrong_composition, meeting, after)
    return after


def leave(work: Work, meeting: Meeting, seat: Seat, method: Method, at: datetime) -> Seat:
    """Who sits there goes before the end."""
    if seat.sitting is None:
        raise NotAllowedError()
    enter(work, meeting, seat, seat.sitting, Act.LEAVE, method, at)
    return _now(work, meeting, seat)


def mark_absent(work: Work, meeting: Meeting, seat: Seat, method: Method) -> Seat:
    """The roll call does not find him."""
    enter(work, meeting, seat, _whose(seat), Act.ABSENT, method, work.now)
    return _now(work, meeting, seat)


def undo(work: Work, meeting: Meeting, seat: Seat) -> Seat:
    """The last thing seen on this seat was a slip; both entries stay."""
    enter(work, meeting, seat, seat.sitting or _whose(seat), Act.UNDO, Method.ROLL_CALL, work.now)
    return _now(work, meeting, seat)


def others_arrive(work: Work, meeting: Meeting) -> int:
    """Whoever is expected and was neither seen nor missed yet came in time; returns how many."""
    others = [seat for seat in seats(work, meeting) if seat.seen is None and seat.holder and not _is_known_absent(seat)]
    for seat in others:
        enter(
            work, meeting, seat, expected(work, seat), Act.CHECK_IN, Method.ROLL_CALL, min(work.now, meeting.starts_at)
        )
    return len(others)


def expected(work: Work, seat: Seat) -> Person:
    """Who is to sit there: the substitute to whom the chair agreed, else who was invited."""
    request = seat.request
    if request is not None and request.kind is Kind.SUBSTITUTE and request.state is State.APPROVED:
        substitute = work.session.get(Person, request.substitute_id) if request.substitute_id else None
        if substitute is not None:
            return substitute
    return _whose(seat)


def _is_known_absent(seat: Seat) -> bool:
    """Marked so, or away by his own request; with an agreed substitute somebody is expected."""
    request = seat.request
    is_away = request is not None and request.kind is Kind.ABSENT and request.state in (State.APPROVED, *OPEN)
    return is_away or seat.is_missed


def accept_composition(work: Work, meeting: Meeting, invitation_id: int) -> Seat:
    """The chair lets him sit there all the same; recorded as such, once, and he is told."""
    seat = seat_of(work, meeting, invitation_id)
    if meeting.chair_id != access.actor(work).id or seat is None or seat.sitting is None:
        raise NotAllowedError()
    if Status.SUBSTITUTE_WRONG not in seat.statuses:
        return seat
    enter(work, meeting, seat, seat.sitting, Act.ACCEPT, Method.SELF, work.now)
    after = _now(work, meeting, seat)
    work.notify(seat.sitting, notices.checked_in, meeting, after)
    return after


def classify(work: Work, meeting: Meeting, seat: Seat, status: Status, why: str) -> Seat:
    """After the meeting the Office says what holds, with a reason; the former entry is kept, the person is told."""
    access.require_office(work)
    if work.now < meeting.ends_at:
        raise NotOverError()
    enter(work, meeting, seat, _whose(seat), Act.CLASSIFY, Method.ROLL_CALL, work.now, status=status, text=why)
    after = _now(work, meeting, seat)
    if seat.holder is not None:
        work.notify(seat.holder, notices.my_record, meeting, after)
    counters.fault_recorded(work, meeting, after)
    open_records.settle(work, meeting)
    return after


def require_marker(work: Work, meeting: Meeting) -> Person:
    """Marks are entered by the Office, or by who presided (Gia Bình 1)."""
    person = access.actor(work)
    if meeting.chair_id != person.id and not access.is_office(work, person):
        raise NotAllowedError()
    return person


def enter_mark(work: Work, meeting: Meeting, seat: Seat, mark: Mark, why: str) -> None:
    """*Làm việc riêng, không nắm nội dung*: by people only, with a word why, told to whom it is about."""
    require_marker(work, meeting)
    person = seat.sitting or _whose(seat)
    enter(work, meeting, seat, person, Act.MARK, Method.ROLL_CALL, work.now, mark=mark, text=why)
    work.notify(person, notices.marked, meeting, seat, mark, why)


def withdraw_mark(work: Work, meeting: Meeting, seat: Seat, mark: Mark, why: str) -> None:
    """It was entered wrongly: both entries stay, and whom it was about is told."""
    require_marker(work, meeting)
    standing = next((entry for entry in seat.marks if entry.mark is mark), None)
    if standing is None:
        raise StaleError()
    person = access.person(work, standing.person_id)
    enter(work, meeting, seat, person, Act.WITHDRAW, Method.ROLL_CALL, work.now, mark=mark, text=why)
    work.notify(person, notices.mark_withdrawn, meeting, mark, why)


def _seat_for(work: Work, meeting: Meeting, person: Person) -> Seat:
    """His own seat, else that of whom he substitutes, else that of the head of his unit."""
    held = [post.key for post in posts_of(work.session, person.key, local_day(meeting.starts_at))]
    own = [each.key for each in invitations_of(work.session, meeting.key, held)]
    sits_in = substitutions_at(work.session, meeting.key, person.key)
    for seat in _seats_of(work, meeting, [*own, *sits_in]):
        is_his = seat.holder is not None and seat.holder.id == person.id
        if is_his or (seat.request is not None and seat.request.substitute_id == person.id):
            return seat
    units = {post.unit_id for post in posts_of(work.session, person.key, work.today)}
    of_unit = [each.key for each in invitations_of_units(work.session, meeting.key, units)]
    for seat in _seats_of(work, meeting, of_unit):
        if not seat.is_present:
            return seat
    raise NotInvitedError()


def _seats_of(work: Work, meeting: Meeting, invitation_ids: Sequence[int]) -> Iterator[Seat]:
    """One after the other: in a hall of 300 nobody waits until all seats are worked out."""
    return (seat for key in invitation_ids if (seat := seat_of(work, meeting, key)) is not None)


def _whose(seat: Seat) -> Person:
    if seat.holder is None:
        raise NotAllowedError()
    return seat.holder


def _now(work: Work, meeting: Meeting, seat: Seat) -> Seat:
    found = seat_of(work, meeting, seat.invitation.key)
    assert found is not None  # it stood a moment ago, in this transaction
    return found


def enter(
    work: Work, meeting: Meeting, seat: Seat, person: Person, act: Act, method: Method, at: datetime, **told: Any
) -> None:
    """Write one entry; `told` are the columns that only some acts fill: is_online, status, mark, text."""
    entry = AttendanceEntry(
        meeting_id=meeting.key,
        invitation_id=seat.invitation.id,
        person_id=person.key,
        act=act,
        method=method,
        at=at,
        entered_at=work.now,
        entered_by_id=access.actor(work).key,
        **told,
    )
    work.session.add(entry)
    work.session.flush()
    facts = {"online": entry.is_online, "status": entry.status, "mark": entry.mark}
    why = work.hashed(entry.text) if entry.text else ""
    seen = {"meeting": meeting.id, "invitation": entry.invitation_id, "person": person.id, "at": at.isoformat()}
    work.record(f"attendance.{act.value}", entry, method=method, why=why, **seen, **facts)
