"""The step for a day: a calendar to press, quick buttons, or a date typed as people type it."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from bot.forms.form import Answered, Asking, Browse, Given, Outcome, Picked, Prompt, Step, Typed
from bot.forms.month import NOTHING, Rows, month_rows
from bot.forms.prompts import Applies, Words, always, said
from bot.i18n import _, full_date, weekday
from rules.errors import N_, InvalidInputError, StaleError
from rules.text import fold
from rules.vietnamese_dates import AmbiguousDateError, parse_date

TODAY = (N_("Today"), 0)
TOMORROW = (N_("Tomorrow"), 1)

TYPE_DATE = N_("Please choose a day or type one, for example 25/11.")
TOO_EARLY = N_("{day} is too early; the first possible is {first}.")
TOO_LATE = N_("{day} is too late; the last possible is {last}.")


def today(asking: Asking) -> date:
    return asking.context.work.today


def day(
    key: str,
    label: str,
    prompt: Words,
    *,
    earliest: Callable[[Asking], date] = today,
    latest: Callable[[Asking], date] | None = None,
    quick: Sequence[tuple[str, int]] = (TODAY, TOMORROW),
    applies: Applies = always,
    is_optional: bool = False,
) -> Step:
    """A day between `earliest` and `latest`; `quick` are buttons of (message id, days after `earliest`).

    The answer is the ISO date.
    """

    def bounds(asking: Asking) -> tuple[date, date | None]:
        return earliest(asking), latest(asking) if latest else None

    def ask(asking: Asking) -> Prompt:
        first, last = bounds(asking)
        if meant := asking.view.get("candidates"):
            return Prompt(said(prompt, asking), [[(worded_day(one), f"d{one}")] for one in meant])
        shortcuts = [(_(words), f"d{first + timedelta(days=days)}") for words, days in quick]
        rows: Rows = [shortcuts] if shortcuts else []
        return Prompt(said(prompt, asking), rows, month_rows(asking, first, last))

    def read(asking: Asking, given: Given) -> Outcome:
        first, last = bounds(asking)
        if isinstance(given, Typed):
            words = fold(given.text)
            named = [days for label, days in quick if fold(_(label)) == words]
            given = Picked(f"d{first + timedelta(days=named[0])}") if named else given
        try:
            return turned(asking, given) or Answered(within(_chosen(asking, given), first, last).isoformat())
        except AmbiguousDateError as error:
            return _of_several([one for one in error.candidates if isinstance(one, date)], first, last)

    return Step(key, lambda: _(label), ask, read, lambda asking, value: worded_day(value), applies, is_optional)


def _first_day(asking: Asking) -> date:
    return date.fromisoformat(asking.answers["from_on"]) if "from_on" in asking.answers else today(asking)


# The first and the last day of a span, both included: the answers `from_on` and `to_on`.
SPAN = (
    day("from_on", N_("From"), N_("From which day on? The day itself is included.")),
    day(
        "to_on",
        N_("To"),
        N_("To which day? The day itself is included."),
        earliest=_first_day,
        quick=((N_("One day"), 0), (N_("7 days"), 6)),
    ),
)


def _of_several(meant: Sequence[date], first: date, last: date | None) -> Outcome:
    """The only one of the readings that is possible here, else a choice between them."""
    possible = [one for one in meant if first <= one and (last is None or one <= last)]
    if len(possible) == 1:
        return Answered(possible[0].isoformat())
    return Browse({"candidates": [one.isoformat() for one in possible or meant]})


def _chosen(asking: Asking, given: Given) -> date:
    match given:
        case Picked(value=value):
            return pressed_day(value)
        case Typed(text=text):
            return parse_date(text, today(asking))
    raise InvalidInputError(TYPE_DATE)


def turned(asking: Asking, given: Given) -> Browse | None:
    """Another month, or a button that only fills the grid."""
    if not isinstance(given, Picked):
        return None
    if given.value == NOTHING:
        return Browse(asking.view)
    if given.value[:1] == "m":
        pressed_day(f"d{given.value[1:]}-01")
        return Browse({"month": given.value[1:]})
    return None


def pressed_day(value: str) -> date:
    """The day of a button; StaleError for what no button of ours carries."""
    try:
        return date.fromisoformat(value.removeprefix("d"))
    except ValueError:
        raise StaleError() from None


def within(chosen: date, first: date, last: date | None = None) -> date:
    """The day itself, or InvalidInputError that names the bound."""
    if chosen < first:
        raise InvalidInputError(TOO_EARLY, day=full_date(chosen), first=full_date(first))
    if last is not None and chosen > last:
        raise InvalidInputError(TOO_LATE, day=full_date(chosen), last=full_date(last))
    return chosen


def worded_day(value: str) -> str:
    """thứ Tư, 25/11/2026."""
    chosen = date.fromisoformat(value)
    return f"{weekday(chosen)}, {full_date(chosen)}"
