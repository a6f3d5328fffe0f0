"""What the record of a meeting leaves open is owed by the Office until the last seat is classified."""

from collections.abc import Sequence

from bot.i18n import local_day
from bot.work import Work
from models.duties import duty_about
from models.meetings import Meeting
from models.offices import holders_with_role
from models.people import Role
from rules.deadlines import DueRule
from rules.duties import DutyKind
from services import duties, parties, people
from services.duties import NewDuty
from services.regulation import regulation
from services.seats import Seat, seats


def demand(work: Work, meeting: Meeting, found: Sequence[Seat]) -> int:
    """Open the duty where something is left to classify; returns how many seats."""
    number = sum(seat.awaits_office for seat in found)
    if number:
        chiefs = holders_with_role(work.session, (Role.CHIEF_OF_OFFICE,), work.today)
        owner = next(iter([*chiefs, *parties.office(work)]), None)
        post = people.main_post(work, owner) if owner else None
        days = int(regulation(work).switches["after_meeting.attendance_days"])
        new = NewDuty(
            kind=DutyKind.CLASSIFY,
            subject_id=meeting.key,
            what=meeting.title,
            post_id=post.id if post else None,
            rule=DueRule(local_day(meeting.ends_at), days),
        )
        duties.open_duty(work, new)
    return number


def settle(work: Work, meeting: Meeting) -> None:
    """After an entry: with the last seat classified nothing is owed any more."""
    duty = duty_about(work.session, DutyKind.CLASSIFY, meeting.key)
    if duty is not None and duty.is_open and not any(seat.awaits_office for seat in seats(work, meeting)):
        duties.close_duty(work, DutyKind.CLASSIFY, meeting.key)
