"""Working time of the hotline: whole minutes of open hours, over lunch, evenings and days off."""

from datetime import date, datetime, time, timedelta

import pytest

from rules import packs
from rules.hotline import working_after, working_minutes
from rules.workdays import WorkCalendar, at

FRIDAY = date(2026, 11, 20)
HOURS = packs.office_hours(packs.load(packs.NATIONAL), {})
CALENDAR = WorkCalendar(())


def moment(clock: str, day: date = FRIDAY) -> datetime:
    return at(day, time.fromisoformat(clock))


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        (moment("07:30"), 240, moment("11:30")),
        (moment("07:30:20"), 240, moment("11:30")),
        (moment("07:31"), 240, moment("13:31")),
        (moment("12:00"), 30, moment("14:00")),
        (moment("16:50"), 20, moment("07:40", FRIDAY + timedelta(days=3))),
        (moment("20:52"), 240, moment("11:30", FRIDAY + timedelta(days=3))),
    ],
)
def test_so_many_minutes_of_open_hours_later(start: datetime, minutes: int, end: datetime) -> None:
    assert working_after(start, minutes, HOURS, CALENDAR) == end
    assert working_minutes(start, end, HOURS, CALENDAR) in (minutes, minutes - 1)
