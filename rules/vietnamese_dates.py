"""Dates and times as officials type them: *25/11, thứ 2 tuần tới, 14g30, 2 giờ rưỡi chiều, mốt*.

The day comes first, the week begins on Monday, and an hour from 1 to 5 without a part of the day is
one of the afternoon, as in office messages. What can be read in two ways is asked back.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from rules.errors import N_, InvalidInputError
from rules.lunar import lunar_days
from rules.text import fold, normalise
from rules.workdays import TIME_ZONE, at

_DAY = timedelta(days=1)
_HALF_YEAR = timedelta(days=183)
_Reading = TypeVar("_Reading", time, datetime)


class AmbiguousDateError(InvalidInputError):
    """Readable in several ways; ``candidates`` are offered as choices (dates, times or moments)."""

    code = "ambiguous_date"

    def __init__(self, text: str, candidates: Sequence[date | time | datetime]) -> None:
        msgid = N_("“{text}” may mean more than one day or hour. Please say which.")
        super().__init__(msgid, text=text)
        self.candidates = tuple(candidates)


NOT_A_DATE = N_("“{text}” is not a date. Write for example 25/11 or “thứ năm tuần sau”.")
NO_SUCH_MONTH = N_("“{text}” is not a date: there is no month {month}. Write day/month, like 25/11.")
NO_SUCH_DAY = N_("“{text}” is not a date: month {month}/{year} has no day {day}. Example: 25/11.")
WRONG_WEEKDAY = N_("“{text}” does not fit: {date} is another weekday. Please check both.")
NOT_A_TIME = N_("“{text}” is not a time. Write for example 14h30 or “2 giờ rưỡi chiều”.")
TIME_MISSING = N_("“{text}” has no time. Write for example 14h30 25/11.")

_WEEKDAYS = {"2": 0, "3": 1, "4": 2, "5": 3, "6": 4, "7": 5} | {
    word: index for index, word in enumerate(("hai", "ba", "tu", "nam", "sau", "bay"))
}
_RELATIVE = {
    "hom nay": 0,
    "nay": 0,
    "hom qua": -1,
    "hom kia": -2,
    "mai": 1,
    "kia": 2,
    "mot": 2,
    "mai mot": 2,
}
# Written with its mark, "tối" (evening) is kept apart from "tới" (next).
_EVENING = "buoitoi"
# Hours of each part of the day: from, to, and what is added to them.
_PARTS = {
    "sang": ((0, 11, 0),),
    "trua": ((10, 14, 0), (1, 2, 12)),
    "chieu": ((12, 18, 0), (1, 7, 12)),
    "toi": ((17, 23, 0), (5, 11, 12)),
    _EVENING: ((17, 23, 0), (5, 11, 12)),
    "dem": ((21, 23, 0), (9, 11, 12), (0, 4, 0)),
    "khuya": ((21, 23, 0), (9, 11, 12), (0, 4, 0)),
}
_PART = "|".join(_PARTS)
_WEEKDAY = re.compile(
    r"(?:\b(?P<before>tuan (?:nay|toi|sau)) )?"
    r"\b(?:thu (?P<word>hai|ba|tu|nam|sau|bay)|(?:thu|t) ?(?P<digit>[2-7])|chu nhat|cn)\b"
    r"(?: (?P<week>tuan nay|tuan toi|tuan sau|tuan truoc|nay|toi|sau)\b)?"
)
_NUMERIC = re.compile(r"(?<!\d)(?<!\d[/.-])(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}|\d{2}))?(?!\d|[/.-]\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_WORDED = re.compile(r"\b(\d{1,2}) thang (\d{1,2})(?: nam (\d{4}))?\b")
_DAY_ONLY = re.compile(r"\bngay (\d{1,2})\b")
_IN_DAYS = re.compile(r"\b(?:sau (\d{1,2}) ngay|(\d{1,2}) ngay (?:nua|toi))\b")
_NEXT_WEEK = re.compile(r"\btuan (?:sau|toi)\b")
_FILLER = re.compile(rf"\b(?:ngay|vao|luc|hoi|buoi|khoang|{_PART})\b|[.,;()]")
_HOUR_WORDS = ("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi")
_SPOKEN = re.compile(rf"(?<!thu )\b({'|'.join(_HOUR_WORDS)})(?: (mot|hai))? gio\b")
_TIME = re.compile(
    rf"(?:\b(?P<before>{_PART}) )?(?<![\d:/.-])\b(?P<hour>\d{{1,2}})"
    r"(?: ?(?:h|g|gio)? ?(?P<half>ruoi)\b"
    r"| ?(?:h|g|gio) ?kem ?(?P<short>\d{1,2})(?: ?(?:phut|p)\b)?"
    r"| ?(?:h|g|gio) ?(?P<minute>\d{1,2})(?![\d/.-])(?! thang| ngay (?:nua|toi))(?: ?(?:phut|p)\b)?"
    r"|:(?P<clock>\d{2})(?!\d)"
    r"| ?(?:h|g|gio)(?![a-z]))"
    rf"(?: ?(?P<after>{_PART})\b)?"
)


def parse_date(text: str, today: date) -> date:
    """The day that is meant, seen from today; AmbiguousDateError offers the possible ones."""
    return _date(_plain(text), normalise(text), today)


def parse_time(text: str) -> time:
    """The time of day that is meant."""
    shown = normalise(text)
    times, rest = _find_times(_plain(text), shown)
    if not times or _without_filler(rest):
        raise InvalidInputError(NOT_A_TIME, text=shown)
    return _only(times, shown)


def parse_moment(text: str, now: datetime) -> datetime:
    """Day and time that are meant, in UTC; a time alone is today's, or is asked back when past."""
    shown, today = normalise(text), now.astimezone(TIME_ZONE).date()
    times, rest = _find_times(_plain(text), shown)
    if not times:
        _date(rest, shown, today)
        raise InvalidInputError(TIME_MISSING, text=shown)
    if _without_filler(rest):
        return _only([at(day, one) for day in _days(rest, shown, today) for one in times], shown)
    coming = [moment for one in times if (moment := at(today, one)) >= now]
    if coming:
        return _only(coming, shown)
    days = (today, today + _DAY)
    raise AmbiguousDateError(shown, [at(day, one) for day in days for one in times])


