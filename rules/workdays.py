"""The working calendar (*ngày làm việc*), and office hours.

The holiday library knows the law's days and most swaps; dated corrections and the body's own
entries go over it, each with its document. A year whose notices are not out yet holds days that
nobody can be sure of.
"""

import sys
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any
from zoneinfo import ZoneInfo

TIME_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST_YEAR, LAST_YEAR = 2020, 2045
_FILE = Path(__file__).parent / "data" / "calendar.toml"
_DAY = timedelta(days=1)
# Days from Tết among which the notice chooses; the eve to the third day are always off.
_TET_CHOICE = (-4, -3, -2, 3, 4, 5, 6, 7)


class DayState(StrEnum):
    """What is known of a day."""

    WORKING = "working"
    OFF = "off"
    UNANNOUNCED = "unannounced"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day that differs from Monday-to-Friday, why, and by which document."""

    day: date
    state: DayState
    is_working: bool
    name: str
    document: str

    @property
    def word(self) -> str:
        """``work`` or ``off``, as `calendar show` prints it."""
        return "work" if self.is_working else "off"


OwnEntry = tuple[date, str, str, str]
"""A body's own entry: the day, ``off`` or ``work``, its name, its document."""


@dataclass(frozen=True)
class _Base:
    """What holds for every body: special days, doubtful ones, the last year announced."""

    special: Mapping[date, CalendarDay]
    doubtful: frozenset[date]
    announced_to: int


