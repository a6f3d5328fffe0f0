"""One's own record of attendance, and contesting it: within the pack's days, with a reason, answered by the Office."""

from datetime import datetime

from sqlmodel import col, select

from bot.i18n import local_day
from bot.work import Work
from models.attendance import Act, Method
from models.meetings import Invitation, Meeting, MeetingState
from models.offices import posts_of
from models.people import Person
from rules.attendance import Mark, Status
from rules.deadlines import DueRule, due
from rules.errors import N_, DomainError, InvalidInputError, NotAllowedError
from services import access, attendance, parties
from services.notices import attendance as notices
from services.regulation import calendar, regulation
from services.seats import Seat, seat_of


class ObjectionLateError(DomainError):
    code = "objection_late"
    msgid = N_(
        "Objections are possible for {days} working days after the meeting or its last change. Nothing was sent."
    )


def own_records(work: Work, person: Person, since: datetime) -> list[tuple[Meeting, Seat]]:
    """Seats of his posts in meetings that are over, newest first."""
    posts = [post.key for post in posts_of(work.session, person.key, work.today)]
    rows = work.session.exec(
        select(Invitation, Meeting)
        .join(Meeting)
        .where(
            col(Invitation.post_id).in_(posts),
            col(Invitation.is_withdrawn).is_(False),
            Meeting.state == MeetingState.PLANNED,
            col(Meeting.ends_at) <= work.now,
            col(Meeting.ends_at) >= since,
        )
        .order_by(col(Meeting.ends_at).desc())
        .limit(20)
    ).all()
    found = [(meeting, seat_of(work, meeting, invitation.key)) for invitation, meeting in rows]
    return [(meeting, seat) for meeting, seat in found if seat is not None]


def own_seat(work: Work, invitation_id: int) -> tuple[Meeting, Seat]:
    """The actor's own seat: as who was invited, or as who sat there."""
    invitation = access.load(work, Invitation, invitation_id)
    meeting = access.load(work, Meeting, invitation.meeting_id)
    seat = seat_of(work, meeting, invitation.key)
    person = access.actor(work)
    if seat is None or person.id not in {one.id for one in (seat.holder, seat.sitting) if one}:
        raise NotAllowedError()
    return meeting, seat


def may_object(work: Work, meeting: Meeting, seat: Seat) -> bool:
    """Until so many working days after the meeting, or after the record was last changed."""
    if work.now < meeting.ends_at:
        return False
    changed = [entry.entered_at for entry in seat.entries if entry.act in (Act.CLASSIFY, Act.MARK, Act.WITHDRAW)]
    rule = DueRule(local_day(max([meeting.ends_at, *changed])), _days(work))
    return work.today <= due(rule, calendar(work)).day


def require_in_time(work: Work, meeting: Meeting, seat: Seat) -> None:
    if not may_object(work, meeting, seat):
        raise ObjectionLateError(days=_days(work))


def _days(work: Work) -> int:
    return int(regulation(work).switches["attendance.objection_days"])


def make_objection(work: Work, meeting: Meeting, seat: Seat, why: str) -> None:
    """The reason goes to the Office, which answers."""
    require_in_time(work, meeting, seat)
    person = access.actor(work)
    attendance.enter(work, meeting, seat, person, Act.OBJECT, Method.SELF, work.now, text=why)
    parties.tell_office(work, notices.objection, meeting, seat, person, why)


def answer_objection(work: Work, meeting: Meeting, seat: Seat, verdict: Status | Mark | None, why: str) -> None:
    """The record stands, another one takes its place, or a mark is withdrawn; all is kept."""
    access.require_office(work)
    objections = [entry for entry in seat.entries if entry.act is Act.OBJECT]
    if not objections or any(entry.act is Act.ANSWER and entry.id > objections[-1].id for entry in seat.entries):  # type: ignore[operator]
        raise InvalidInputError(N_("No objection waits for an answer here."))
    who = access.person(work, objections[-1].person_id)
    attendance.enter(work, meeting, seat, who, Act.ANSWER, Method.ROLL_CALL, work.now, text=why)
    match verdict:
        case Status():
            attendance.classify(work, meeting, seat, verdict, why)
        case Mark():
            attendance.withdraw_mark(work, meeting, seat, verdict, why)
        case None:
            work.notify(who, notices.objection_answered, meeting, seat, why)
