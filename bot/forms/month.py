"""A month as rows of buttons, a week a row, with arrows to the neighbours."""

import calendar
from collections.abc import Sequence
from datetime import date, timedelta

from babel.dates import format_date, get_day_names

from bot.forms.form import Asking
from bot.i18n import language

NOTHING = "."
"""The value of a button that only fills the grid."""

Rows = Sequence[Sequence[tuple[str, str]]]


def month_rows(asking: Asking, first: date, last: date | None) -> Rows:
    """The month of the view; days from `first` to `last` can be pressed (`d2026-11-25`), others are dots."""
    month = _month(asking, first, last)
    weeks = calendar.Calendar().monthdatescalendar(month.year, month.month)
    grid = [[_cell(day, month, first, last) for day in week] for week in weeks]
    return [_heading(month, first, last), _weekdays(), *grid]


def _month(asking: Asking, first: date, last: date | None) -> date:
    """The month that was turned to, else the possible one nearest to today."""
    if shown := asking.view.get("month"):
        return date.fromisoformat(f"{shown}-01")
    nearest = max(first, asking.context.work.today)
    return min(nearest, last or nearest).replace(day=1)


def _heading(month: date, first: date, last: date | None) -> list[tuple[str, str]]:
    before, after = month - timedelta(days=1), (month + timedelta(days=31)).replace(day=1)
    name = format_date(month, "LLLL yyyy", locale=language())
    return [
        ("‹", f"m{before:%Y-%m}") if before >= first else ("·", NOTHING),
        (name[:1].upper() + name[1:], NOTHING),
        ("›", f"m{after:%Y-%m}") if last is None or after <= last else ("·", NOTHING),
    ]


def _weekdays() -> list[tuple[str, str]]:
    names = get_day_names("short", context="stand-alone", locale=language())
    return [(names[index], NOTHING) for index in range(7)]


def _cell(day: date, month: date, first: date, last: date | None) -> tuple[str, str]:
    outside = day.month != month.month or day < first or (last is not None and day > last)
    return ("·", NOTHING) if outside else (str(day.day), f"d{day.isoformat()}")