def _only(readings: Sequence[_Reading], text: str) -> _Reading:
    if len(readings) > 1:
        raise AmbiguousDateError(text, readings)
    return readings[0]


def _days(plain: str, text: str, today: date) -> Sequence[date]:
    """The day, or the several that may be meant."""
    try:
        return (_date(plain, text, today),)
    except AmbiguousDateError as several:
        return [one for one in several.candidates if isinstance(one, date)]


def _plain(text: str) -> str:
    marked = normalise(text).lower()
    # Folding would make one of "ngày kìa" (in three days) and "ngày kia", of "tối" and "tới".
    marked = re.sub(r"\b(?:ngày )?kìa\b", "3 ngày nữa", marked)
    return fold(re.sub(r"\btối\b", _EVENING, marked))


def _without_filler(plain: str) -> str:
    return re.sub(r" +", " ", _FILLER.sub(" ", plain)).strip()


def _date(plain: str, text: str, today: date) -> date:
    weekday = _WEEKDAY.search(plain)
    if weekday is None:
        return _calendar_day(plain, text, today)
    rest = f"{plain[: weekday.start()]} {plain[weekday.end() :]}"
    word = weekday["word"] or weekday["digit"]
    index = _WEEKDAYS[word] if word else 6
    if not _without_filler(rest):
        return _coming_weekday(index, weekday["before"] or weekday["week"] or "", text, today)
    day = _calendar_day(rest, text, today)
    if day.weekday() != index:
        raise InvalidInputError(WRONG_WEEKDAY, text=text, date=f"{day:%d/%m/%Y}")
    return day


def _calendar_day(plain: str, text: str, today: date) -> date:
    """The day by its number, by the moon, or by its distance."""
    if lunar := lunar_days(plain, today):
        if len(lunar) > 1:
            raise AmbiguousDateError(text, lunar)
        return lunar[0]
    written = [_dated(*parts, text, today) for parts in _numbers(plain)]
    if len(set(written)) > 1:
        raise AmbiguousDateError(text, written)
    if written:
        return written[0]
    if found := _IN_DAYS.search(plain):
        return today + int(found[1] or found[2]) * _DAY
    if found := _DAY_ONLY.search(plain):
        return _nearest_month(int(found[1]), text, today)
    return _relative_day(plain, text, today)


def _numbers(plain: str) -> list[tuple[int, int, str]]:
    """Every day, month and year (or nothing) written in figures."""
    iso = [(int(found[3]), int(found[2]), found[1]) for found in _ISO.finditer(plain)]
    if iso:
        return iso
    slashed = [(int(m[1]), int(m[3]), m[4] or "") for m in _NUMERIC.finditer(plain)]
    worded = [(int(m[1]), int(m[2]), m[3] or "") for m in _WORDED.finditer(plain)]
    return slashed + worded


