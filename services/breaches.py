"""The register of what was not complied with (Sơn Dương 8.a): read from duties and records, nothing is entered for it.

Papers, opinions, reports and tasks that were late or never came; attendance only as a human has judged it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.work import Work
from models.attendance import judged_seats
from models.duties import Duty, last_result
from models.meetings import Meeting
from models.offices import holder_of
from models.people import Person, Unit
from models.periodic import due_by_unit
from models.tasks import WeeklyList, list_before
from rules.attendance import FAULTS, Status
from rules.duties import DutyKind, DutyState
from rules.errors import NotAllowedError
from services import access
from services.regulation import regulation
from services.seats import Seat, seat_of

OWED = (DutyKind.PAPERS, DutyKind.OPINION, DutyKind.REPORT, DutyKind.TASK)
# The first list of a body looks back a week.
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class LateDuty:
    """What came after its due moment, at `done_at`, or has not come."""

    unit: Unit
    owner: Person | None
    duty: Duty
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Fault:
    """A seat whose record a human has judged: its status where it is a fault, and the marks that stand."""

    unit: Unit
    meeting: Meeting
    seat: Seat
    status: Status | None


@dataclass(frozen=True, slots=True)
class Register:
    """Of a span; `until` belongs to the next."""

    since: datetime
    until: datetime
    late: Sequence[LateDuty]
    faults: Sequence[Fault]

    def __len__(self) -> int:
        return len(self.late) + len(self.faults)


def of_week(work: Work, row: WeeklyList) -> Register | None:
    """Between the list before and this one; None where no clause asks for the register."""
    if not regulation(work).rules("breach"):
        return None
    before = list_before(work.session, row.week_of)
    return between(work, before.cutoff_at if before else row.cutoff_at - WEEK, row.cutoff_at)


def in_sight(work: Work, row: WeeklyList) -> Register:
    """The register beside a weekly list, for the Office."""
    access.require_office(work)
    found = of_week(work, row)
    if found is None:
        raise NotAllowedError()
    return found


def between(work: Work, since: datetime, until: datetime) -> Register:
    """What fell due, and what was judged, in a span; unit by unit."""
    owed = due_by_unit(work.session, OWED, since, until)
    holder_of.ahead(work.session, {duty.post_id or 0 for _unit, duty in owed}, work.today)
    late = [_late(work, unit, duty) for unit, duty in owed]
    faults = [_fault(work, meeting, key or 0) for meeting, key in judged_seats(work.session, since, until)]
    return Register(since, until, [each for each in late if each], [each for each in faults if each])


def _late(work: Work, unit: Unit, duty: Duty) -> LateDuty | None:
    """A result that waits to be accepted was given when it was sent."""
    sent = last_result(work.session, duty.key) if duty.state is DutyState.SUBMITTED else None
    done_at = sent.at if sent else duty.closed_at if duty.state is DutyState.DONE else None
    if done_at is not None and done_at < duty.due_at:
        return None
    return LateDuty(unit, access.owner_of(work, duty), duty, done_at)


def _fault(work: Work, meeting: Meeting, invitation_id: int) -> Fault | None:
    seat = seat_of(work, meeting, invitation_id)
    if seat is None:
        return None
    status = next((status for status in seat.statuses if status in FAULTS and seat.is_classified), None)
    if status is None and not seat.marks:
        return None
    return Fault(work.session.get_one(Unit, seat.post.unit_id), meeting, seat, status)
