"""What is owed once a meeting is over: attendance and result by the host agency, a short report by each substitute."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import bindparam
from sqlmodel import col, select

from bot.i18n import local_day
from bot.work import Work
from models.base import UtcDateTime
from models.duties import Duty
from models.meetings import Meeting, MeetingState
from models.offices import holders_in
from models.people import Person
from rules.deadlines import DueRule
from rules.duties import DutyKind
from services import counters, duties, open_records, parties
from services.duties import NewDuty
from services.notices import after_meeting as notices
from services.regulation import regulation
from services.seats import Seat, seats

# A process that was down for longer leaves what is long past to people.
LOOKED_BACK = timedelta(days=5)


_OPENED = select(Duty.subject_id).where(Duty.kind == DutyKind.REPORT_RESULT)
# Asked at each look: built once.
_ENDED = (
    select(Meeting)
    .where(
        Meeting.state == MeetingState.PLANNED,
        col(Meeting.ends_at) <= bindparam("now", type_=UtcDateTime),
        col(Meeting.ends_at) > bindparam("since", type_=UtcDateTime),
        col(Meeting.id).not_in(_OPENED),
    )
    .order_by(col(Meeting.ends_at))
    .limit(50)
    .with_for_update(skip_locked=True)
    .execution_options(populate_existing=True)
)


def close_meetings(work: Work) -> int:
    """Open what is owed after each meeting that has ended; each meeting once, however many processes look."""
    ended = work.session.exec(_ENDED, params={"now": work.now, "since": work.now - LOOKED_BACK}).all()
    for meeting in ended:
        _close(work, meeting)
    return len(ended)


def _close(work: Work, meeting: Meeting) -> None:
    # What draws up documents is loaded with the first one, not at every start.
    from services import meeting_papers

    host = next(iter(holders_in(work.session, meeting.host_unit_id, work.today)), None)
    day = local_day(meeting.ends_at)
    switches = regulation(work).switches
    owed = [
        (DutyKind.REPORT_ATTENDANCE, int(switches["after_meeting.attendance_days"])),
        (DutyKind.REPORT_RESULT, int(switches["after_meeting.report_days"])),
    ]
    for kind, days in owed:
        post_id = host[0].id if host else None
        new = NewDuty(kind=kind, subject_id=meeting.key, what=meeting.title, post_id=post_id, rule=DueRule(day, days))
        duties.open_duty(work, new)
    work.record("meeting.ended", meeting, host=host[0].id if host else None)
    found = seats(work, meeting)
    papers = meeting_papers.for_host(work, meeting, found) if host else ()
    criticism = meeting_papers.for_conclusion(work, meeting, found)
    left = open_records.demand(work, meeting, found)
    was_called = any(seat.entries for seat in found)
    office = parties.office(work)
    for person in office:
        # Where the Office is the host agency, its head hears both in one message.
        own = papers if host and host[1].id == person.id else ()
        work.notify(person, notices.for_office, meeting, left, criticism, own, was_called=was_called)
    if host and host[1] not in office:
        work.notify(host[1], notices.host_owes, meeting, papers)
    _ask_substitutes(work, meeting, found)
    for seat in found:
        counters.fault_recorded(work, meeting, seat)


def _ask_substitutes(work: Work, meeting: Meeting, found: Sequence[Seat]) -> None:
    """A substitute owes his head a few lines; the head's receipt closes it."""
    days = int(regulation(work).switches["attendance.hand_back_days"])
    for seat in found:
        if seat.seen is None or seat.seen.is_holder or seat.sitting is None or seat.holder is None:
            continue
        duty = duties.open_duty(
            work,
            NewDuty(
                kind=DutyKind.HAND_BACK,
                subject_id=seat.invitation.key,
                what=meeting.title,
                person_id=seat.sitting.id,
                superior_id=seat.holder.id,
                rule=DueRule(local_day(meeting.ends_at), days),
            ),
        )
        principal: Person = seat.holder
        work.notify(seat.sitting, notices.hand_back, duty, principal)
