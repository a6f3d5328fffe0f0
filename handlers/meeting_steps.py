"""Steps of the Office's meeting form: how long, where; and papers one after another, for other forms too."""

from datetime import datetime, time, timedelta
from typing import Any

from markupsafe import Markup

from bot.forms.form import Answered, Asking, Attached, Browse, Given, Outcome, Picked, Prompt, Step, Typed
from bot.forms.steps import CHOOSE_ONE, CLASSIFIED, checked_text
from bot.i18n import _, clock_time, full_moment, local_day
from bot.messages import html, lines
from rules.durations import parse_duration
from rules.errors import N_, InvalidInputError, StaleError
from rules.meetings import MeetingDatesError
from rules.secrecy import is_classified, is_classified_filename
from rules.text import fold
from rules.vietnamese_dates import AmbiguousDateError, parse_moment, parse_time
from rules.workdays import at
from services import office

LENGTHS = (("60", N_("1 hour")), ("90", N_("1 hour 30")), ("120", N_("2 hours")), ("240", N_("Half a day")))
SEND_OR_DONE = N_("Please send a file or a photo; where there is none left, choose “Done”.")
# How it is said in words that no file comes, folded.
_NO_MORE = frozenset({"khong", "khong co", "het", "bo qua", "no", "none"})


def start_of(answers: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(answers["time"])


def end_of(answers: dict[str, Any]) -> datetime:
    return start_of(answers) + timedelta(minutes=answers["length"])


def _ask_length(asking: Asking) -> Prompt:
    words = _("How long does it last? You may also type when it ends, for example 16h30.")
    buttons = [(_(label), minutes) for minutes, label in LENGTHS]
    return Prompt(Markup.escape(words), [buttons[:2], buttons[2:]])


def _read_length(asking: Asking, given: Given) -> Outcome:
    """In minutes, so that a meeting that is moved keeps its length."""
    start = start_of(asking.answers)
    match given:
        case Picked(value=value) if value in dict(LENGTHS):
            return Answered(int(value))
        case Picked():
            raise StaleError()
        case Typed(text=typed):
            length = parse_duration(typed) or _end(typed, start, asking.context.work.now) - start
            minutes = int(length.total_seconds() // 60)
            if minutes <= 0:
                raise MeetingDatesError()
            return Answered(minutes)
    raise InvalidInputError(CHOOSE_ONE)


def _end(typed: str, start: datetime, now: datetime) -> datetime:
    """An hour of the same day, or another day with its hour."""
    try:
        return at(local_day(start), parse_time(typed))
    except AmbiguousDateError as error:
        # "4 giờ" after 14 giờ can only be 16 giờ.
        readings = [at(local_day(start), one) for one in error.candidates if isinstance(one, time)]
        later = [moment for moment in readings if moment > start]
        if len(later) == 1:
            return later[0]
        raise
    except InvalidInputError as error:
        try:
            return parse_moment(typed, now)
        except InvalidInputError:
            raise error from None


def _shows_length(asking: Asking, value: Any) -> str:
    start, end = start_of(asking.answers), end_of(asking.answers)
    return clock_time(end) if local_day(end) == local_day(start) else full_moment(end)


LENGTH = Step("length", lambda: _("End"), _ask_length, _read_length, _shows_length)


def _ask_place(asking: Asking) -> Prompt:
    known = [[(place, str(number))] for number, place in office.recent_places(asking.context.work)]
    return Prompt(Markup.escape(_("Where? Choose a place or type one.")), known)


def _read_place(asking: Asking, given: Given) -> Outcome:
    match given:
        case Picked(value=value):
            places = {str(number): place for number, place in office.recent_places(asking.context.work)}
            if value not in places:
                raise StaleError()
            return Answered(places[value])
        case Typed(text=typed):
            return Answered(checked_text(typed, 200))
    raise InvalidInputError(CHOOSE_ONE)


PLACE = Step("place", lambda: _("Place"), _ask_place, _read_place, lambda asking, value: str(value))


def papers(key: str, label: str, prompt: str) -> Step:
    """Files, one after another; there may also be none."""

    def ask(asking: Asking) -> Prompt:
        files = _files(asking)
        shown = [html("– {name}", name=file["name"]) for file in files]
        drop = [[(_("Take away: {name}").format(name=file["name"][:40]), f"x{file['file_id']}")] for file in files]
        return Prompt(lines(_(prompt), *shown), [*drop, [(_("Done ({count})").format(count=len(files)), "+")]])

    return Step(key, lambda: _(label), ask, _read_papers, _shows_papers, takes_file=True)


def _files(asking: Asking) -> list[dict[str, Any]]:
    return list(asking.view.get("files", asking.view.get("was", ())))


def _read_papers(asking: Asking, given: Given) -> Outcome:
    files = _files(asking)
    match given:
        case Picked(value="+"):
            return Answered(files)
        case Picked(value=value):
            return Browse({"files": [file for file in files if f"x{file['file_id']}" != value]})
        case Attached(file_id=file_id, name=name, caption=caption):
            if is_classified_filename(name) or is_classified(caption):
                raise InvalidInputError(CLASSIFIED)
            return Browse({"files": [*files, {"file_id": file_id, "name": name}]})
        case Typed(text=typed) if fold(typed).strip(" .") in _NO_MORE:
            return Answered(files)
    raise InvalidInputError(SEND_OR_DONE)


def _shows_papers(asking: Asking, value: Any) -> str:
    return "; ".join(file["name"] for file in value) or _("none")


PAPERS = papers(
    "papers",
    N_("Papers"),
    N_("Please send the papers, one after another; then choose “Done”. A meeting may also have none."),
)
