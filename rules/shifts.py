"""Half-day shifts of a hotline's team (*ca trực*), and how a colleague is asked to take one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType

from rules.errors import N_
from rules.machine import Machine
from rules.workdays import TIME_ZONE, OfficeHours, WorkCalendar, at


class Half(StrEnum):
    """Buổi: a working day has two, by the office hours."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


@dataclass(frozen=True, slots=True)
class Shift:
    """Ca trực: half a working day."""

    day: date
    half: Half

    def starts_at(self, hours: OfficeHours) -> datetime:
        return at(self.day, self._span(hours)[0])

    def ends_at(self, hours: OfficeHours) -> datetime:
        return at(self.day, self._span(hours)[1])

    def _span(self, hours: OfficeHours) -> tuple[time, time]:
        return hours.morning if self.half is Half.MORNING else hours.afternoon


def shift_at(now: datetime, hours: OfficeHours) -> Shift:
    """The half day that a moment belongs to; lunch belongs to the afternoon."""
    local = now.astimezone(TIME_ZONE)
    return Shift(local.date(), Half.MORNING if local.time() < hours.morning[1] else Half.AFTERNOON)


def shifts_ahead(now: datetime, hours: OfficeHours, calendar: WorkCalendar) -> list[Shift]:
    """What is not over of this week and of the next one; days off have none."""
    today = now.astimezone(TIME_ZONE).date()
    ends_on = today + timedelta(days=13 - today.weekday())
    days = [today + timedelta(days=number) for number in range((ends_on - today).days + 1)]
    shifts = [Shift(day, half) for day in days if calendar.is_working(day) for half in Half]
    return [shift for shift in shifts if shift.ends_at(hours) > now]


def has_day(members: Sequence[int], day: date, calendar: WorkCalendar) -> int:
    """Whose turn the day is: the members take the working days in turn, each a whole one."""
    return members[calendar.number_of(day) % len(members)]


def stands_in(post: int, members: Sequence[int], away: Collection[int]) -> int:
    """Who has a shift where whoever has the turn is away: the next member who is not; where all are, it stays."""
    if post not in away:
        return post
    after = members.index(post) + 1 if post in members else 0
    return next((one for one in (*members[after:], *members[:after]) if one not in away), post)


class SwapState(StrEnum):
    """`accepted` counts: whoever was asked, or assigned by the leader, has the shift."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class SwapAct(StrEnum):
    """`lapse`: the shift has begun without an answer, or the leader has settled it himself."""

    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"


MACHINE = Machine(
    initial=frozenset({SwapState.ASKED}),
    transitions=MappingProxyType(
        {
            (SwapState.ASKED, SwapAct.ACCEPT): SwapState.ACCEPTED,
            (SwapState.ASKED, SwapAct.DECLINE): SwapState.DECLINED,
            (SwapState.ASKED, SwapAct.WITHDRAW): SwapState.WITHDRAWN,
            (SwapState.ASKED, SwapAct.LAPSE): SwapState.LAPSED,
        }
    ),
)

STATES: Mapping[SwapState, str] = MappingProxyType(
    {
        SwapState.ASKED: N_("not answered yet"),
        SwapState.ACCEPTED: N_("accepted"),
        SwapState.DECLINED: N_("declined"),
        SwapState.WITHDRAWN: N_("withdrawn"),
        SwapState.LAPSED: N_("no longer open"),
    }
)
