"""The step for a moment: a day, then a time of it; or both typed at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from bot.forms.days import TOO_EARLY, TYPE_DATE, pressed_day, today, turned, within, worded_day
from bot.forms.form import Answered, Asking, Browse, Given, Outcome, Picked, Prompt, Step, Typed
from bot.forms.month import Rows, month_rows
from bot.forms.prompts import Applies, Words, always, said
from bot.i18n import _, full_moment, local_day
from bot.messages import html, lines
from rules.errors import N_, DomainError, InvalidInputError, StaleError
from rules.vietnamese_dates import AmbiguousDateError, parse_date, parse_moment, parse_time
from rules.workdays import at

TIMES = ("07:30", "08:00", "08:30", "09:00", "10:00", "13:30", "14:00", "14:30", "15:00", "16:00")
TIMES_A_ROW = 5

TYPE_TIME = N_("Please choose a time or type one, for example 14h30.")


def moment(
    key: str,
    label: str,
    prompt: Words,
    *,
    earliest: Callable[[Asking], datetime] = lambda asking: asking.context.work.now,
    on: Callable[[Asking], date] | None = None,
    times: Sequence[str] | Callable[[Asking], Sequence[str]] = TIMES,
    check: Callable[[Asking, datetime], None] = lambda asking, moment: None,
    applies: Applies = always,
    is_optional: bool = False,
) -> Step:
    """A moment not before `earliest`; with `on` the day is known and only the time is asked.

    `check` raises a DomainError for what is wrong otherwise. The answer is the ISO moment in UTC.
    """
    step = _Moment(prompt, earliest, on, times, check)
    return Step(key, lambda: _(label), step.ask, step.read, lambda asking, value: _worded(value), applies, is_optional)


@dataclass(frozen=True, slots=True)
class _Moment:
    """The view holds the month, then the day that was chosen, or the readings of what was typed."""

    prompt: Words
    earliest: Callable[[Asking], datetime]
    on: Callable[[Asking], date] | None
    times: Sequence[str] | Callable[[Asking], Sequence[str]]
    check: Callable[[Asking, datetime], None]

    def ask(self, asking: Asking) -> Prompt:
        words, chosen = said(self.prompt, asking), self._day(asking)
        if meant := asking.view.get("candidates"):
            return Prompt(words, [[(_worded(one), f"c{one}")] for one in meant])
        if chosen is None:
            return Prompt(words, grid=month_rows(asking, local_day(self.earliest(asking)), None))
        asked = html(_("Day: {day}. Please choose a time or type one."), day=worded_day(chosen.isoformat()))
        back = [] if self.on else [[("‹ " + _("Another day"), f"m{chosen:%Y-%m}")]]
        return Prompt(lines(words, asked), [*self._time_rows(asking, chosen), *back])

    def read(self, asking: Asking, given: Given) -> Outcome:
        chosen = self._day(asking)
        if (moved := turned(asking, given)) is not None:
            return moved
        try:
            meant = _meant(asking, given, chosen)
        except AmbiguousDateError as error:
            readings = self._possible(asking, _moments(error, chosen))
            if len(readings) != 1:
                return Browse({"candidates": readings})
            meant = _pressed_reading(readings[0])
        if not isinstance(meant, datetime):
            return Browse({"day": within(meant, local_day(self.earliest(asking))).isoformat()})
        if meant < self.earliest(asking):
            raise InvalidInputError(TOO_EARLY, day=full_moment(meant), first=full_moment(self.earliest(asking)))
        self.check(asking, meant)
        return Answered(meant.astimezone(UTC).isoformat())

    def _possible(self, asking: Asking, readings: list[str]) -> list[str]:
        """Those that can be meant, or all if none can: then the person is told why."""
        return [one for one in readings if self._is_possible(asking, _pressed_reading(one))] or readings

    def _is_possible(self, asking: Asking, meant: date | datetime) -> bool:
        if not isinstance(meant, datetime):
            return meant >= local_day(self.earliest(asking))
        try:
            self.check(asking, meant)
        except DomainError:
            return False
        return meant >= self.earliest(asking)

    def _day(self, asking: Asking) -> date | None:
        if self.on is not None:
            return self.on(asking)
        known = asking.view.get("day")
        return date.fromisoformat(known) if known else None

    def _time_rows(self, asking: Asking, chosen: date) -> Rows:
        earliest = self.earliest(asking)
        offered = self.times(asking) if callable(self.times) else self.times
        possible = [clock for clock in offered if at(chosen, time.fromisoformat(clock)) >= earliest]
        buttons = [(_short(clock), f"t{clock}") for clock in possible]
        return [buttons[first : first + TIMES_A_ROW] for first in range(0, len(buttons), TIMES_A_ROW)]


def _meant(asking: Asking, given: Given, chosen: date | None) -> date | datetime:
    """What was pressed or typed: a moment, or only its day."""
    match given:
        case Picked(value=value) if value[:1] == "t" and chosen is not None:
            return at(chosen, _pressed_time(value))
        case Picked(value=value) if value[:1] == "c":
            return _pressed_reading(value)
        case Picked(value=value):
            return pressed_day(value)
        case Typed(text=text) if chosen is not None:
            return _first(lambda: at(chosen, parse_time(text)), lambda: parse_moment(text, asking.context.work.now))
        case Typed(text=text):
            return _first(lambda: parse_moment(text, asking.context.work.now), lambda: parse_date(text, today(asking)))
    raise InvalidInputError(TYPE_TIME if chosen else TYPE_DATE)


def _first(expected: Callable[[], date], otherwise: Callable[[], date]) -> date:
    """The expected reading, else the other one; the complaint is that of the expected one."""
    try:
        return expected()
    except AmbiguousDateError:
        raise
    except InvalidInputError as error:
        try:
            return otherwise()
        except AmbiguousDateError:
            raise
        except InvalidInputError:
            raise error from None


def _moments(error: AmbiguousDateError, chosen: date | None) -> list[str]:
    """The readings between which the person chooses; an hour without its day offers nothing to press."""
    meant = [at(chosen, one) if isinstance(one, time) and chosen else one for one in error.candidates]
    if any(isinstance(one, time) for one in meant):
        raise error
    return [one.isoformat() for one in meant]


def _pressed_time(value: str) -> time:
    try:
        return time.fromisoformat(value.removeprefix("t"))
    except ValueError:
        raise StaleError() from None


def _pressed_reading(value: str) -> date | datetime:
    text = value.removeprefix("c")
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        raise StaleError() from None


def _worded(value: str) -> str:
    return full_moment(datetime.fromisoformat(value)) if "T" in value else worded_day(value)


def _short(clock: str) -> str:
    """14h30, 8h."""
    hour, _sep, minute = clock.partition(":")
    return f"{int(hour)}h{minute if minute != '00' else ''}"
