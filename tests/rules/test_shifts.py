"""Half days, whose turn they are, and what may become of a wish to have one taken over."""

from datetime import date, datetime, time, timedelta

import pytest

from rules.machine import TransitionError
from rules.shifts import MACHINE, Half, Shift, SwapAct, SwapState, has_day, shift_at, shifts_ahead
from rules.workdays import OfficeHours, WorkCalendar, at

HOURS, CALENDAR = OfficeHours(), WorkCalendar()
# The Tuesday after it, the 24th, is off.
FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("local", "half"),
    [
        (time(7, 30), Half.MORNING),
        (time(11, 29), Half.MORNING),
        (time(12), Half.AFTERNOON),
        (time(13, 30), Half.AFTERNOON),
        (time(17), Half.AFTERNOON),
    ],
)
def test_a_moment_belongs_to_a_half_day(local: time, half: Half) -> None:
    assert shift_at(at(FRIDAY, local), HOURS) == Shift(FRIDAY, half)


@pytest.mark.parametrize(
    ("now", "first", "count"),
    [
        (at(FRIDAY, time(8)), Shift(FRIDAY, Half.MORNING), 10),
        (at(FRIDAY, time(12)), Shift(FRIDAY, Half.AFTERNOON), 9),
        (at(FRIDAY, time(17)), Shift(date(2026, 11, 23), Half.MORNING), 8),
        (at(date(2026, 11, 23), time(8)), Shift(date(2026, 11, 23), Half.MORNING), 18),
    ],
)
def test_this_and_the_next_week_without_days_off(now: datetime, first: Shift, count: int) -> None:
    found = shifts_ahead(now, HOURS, CALENDAR)
    assert (found[0], len(found)) == (first, count)
    assert date(2026, 11, 24) not in {shift.day for shift in found}
    assert all(shift.day.weekday() < 5 for shift in found)


def test_the_members_take_the_working_days_in_turn() -> None:
    first, second, third = (has_day([7, 8, 9], FRIDAY + timedelta(days=days), CALENDAR) for days in (0, 3, 5))
    assert {first, second, third} == {7, 8, 9}


@pytest.mark.parametrize("act", list(SwapAct))
@pytest.mark.parametrize("state", [state for state in SwapState if state is not SwapState.ASKED])
def test_what_is_settled_stays_so(state: SwapState, act: SwapAct) -> None:
    with pytest.raises(TransitionError):
        MACHINE.next_state(state, act)
