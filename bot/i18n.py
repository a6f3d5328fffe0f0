"""Catalogs and the reader's language; dates, numbers and weekdays in that language through Babel."""

import gettext
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache, lru_cache, wraps
from pathlib import Path
from typing import TypeVar

from babel.dates import format_date as babel_date
from babel.dates import format_datetime as babel_datetime
from babel.numbers import format_decimal as babel_decimal
from babel.numbers import format_percent as babel_percent

from bot.clock import LOCAL_ZONE

M = TypeVar("M", date, datetime)

LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English"}
LANGUAGES = tuple(LANGUAGE_NAMES)
DEFAULT_LANGUAGE = "vi"
_CATALOGS = Path(__file__).resolve().parent.parent / "locales"
_language: ContextVar[str] = ContextVar("language", default=DEFAULT_LANGUAGE)


@cache
def _catalog(language: str) -> gettext.NullTranslations:
    # A missing catalog must stop the start, not turn every message into English.
    return gettext.translation("messages", _CATALOGS, [language])


def _(message: str) -> str:
    """The message in the reader's language; fields stay to be filled by `format` or `bot.messages.html`."""
    return _catalog(_language.get()).gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    return _catalog(_language.get()).ngettext(one, many, count)


def language() -> str:
    return _language.get()


def known_language(code: str) -> str:
    """The supported language nearest to a platform's code, such as `vi-VN`."""
    short = code.split("-")[0].lower()
    return short if short in LANGUAGES else DEFAULT_LANGUAGE


@contextmanager
def use_language(code: str) -> Iterator[None]:
    """Speak to somebody in his language for a while."""
    token = _language.set(code if code in LANGUAGES else DEFAULT_LANGUAGE)
    try:
        yield
    finally:
        _language.reset(token)


def _kept(write: Callable[[M], str]) -> Callable[[M], str]:
    """The same day is told to many people: how it reads is kept, by language."""

    @lru_cache(maxsize=4096)
    def kept(_code: str, moment: M) -> str:
        return write(moment)

    @wraps(write)
    def read(moment: M) -> str:
        return kept(language(), moment)

    return read


@_kept
def clock_time(moment: datetime) -> str:
    """14 giờ 00."""
    pattern = "HH 'giờ' mm" if language() == "vi" else "HH:mm"
    return babel_datetime(moment, pattern, tzinfo=LOCAL_ZONE, locale=language())


@_kept
def weekday(day: date) -> str:
    """thứ Năm."""
    # Babel starts Vietnamese weekdays with capitals; inside a sentence they are written "thứ Hai", "Chủ nhật".
    return babel_date(day, "EEEE", locale=language()).replace("Thứ", "thứ").replace("Chủ Nhật", "Chủ nhật")


@_kept
def short_date(day: date) -> str:
    """26/11."""
    return babel_date(day, "dd/MM" if language() == "vi" else "d MMM", locale=language())


@_kept
def full_date(day: date) -> str:
    """26/11/2026."""
    return babel_date(day, "dd/MM/yyyy" if language() == "vi" else "d MMMM yyyy", locale=language())


def percent(share: float) -> str:
    """66,7%."""
    return babel_percent(share, "#,##0.#%", locale=language())


def one_decimal(number: float) -> str:
    """4,6."""
    return babel_decimal(number, "0.0", locale=language())


def duration(minutes: int) -> str:
    """1 giờ 25 phút."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("{minutes} min").format(minutes=rest)
    return (_("{hours} h {minutes} min") if rest else _("{hours} h")).format(hours=hours, minutes=rest)


def local_day(moment: datetime) -> date:
    return moment.astimezone(LOCAL_ZONE).date()


def full_moment(moment: datetime) -> str:
    """14 giờ 00, thứ Năm, ngày 26/11/2026."""
    day = local_day(moment)
    between = "ngày " if language() == "vi" else ""
    return f"{clock_time(moment)}, {weekday(day)}, {between}{full_date(day)}"


def short_moment(moment: datetime) -> str:
    """14 giờ 00, thứ Năm 26/11."""
    day = local_day(moment)
    return f"{clock_time(moment)}, {weekday(day)} {short_date(day)}"
