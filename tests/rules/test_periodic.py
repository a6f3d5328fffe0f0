"""Which turn of what is owed once a period runs on a day, and when it is due (A5, A8, A12)."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import deadlines, packs
from rules.periodic import AHEAD, PERIODIC, Occurrence, PeriodicKind, occurrence
from rules.workdays import WorkCalendar

CALENDAR = WorkCalendar()
DAYS = st.dates(date(2021, 1, 15), date(2040, 12, 1))


def turn(pack: str, kind: PeriodicKind, today: date, **changed: object) -> Occurrence | None:
    switches = packs.switches(packs.load(pack), {name.replace("__", "."): value for name, value in changed.items()})
    return occurrence(kind, today, switches, CALENDAR)


def due_day(pack: str, kind: PeriodicKind, today: date, **changed: object) -> date:
    found = turn(pack, kind, today, **changed)
    assert found is not None
    return deadlines.due(found.rule, CALENDAR).day


@pytest.mark.parametrize(
    ("pack", "kind", "today", "day"),
    [
        # A5: 20/12/2026 is a Sunday, 20/3/2027 a Saturday, 20/6/2027 a Sunday.
        ("son-duong-2021", PeriodicKind.QUARTERLY, date(2026, 12, 1), date(2026, 12, 21)),
        ("son-duong-2021", PeriodicKind.QUARTERLY, date(2027, 3, 1), date(2027, 3, 22)),
        ("son-duong-2021", PeriodicKind.QUARTERLY, date(2027, 6, 1), date(2027, 6, 21)),
        ("son-duong-2021", PeriodicKind.QUARTERLY, date(2027, 9, 1), date(2027, 9, 20)),
        ("son-duong-2021", PeriodicKind.QUARTERLY_COMPILE, date(2026, 12, 1), date(2026, 12, 25)),
        ("tu-ky-2023", PeriodicKind.QUARTERLY, date(2026, 12, 1), date(2026, 12, 15)),
        # A12: five working days after the reports.
        ("tu-ky-2023", PeriodicKind.QUARTERLY_COMPILE, date(2026, 12, 1), date(2026, 12, 22)),
        # A12: Friday; the communes' figures the working day before.
        ("tu-ky-2023", PeriodicKind.WEEKLY_PROCEDURES, date(2026, 11, 25), date(2026, 11, 27)),
        ("tu-ky-2023", PeriodicKind.WEEKLY_FIGURES, date(2026, 11, 25), date(2026, 11, 26)),
        # Friday 1/1/2027 is off.
        ("tu-ky-2023", PeriodicKind.WEEKLY_PROCEDURES, date(2026, 12, 30), date(2026, 12, 31)),
        ("tan-yen-2024", PeriodicKind.MONTHLY_NOTICE, date(2027, 1, 4), date(2027, 1, 29)),
        # A8: before the 10th is the 9th; before the 25th the 24th, off in November, so Monday 23.
        ("rach-gia-2024", PeriodicKind.BOOKING, date(2026, 11, 12), date(2026, 11, 23)),
        ("rach-gia-2024", PeriodicKind.BOOKING, date(2026, 11, 24), date(2026, 12, 9)),
        ("rach-gia-2024", PeriodicKind.BOOKING, date(2026, 12, 10), date(2026, 12, 24)),
    ],
)
def test_the_clauses_give_these_days(pack: str, kind: PeriodicKind, today: date, day: date) -> None:
    assert due_day(pack, kind, today) == day


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 11, 23), date(2026, 12, 1), date(2026, 12, 15)),
        (date(2026, 11, 24), date(2026, 12, 16), date(2026, 12, 31)),
        (date(2026, 12, 24), date(2027, 1, 1), date(2027, 1, 15)),
        (date(2027, 2, 2), date(2027, 2, 16), date(2027, 2, 28)),
    ],
)
def test_a_registration_is_for_the_window_after_it(today: date, first: date, last: date) -> None:
    found = turn("rach-gia-2024", PeriodicKind.BOOKING, today)
    assert found is not None
    assert (found.first, found.last) == (first, last)


def test_other_readings_are_switches() -> None:
    literal = {"quarterly__roll": "none"}
    assert due_day("son-duong-2021", PeriodicKind.QUARTERLY, date(2026, 12, 1), **literal) == date(2026, 12, 20)
    loose = {"booking__inclusive": True}
    assert due_day("rach-gia-2024", PeriodicKind.BOOKING, date(2026, 11, 24), **loose) == date(2026, 11, 25)
    monthly = {"periodic__monthly_at": "31"}
    assert due_day("tan-yen-2024", PeriodicKind.MONTHLY_NOTICE, date(2027, 2, 8), **monthly) == date(2027, 3, 1)
    hour = {"periodic__weekly_at": "t5 09:30"}
    found = turn("tu-ky-2023", PeriodicKind.WEEKLY_PROCEDURES, date(2026, 11, 25), **hour)
    assert found is not None
    assert found.rule.cutoff == time(9, 30)


def test_a_report_is_opened_five_weeks_ahead_and_a_week_of_holidays_has_none() -> None:
    assert turn("son-duong-2021", PeriodicKind.QUARTERLY, date(2026, 10, 5)) is None
    tet = WorkCalendar([(date(2027, 2, 8) + timedelta(days=day), "off", "Tết", "") for day in range(7)])
    switches = packs.load("tu-ky-2023").switches
    assert occurrence(PeriodicKind.WEEKLY_PROCEDURES, date(2027, 2, 9), switches, tet) is None
    assert occurrence(PeriodicKind.WEEKLY_FIGURES, date(2027, 2, 9), switches, tet) is None


@given(DAYS, st.sampled_from(sorted(PeriodicKind)), st.sampled_from([pack.id for pack in packs.all_packs()]))
def test_whatever_the_day_a_turn_is_near_and_the_same_all_through_its_period(
    today: date, kind: PeriodicKind, pack: str
) -> None:
    found = turn(pack, kind, today)
    if found is None:
        return
    day = deadlines.due(found.rule, CALENDAR).day
    assert day - today <= AHEAD or PERIODIC[kind].compiles
    later = min(today + timedelta(days=1), day)
    if (later >= today and kind is PeriodicKind.BOOKING) or found.first <= later <= found.last:
        assert turn(pack, kind, later) == found
