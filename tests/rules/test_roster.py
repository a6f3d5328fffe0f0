"""What a clerk types from the signed sheet: how a line is read, and which moment a time on it means."""

from datetime import UTC, datetime, time

import pytest

from rules.errors import InvalidInputError
from rules.roster import IN_FUTURE, NO_TIME, UNCLEAR, WRONG_ORDER, Line, moments, read

# 8 to 11 in the morning of Wednesday; the door opens two hours before.
OPENS, ENDS = datetime(2026, 11, 24, 23, tzinfo=UTC), datetime(2026, 11, 25, 4, tzinfo=UTC)
LATER = datetime(2026, 11, 27, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("12", Line(12, 12)),
        ("12.", Line(12, 12)),
        ("1-9", Line(1, 9)),
        ("1 - 9 8h", Line(1, 9, (time(8),))),
        ("12 7h55", Line(12, 12, (time(7, 55),))),
        (
            "12: 7:55, 10:30",
            Line(
                12,
                12,
                (time(7, 55), time(10, 30)),
            ),
        ),
        ("12 7 giờ 55 phút", Line(12, 12, (time(7, 55),))),
        ("12) 7g55", Line(12, 12, (time(7, 55),))),
        ("12 v", Line(12, 12, is_absent=True)),
        ("12 Vắng mặt", Line(12, 12, is_absent=True)),
        ("3-5 vắng", Line(3, 5, is_absent=True)),
        ("12 thay Thu 8h05", Line(12, 12, (time(8, 5),), instead="thu")),
        ("12 dự thay: Ngô Thị Thu", Line(12, 12, instead="ngo thi thu")),
        ("12 thay đ/c Ngô Thị Thu", Line(12, 12, instead="ngo thi thu")),
        ("", None),
        ("Khải", None),
        ("7h55", None),
        ("12 25h", None),
        ("12 7h55 8h 9h", None),
        ("12 vắng 8h", None),
        ("9-1", None),
        ("1-3 thay Thu", None),
        ("12 muộn", None),
        ("1200", None),
    ],
)
def test_a_line_of_the_sheet_is_read(typed: str, expected: Line | None) -> None:
    if expected is None:
        with pytest.raises(InvalidInputError) as refused:
            read(typed)
        assert refused.value.msgid == UNCLEAR
    else:
        assert read(typed) == expected


def shown(line: str, opens: datetime = OPENS, ends: datetime = ENDS, now: datetime = LATER) -> list[str]:
    return [f"{moment:%d %H:%M}" for moment in moments(read(line), opens, ends, now)]


def test_times_are_those_of_the_meeting() -> None:
    assert shown("1") == []
    assert shown("1 7h55 10h30") == ["25 00:55", "25 03:30"]


def test_in_the_afternoon_two_is_fourteen_and_after_midnight_it_is_the_next_day() -> None:
    afternoon = (datetime(2026, 11, 25, 5, tzinfo=UTC), datetime(2026, 11, 25, 10, tzinfo=UTC))
    assert shown("1 2h15", *afternoon) == ["25 07:15"]
    night = (datetime(2026, 11, 25, 13, tzinfo=UTC), datetime(2026, 11, 25, 19, tzinfo=UTC))
    assert shown("1 23h30 0h45", *night) == ["25 16:30", "25 17:45"]


@pytest.mark.parametrize(
    ("typed", "now", "why"),
    [
        ("1 3h", LATER, NO_TIME),
        ("1 11h30", LATER, NO_TIME),
        ("1 10h30 8h", LATER, WRONG_ORDER),
        ("1 9h", datetime(2026, 11, 25, 1, 30, tzinfo=UTC), IN_FUTURE),
    ],
)
def test_a_time_that_cannot_be_is_refused(typed: str, now: datetime, why: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        moments(read(typed), OPENS, ENDS, now)
    assert refused.value.msgid == why