class WorkCalendar:
    """Working days of one body, precomputed from FIRST_YEAR to LAST_YEAR; build once, ask often."""

    def __init__(self, own: Iterable[OwnEntry] = ()) -> None:
        base = _base()
        special = dict(base.special)
        for day, word, name, document in own:
            special[day] = _entry(day, word == "work", name, document)
        self._special: Mapping[date, CalendarDay] = special
        self._doubtful = base.doubtful
        self._announced_to = base.announced_to
        first, last = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
        self._working = [
            ordinal
            for ordinal in range(first.toordinal(), last.toordinal() + 1)
            if self.is_working(date.fromordinal(ordinal))
        ]

    def state(self, day: date) -> DayState:
        """Working, off, or not announced yet (counted by the likeliest reading)."""
        entry = self._special.get(day)
        if entry:
            return entry.state
        return DayState.WORKING if day.weekday() < 5 else DayState.OFF

    def is_working(self, day: date) -> bool:
        """Whether the day counts as a working day, as far as is known."""
        entry = self._special.get(day)
        return entry.is_working if entry else day.weekday() < 5

    def name(self, day: date) -> str:
        """The holiday's or swap's Vietnamese name; empty for an ordinary day."""
        entry = self._special.get(day)
        return entry.name if entry else ""

    def differing_days(self, year: int) -> tuple[CalendarDay, ...]:
        """Days that are not what Monday-to-Friday would make them, in order."""
        return tuple(
            entry
            for day, entry in sorted(self._special.items())
            if day.year == year and entry.is_working != (day.weekday() < 5)
        )

    def is_announced(self, year: int) -> bool:
        """Whether no day of the year still waits for a notice or for the body's own entry."""
        return year <= self._announced_to or all(
            self._special[day].state is not DayState.UNANNOUNCED for day in self._doubtful if day.year == year
        )

    def nth_working_day_before(self, day: date, n: int) -> date:
        """The nth working day before, the day itself not counted; 0 rolls back."""
        if n == 0:
            return self.roll(day, "back")
        return self._at(bisect_left(self._working, day.toordinal()) - n)

    def nth_working_day_after(self, day: date, n: int) -> date:
        """The nth working day after, the day itself not counted; 0 rolls forward."""
        if n == 0:
            return self.roll(day, "forward")
        return self._at(bisect_right(self._working, day.toordinal()) - 1 + n)

    def number_of(self, day: date) -> int:
        """How many working days there have been up to that day, itself included: whose turn it is in a rota."""
        return bisect_right(self._working, day.toordinal())

    def next_working_day(self, day: date) -> date:
        """The first working day after this one."""
        return self.nth_working_day_after(day, 1)

    def roll(self, day: date, direction: str) -> date:
        """The day if it is working, else the nearest ``back`` or ``forward``; ``none`` keeps it."""
        if direction == "none":
            return day
        if direction == "back":
            return self._at(bisect_right(self._working, day.toordinal()) - 1)
        return self._at(bisect_left(self._working, day.toordinal()))

    def _at(self, index: int) -> date:
        if not 0 <= index < len(self._working):
            raise ValueError(f"the calendar reaches from {FIRST_YEAR} to {LAST_YEAR}")
        return date.fromordinal(self._working[index])


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When the office is open and when nobody is disturbed; local times, moments in UTC."""

    morning: tuple[time, time] = (time(7, 30), time(11, 30))
    afternoon: tuple[time, time] = (time(13, 30), time(17))
    quiet: tuple[time, time] = (time(21), time(7))

    def is_quiet(self, now: datetime) -> bool:
        """Whether a message now would wake somebody."""
        start, end = self.quiet
        local = now.astimezone(TIME_ZONE).time()
        if start <= end:
            return start <= local < end
        return local >= start or local < end

    def is_open(self, now: datetime, calendar: WorkCalendar) -> bool:
        """Whether the office is at work."""
        local = now.astimezone(TIME_ZONE)
        spans = (self.morning, self.afternoon)
        within = any(start <= local.time() < end for start, end in spans)
        return within and calendar.is_working(local.date())

    def next_open(self, now: datetime, calendar: WorkCalendar | None = None) -> datetime:
        """Now if the office is open, else when it opens; without a calendar every day is worked."""
        local = now.astimezone(TIME_ZONE)
        if calendar is None or calendar.is_working(local.date()):
            for start, end in (self.morning, self.afternoon):
                if local.time() < end:
                    return max(now.astimezone(UTC), at(local.date(), start))
        following = local.date() + _DAY
        return self.opening(calendar.roll(following, "forward") if calendar else following)

    def closes_after(self, now: datetime) -> datetime:
        """When the half day that is at work now ends; for a moment at which the office is open."""
        local = now.astimezone(TIME_ZONE)
        end = self.morning[1] if local.time() < self.morning[1] else self.afternoon[1]
        return at(local.date(), end)

    def next_morning(self, now: datetime, calendar: WorkCalendar) -> datetime:
        """The first opening of a working day after now (*sáng ngày làm việc tiếp theo*)."""
        today = now.astimezone(TIME_ZONE).date()
        if calendar.is_working(today) and self.opening(today) > now:
            return self.opening(today)
        return self.opening(calendar.next_working_day(today))

    def opening(self, day: date) -> datetime:
        """When work begins on that day."""
        return at(day, self.morning[0])

    def closing(self, day: date) -> datetime:
        """When work ends on that day."""
        return at(day, self.afternoon[1])


def at(day: date, local: time) -> datetime:
    """That local time of that day, in UTC."""
    return datetime.combine(day, local, TIME_ZONE).astimezone(UTC)


def _entry(day: date, is_working: bool, name: str, document: str) -> CalendarDay:
    state = DayState.WORKING if is_working else DayState.OFF
    return CalendarDay(day, state, is_working, name, document)


@cache
def _base() -> _Base:
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    known = _holidays().country_holidays("VN", years=years, language="vi")
    special = {day: _entry(day, False, name, _ground(name, data["law"])) for day, name in known.items()}
    for day in known.weekend_workdays:
        special[day] = _entry(day, True, "Làm bù", "")
    for notice in data["notice"]:
        for word in ("off", "work"):
            for text, name in notice.get(word, {}).items():
                day = date.fromisoformat(text)
                special[day] = _entry(day, word == "work", name, notice["document"])
    doubtful = _doubtful_days(special, data["announced_to"])
    for day in doubtful:
        special[day] = _in_doubt(day, special.get(day))
    return _Base(MappingProxyType(special), doubtful, data["announced_to"])


def _holidays() -> ModuleType:
    """The library, loaded with the first calendar, and of its 260 countries Vietnam alone.

    Its package of countries loads every one of them, 18 MB of memory; an empty one in its place loads what is asked.
    """
    import holidays

    if "holidays.countries" not in sys.modules:
        countries = ModuleType("holidays.countries")
        countries.__path__ = [str(Path(holidays.__file__).with_name("countries"))]
        sys.modules["holidays.countries"] = countries
    return holidays


def _ground(name: str, law: Mapping[str, Any]) -> str:
    if "nghỉ bù" in name:
        return str(law["made_up"])
    if "Văn hóa" in name:
        return str(law["culture_day"])
    return "" if "thay cho" in name else str(law["statute"])


def _in_doubt(day: date, guess: CalendarDay | None) -> CalendarDay:
    is_working = guess is None
    name = "Chờ thông báo" if guess is None else f"{guess.name} (dự kiến)"
    return CalendarDay(day, DayState.UNANNOUNCED, is_working, name, "")


def _doubtful_days(special: Mapping[date, CalendarDay], announced_to: int) -> frozenset[date]:
    """Weekdays that a notice may still turn: around Tết, beside 2 September, bridges."""
    later = [entry for day, entry in special.items() if day.year > announced_to]
    doubtful: set[date] = set()
    for entry in later:
        if entry.name == "Tết Nguyên Đán":
            doubtful |= {entry.day + reach * _DAY for reach in _TET_CHOICE}
        if (entry.day.month, entry.day.day) == (9, 2):
            doubtful |= {entry.day - _DAY, entry.day + _DAY}
        # Thursday or Tuesday off: the Friday or Monday between it and the weekend may be swapped.
        if entry.day.weekday() in (1, 3):
            doubtful.add(entry.day + (_DAY if entry.day.weekday() == 3 else -_DAY))
    fixed = {(1, 1), (4, 30), (5, 1), (9, 2), (11, 24)}
    return frozenset(day for day in doubtful if day.weekday() < 5 and (day.month, day.day) not in fixed)


def quarter_begin(moment: datetime) -> datetime:
    """When the quarter of a moment began, by Vietnam's calendar."""
    day = moment.astimezone(TIME_ZONE).date()
    return at(day.replace(month=day.month - (day.month - 1) % 3, day=1), time())
