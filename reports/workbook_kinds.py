"""What a cell of the workbook may hold: each kind turns what Excel stored into a clean value or says what is wrong."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from reports.vietnamese_dates import LOCAL_ZONE, short_day
from rules.errors import N_
from rules.text import fold, normalise

Value = str | tuple[str, ...] | date | datetime | time | bool | None

MAX_CODE = 64
_YEARS = range(1900, 2201)
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_TIME = re.compile(r"(\d{1,2})[:hH](\d{2})(?::\d{2})?", re.ASCII)
_LIST_SEPARATORS = re.compile(r"[,;\n]")
_PHONE = re.compile(r"[+(]?[0-9][0-9 .()/,;+-]{2,62}", re.ASCII)


class BadCellError(Exception):
    """One cell cannot be used; the reader of the workbook adds where it stands."""

    def __init__(self, msgid: str, **fields: object) -> None:
        super().__init__(msgid)
        self.msgid = msgid
        self.fields = fields


@dataclass(frozen=True, slots=True)
class Kind:
    """How a column is read, and how the template shows it."""

    parse: Callable[[object], Value]
    hint: str
    empty: Value = None
    number_format: str = "@"
    options: Mapping[str, str] | None = None
    is_list: bool = False


def clean_text(text: str) -> str:
    """Composed letters, single spaces, nothing invisible; the lines of a cell stay lines."""
    # Excel writes a carriage return inside a cell as this escape.
    lines = text.replace("_x000D_", "").splitlines()
    return "\n".join(normalise("".join(filter(_is_printed, line))) for line in lines).strip()


def _is_printed(letter: str) -> bool:
    return letter == "\t" or unicodedata.category(letter) not in ("Cc", "Cs", "Cn")


def is_blank(raw: object) -> bool:
    return raw is None or (isinstance(raw, str) and not clean_text(raw))


def _text(raw: object) -> str:
    match raw:
        case bool():
            return "true" if raw else "false"
        case float() if raw.is_integer():
            return str(int(raw))
        case datetime():
            at = "" if raw.time() == time() else f" {raw:%H:%M}"
            return f"{short_day(raw)}{at}"
        case date():
            return short_day(raw)
        case time():
            return f"{raw:%H:%M}"
        case _:
            return clean_text(str(raw))


def _code(raw: object) -> str:
    if isinstance(raw, date | time | timedelta):
        raise BadCellError(N_("Excel turned this into a date or a time; format the cell as text and type it again."))
    if isinstance(raw, bool) or (isinstance(raw, float) and not raw.is_integer()):
        raise BadCellError(N_("This is not a code; format the cell as text and type it again."))
    code = " ".join(_text(raw).split())
    if _LIST_SEPARATORS.search(code):
        raise BadCellError(N_("Only one code may stand here."))
    if len(code) > MAX_CODE:
        raise BadCellError(N_("A code has at most {limit} characters."), limit=MAX_CODE)
    return code


def _items(raw: object) -> list[str]:
    return [item.strip() for item in _LIST_SEPARATORS.split(_text(raw)) if item.strip()]


def _codes(raw: object) -> tuple[str, ...]:
    parts = _items(raw) if isinstance(raw, str) else [raw]
    return tuple(dict.fromkeys(_code(part) for part in parts))


def _names(raw: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_items(raw)))


def _phone(raw: object) -> str:
    number = " ".join(_text(raw).split())
    if isinstance(raw, bool) or not _PHONE.fullmatch(number):
        raise BadCellError(N_("This is not a telephone number, for example 0912 345 678."))
    return number


def _flag(raw: object) -> bool:
    word = fold(_text(raw))
    if word in ("x", "co", "true", "1"):
        return True
    if word in ("khong", "false", "0"):
        return False
    raise BadCellError(N_("Write x for yes, or leave the cell empty."))


def _day_of(text: str) -> date | None:
    found = _DAY.fullmatch(text)
    if not found:
        return None
    day, month, year = map(int, found.groups())
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


def _time_of(text: str) -> time | None:
    found = _TIME.fullmatch(text)
    if not found:
        return None
    hour, minute = map(int, found.groups())
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _date(raw: object) -> date:
    # What carries an hour is no date: dropping the hour silently would hide a slip of the hand.
    if isinstance(raw, datetime):
        day = raw.date() if raw.time() == time() and raw.year in _YEARS else None
    else:
        day = _day_of(clean_text(raw)) if isinstance(raw, str) else None
    if day is None:
        raise BadCellError(N_("This is not a date; write it like 26/11/2026."))
    return day


def utc(day: date, at: time) -> datetime:
    """The instant of a day and hour in Vietnam."""
    return datetime.combine(day, at, LOCAL_ZONE).astimezone(UTC)


def _moment(raw: object) -> datetime:
    day, at = None, None
    if isinstance(raw, datetime):
        # Excel counts days as fractions, so 14:00 may come as 13:59:59.999.
        raw = raw + timedelta(seconds=30) if raw.year in _YEARS else raw
        day = raw.date() if raw.year in _YEARS else None
        at = time(raw.hour, raw.minute) if raw.time() >= time(0, 1) else None
    elif isinstance(raw, str):
        first, _, rest = clean_text(raw).partition(" ")
        day, at = _day_of(first), _time_of(rest)
    if day is None or at is None:
        raise BadCellError(N_("This is not a day and hour; write it like 26/11/2026 14:00."))
    return utc(day, at)


def _moment_or_time(raw: object) -> datetime | time:
    at = _time_of(clean_text(raw)) if isinstance(raw, str) else None
    if isinstance(raw, time):
        at = time(raw.hour, raw.minute)
    return at or _moment(raw)


def _choice(options: Mapping[str, str]) -> Callable[[object], str]:
    def parse(raw: object) -> str:
        # "Phó chủ tịch" is as good as "pho_chu_tich".
        word = "_".join(fold(_text(raw)).replace("_", " ").split())
        if word not in options:
            raise BadCellError(
                N_("{value} is not one of: {options}."), value=_text(raw)[:40], options=", ".join(options)
            )
        return word

    return parse


def choice(options: Mapping[str, str]) -> Kind:
    """One of the given words; each with its meaning in Vietnamese."""
    return Kind(_choice(options), "Chọn một", options=options)


def choices(options: Mapping[str, str]) -> Kind:
    """Any of the given words, separated by commas."""
    one = _choice(options)

    def parse(raw: object) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one(item) for item in _items(raw)))

    return Kind(parse, "Một hoặc nhiều, cách nhau bằng dấu phẩy", (), options=options, is_list=True)


TEXT = Kind(_text, "")
CODE = Kind(_code, "")
CODES = Kind(_codes, "Một hoặc nhiều mã, cách nhau bằng dấu phẩy", ())
NAMES = Kind(_names, "Một hoặc nhiều tên, cách nhau bằng dấu phẩy", ())
PHONE = Kind(_phone, "Số điện thoại, giữ số 0 ở đầu")
DATE = Kind(_date, "Ngày, dạng dd/mm/yyyy", number_format="dd/mm/yyyy")
DATETIME = Kind(_moment, "Ngày và giờ, dạng dd/mm/yyyy HH:MM", number_format="dd/mm/yyyy hh:mm")
DATETIME_OR_TIME = Kind(
    _moment_or_time, "Giờ HH:MM (cùng ngày) hoặc ngày và giờ dd/mm/yyyy HH:MM", number_format="dd/mm/yyyy hh:mm"
)
FLAG = Kind(_flag, "Đánh dấu x, hoặc để trống", False, options={"x": "có"})
