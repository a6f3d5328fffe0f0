"""Deadlines: how a due day follows from an anchor day, and when a rung of the ladder of reminders falls.

Readings of ambiguous words (A1 to A8, A16) are fields of the rule; the packs set them.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from rules.workdays import TIME_ZONE, DayState, OfficeHours, WorkCalendar, at

_DAY = timedelta(days=1)
RUNG = r"wd[+-]\d{1,2}(@(owner|office|superior|chair|internal_affairs))?"
_RUNG = re.compile(r"wd([+-])(\d{1,2})(?:@(\w+))?")


@dataclass(frozen=True, slots=True)
class DueRule:
    """So many days before (negative) or after an anchor day; 0 is the day itself.

    `unit` is ``working`` or ``calendar``. The anchor is not counted (Civil Code 147) unless `counts_anchor`;
    `clear_days` wants whole days between. `roll` says where a due day goes that is no working day.
    `cutoff` is a local time of the due day; without one the whole day is still in time (A15).
    `remind_unit` pushes by a stricter reading than the one that makes late (A1).
    """

    anchor: date
    days: int
    unit: str = "working"
    clear_days: bool = False
    counts_anchor: bool = False
    roll: str = "back"
    cutoff: time | None = None
    remind_unit: str = ""

    def as_json(self) -> dict[str, Any]:
        """As it is kept with a duty."""
        cutoff = self.cutoff.isoformat() if self.cutoff else None
        return {**asdict(self), "anchor": self.anchor.isoformat(), "cutoff": cutoff}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        cutoff = data.get("cutoff")
        return cls(
            **{
                **data,
                "anchor": date.fromisoformat(data["anchor"]),
                "cutoff": time.fromisoformat(cutoff) if cutoff else None,
            }
        )


@dataclass(frozen=True, slots=True)
class Due:
    """A due day and how it was found: the days counted, those passed over, the day it was rolled from.

    It is provisional when it rests on days whose notice is not out yet.
    """

    day: date
    counted: tuple[date, ...]
    passed_over: tuple[date, ...]
    rolled_from: date | None
    is_provisional: bool


def due(rule: DueRule, calendar: WorkCalendar) -> Due:
    """The due day under a calendar."""
    number = abs(rule.days) + (rule.clear_days if rule.days else 0) - (rule.counts_anchor if rule.days else 0)
    step = -_DAY if rule.days < 0 else _DAY
    if rule.unit == "working" and number:
        nth = calendar.nth_working_day_before if rule.days < 0 else calendar.nth_working_day_after
        plain = day = nth(rule.anchor, number)
    else:
        plain = rule.anchor + number * step
        day = calendar.roll(plain, rule.roll)
    between = _span(rule.anchor, plain, step)
    counted = [each for each in between if rule.unit == "calendar" or calendar.is_working(each)]
    return Due(
        day,
        tuple(counted),
        tuple(each for each in between if each not in counted),
        plain if plain != day else None,
        any(calendar.state(each) is DayState.UNANNOUNCED for each in {rule.anchor, day, plain, *between}),
    )


def remind_day(rule: DueRule, calendar: WorkCalendar) -> date:
    """The day that the reminders lead up to: the due day, or the earlier one of the stricter reading."""
    day = due(rule, calendar).day
    return min(day, due(replace(rule, unit=rule.remind_unit), calendar).day) if rule.remind_unit else day


def _span(anchor: date, last: date, step: timedelta) -> list[date]:
    """The days after the anchor up to the last, in the order in which they are counted."""
    return [anchor + number * step for number in range(1, abs((last - anchor).days) + 1)]


def due_moment(rule: DueRule, day: date, hours: OfficeHours, *, ends_at_close: bool = False) -> datetime:
    """When the due day is over: the cut-off, else midnight, or the close of office where the body reads it so (A15)."""
    if rule.cutoff is not None:
        return at(day, rule.cutoff)
    return hours.closing(day) if ends_at_close else at(day + _DAY, time())


def named_day(due_at: datetime) -> date:
    """The day that people name as due: midnight belongs to the day that ends with it."""
    return (due_at - timedelta(microseconds=1)).astimezone(TIME_ZONE).date()


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder: the morning of so many working days before or after the due day, and who hears it."""

    days: int
    to: str

    @property
    def is_after(self) -> bool:
        return self.days > 0


def rung(stage: str) -> Rung | None:
    """`wd-3`, `wd-0`, `wd+1@office`; None for the words that are not counted in working days."""
    found = _RUNG.fullmatch(stage)
    if found is None:
        return None
    number = int(found[2])
    return Rung(number if found[1] == "+" else -number, found[3] or "owner")


def rung_moment(step: Rung, due_day: date, calendar: WorkCalendar, hours: OfficeHours) -> datetime:
    """The opening of office on the rung's day; on the due day itself, or the last working day before it."""
    if step.is_after:
        return hours.opening(calendar.nth_working_day_after(due_day, step.days))
    return hours.opening(calendar.nth_working_day_before(due_day, -step.days))
