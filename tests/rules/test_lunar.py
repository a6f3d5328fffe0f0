"""Lunar days as people name them; the dates were computed for UTC+7 by hand."""

from datetime import date

import pytest

from rules.errors import InvalidInputError
from rules.vietnamese_dates import AmbiguousDateError, parse_date

TODAY = date(2026, 11, 20)

DAYS = [
    ("rằm", date(2026, 11, 23)),
    ("ram", date(2026, 11, 23)),
    ("rằm tháng 10", date(2026, 11, 23)),
    ("rằm tháng mười", date(2026, 11, 23)),
    ("mùng 1 tháng 11", date(2026, 12, 9)),
    ("mồng một tháng Giêng", date(2027, 2, 6)),
    ("mung 1 thang gieng", date(2027, 2, 6)),
    ("rằm tháng Giêng", date(2027, 2, 20)),
    ("23 tháng Chạp", date(2027, 1, 30)),
    ("giao thừa", date(2027, 2, 5)),
    ("mùng 5", date(2026, 12, 13)),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_a_lunar_day_is_the_coming_one(text: str, day: date) -> None:
    assert parse_date(text, TODAY) == day


def test_the_month_called_one_is_asked_back() -> None:
    with pytest.raises(AmbiguousDateError) as refusal:
        parse_date("mùng 5 tháng một", TODAY)
    assert refusal.value.candidates == (date(2026, 12, 13), date(2027, 2, 10))


def test_there_is_no_fifteenth_of_the_first_ten() -> None:
    with pytest.raises(InvalidInputError):
        parse_date("mùng 15", TODAY)
