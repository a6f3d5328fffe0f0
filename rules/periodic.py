"""What is owed again and again (*báo cáo định kỳ*, *đăng ký lịch làm việc*): kinds, periods, due rules.

Days that the texts do not name are switches (A5, A8, A12).
"""

import calendar as months
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from types import MappingProxyType
from typing import Any

from rules import deadlines
from rules.deadlines import DueRule
from rules.periodic_kinds import PERIODIC as PERIODIC
from rules.periodic_kinds import PeriodicKind as PeriodicKind  # part of what callers know as periodic
from rules.workdays import WorkCalendar

# Opened that long before it is due, or when its period begins, whichever comes later.
AHEAD = timedelta(weeks=5)
# The Office must have the communes' figures a working day before its own report (Tứ Kỳ 4.1 names no day for them).
FIGURES_BEFORE = -1
_DAY = timedelta(days=1)
_WEEKDAYS = ("t2", "t3", "t4", "t5", "t6", "t7", "cn")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One turn of a kind: the period that it is about, both days included, and its due rule."""

    first: date
    last: date
    rule: DueRule

    @property
    def period(self) -> str:
        """As it is kept, unique for a kind."""
        return f"{self.first.isoformat()}/{self.last.isoformat()}"


Switches = Mapping[str, Any]


def occurrence(kind: PeriodicKind, today: date, switches: Switches, calendar: WorkCalendar) -> Occurrence | None:
    """The turn of a kind that runs today; None where the body has none, or it is not opened yet.

    What puts reports together is opened with them.
    """
    found = _TURNS[kind](today, switches, calendar)
    compiled = PERIODIC[kind].compiles
    if found is None or (compiled and occurrence(compiled, today, switches, calendar) is None):
        return None
    is_near = compiled is not None or deadlines.due(found.rule, calendar).day - today <= AHEAD
    return found if is_near else None


def owing_kinds(kind: PeriodicKind, switches: Switches) -> tuple[str, ...]:
    """Which kinds of units owe it."""
    owed_by = PERIODIC[kind].owed_by
    return switches["quarterly.owed_by"] if owed_by is None else owed_by


def booking_deadline(named: date, switches: Switches) -> DueRule:
    """A8: "chậm nhất trước ngày 10" ends with the 9th, unless the body reads the day itself in."""
    days = 0 if switches["booking.inclusive"] else -1
    return DueRule(named, days, unit="calendar", roll=switches["booking.roll"])


def _quarter(today: date) -> tuple[date, date]:
    first = date(today.year, today.month - (today.month - 1) % 3, 1)
    return first, _month_end(date(first.year, first.month + 2, 1))


def _month_end(day: date) -> date:
    return _day_of(day.year, day.month, 31)


def _day_of(year: int, month: int, day: int) -> date:
    """That day of the month, or the last where it has not so many."""
    return date(year, month, min(day, months.monthrange(year, month)[1]))


def _quarterly(today: date, switches: Switches, _calendar: WorkCalendar) -> Occurrence | None:
    """A5: the day in the last month of the quarter; "vào ngày" is read as "by"."""
    first, last = _quarter(today)
    day = switches["quarterly.report_day"]
    if not day:
        return None
    anchor = _day_of(last.year, last.month, day)
    return Occurrence(first, last, DueRule(anchor, 0, unit="calendar", roll=switches["quarterly.roll"]))


def _quarterly_compile(today: date, switches: Switches, calendar: WorkCalendar) -> Occurrence | None:
    """On its own day, or (A12) so many working days after the reports."""
    reports = _quarterly(today, switches, calendar)
    day = switches["quarterly.compile_day"]
    if reports is None:
        return None
    if day:
        anchor = _day_of(reports.last.year, reports.last.month, day)
        rule = DueRule(anchor, 0, unit="calendar", roll=switches["quarterly.roll"])
    else:
        rule = DueRule(deadlines.due(reports.rule, calendar).day, switches["periodic.compile_days"])
    return Occurrence(reports.first, reports.last, rule)


def _when_asked(_today: date, _switches: Switches, _calendar: WorkCalendar) -> Occurrence | None:
    """Comes by no clock: the Office asks for it, once a directive is issued (Sơn Dương, phần cuối)."""
    return None


def _badges(today: date, switches: Switches, _calendar: WorkCalendar) -> Occurrence | None:
    """Tứ Kỳ 1 names no day: a day of the first month of the quarter."""
    first, last = _quarter(today)
    day = switches["badges.day"]
    if not day:
        return None
    return Occurrence(first, last, DueRule(_day_of(first.year, first.month, day), 0, unit="calendar", roll="forward"))


def _badges_compile(today: date, switches: Switches, calendar: WorkCalendar) -> Occurrence | None:
    lists = _badges(today, switches, calendar)
    if lists is None:
        return None
    return replace(lists, rule=DueRule(deadlines.due(lists.rule, calendar).day, switches["periodic.compile_days"]))


def _weekly(today: date, switches: Switches, calendar: WorkCalendar) -> Occurrence | None:
    """A12: the named day of the week at its hour, or the last working day before it; a week off has none."""
    monday = today - today.weekday() * _DAY
    word, hour = switches["periodic.weekly_at"].split()
    named = monday + _WEEKDAYS.index(word) * _DAY
    if calendar.roll(named, "back") < monday:
        return None
    return Occurrence(monday, monday + 6 * _DAY, DueRule(named, 0, cutoff=time.fromisoformat(hour)))


def _monthly(today: date, switches: Switches, _calendar: WorkCalendar) -> Occurrence | None:
    """A12: the last working day of the month, or a named day of it."""
    first, last = today.replace(day=1), _month_end(today)
    named = switches["periodic.monthly_at"]
    if named == "last_working_day":
        return Occurrence(first, last, DueRule(last, 0))
    anchor = _day_of(today.year, today.month, int(named))
    return Occurrence(first, last, DueRule(anchor, 0, unit="calendar", roll="forward"))


def _figures_for(report: Callable[[date, Switches, WorkCalendar], Occurrence | None]) -> Any:
    def turn(today: date, switches: Switches, calendar: WorkCalendar) -> Occurrence | None:
        found = report(today, switches, calendar)
        if found is None:
            return None
        rule = DueRule(deadlines.due(found.rule, calendar).day, FIGURES_BEFORE)
        return Occurrence(found.first, found.last, rule)

    return turn


def _booking(today: date, switches: Switches, calendar: WorkCalendar) -> Occurrence | None:
    """The window whose registration closes next: it opens when the one before has closed."""
    coming = [
        found
        for year, month in _months_from(today, 3)
        for found in booking_windows(year, month, switches)
        if deadlines.due(found.rule, calendar).day >= today
    ]
    return min(coming, key=lambda found: found.rule.anchor, default=None)


def _schedule(today: date, switches: Switches, calendar: WorkCalendar) -> Occurrence | None:
    """The window whose registration has closed: its schedule is sent a working day before it begins."""
    months = _months_from(today.replace(day=1) - _DAY, 2)
    closed = [
        found
        for year, month in months
        for found in booking_windows(year, month, switches)
        if deadlines.due(found.rule, calendar).day < today <= found.last
    ]
    window = max(closed, key=lambda found: found.first, default=None)
    return replace(window, rule=DueRule(window.first, -1)) if window else None


def booking_windows(year: int, month: int, switches: Switches) -> list[Occurrence]:
    """A8: what registers by the 9th is for the 16th to the end of the month, by the 24th for the next 1st to 15th."""
    found = []
    for named, span in zip(switches["booking.days"], switches["booking.windows"], strict=False):
        start, end = (int(part) for part in span.split("-"))
        window = _months_from(date(year, month, 1), 2)[int(start <= int(named))]
        rule = booking_deadline(_day_of(year, month, int(named)), switches)
        found.append(Occurrence(_day_of(*window, start), _day_of(*window, end), rule))
    return found


def _months_from(day: date, count: int) -> list[tuple[int, int]]:
    numbers = [day.year * 12 + day.month - 1 + ahead for ahead in range(count)]
    return [(number // 12, number % 12 + 1) for number in numbers]


_TURNS: Mapping[PeriodicKind, Callable[[date, Switches, WorkCalendar], Occurrence | None]] = MappingProxyType(
    {
        PeriodicKind.QUARTERLY: _quarterly,
        PeriodicKind.QUARTERLY_COMPILE: _quarterly_compile,
        PeriodicKind.WEEKLY_FIGURES: _figures_for(_weekly),
        PeriodicKind.WEEKLY_PROCEDURES: _weekly,
        PeriodicKind.MONTHLY_FIGURES: _figures_for(_monthly),
        PeriodicKind.MONTHLY_PROCEDURES: _monthly,
        PeriodicKind.MONTHLY_NOTICE: _monthly,
        PeriodicKind.MONTHLY_TASKS: _monthly,
        PeriodicKind.READ_OUT: _when_asked,
        PeriodicKind.BADGES: _badges,
        PeriodicKind.BADGES_COMPILE: _badges_compile,
        PeriodicKind.BOOKING: _booking,
        PeriodicKind.SCHEDULE: _schedule,
    }
)
