"""Days of the Vietnamese lunar calendar (âm lịch, UTC+7) as people name them: mùng 5, rằm tháng Giêng."""

import re
from datetime import date, timedelta

from lunar_vn import LunarDate, lunar_to_solar, solar_to_lunar

_NUMBERS = ("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi")
_NUMBER = rf"\d{{1,2}}|{'|'.join(_NUMBERS)}"
_MONTH = rf"(?: thang (?P<month>gieng|chap|tu|{_NUMBER}))?"
_FIRST_TEN = re.compile(rf"\b(?:mung|mong) (?P<day>{_NUMBER})\b{_MONTH}")
_FULL_MOON = re.compile(rf"\bram\b{_MONTH}")
_NAMED_MONTH = re.compile(r"\b(?P<day>\d{1,2}) thang (?P<month>gieng|chap)\b")
_EVE = re.compile(r"\bgiao thua\b")


def lunar_days(plain: str, today: date) -> list[date]:
    """The coming days that a folded text names by the lunar calendar; none where it names none, two where unclear."""
    if _EVE.search(plain):
        return [_coming(1, 1, today + timedelta(days=1)) - timedelta(days=1)]
    if found := _FIRST_TEN.search(plain):
        return _meant(_number(found["day"]), found["month"], today, most=10)
    if found := _FULL_MOON.search(plain):
        return _meant(15, found["month"], today)
    if found := _NAMED_MONTH.search(plain):
        return _meant(int(found["day"]), found["month"], today)
    return []


def _meant(day: int, month: str | None, today: date, most: int = 30) -> list[date]:
    if not 1 <= day <= most:
        return []
    if month is None:
        return [_coming_in_any_month(day, today)]
    # "Tháng một" is the first month today and was the eleventh in old usage.
    months = (1, 11) if month == "mot" else (_month(month),)
    return sorted(_coming(day, one, today) for one in months if 1 <= one <= 12)


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else _NUMBERS.index(word) + 1


def _month(word: str) -> int:
    return {"gieng": 1, "chap": 12, "tu": 4}.get(word) or _number(word)


def _coming_in_any_month(day: int, today: date) -> date:
    found = today
    while solar_to_lunar(found).day != day:
        found += timedelta(days=1)
    return found


def _coming(day: int, month: int, today: date) -> date:
    """The nearest such day from today on; a month without a 30th gives its 29th."""
    year = solar_to_lunar(today).year
    for candidate in (year, year + 1, year + 2):
        found = _solar(day, month, candidate)
        if found >= today:
            return found
    raise ValueError(f"no lunar {day}/{month} within two years")


def _solar(day: int, month: int, year: int) -> date:
    try:
        found = lunar_to_solar(LunarDate(day, month, year))
    except ValueError:
        return lunar_to_solar(LunarDate(day - 1, month, year))
    return found if solar_to_lunar(found).month == month else found - timedelta(days=1)
