"""Reminders by the chair (*nhắc nhở của Chủ tịch*): over what time they count, and what follows from how many (A13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rules.errors import N_


class Step(StrEnum):
    """What a number of reminders calls for; Tứ Kỳ 6: from the third on a transfer is proposed."""

    NOTHING = "nothing"
    WARN = "warn"
    LIST = "list"


PERIODS = {"calendar_year": N_("in the year {year}"), "rolling_year": N_("in the twelve months to {day}")}


@dataclass(frozen=True, slots=True)
class Policy:
    """`period` is ``calendar_year`` or ``rolling_year``, `scope` ``person`` or ``unit``."""

    threshold: int
    period: str
    scope: str


def step(count: int, threshold: int) -> Step:
    """One before the threshold is warned of; nobody is warned of nothing."""
    if count >= threshold:
        return Step.LIST
    return Step.WARN if count == threshold - 1 and count > 0 else Step.NOTHING


def span(days: Sequence[date], day: date, period: str) -> tuple[date, date]:
    """The first and last day of the period to which a reminder of `day` belongs.

    Of the twelve months that hold it, those with most of `days` in them: a reminder may be recorded after a later one.
    """
    if period == "calendar_year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    spans = [(_year_before(end), end) for end in {day, *days} if end >= day >= _year_before(end)]
    return max(spans, key=lambda each: (sum(each[0] <= one <= each[1] for one in days), each[1]))


def _year_before(end: date) -> date:
    """The first day of the twelve months that end with a day."""
    after = end + timedelta(days=1)
    if (after.month, after.day) == (2, 29):
        return date(after.year - 1, 3, 1)
    return after.replace(year=after.year - 1)
