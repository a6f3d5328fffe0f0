"""The head count before the start (Rạch Giá 2): to chair and Office, kept current, and kept as the record."""

from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, select

from bot.work import Work
from models.attendance import HeadCount
from models.base import UtcDateTime
from models.meetings import Meeting, MeetingKind, MeetingState
from models.offices import holders_with_role
from models.people import Person, Role
from rules import attendance as rules
from rules.attendance import ABSENCES, Status
from services import parties
from services.notices import attendance as notices
from services.regulation import regulation
from services.seats import Seat, seats

_RECORDED = select(HeadCount.meeting_id).where(col(HeadCount.is_final).is_(True))
# Asked at each look: built once. Of two processes that look at once one shows it.
_SOON = (
    select(Meeting)
    .where(
        Meeting.state == MeetingState.PLANNED,
        col(Meeting.starts_at) <= bindparam("soon", type_=UtcDateTime),
        col(Meeting.ends_at) > bindparam("now", type_=UtcDateTime),
        col(Meeting.id).not_in(_RECORDED),
    )
    .order_by(col(Meeting.starts_at))
    .with_for_update(skip_locked=True)
    .execution_options(populate_existing=True)
)


def show(work: Work) -> int:
    """Show the card of each meeting that starts soon, anew when something changed; the last one at the start."""
    shown = 0
    for meeting in _soon(work):
        shown += _show(work, meeting)
    return shown


def _soon(work: Work) -> list[Meeting]:
    """Starting within the minutes of the pack, or started and not yet put on record."""
    minutes = int(regulation(work).switches["attendance.card_minutes"])
    if not minutes:
        return []
    soon = work.now + timedelta(minutes=minutes)
    return list(work.session.exec(_SOON, params={"now": work.now, "soon": soon}).all())


def _show(work: Work, meeting: Meeting) -> int:
    found = seats(work, meeting)
    figures = figures_of(work, meeting, found)
    row = work.session.get(HeadCount, meeting.key)
    is_final = work.now >= meeting.starts_at
    if row is not None and row.figures == figures and not is_final:
        return 0
    if row is None:
        row = HeadCount(meeting_id=meeting.key, figures=figures, shown_at=work.now)
        work.session.add(row)
        is_first = True
    else:
        is_first = False
    row.figures, row.shown_at, row.is_final = figures, work.now, is_final
    silence = regulation(work).rules("silent_window")
    view = {**figures, "final": is_final, "first": is_first, "cites_silence": silence}
    for person in _readers(work, meeting):
        work.notify(person, notices.head_count, meeting, found, view)
    if is_final:
        work.record("headcount.recorded", meeting, **{key: figures[key] for key in ("invited", "present", "excused")})
    return 1


def _readers(work: Work, meeting: Meeting) -> list[Person]:
    chair = work.session.get(Person, meeting.chair_id) if meeting.chair_id else None
    people = {person.key: person for person in [*([chair] if chair else []), *parties.office(work)]}
    return list(people.values())


def figures_of(work: Work, meeting: Meeting, found: list[Seat]) -> dict[str, Any]:
    """What the card counts; equal figures need no new card."""
    members = {person.id for person in holders_with_role(work.session, (Role.MEMBER,), work.today)}
    here = {seat.sitting.id for seat in found if seat.is_present and seat.sitting is not None}
    chair = {meeting.chair_id} if meeting.chair_id in members else set()
    present_members = len((here & members) | chair)
    is_session = meeting.kind is MeetingKind.REGULAR_SESSION
    share = str(regulation(work).switches["attendance.quorum"]) if is_session else "-"
    return {
        "invited": len(found),
        "coming": sum(not set(seat.statuses) & ABSENCES for seat in found),
        "present": sum(seat.is_present for seat in found),
        "excused": sum(Status.ABSENT_EXCUSED in seat.statuses for seat in found),
        "members": len(members),
        "members_present": present_members,
        "quorum": rules.quorum(present_members, len(members), share),
        "who": [
            [seat.invitation.id, [status.value for status in seat.statuses], seat.sitting.id if seat.sitting else None]
            for seat in found
        ],
    }