def _dated(day: int, month: int, year: str, text: str, today: date) -> date:
    if not year:
        return _nearest_year(day, month, text, today)
    return _day(day, month, int(year) + (2000 if len(year) == 2 else 0), text)


def _relative_day(plain: str, text: str, today: date) -> date:
    if _NEXT_WEEK.search(plain):
        monday = today + (7 - today.weekday()) * _DAY
        raise AmbiguousDateError(text, [monday + n * _DAY for n in range(5)])
    rest = _without_filler(plain)
    if rest not in _RELATIVE:
        raise InvalidInputError(NOT_A_DATE, text=text)
    return today + _RELATIVE[rest] * _DAY


def _day(day: int, month: int, year: int, text: str) -> date:
    if not 1 <= month <= 12:
        raise InvalidInputError(NO_SUCH_MONTH, text=text, month=month)
    if not 2000 <= year <= 2099:
        raise InvalidInputError(NOT_A_DATE, text=text)
    if not _exists(day, month, year):
        raise InvalidInputError(NO_SUCH_DAY, text=text, day=day, month=month, year=year)
    return date(year, month, day)


def _nearest_year(day: int, month: int, text: str, today: date) -> date:
    """The coming such day; one lately past is asked back, for it is rarely meant for next year."""
    years = (today.year, today.year + 1)
    possible = [date(year, month, day) for year in years if _exists(day, month, year)]
    if not possible:
        return _day(day, month, today.year, text)
    first, last = possible[0], possible[-1]
    if first >= today:
        return first
    if last - today > _HALF_YEAR:
        raise AmbiguousDateError(text, possible)
    return last


def _exists(day: int, month: int, year: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _nearest_month(day: int, text: str, today: date) -> date:
    if day >= today.day:
        return _day(day, today.month, today.year, text)
    following = today.replace(day=1) + 31 * _DAY
    return _day(day, following.month, following.year, text)


def _coming_weekday(index: int, week: str, text: str, today: date) -> date:
    """*Thứ tư* is the coming one, *tuần sau* the next week's; today's own name is asked back."""
    here = today + (index - today.weekday()) * _DAY
    if week in ("tuan nay", "nay"):
        return here
    if week in ("tuan toi", "tuan sau", "sau"):
        return here + 7 * _DAY
    if week == "tuan truoc":
        return here - 7 * _DAY
    if here < today:
        return here + 7 * _DAY
    # "Thứ tư tới" said on Monday: this week's, or the next?
    if here == today or week == "toi":
        raise AmbiguousDateError(text, (here, here + 7 * _DAY))
    return here


def _find_times(plain: str, text: str) -> tuple[list[time], str]:
    """What the time in the text may mean, nothing where it has none, and the text without it."""
    spoken = _SPOKEN.sub(_hour_in_figures, plain)
    found = _TIME.search(spoken)
    if found is None:
        return [], plain
    rest = f"{spoken[: found.start()]} {spoken[found.end() :]}".strip()
    # Away from the hour, a bare "toi" is "tới": only the marked evening counts there.
    elsewhere = re.search(rf"\b(sang|trua|chieu|{_EVENING}|dem|khuya)\b", rest)
    part = found["before"] or found["after"] or (elsewhere[1] if elsewhere else "")
    past = 30 if found["half"] else _minute(found["minute"] or found["clock"] or "0", text)
    past -= _minute(found["short"] or "0", text)
    readings = [60 * hour + past for hour in _hours(found["hour"], part, text)]
    return [time(minutes // 60 % 24, minutes % 60) for minutes in readings], rest


def _hour_in_figures(spoken: re.Match[str]) -> str:
    extra = {"mot": 1, "hai": 2}.get(spoken[2] or "", 0)
    return f"{_HOUR_WORDS.index(spoken[1]) + 1 + extra} gio"


def _minute(written: str, text: str) -> int:
    if int(written) > 59:
        raise InvalidInputError(NOT_A_TIME, text=text)
    return int(written)


def _hours(written: str, part: str, text: str) -> tuple[int, ...]:
    """The hour of the day; two where nothing says whether six is in the morning or the evening."""
    hour = int(written)
    for least, most, shift in _PARTS.get(part, ()):
        if least <= hour <= most:
            return (hour + shift,)
    if part or hour > 23:
        raise InvalidInputError(NOT_A_TIME, text=text)
    if written == "6":
        return 6, 18
    # Nobody calls a meeting at 2 in the night: "2h" is 14:00, "02:00" stays what it says.
    return (hour + 12,) if len(written) == 1 and 1 <= hour <= 5 else (hour,)
