"""How long, as people type it."""

from datetime import timedelta

import pytest

from rules.durations import parse_duration

TYPED = [
    ("90 phút", 90),
    ("90 phut", 90),
    ("45p", 45),
    ("2 tiếng", 120),
    ("1 tiếng rưỡi", 90),
    ("1 tieng 15 phut", 75),
    ("1tiếng", 60),
    ("２ tiếng.", 120),
]


@pytest.mark.parametrize(("text", "minutes"), TYPED)
def test_a_duration_is_understood_as_typed(text: str, minutes: int) -> None:
    assert parse_duration(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["", "90", "9 giờ", "16h30", "tiếng", "nửa ngày", "phút 5"])
def test_what_may_be_an_hour_of_the_clock_is_no_duration(text: str) -> None:
    assert parse_duration(text) is None
