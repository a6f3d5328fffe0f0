"""What a clerk types from the signed sheet (*danh sách ký tên*), a line for a person or a run of numbers.

``12`` signed without a time; ``1-9`` nine of them; ``12 7h55`` came at; ``12 7h55 10h30`` came and left;
``12 vắng``; ``12 thay Thu 8h05``: somebody else signed there.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from rules.errors import N_, InvalidInputError
from rules.text import fold, normalise
from rules.workdays import TIME_ZONE, at

UNCLEAR = N_("not understood; write for example “12 7h55”, “12 7h55 10h30”, “12 vắng”, “12 thay Thu”, “1-9”")
NO_TIME = N_("{time} is not a time of this meeting")
WRONG_ORDER = N_("who leaves has come before")
IN_FUTURE = N_("{time} has not come yet")

_LINE = re.compile(r"(?P<first>\d{1,3})(?: ?- ?(?P<last>\d{1,3}))?(?![\dh]|:\d)[.:),]*(?P<rest>.*)")
_TIME = re.compile(r"(?<!\d)(\d{1,2}) ?(?:gio|h|g|:) ?(\d{2})?(?!\d)(?: ?(?:phut|p)\b)?")
_ABSENT = frozenset({"v", "vang", "vang mat", "khong den"})
_INSTEAD = re.compile(r"(?:du )?thay:?(?: dc| d/c)? (?P<letters>.+)")
_NOON = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Line:
    """The numbers of the sheet from `first` to `last`; `instead` are letters of the name of who signed there."""

    first: int
    last: int
    times: Sequence[time] = ()
    is_absent: bool = False
    instead: str = ""


def read(text: str) -> Line:
    """The line, or InvalidInputError."""
    found = _LINE.fullmatch(fold(text))
    if found is None:
        raise InvalidInputError(UNCLEAR)
    first = int(found["first"])
    last = int(found["last"] or first)
    rest, times = found["rest"], _times(found["rest"])
    words = normalise(re.sub(r"[,;.]", " ", _TIME.sub(" ", rest)))
    instead = _INSTEAD.fullmatch(words)
    is_absent = words in _ABSENT and not times
    is_signed = not words or (instead is not None and first == last)
    if last < first or len(times) > 2 or not (is_absent or is_signed):
        raise InvalidInputError(UNCLEAR)
    return Line(first, last, times, is_absent, instead["letters"] if instead else "")


def _times(text: str) -> tuple[time, ...]:
    try:
        return tuple(time(int(hour), int(minute or 0)) for hour, minute in _TIME.findall(text))
    except ValueError:
        raise InvalidInputError(UNCLEAR) from None


def moments(line: Line, opens_at: datetime, ends_at: datetime, now: datetime) -> list[datetime]:
    """When he came and left: on a sheet 2h15 may be 14:15, and past midnight is the next day's."""
    found = [_moment(written, opens_at, ends_at) for written in line.times]
    if found != sorted(found):
        raise InvalidInputError(WRONG_ORDER)
    if found and found[-1] > now:
        raise InvalidInputError(IN_FUTURE, time=f"{line.times[-1]:%H:%M}")
    return found


def _moment(written: time, opens_at: datetime, ends_at: datetime) -> datetime:
    day = opens_at.astimezone(TIME_ZONE).date()
    literal = [at(day + timedelta(days=days), written) for days in (0, 1)]
    readings = [*literal, *(moment + _NOON for moment in literal if written.hour < 12)]
    for moment in readings:
        if opens_at <= moment <= ends_at:
            return moment
    raise InvalidInputError(NO_TIME, time=f"{written:%H:%M}")
